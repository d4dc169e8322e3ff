"""One year of working days as twelve months of weeks. Pure."""

from calendar import Calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

MONDAY_FIRST, SATURDAY = Calendar(firstweekday=0), 5
# 元旦, 劳动节, 国庆节 (全国年节及纪念日放假办法, article 2) are days of rest in every year.
# notices/text/deadlines/workdays.py, which may not know of this, counts by the same.
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}

PLAIN, WEEKEND, REST, WORK = "plain", "weekend", "rest", "work"
MARKS = {REST: "休", WORK: "班"}
Days = Collection[date]


@dataclass(frozen=True)
class YearDay:
    """``kind``: a plain working day, a weekend, 休 on a weekday or by name, 班 on a weekend."""

    day: date
    kind: str
    name: str = ""
    is_today: bool = False

    @property
    def mark(self) -> str:
        return MARKS.get(self.kind, "")

    @property
    def is_workday(self) -> bool:
        return self.kind in (PLAIN, WORK)


@dataclass(frozen=True)
class Month:
    """Weeks from Monday to Sunday; None where a day belongs to another month."""

    first: date
    weeks: list[list[YearDay | None]]

    @property
    def days(self) -> list[YearDay]:
        return [day for week in self.weeks for day in week if day]

    @property
    def workdays(self) -> int:
        return sum(day.is_workday for day in self.days)


def months(
    year: int, *, rest: Days, work: Days, names: Mapping[date, str], today: date
) -> list[Month]:
    """``rest`` and ``work`` are the days that are not what their weekday says, with ``names``."""

    def of(day: date) -> YearDay:
        return YearDay(day, _kind(day, rest, work), names.get(day, ""), day == today)

    def weeks(month: int) -> list[list[YearDay | None]]:
        found = MONDAY_FIRST.monthdatescalendar(year, month)
        return [[of(day) if day.month == month else None for day in week] for week in found]

    return [Month(date(year, month, 1), weeks(month)) for month in range(1, 13)]


def _kind(day: date, rest: Days, work: Days) -> str:
    if day in work:
        return WORK if day.weekday() >= SATURDAY else PLAIN
    if day in rest or (day.month, day.day) in FIXED_HOLIDAYS:
        return REST
    return WEEKEND if day.weekday() >= SATURDAY else PLAIN
