"""The tick: which moments are due, who is told, and how each telling went.

The rows are the only truth. A moment is claimed by its old state and its deliveries are written
before anything is sent, so a second run, a second worker or a restart finds nothing left to do.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bureaus.models import Staff
from bureaus.roles import Permission
from tasks.actions import deliveries, milestones
from tasks.models import Assignment, Delivery, Milestone
from tasks.querysets import MilestoneQuerySet
from tasks.states import EDITABLE, OWNERS, WITH_BUREAU, Status

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
    return sum(_count_due(kinds, now) for kinds in _kinds(Milestone.objects.all()))


def _count_due(alike: MilestoneQuerySet, now: datetime) -> int:
    firing_now = alike.due(now).values("assignment")
    waiting = Delivery.objects.to_send(now).filter(milestone__in=alike)
    firing = (
        Assignment.objects.filter(pk__in=firing_now, status__in=WITH_BUREAU)
        .select_related("bureau", "receiver", "handler")
        .iterator(500)
    )
    staying = waiting.exclude(milestone__assignment__in=firing_now).count()
    on = timezone.localdate(now)
    return staying + sum(len(recipients(assignment, on=on)) for assignment in firing)


def _assignments_due(now: datetime) -> list[int]:
    due = Milestone.objects.due(now).order_by("assignment_id")
    return list(due.values_list("assignment_id", flat=True).distinct())


@transaction.atomic
def fire(assignment_id: int, *, now: datetime) -> int:
    """Fire what is due for one assignment: the latest rung of the ladder and the latest urge.

    Earlier missed rungs are superseded by the later one, never by an urge, nor an urge by them:
    a person's word goes out as it was promised. Returns how many were superseded.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("bureau", "receiver", "handler", "obligation__notice")
        .get(pk=assignment_id)
    )
    theirs = Milestone.objects.filter(assignment=assignment)
    if not assignment.is_owed:
        theirs.due(now).update(state=Milestone.State.VOID)
        return 0
    return sum(_fire_latest(kinds, assignment, now) for kinds in _kinds(theirs))


def _kinds(found: MilestoneQuerySet) -> tuple[MilestoneQuerySet, MilestoneQuerySet]:
    return found.of_ladder(), found.of_urges()


def _fire_latest(alike: MilestoneQuerySet, assignment: Assignment, now: datetime) -> int:
    due = alike.due(now)
    latest = due.order_by("-at", "-pk").first()
    if latest is None or not _claim(latest):
        return 0
    superseded = due.exclude(pk=latest.pk).update(state=Milestone.State.SUPERSEDED)
    milestones.void_unsent(alike)
    deliveries.write(latest, recipients(assignment, on=timezone.localdate(now)), now=now)
    return superseded


def _claim(milestone: Milestone) -> bool:
    return bool(
        Milestone.objects.armed().filter(pk=milestone.pk).update(state=Milestone.State.FIRED)
    )


def recipients(assignment: Assignment, *, on: date) -> list[Staff]:
    """Who has the next step; failing that the bureau's coordinators, else the receiver's.

    Deputies of that day stand in for those who have handed their posts over.
    """
    return next(_candidates(assignment, on), [])


def _candidates(assignment: Assignment, on: date) -> Iterator[list[Staff]]:
    owner = OWNERS[Status(assignment.status)]
    if assignment.handler and assignment.status in EDITABLE:
        in_hand = list(Staff.objects.in_place_of(assignment.handler, on=on))
        if in_hand:
            yield in_hand
    asked = [(assignment.bureau, owner[1])] if owner else []
    asked += [
        (assignment.bureau, Permission.RECEIVE),
        (assignment.bureau, Permission.READ),
        (assignment.receiver, Permission.RECEIVE),
    ]
    for bureau, permission in asked:
        found = list(Staff.objects.who_may(permission, at=bureau, on=on).order_by("pk"))
        if found:
            yield found
