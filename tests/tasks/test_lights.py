from datetime import date, datetime, time

import pytest

from bureaus.actions.registry import load_workdays
from notices.calendar import work_calendar
from tasks.lights import Light, light, workdays_between
from tasks.models import Assignment
from tasks.states import Status
from tests.factories import SHANGHAI

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar():
    load_workdays()
    return work_calendar()


def at(day: date, clock: time = time(10, 0)) -> datetime:
    return datetime.combine(day, clock, tzinfo=SHANGHAI)


def dated(due: date, target: date, status=Status.FILLING) -> Assignment:
    return Assignment(
        status=status, due_at=at(due, time(23, 59, 59)), target_at=at(target, time(17, 30))
    )


# 国庆 2026: 1 to 7 October rest, Saturday 10 October and Sunday 20 September are worked
@pytest.mark.parametrize(
    ("day", "code", "reason", "remaining"),
    [
        (date(2026, 9, 29), "normal", "距目标日4个工作日", 4),
        (date(2026, 9, 30), "soon", "距目标日3个工作日，不超过3个", 3),
        (date(2026, 10, 4), "soon", "距目标日3个工作日，不超过3个", 3),
        (date(2026, 10, 8), "soon", "距目标日2个工作日，不超过3个", 2),
        (date(2026, 10, 10), "soon", "距目标日0个工作日，不超过3个", 0),
        (date(2026, 10, 11), "soon", "距目标日0个工作日，不超过3个", 0),
        (date(2026, 10, 12), "overdue", "已过截止时间，尚未报送", -1),
        (date(2026, 10, 17), "overdue", "已过截止时间，尚未报送", -5),
    ],
)
def test_light_counts_working_days_over_the_holiday_and_the_worked_saturday(
    calendar, day, code, reason, remaining
):
    task = dated(due=date(2026, 10, 11), target=date(2026, 10, 10))

    assert light(task, now=at(day), calendar=calendar) == Light(code, reason, remaining)


def test_light_without_the_loaded_days_knows_weekends_and_fixed_holidays():
    task = dated(due=date(2026, 10, 11), target=date(2026, 10, 9))

    shown = light(task, now=at(date(2026, 9, 30)), calendar=work_calendar())

    assert (shown.code, shown.remaining) == ("normal", 5)


@pytest.mark.parametrize(
    ("clock", "code"), [(time(23, 59, 59), "soon"), (time(23, 59, 59, 999), "soon")]
)
def test_light_is_not_red_in_the_last_second(calendar, clock, code):
    task = dated(due=date(2026, 3, 31), target=date(2026, 3, 31))

    assert light(task, now=at(date(2026, 3, 31), clock), calendar=calendar).code == code
    assert light(task, now=at(date(2026, 4, 1), time(0)), calendar=calendar).code == "overdue"


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (Status.SUBMITTED, Light("normal", "已报送，等待核收")),
        (Status.CLOSED, Light("done", "已办结")),
        (Status.WITHDRAWN, Light("done", "已撤销，不再要求")),
        (Status.RETURNED, Light("overdue", "已过截止时间，尚未报送", -1)),
    ],
)
def test_light_after_the_due_day_says_where_it_stands(calendar, status, shown):
    task = dated(due=date(2026, 3, 31), target=date(2026, 3, 31), status=status)

    assert light(task, now=at(date(2026, 4, 1)), calendar=calendar) == shown


@pytest.mark.parametrize("status", [Status.PENDING, Status.FILLING, Status.RETURNED])
def test_undated_one_is_grey_and_says_why(calendar, status):
    shown = light(Assignment(status=status), now=at(date(2036, 1, 1)), calendar=calendar)

    assert shown == Light("undated", "原文没有截止日期，不会逾期")


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 9, 30), date(2026, 10, 8), 1),
        (date(2026, 9, 30), date(2026, 10, 7), 0),
        (date(2026, 9, 18), date(2026, 9, 20), 1),  # Friday to the worked Sunday
        (date(2026, 10, 9), date(2026, 10, 12), 2),
        (date(2026, 10, 12), date(2026, 10, 9), 0),
        (date(2026, 10, 12), date(2026, 10, 12), 0),
    ],
)
def test_workdays_between_counts_the_end_and_not_the_start(calendar, start, end, count):
    assert workdays_between(start, end, calendar) == count
