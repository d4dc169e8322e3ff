"""Arming and disarming the reminders of assignments; part of the action that changes them."""

from collections.abc import Iterable
from datetime import datetime

from notices.calendar import work_calendar
from tasks import ladder
from tasks.models import Assignment, Delivery, Milestone


def arm(assignments: Iterable[Assignment], *, now: datetime) -> int:
    """Write the moments still ahead for each assignment's deadline. Undated ones get none.

    Writing a moment that already stands arms it again, so a returned form is reminded of anew.
    """
    calendar = work_calendar()
    rows = []
    for assignment in assignments:
        if not (assignment.target_at and assignment.due_at):
            continue
        target_on = ladder.local_day(assignment.target_at)
        due_on = ladder.local_day(assignment.due_at)
        for kind, at in ladder.moments(target_on, due_on, calendar=calendar, after=now):
            rows.append(
                Milestone(
                    assignment=assignment,
                    deadline_version=assignment.deadline_version,
                    kind=kind,
                    at=at,
                )
            )
    Milestone.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["assignment", "deadline_version", "kind"],
        update_fields=["state", "at"],
    )
    return len(rows)


def disarm(assignment: Assignment) -> None:
    """Nothing more is sent for this assignment: armed moments and unsent mails become void."""
    assignment.milestones.armed().update(state=Milestone.State.VOID)
    void_unsent(assignment)


def void_unsent(assignment: Assignment) -> None:
    """A worker that is sending one right now will still write down that it went out."""
    unsent = Delivery.objects.unsent().filter(milestone__assignment=assignment)
    unsent.update(state=Delivery.State.VOID)
