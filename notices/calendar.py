from datetime import date

from bureaus import calendar
from notices.text.workdays import WorkCalendar


def work_calendar() -> WorkCalendar:
    """The office's working days, as loaded and edited, for the pure code to count with."""
    return calendar_of(*calendar.days())


def calendar_of(rest: frozenset[date], work: frozenset[date]) -> WorkCalendar:
    """The same of days of rest and of work that are given; their years count as announced."""
    loaded = sorted(rest | work)
    if not loaded:
        return WorkCalendar(rest, work, first=date.max, last=date.min)
    return WorkCalendar(
        rest=rest,
        work=work,
        first=loaded[0].replace(month=1, day=1),
        last=loaded[-1].replace(month=12, day=31),
    )
