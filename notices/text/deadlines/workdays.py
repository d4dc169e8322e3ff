"""Working-day arithmetic over a calendar that is passed in.

The State Council announces each year's rest days and make-up days (调休); the calendar holds them
as two sets. Outside the announced years only weekends and the fixed holidays are known: results
stay usable and `known` tells the caller to say so.
"""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)
_FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
"""元旦, 劳动节, 国庆节 (全国年节及纪念日放假办法, article 2); the others follow the moon."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Announced rest days (`rest`) and make-up working days (`work`) from `first` to `last`."""

    rest: frozenset[date]
    work: frozenset[date]
    first: date
    last: date

    def known(self, day: date) -> bool:
        """Whether the holidays of that day's year have been announced and loaded."""
        return self.first <= day <= self.last

    def is_workday(self, day: date) -> bool:
        """A make-up day is one; an announced rest day is not; else Monday to Friday.

        The holidays of the solar calendar are days of rest in every year, by law: also before it is
        announced, and where somebody has entered only a few of its days.
        """
        if day in self.work:
            return True
        if day in self.rest or (day.month, day.day) in _FIXED_HOLIDAYS:
            return False
        return day.weekday() < _SATURDAY

    def next_workday_on_or_after(self, day: date) -> date:
        while not self.is_workday(day):
            day += _DAY
        return day

    def last_workday_on_or_before(self, day: date) -> date:
        while not self.is_workday(day):
            day -= _DAY
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The count-th working day after `day` (before it when negative); `day` is not counted."""
        step = _DAY if count >= 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def announced_block(self, day: date) -> tuple[date, date] | None:
        """First and last day of the announced holiday that holds `day`, weekends aside."""
        if day not in self.rest:
            return None
        first = last = day
        while first - _DAY in self.rest:
            first -= _DAY
        while last + _DAY in self.rest:
            last += _DAY
        return first, last
