"""The ladder of reminders before and after a target, over a working-day calendar. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from notices.text.deadlines.office_time import SHANGHAI
from tasks.ladder import events

AT = time(9, 0)


class Calendar(Protocol):
    def is_workday(self, day: date) -> bool: ...

    def add_workdays(self, day: date, count: int) -> date: ...


class Audience(StrEnum):
    """Whom a rung speaks to."""

    RESPONSIBLE = "responsible"  # 承办人: whoever has the next step
    SUPERIOR = "superior"  # 本单位上级
    COORDINATOR = "coordinator"  # 下发单位


@dataclass(frozen=True)
class Rung:
    """One step: its code, how many working days from the target (or past the end), for whom."""

    kind: str
    workdays: int
    after_due: bool = False
    audience: Audience = Audience.RESPONSIBLE

    @property
    def label(self) -> str:
        return label(self.kind)


SUPERIOR, COORDINATOR = "S", "C"
# Of what has no deadline: on its 复核日 once to who owes it, once to who asked for it.
REVIEW_DAY, REVIEW_ISSUER = "R", "RC"
URGE = "U"  # U1, U2, …: not of the ladder but of a person's hand
HOUR = "H"  # H-12, H-1: so many hours before a deadline that is set by the hour
HOURS_AHEAD = (24, 12, 6, 3, 1)


def before(workdays: int) -> Rung:
    """T-10, T-5, …, and T0: so many working days before the target."""
    return Rung(f"T-{workdays}" if workdays else "T0", -workdays)


def overdue(workday: int) -> Rung:
    """O1, O2, …: on that working day past the end, to the person who owes."""
    return Rung(f"O{workday}", workday, after_due=True)


def to_superior(workday: int) -> Rung:
    """Once, to those above the person in the bureau."""
    return Rung(SUPERIOR, workday, after_due=True, audience=Audience.SUPERIOR)


def to_coordinator(workday: int) -> Rung:
    """Once, to the bureau that asked for it."""
    return Rung(COORDINATOR, workday, after_due=True, audience=Audience.COORDINATOR)


LAST_DAY = before(0).kind
LADDER = (
    *(before(workdays) for workdays in (10, 5, 3, 1, 0)),
    *(overdue(workday) for workday in (1, 2, 3)),
    to_superior(4),
    to_coordinator(5),
)


def label(kind: str) -> str:
    """What a reminder of this kind is called."""
    if events.is_event(kind):
        return events.of_moment(kind).label
    if kind.startswith(URGE):
        return "催办"
    if kind.startswith(HOUR):
        return f"截止前{kind[2:]}小时"
    if kind.startswith("T-"):
        return f"提前{kind[2:]}个工作日"
    if kind.startswith("O"):
        return f"逾期第{kind[1:]}个工作日"
    return {
        "T0": "目标日当天",
        SUPERIOR: "逾期未报，告知本单位上级",
        COORDINATOR: "逾期未报，告知下发单位",
        REVIEW_DAY: "复核日，没有截止时间，请看一看进展",
        REVIEW_ISSUER: "复核日，告知下发单位",
    }[kind]


def audience(kind: str) -> Audience:
    """Whom a reminder of this kind is for; an urge is for the person who owes."""
    return {
        SUPERIOR: Audience.SUPERIOR,
        COORDINATOR: Audience.COORDINATOR,
        REVIEW_ISSUER: Audience.COORDINATOR,
    }.get(kind, Audience.RESPONSIBLE)


def review_moments(review_on: date, *, after: datetime) -> list[tuple[str, datetime]]:
    """(code, moment) for what has no deadline; on a day of rest it waits for a working morning."""
    at = datetime.combine(review_on, AT, tzinfo=SHANGHAI)
    return [(kind, at) for kind in (REVIEW_DAY, REVIEW_ISSUER)] if at > after else []


def last_day(target_on: date, calendar: Calendar) -> date:
    """A target may have become a day of rest since it was read; it is met before that rest."""
    return calendar.add_workdays(target_on + timedelta(days=1), -1)


def by_the_hour(end: datetime, *, after: datetime) -> list[tuple[str, datetime]]:
    """(code, moment) of each rung before an end that is set by the hour; nights are no rest."""
    ahead = ((hours, end - timedelta(hours=hours)) for hours in HOURS_AHEAD)
    return [(f"{HOUR}-{hours}", at) for hours, at in ahead if at > after]


def moments(
    target_on: date,
    due_on: date,
    *,
    calendar: Calendar,
    after: datetime,
    end: datetime | None = None,
    rungs: Iterable[Rung] = LADDER,
    hour: time = AT,
) -> list[tuple[str, datetime]]:
    """(code, moment) of each rung later than ``after``: at ``hour`` in Shanghai on working days.

    Those of before come before the ``end``: where ``hour`` would be too late that day, at AT.
    """
    target_on = last_day(target_on, calendar)
    found = []
    for rung in rungs:
        day = calendar.add_workdays(due_on if rung.after_due else target_on, rung.workdays)
        stop = None if rung.after_due else end
        for at in (datetime.combine(day, each, tzinfo=SHANGHAI) for each in (hour, AT)):
            if stop is None or at < stop:
                if at > after:
                    found.append((rung.kind, at))
                break
    return found
