from datetime import date, timedelta

import pytest

from bureaus.models import CalendarDay
from notices.calendar import LEAST, work_calendar

pytestmark = pytest.mark.django_db


def rest(year: int, count: int = LEAST) -> None:
    """So many days of rest in a row from 1 October on."""
    first = date(year, 10, 1)
    CalendarDay.objects.bulk_create(
        CalendarDay(day=first + timedelta(days=number), kind="H") for number in range(count)
    )


def test_calendar_covers_the_whole_years_that_are_loaded():
    rest(2025)
    rest(2026)
    CalendarDay.objects.create(day=date(2026, 2, 14), kind="W")

    calendar = work_calendar()

    assert (calendar.first, calendar.last) == (date(2025, 1, 1), date(2026, 12, 31))
    assert not calendar.is_workday(date(2025, 10, 8))  # a Wednesday, but a day of rest
    assert calendar.is_workday(date(2026, 2, 14))  # a Saturday, but worked
    assert calendar.known(date(2026, 12, 31))
    assert not calendar.known(date(2027, 1, 1))


def test_year_entered_in_part_is_counted_with_but_not_taken_for_announced():
    rest(2025)
    rest(2026, LEAST - 1)

    calendar = work_calendar()

    assert calendar.last == date(2025, 12, 31)
    assert not calendar.is_workday(date(2026, 10, 8))


def test_new_years_eve_of_the_next_announcement_does_not_announce_its_own_year():
    """2024's first day of rest was 30 December 2023, or so it might have been."""
    rest(2024)
    CalendarDay.objects.create(day=date(2023, 12, 30), kind="H")

    assert work_calendar().first == date(2024, 1, 1)


def test_years_behind_a_gap_are_not_taken_for_announced():
    rest(2024)
    rest(2026)

    calendar = work_calendar()

    assert calendar.last == date(2024, 12, 31)
    assert not calendar.known(date(2025, 6, 1))


def test_calendar_without_days_covers_nothing():
    calendar = work_calendar()

    assert not calendar.known(date(2026, 3, 2))
    assert calendar.is_workday(date(2026, 3, 2))
