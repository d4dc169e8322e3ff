"""When a recurring report falls due, period by period."""

from collections.abc import Iterator
from datetime import date, timedelta

from notices.text.deadlines.dates import clamp, month_end
from notices.text.deadlines.rules import RecurringDeadline

_MONTHS = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "semiannual": 6, "yearly": 12}
_DAYS = {"daily": 1, "weekly": 7}


def first_due(rule: RecurringDeadline, base: date, period: date | None) -> date | None:
    """The due day of the period that holds `period`, else the first on or after `base`.

    Where the words give no day it is the period's end. None once the time named is over.
    """
    start = period or _start(rule, base)
    last = last_due(rule)
    for due in due_days(rule, start):
        if last and due > last:
            return None
        if period is not None or due >= max(base, start):
            return due
    return None


def last_due(rule: RecurringDeadline) -> date | None:
    """The day after which nothing falls due, where words (至2026年12月) or a person name an end.

    The report on the last period may fall due after it: in the month that follows.
    """
    if not rule.end:
        return None
    if rule.end.count("-") == 2:
        return date.fromisoformat(rule.end)
    year, _, month = rule.end.partition("-")
    return month_end(int(year), int(month or 12) + rule.offset)


def due_days(rule: RecurringDeadline, start: date) -> Iterator[date]:
    """Due days from the period that holds `start` onwards, without end."""
    if rule.freq in _MONTHS:
        yield from _by_months(rule, start, _MONTHS[rule.freq])
    step = rule.day if rule.freq == "every_n_days" and isinstance(rule.day, int) else 1
    step = _DAYS.get(rule.freq, step)
    day = start
    if rule.freq == "weekly":
        named = rule.day if isinstance(rule.day, int) else 5
        day = start - timedelta(days=start.weekday()) + timedelta(days=named - 1)
    while True:
        yield day
        day += timedelta(days=step)


def _by_months(rule: RecurringDeadline, start: date, length: int) -> Iterator[date]:
    index = start.year * 12 + start.month - 1
    index -= index % length
    while True:
        yield _day_in(rule, index, length)
        index += length


def _day_in(rule: RecurringDeadline, index: int, length: int) -> date:
    """The due day for the period of `length` months that starts at month `index`."""
    last = index + length - 1
    if isinstance(rule.day, str) and "-" in rule.day:
        named, words = rule.day.split("-")
        day = 31 if words == "末" else int(words)
        return clamp(index // 12, int(named), day)
    if rule.offset:
        last += 1
    year, month = last // 12, last % 12 + 1
    if isinstance(rule.day, int):
        return clamp(year, month, rule.day)
    return month_end(year, month)


def _start(rule: RecurringDeadline, base: date) -> date:
    """`base`, or the later start that the words name (自5月起, 从2019年起)."""
    if not rule.start:
        return base
    year, _, month = rule.start.rpartition("-") if "-" in rule.start else ("", "", rule.start)
    if len(month) == 4:
        named = date(int(month), 1, 1)
    elif year:
        named = date(int(year), int(month), 1)
    else:
        named = date(base.year + (int(month) < base.month), int(month), 1)
    return max(base, named)
