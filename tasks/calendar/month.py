"""The next five weeks or one month, each day with what is due on it."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from notices.text.deadlines.workdays import WorkCalendar
from tasks.calendar.asked import Asked, shift
from tasks.calendar.due_items import DueItem
from tasks.pictures.load import Load, LoadDay, load

LINES = 3  # items shown a day of a month; the rest is in the ledger
LISTED = 20  # the same in the list of the next weeks
AHEAD = 5  # weeks
SATURDAY = 5
MONDAY_FIRST = Calendar(firstweekday=0)


@dataclass
class Day:
    """``mark``: 休 or 班 where the day is not what its weekday says; ``more``: items not shown."""

    day: date
    is_today: bool
    is_past: bool
    is_other: bool
    is_rest: bool
    mark: str
    items: list[DueItem] = field(default_factory=list)
    more: int = 0
    url: str = ""

    @property
    def count(self) -> int:
        return len(self.items) + self.more


def days_of(month: date) -> list[date]:
    """The days of the month's weeks, from a Monday to a Sunday."""
    return list(MONDAY_FIRST.itermonthdates(month.year, month.month))


def days_ahead(today: date) -> list[date]:
    """The days of this week and the four that follow, from a Monday to a Sunday."""
    first = today - timedelta(days=today.weekday())
    return [first + timedelta(days=number) for number in range(AHEAD * 7)]


def shown(asked: Asked, today: date) -> list[date]:
    """The days of what is asked for, in whole weeks."""
    return days_ahead(today) if asked.is_ahead else days_of(asked.month)


def weeks(
    asked: Asked, items: Iterable[DueItem], *, today: date, calendar: WorkCalendar
) -> list[list[Day]]:
    """The weeks that are asked for; ``items`` come by day."""
    due = {day: list(found) for day, found in groupby(items, key=lambda item: item.day)}
    days = [_day(day, asked, due.get(day, []), today, calendar) for day in shown(asked, today)]
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def load_of(weeks: Iterable[Iterable[Day]]) -> Load:
    """The days as squares with the number of what is due on them."""
    return load(
        [
            LoadDay(
                day=one.day,
                count=one.count,
                is_rest=one.is_rest,
                is_past=one.is_past,
                is_today=one.is_today,
                mark=one.mark,
            )
            for week in weeks
            for one in week
        ]
    )


def _day(day: date, asked: Asked, due: list[DueItem], today: date, calendar: WorkCalendar) -> Day:
    most = LISTED if asked.is_ahead else LINES
    return Day(
        day=day,
        is_today=day == today,
        is_past=day < today,
        is_other=not asked.is_ahead and day.month != asked.month.month,
        is_rest=not calendar.is_workday(day),
        mark=mark(day, calendar),
        items=due[:most],
        more=len(due[most:]),
        url=asked.ledger_url(day) if due[most:] else "",
    )


def mark(day: date, calendar: WorkCalendar) -> str:
    """休 on a public holiday, 班 on a weekend that is worked, else nothing."""
    if calendar.is_workday(day):
        return "班" if day.weekday() >= SATURDAY else ""
    return "休" if day in calendar.rest or day.weekday() < SATURDAY else ""


def known(month: date, calendar: WorkCalendar) -> bool:
    """Are the holidays of this month announced and loaded?"""
    return calendar.known(month) and calendar.known(shift(month, 1) - timedelta(days=1))
