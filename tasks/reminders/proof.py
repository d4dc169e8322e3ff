"""提醒送达证明: who was told what of an assignment, when, on which deadline, how, with what result.

The ledger is shown whole: moments that were passed over or became void stand there too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from tasks.ladder import events, rungs
from tasks.ladder.rungs import label
from tasks.models import Assignment, Delivery, Milestone
from tasks.querysets.reminders import MilestoneQuerySet

AUDIENCES = {
    rungs.Audience.RESPONSIBLE: "承办人",
    rungs.Audience.SUPERIOR: "本单位上级",
    rungs.Audience.COORDINATOR: "下发单位",
}
TOLD = {
    events.Whom.NEXT: "下一步办理人",
    events.Whom.DOERS: "承办人",
    events.Whom.BUREAU: "责任单位",
    events.Whom.RECEIVER: "核收单位",
    events.Whom.ISSUER: "下发单位",
    events.Whom.PERSON: "接手的人",
}
NOBODY = "到时无人可提醒"  # no one in the posts it is for, or told by another moment already


@dataclass(frozen=True)
class Telling:
    """One moment of the ledger: for which deadline it stood, and what came of it."""

    at: datetime
    rung: str
    sheet: str
    audience: str
    version: int
    due_at: datetime | None
    state: str
    deliveries: list[Delivery]


@dataclass(frozen=True)
class Tally:
    """Of all that was to go to somebody: how many rows, arrived, failed, still on their way."""

    sent: int
    failed: int
    waiting: int


def moments(assignment: Assignment) -> MilestoneQuerySet:
    """All moments of the assignment in the order of time, with what was sent at each."""
    sent = Delivery.objects.select_related("recipient").order_by("pk")
    found: MilestoneQuerySet = (
        Milestone.objects.filter(assignment=assignment)
        .select_related("urge__sheet")
        .prefetch_related(Prefetch("deliveries", sent))
        .order_by("at", "pk")
    )
    return found


def tellings(found: MilestoneQuerySet, assignment: Assignment) -> list[Telling]:
    """The moments in words; one query for the deadlines."""
    dues = _dues(assignment)
    return [_telling(one, dues.get(one.deadline_version)) for one in found]


def tally(assignment: Assignment) -> Tally:
    counts = {"sent": 0, "failed": 0, "waiting": 0}
    rows = Delivery.objects.filter(milestone__assignment=assignment).exclude(state="void")
    for state in rows.values_list("state", flat=True):
        counts[state if state in counts else "waiting"] += 1
    return Tally(**counts)


def _telling(one: Milestone, due_at: datetime | None) -> Telling:
    urge, sent = getattr(one, "urge", None), list(one.deliveries.all())
    is_for_nobody = one.state == Milestone.State.FIRED and not sent
    return Telling(
        at=one.at,
        rung=label(one.kind),
        sheet=str(urge.sheet) if urge and urge.sheet else "",
        audience=_whom(one.kind),
        version=one.deadline_version,
        due_at=due_at,
        state=NOBODY if is_for_nobody else one.get_state_display(),
        deliveries=sent,
    )


def _whom(kind: str) -> str:
    if events.is_event(kind):
        return TOLD[events.of_moment(kind).whom]
    return AUDIENCES[rungs.audience(kind)]


def _dues(assignment: Assignment) -> dict[int, datetime | None]:
    """The deadline of each version."""
    return dict(_versions(assignment))


def _versions(assignment: Assignment) -> Iterator[tuple[int, datetime | None]]:
    yield assignment.deadline_version, assignment.due_at
    changes = assignment.deadline_changes.values_list("version", "old_due_at", "new_due_at")
    for number, (version, old, new) in enumerate(changes):
        if number == 0:
            yield version - 1, old
        yield version, new
