"""What stands first on the desk, and what is new there since the person last looked."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from bureaus.models import Staff
from bureaus.roles import Permission
from tasks.models import Assignment, Delivery
from tasks.pages import came_back
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.states import VERDICTS, Status

# Sent back by the receiver, or inside the bureau: a draft that was never handed in has no reason.
CAME_BACK = Q(status=Status.RETURNED) | Q(status=Status.FILLING) & ~Q(return_reason="")


def first(waiting: AssignmentQuerySet, user: Staff, most: int) -> list[Assignment]:
    """What came back, then the others; each nearest target first. Two queries at most."""
    fills = user.bureaus_where(Permission.FILL)
    back = list(waiting.filter(CAME_BACK).in_order()[:most]) if fills else []
    # ``not_ended`` says which index has the order
    others = waiting.not_ended().in_order()[: most + len(back)]
    seen = {row.pk for row in back}
    return [*back, *(row for row in others if row.pk not in seen)][:most]


def mark(rows: Sequence[Assignment], user: Staff, *, since: datetime | None) -> None:
    """Give each row ``is_new``, ``url`` and, where it came back, ``came_back``; two queries.

    Nothing is new to who looks for the first time.
    """
    new = _told_of(rows, user, since) if since and rows else set()
    for row in came_back.mark(rows, user):
        row.is_new = row.pk in new
        row.url = _way_in(row)


def _way_in(row: Assignment) -> str:
    """Straight to the content that is to be judged, or to what is to be mended; else the task."""
    to_do = row.status in VERDICTS or row.came_back
    return reverse("reports:step" if to_do else "tasks:assignment_detail", args=[row.pk])


def _told_of(rows: Sequence[Assignment], user: Staff, since: datetime) -> set[int]:
    told = Delivery.objects.messages_for(user).filter(
        milestone__assignment__in=[row.pk for row in rows],
        milestone__event__isnull=False,
        sent_at__gt=since,
    )
    return set(told.values_list("milestone__assignment", flat=True))
