from datetime import UTC, date, datetime, time

import pytest

from notices.text.deadlines.workdays import WorkCalendar
from tasks.ladder.quiet_hours import ends, is_quiet
from tests.factories import SHANGHAI

NIGHT = time(20), time(8)
CALENDAR = WorkCalendar(
    rest=frozenset({date(2026, 10, 1)}),
    work=frozenset({date(2026, 10, 10)}),
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
)


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        (at(9, 7, 59), True),
        (at(9, 8), False),
        (at(9, 19, 59), False),
        (at(9, 20), True),
        (at(9, 0), True),
        (at(1, 9), True),  # a holiday on a Thursday
        (at(11, 9), True),  # a Sunday
        (at(10, 9), False),  # a Saturday that is worked
    ],
)
def test_nights_and_days_of_rest_are_quiet(now, quiet):
    assert is_quiet(now, hours=NIGHT, calendar=CALENDAR) is quiet
    assert is_quiet(now.astimezone(UTC), hours=NIGHT, calendar=CALENDAR) is quiet


def test_hours_within_a_day():
    lunch = time(12), time(14)

    assert is_quiet(at(9, 13), hours=lunch, calendar=CALENDAR) is True
    assert is_quiet(at(9, 14), hours=lunch, calendar=CALENDAR) is False


def test_no_hours_at_all():
    off = time(0), time(0)

    assert is_quiet(at(9, 0), hours=off, calendar=CALENDAR) is False
    assert is_quiet(at(11, 9), hours=off, calendar=CALENDAR) is True


def test_year_without_calendar_data_rests_on_weekends():
    friday, sunday = (datetime(2031, 11, day, 9, tzinfo=SHANGHAI) for day in (7, 9))

    assert is_quiet(friday, hours=NIGHT, calendar=CALENDAR) is False
    assert is_quiet(sunday, hours=NIGHT, calendar=CALENDAR) is True


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (at(9, 12), at(9, 12)),
        (at(9, 7, 59), at(9, 8)),
        (at(9, 20), at(10, 8)),  # into a Saturday that is worked
        (at(10, 21), at(12, 8)),
        (at(11, 9), at(12, 8)),
    ],
)
def test_quiet_ends_with_the_hours_of_the_next_working_morning(now, end):
    assert ends(now, hours=NIGHT, calendar=CALENDAR) == end
    assert not is_quiet(end, hours=NIGHT, calendar=CALENDAR)


def test_without_hours_quiet_ends_with_the_day_of_rest():
    assert ends(at(11, 9), hours=(time(0), time(0)), calendar=CALENDAR) == at(12, 0)
    assert ends(at(9, 13), hours=(time(12), time(14)), calendar=CALENDAR) == at(9, 14)
