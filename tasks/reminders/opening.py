"""Which page a reminder or a message leads to: where the person can act on it."""

from django.urls import reverse

from tasks.ladder import rungs
from tasks.ladder.events import (
    ALL_IN,
    APPROVAL,
    ASSIGNED,
    EXTENSION_ASKED,
    FORM_CHANGED,
    HANDED_OVER,
    RETURNED,
    REVIEW,
    SENT_BACK,
    SUBMITTED,
)
from tasks.models import Milestone

TO_JUDGE = (REVIEW, APPROVAL, SUBMITTED)
# What is next is seen when the link is pressed: the form, at the first mark where it came back.
TO_DO = (RETURNED, SENT_BACK, ASSIGNED, HANDED_OVER, FORM_CHANGED)
# Reminders of others' tasks, for those who are to know of them.
OF_OTHERS = (rungs.SUPERIOR, rungs.COORDINATOR, rungs.REVIEW_ISSUER)


def page_of(milestone: Milestone) -> str:
    """The path below the site's address; for who is not to act there, the page of the task."""
    key, event = milestone.assignment_id, milestone.event
    if key is None:
        return reverse("tasks:desk")
    task = reverse("tasks:assignment_detail", args=[key])
    if event is None:
        return task if milestone.kind in OF_OTHERS else reverse("reports:step", args=[key])
    if event.of in TO_JUDGE:
        return reverse("reports:review", args=[key])
    if event.of in TO_DO:
        return reverse("reports:step", args=[key])
    if event.of == EXTENSION_ASKED:
        return f"{task}#decision"
    if event.of == ALL_IN:
        return reverse("tasks:obligation_detail", args=[milestone.assignment.obligation_id])
    return task
