"""The ladder of reminders before and after a target, over a working-day calendar. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from notices.text.deadline_dates import SHANGHAI

AT = time(9, 0)


class Calendar(Protocol):
    def is_workday(self, day: date) -> bool: ...

    def add_workdays(self, day: date, count: int) -> date: ...


@dataclass(frozen=True)
class Rung:
    """One step: its code, its name, and how many working days from the target (or past the end)."""

    kind: str
    label: str
    workdays: int
    after_due: bool = False


LADDER = (
    Rung("T-10", "提前10个工作日", -10),
    Rung("T-5", "提前5个工作日", -5),
    Rung("T-3", "提前3个工作日", -3),
    Rung("T-1", "提前1个工作日", -1),
    Rung("T0", "目标日当天", 0),
    Rung("O1", "逾期第1个工作日", 1, after_due=True),
    Rung("O2", "逾期第2个工作日", 2, after_due=True),
    Rung("O3", "逾期第3个工作日", 3, after_due=True),
)
LABELS = {rung.kind: rung.label for rung in LADDER}
URGE = "U"  # U1, U2, …: not of the ladder but of a person's hand


def label(kind: str) -> str:
    """What a reminder of this kind is called."""
    return "催办" if kind.startswith(URGE) else LABELS[kind]


def moments(
    target_on: date, due_on: date, *, calendar: Calendar, after: datetime
) -> list[tuple[str, datetime]]:
    """(code, moment) of each rung later than ``after``: 9:00 in Asia/Shanghai on working days."""
    # A target may have become a day of rest since it was read; it is then met before that rest.
    target_on = calendar.add_workdays(target_on + timedelta(days=1), -1)
    found = []
    for rung in LADDER:
        day = calendar.add_workdays(due_on if rung.after_due else target_on, rung.workdays)
        at = datetime.combine(day, AT, tzinfo=SHANGHAI)
        if at > after:
            found.append((rung.kind, at))
    return found


def local_day(moment: datetime) -> date:
    """The day of a moment in the office's time zone."""
    return moment.astimezone(SHANGHAI).date()
