"""Nobody of the demo works at night or on a day off."""

from datetime import date, datetime, timedelta

import pytest

from config.demo.office_hours import after_work
from notices.text.deadlines.office_time import SHANGHAI
from notices.text.deadlines.workdays import WorkCalendar

# 1 and 2 October off, Saturday 10 October worked
CALENDAR = WorkCalendar(
    frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
    frozenset({date(2026, 10, 10)}),
    date(2026, 1, 1),
    date(2026, 12, 31),
)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("begun", "hours", "done"),
    [
        (at(9, 28, 9, 30), 2, at(9, 28, 11, 30)),
        (at(9, 28, 11, 30), 2, at(9, 28, 15, 30)),  # over noon
        (at(9, 28, 17), 3, at(9, 29, 11)),  # into the next morning
        (at(9, 28, 22), 1, at(9, 29, 10)),  # the office is closed
        (at(9, 30, 17), 2, at(10, 5, 10)),  # over two days off and a weekend
        (at(10, 9, 16), 3, at(10, 10, 10)),  # a Saturday that is worked
        (at(9, 28, 9), 7, at(9, 28, 18)),  # a whole day
        (at(9, 28, 9), 15, at(9, 30, 10)),
    ],
)
def test_work_is_done_while_the_office_is_open(begun, hours, done):
    assert after_work(begun, timedelta(hours=hours), CALENDAR) == done
