from datetime import date

import pytest

from bureaus.models import CalendarDay
from notices.calendar import work_calendar

pytestmark = pytest.mark.django_db


def test_calendar_covers_the_whole_years_that_are_loaded():
    CalendarDay.objects.create(day=date(2025, 10, 1), kind="H")
    CalendarDay.objects.create(day=date(2026, 2, 14), kind="W")

    calendar = work_calendar()

    assert (calendar.first, calendar.last) == (date(2025, 1, 1), date(2026, 12, 31))
    assert not calendar.is_workday(date(2025, 10, 1))  # a Wednesday, but a holiday
    assert calendar.is_workday(date(2026, 2, 14))  # a Saturday, but worked
    assert calendar.known(date(2026, 12, 31))
    assert not calendar.known(date(2027, 1, 1))


def test_calendar_without_days_covers_nothing():
    calendar = work_calendar()

    assert not calendar.known(date(2026, 3, 2))
    assert calendar.is_workday(date(2026, 3, 2))
