"""The working days of the office as the pure code counts with them: which years are announced."""

from collections import Counter
from datetime import date
from itertools import pairwise

from bureaus import calendar
from bureaus.kept import versions
from bureaus.kept.holding import Holding
from notices.text.deadlines.workdays import WorkCalendar

LEAST = 11
"""Days of rest in the announcement of any year: those of the law (全国年节及纪念日放假办法, article
2) before it gave two more in 2025. A year with fewer has been entered in part."""


_CALENDAR: Holding[WorkCalendar] = Holding(versions.UNITS)


def work_calendar() -> WorkCalendar:
    """The office's working days, as loaded and edited, for the pure code to count with."""
    return _CALENDAR.get("", lambda: calendar_of(*calendar.days()))


def calendar_of(rest: frozenset[date], work: frozenset[date]) -> WorkCalendar:
    """The same of days of rest and of work that are given.

    Announced are the years with LEAST days of rest, up to the first gap.
    """
    years = _without_gap(Counter(day.year for day in rest))
    if not years:
        return WorkCalendar(rest, work, first=date.max, last=date.min)
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    return WorkCalendar(rest=rest, work=work, first=first, last=last)


def _without_gap(days: Counter[int]) -> list[int]:
    years = sorted(year for year, count in days.items() if count >= LEAST)
    gap = next((place for place, (a, b) in enumerate(pairwise(years), 1) if b > a + 1), len(years))
    return years[:gap]
