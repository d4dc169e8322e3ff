"""The tick: which moments are due, who is told, and how each telling went.

The rows are the only truth. A moment is claimed by its old state and its deliveries are written
before anything is sent, so a second run, a second worker or a restart finds nothing left to do.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bureaus.models import Staff
from bureaus.roles import Permission
from tasks.actions import deliveries, milestones
from tasks.models import Assignment, Delivery, Milestone
from tasks.states import OWNERS, WITH_BUREAU, Status

logger = logging.getLogger(__name__)


@dataclass
class Tally:
    """What one tick did: mails sent, moments and mails superseded, mails that failed this time."""

    sent: int = 0
    superseded: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return f"sent={self.sent} superseded={self.superseded} failed={self.failed}"


def tick(now: datetime) -> Tally:
    """Turn due moments into deliveries and send what is to be sent. Running twice sends once."""
    tally = Tally()
    for assignment_id in _assignments_due(now):
        try:
            tally.superseded += fire(assignment_id, now=now)
        except (
            Exception
        ):  # one broken row must not stop the others; it stays armed and is seen again
            logger.exception("reminder of assignment %s failed", assignment_id)
            tally.failed += 1
    tally.sent, failed = deliveries.send_waiting(now)
    tally.failed += failed
    return tally


def count_due(now: datetime) -> int:
    """How many mails a tick at this moment would try to send; writes nothing."""
    firing_now = Milestone.objects.due(now).values("assignment")
    waiting = Delivery.objects.to_send(now).exclude(milestone__assignment__in=firing_now).count()
    firing = (
        Assignment.objects.filter(pk__in=_assignments_due(now), status__in=WITH_BUREAU)
        .select_related("bureau", "receiver")
        .iterator(500)
    )
    return waiting + sum(len(recipients(assignment)) for assignment in firing)


def _assignments_due(now: datetime) -> list[int]:
    due = Milestone.objects.due(now).order_by("assignment_id")
    return list(due.values_list("assignment_id", flat=True).distinct())


@transaction.atomic
def fire(assignment_id: int, *, now: datetime) -> int:
    """Fire the latest due moment of one assignment; earlier missed ones are superseded.

    Returns how many were.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("bureau", "receiver", "obligation__notice")
        .get(pk=assignment_id)
    )
    due = Milestone.objects.due(now).filter(assignment=assignment).order_by("-at", "-pk")
    if not assignment.is_owed:
        due.update(state=Milestone.State.VOID)
        return 0
    latest = due.first()
    if latest is None or not _claim(latest):
        return 0
    superseded = due.exclude(pk=latest.pk).update(state=Milestone.State.SUPERSEDED)
    milestones.void_unsent(assignment)
    deliveries.write(latest, recipients(assignment), now=now)
    return superseded


def _claim(milestone: Milestone) -> bool:
    return bool(
        Milestone.objects.armed().filter(pk=milestone.pk).update(state=Milestone.State.FIRED)
    )


def recipients(assignment: Assignment) -> list[Staff]:
    """Who has the next step; failing that the bureau's coordinators, else the receiver's."""
    return next(_candidates(assignment), [])


def _candidates(assignment: Assignment) -> Iterator[list[Staff]]:
    owner = OWNERS[Status(assignment.status)]
    asked = [(assignment.bureau, owner[1])] if owner else []
    asked += [
        (assignment.bureau, Permission.RECEIVE),
        (assignment.bureau, Permission.READ),
        (assignment.receiver, Permission.RECEIVE),
    ]
    for bureau, permission in asked:
        found = list(Staff.objects.who_may(permission, at=bureau).order_by("pk"))
        if found:
            yield found
