from datetime import UTC, date, datetime, time, timedelta

import pytest

from bureaus.actions.registry import load_workdays
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from tasks.ladder.rungs import LADDER, Audience, Rung, audience, label, moments
from tests.factories import SHANGHAI

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 1, 1, tzinfo=SHANGHAI)


@pytest.fixture
def calendar():
    load_workdays()
    return work_calendar()


def days(target, due, calendar, after=LONG_AGO):
    found = moments(target, due, calendar=calendar, after=after)
    assert all(at.astimezone(SHANGHAI).time().hour == 9 for _, at in found)
    return {kind: f"{local_day(at):%m-%d}" for kind, at in found}


def test_ladder_steps_over_the_holiday_and_onto_its_make_up_days(calendar):
    # 1 to 7 October rest; Sunday 20 September and Saturday 10 October are worked; 中秋 25 to 27
    assert days(date(2026, 10, 8), date(2026, 10, 8), calendar) == {
        "T-10": "09-17",
        "T-5": "09-23",
        "T-3": "09-28",
        "T-1": "09-30",
        "T0": "10-08",
        "O1": "10-09",
        "O2": "10-10",
        "O3": "10-12",
        "S": "10-13",
        "C": "10-14",
    }


def test_rungs_after_the_end_count_from_the_due_day_not_from_the_target(calendar):
    # due on Sunday 5 April inside 清明节 (4 to 6); the target is the Friday before
    found = days(date(2026, 4, 3), date(2026, 4, 5), calendar)

    assert [found[kind] for kind in ("T-1", "T0", "O1", "O2", "O3")] == [
        "04-02",
        "04-03",
        "04-07",
        "04-08",
        "04-09",
    ]


def test_no_rung_falls_on_a_day_of_rest_whatever_the_target(calendar):
    for offset in range(365):
        due = date(2026, 1, 1) + timedelta(days=offset)
        for target in {due, calendar.last_workday_on_or_before(due)}:
            found = moments(target, due, calendar=calendar, after=LONG_AGO - timedelta(days=60))
            assert len(found) == 10
            assert [at for _, at in found if not calendar.is_workday(local_day(at))] == []


def test_only_rungs_still_ahead_are_given(calendar):
    nine = datetime(2026, 10, 8, 9, 0, tzinfo=SHANGHAI)
    day = date(2026, 10, 8)

    assert list(days(day, day, calendar, after=nine)) == ["O1", "O2", "O3", "S", "C"]
    assert "T0" in days(day, day, calendar, after=nine - timedelta(seconds=1))
    assert days(day, day, calendar, after=nine + timedelta(days=6)) == {}


def test_every_rung_has_a_name_of_its_own():
    assert len({rung.label for rung in LADDER}) == len(LADDER) == 10
    assert label("U3") == "催办"


def test_overdue_speaks_to_the_person_then_once_to_each_above():
    after = [(rung.kind, rung.audience) for rung in LADDER if rung.after_due]

    assert after == [
        ("O1", Audience.RESPONSIBLE),
        ("O2", Audience.RESPONSIBLE),
        ("O3", Audience.RESPONSIBLE),
        ("S", Audience.SUPERIOR),
        ("C", Audience.COORDINATOR),
    ]
    assert all(audience(rung.kind) == rung.audience for rung in LADDER)


def test_another_ladder_has_its_own_days_and_its_own_hour(calendar):
    day = date(2026, 10, 8)
    rungs = (Rung("T-2", -2), Rung("T0", 0))

    found = moments(day, day, calendar=calendar, after=LONG_AGO, rungs=rungs, hour=time(14, 30))

    assert [(kind, f"{at:%m-%d %H:%M}") for kind, at in found] == [
        ("T-2", "09-29 14:30"),
        ("T0", "10-08 14:30"),
    ]


def test_local_day_is_beijings():
    assert local_day(datetime(2026, 3, 31, 16, 0, tzinfo=UTC)) == date(2026, 4, 1)
    assert local_day(datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 31)
