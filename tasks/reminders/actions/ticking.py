"""The tick: which moments are due, who is told, and how each telling went.

The rows are the only truth. A moment is claimed by its old state and its deliveries are written
before anything is sent, so a second run, a second worker or a second beat finds nothing left to do.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from notices.calendar import work_calendar
from tasks.ladder.quiet_hours import ends, is_quiet
from tasks.ladder.rungs import URGE
from tasks.models import Delivery, Milestone
from tasks.reminders.actions import delegations, deliveries, firing, sending

logger = logging.getLogger(__name__)

BATCH = 200
MOST_HANDS = 8  # of one tick; so many workers can take a share each


@dataclass
class Tally:
    """What one tick did: mails sent, moments and mails superseded, mails that failed this time."""

    sent: int = 0
    superseded: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return f"sent={self.sent} superseded={self.superseded} failed={self.failed}"


def tick(now: datetime, *, clock: sending.Clock | None = None) -> Tally:
    """Turn due moments into deliveries and send what is to be sent. Running twice sends once.

    Any number may run at once and share the work. ``clock`` tells the moment of each result where
    it is not ``now`` that counts.
    """
    tally, quiet = Tally(), quiet_at(now)
    delegations.begin(now)
    for keys in _batches(now, quiet=quiet):
        superseded, broken = _fire(keys, now=now, quiet=quiet)
        tally.superseded += superseded
        tally.failed += broken
    tally.sent, failed = sending.send_waiting(clock or (lambda: now), quiet=quiet)
    tally.failed += failed
    return tally


def hands(now: datetime) -> int:
    """How many workers there is work for: one each BATCH, at least one and MOST_HANDS at most."""
    quiet, most = quiet_at(now), BATCH * (MOST_HANDS - 1) + 1
    work = firing.due(now, quiet=quiet)[:most].count()
    work += deliveries.to_send(now, quiet=quiet)[:most].count()
    return min(max(-(-work // BATCH), 1), MOST_HANDS)


def quiet_at(now: datetime) -> bool:
    """Does the timetable keep silent at this moment?"""
    return is_quiet(now, hours=settings.QUIET_HOURS, calendar=work_calendar())


def goes_at(delivery: Delivery, now: datetime) -> datetime:
    """When a reminder that is due goes out: ``now``, or at the end of the quiet time."""
    if delivery.at_any_time or delivery.milestone.kind.startswith(URGE):
        return now
    return ends(now, hours=settings.QUIET_HOURS, calendar=work_calendar())


def _batches(now: datetime, *, quiet: bool) -> Iterator[list[int]]:
    """The assignments of which a moment has come, each once, in the order of the index of moments.

    In any other order PostgreSQL may read the whole ledger: it takes what is armed for as evenly
    spread over the years as what has fired, and expects to meet something due at once.
    """
    seen: set[int] = set()
    ahead = Q()
    while True:
        due = firing.due(now, quiet=quiet).filter(ahead).order_by("at", "assignment_id")
        found = list(due.values_list("at", "assignment_id")[:BATCH])
        if not found:
            return
        keys = [key for key in dict.fromkeys(key for _, key in found) if key not in seen]
        if keys:
            seen.update(keys)
            yield keys
        at, last = found[-1]
        ahead = Q(at__gte=at) & (Q(at__gt=at) | Q(assignment__gt=last))


def _fire(keys: list[int], *, now: datetime, quiet: bool) -> tuple[int, int]:
    """(superseded, broken). One broken row must not stop the others: then it goes one by one."""
    try:
        return len(firing.fire(keys, now=now, quiet=quiet).superseded), 0
    except Exception:
        if len(keys) == 1:  # it stays armed and is seen again
            logger.exception("reminder of assignment %s failed", keys[0])
            return 0, 1
    results = [_fire([key], now=now, quiet=quiet) for key in keys]
    return sum(each[0] for each in results), sum(each[1] for each in results)


def expected(now: datetime) -> Iterator[Delivery]:
    """What a tick at this moment would try to send, each with its milestone; writes nothing."""
    quiet, renewed = quiet_at(now), set()
    for keys in _batches(now, quiet=quiet):
        plan = firing.foresee(keys, now=now, quiet=quiet)
        yield from (letter for letter in plan.letters if letter.not_before <= now)
        renewed |= {_place(milestone) for milestone in plan.fired if milestone.event is None}
    waiting = deliveries.to_send(now, quiet=quiet).for_sending().order_by("not_before", "pk")
    for delivery in waiting.iterator(500):
        if _place(delivery.milestone) not in renewed:  # else it gives way
            yield delivery


def _place(milestone: Milestone) -> tuple[int | None, str]:
    return milestone.assignment_id, firing.group(milestone.kind)
