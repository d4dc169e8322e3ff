"""The working-day calendar of the office, as the pure code wants it."""

from datetime import date

from bureaus.models import CalendarDay

YEARS = range(2000, 3000)  # nearer to the ends of the calendar, sums of moments overflow


def days() -> tuple[frozenset[date], frozenset[date]]:
    """(days of rest beside the weekends, working weekends), all that is loaded."""
    rest, work = set(), set()
    for day, kind in CalendarDay.objects.values_list("day", "kind"):
        (rest if kind == CalendarDay.Kind.REST else work).add(day)
    return frozenset(rest), frozenset(work)
