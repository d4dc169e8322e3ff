"""The day before a named holiday, found in the announced rest days."""

from datetime import date, timedelta

from notices.text.deadlines.workdays import WorkCalendar

# Window (month, day)-(month, day) in which each holiday's announced rest days fall.
_WINDOWS = {
    "元旦": ((1, 1), (1, 1)),
    "春节": ((1, 19), (2, 26)),
    "清明": ((4, 4), (4, 6)),
    "五一": ((5, 1), (5, 1)),
    "端午": ((5, 25), (6, 30)),
    "中秋": ((9, 7), (10, 8)),
    "国庆": ((10, 1), (10, 1)),
    "双节": ((9, 7), (10, 8)),
}
# The first statutory day of 春节 is 除夕 since 2025 (全国年节及纪念日放假办法, 2024-11-10); in 2024
# 除夕 was a working day that offices were told to give as leave.
_EVE_OUTSIDE = {2024: date(2024, 2, 9)}


def holiday_eve(
    name: str, year: int | None, base: date, calendar: WorkCalendar
) -> tuple[date, date] | None:
    """Last day before the holiday and its strictest reading, on or after `base`; None if unknown.

    A plain 节前 is the next announced holiday after `base`.
    """
    if name == "节":
        names = [k for k in _WINDOWS if k not in ("双节",)]
        found = [e for n in names if (e := holiday_eve(n, year, base, calendar))]
        return min(found) if found else None
    for candidate in (year,) if year else (base.year, base.year + 1):
        first = _first_rest_day(name, candidate, calendar)
        if first is None:
            continue
        eve = first - timedelta(days=1)
        if year is None and eve < base:
            continue
        return eve, eve - timedelta(days=_EVE_OUTSIDE.get(first.year) == eve)
    return None


def _first_rest_day(name: str, year: int, calendar: WorkCalendar) -> date | None:
    if name not in _WINDOWS:
        return None
    (m1, d1), (m2, d2) = _WINDOWS[name]
    day, last = date(year, m1, d1), date(year, m2, d2)
    while day <= last:
        block = calendar.announced_block(day)
        if block and (name != "春节" or (block[1] - block[0]).days >= 2):
            return block[0]
        day += timedelta(days=1)
    return None
