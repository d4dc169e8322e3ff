"""Working days around announced holidays and make-up days."""

from datetime import date

import pytest

from notices.text.deadlines.workdays import WorkCalendar


def days(month: int, first: int, last: int) -> set[date]:
    return {date(2023, month, d) for d in range(first, last + 1)}


@pytest.fixture
def calendar() -> WorkCalendar:
    """Autumn 2023: rest 29 September to 6 October, work on 7 and 8 October."""
    rest = frozenset(days(9, 29, 30) | days(10, 1, 6))
    return WorkCalendar(rest, frozenset(days(10, 7, 8)), date(2023, 1, 1), date(2023, 12, 31))


def test_announced_rest_day_is_no_workday(calendar: WorkCalendar) -> None:
    assert not calendar.is_workday(date(2023, 10, 3))


def test_make_up_sunday_is_a_workday(calendar: WorkCalendar) -> None:
    assert calendar.is_workday(date(2023, 10, 8))


def test_next_and_last_workday(calendar: WorkCalendar) -> None:
    assert calendar.next_workday_on_or_after(date(2023, 10, 1)) == date(2023, 10, 7)
    assert calendar.last_workday_on_or_before(date(2023, 10, 1)) == date(2023, 9, 28)


@pytest.mark.parametrize(
    ("count", "day"),
    [
        (1, date(2023, 10, 7)),
        (3, date(2023, 10, 9)),
        (-1, date(2023, 9, 27)),
        (0, date(2023, 9, 28)),
    ],
)
def test_add_workdays(calendar: WorkCalendar, count: int, day: date) -> None:
    assert calendar.add_workdays(date(2023, 9, 28), count) == day


def test_beyond_the_calendar_weekends_rest(calendar: WorkCalendar) -> None:
    assert not calendar.known(date(2027, 10, 8))
    assert calendar.is_workday(date(2027, 10, 8))
    assert not calendar.is_workday(date(2027, 10, 9))


def test_every_year_keeps_the_holidays_of_the_solar_calendar() -> None:
    calendar = WorkCalendar(frozenset(), frozenset(), date(2026, 1, 1), date(2026, 12, 31))

    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.add_workdays(date(2026, 12, 31), 1) == date(2027, 1, 4)
    # A year of which somebody has entered a few days counts as announced; its 国庆节 stays.
    assert not calendar.is_workday(date(2026, 10, 1))
    worked = WorkCalendar(
        frozenset(), frozenset({date(2026, 10, 1)}), date(2026, 1, 1), date(2026, 12, 31)
    )
    assert worked.is_workday(date(2026, 10, 1))
