"""Targets and reminders follow the working days; deadlines stay."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from audit.models import AuditEvent
from bureaus.actions.registry import load_workdays
from bureaus.models import CalendarDay
from bureaus.roles import Role
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from tasks.actions import amending
from tasks.actions.recounting import recount
from tasks.ladder.plan import USUAL
from tasks.models import DateMove, Milestone, Recount
from tasks.reminders.actions import policies, ticking
from tests import factories
from tests.factories import NOW, SHANGHAI, fresh, walk
from tests.threads import at_once

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NEW_YEAR = date(2027, 1, 4)  # a Monday: a day of work as long as nothing of 2027 is known


@pytest.fixture
def task():
    """Due on Monday 4 January 2027, where the calendar ends with 2026."""
    load_workdays()
    made = factories.assignment()
    amending.amend(made.obligation, NEW_YEAR, reason="示例", now=NOW, by=factories.coordinator())
    factories.staff(Role.FILLER, made.bureau)
    recount(NOW)
    return fresh(made)


def rest(*days, kind="H"):
    for day in days:
        CalendarDay.objects.update_or_create(day=day, defaults={"kind": kind, "name": "示例"})


def load_2027():
    """An invented year: rest from Friday 1 to Monday 4 January, Saturday 9 is worked."""
    rest(*(date(2027, 1, day) for day in (1, 2, 3, 4)))
    rest(*(date(2027, 10, day) for day in range(1, 9)))
    rest(date(2027, 1, 9), kind="W")


def target(row) -> date:
    return local_day(fresh(row).target_at)


def armed(task) -> dict[str, date]:
    rows = task.milestones.armed().filter(deadline_version=task.deadline_version)
    return {one.kind: local_day(one.at) for one in rows}


def test_year_without_data_is_computed_and_flagged(task):
    assert target(task) == NEW_YEAR
    assert not work_calendar().known(NEW_YEAR)
    assert "2027年节假日安排尚未载入" in fresh(task.obligation).explanation
    assert armed(task)["T0"] == NEW_YEAR


def test_loading_the_year_moves_the_target_and_the_reminders_but_not_the_deadline(task):
    due_at = task.due_at
    load_2027()

    made = recount(NOW + DAY)

    assert target(task) == target(task.obligation) == date(2026, 12, 31)
    assert fresh(task).due_at == due_at
    assert fresh(task).deadline_version == task.deadline_version
    assert armed(task) | {"T-1": date(2026, 12, 30), "T0": date(2026, 12, 31)} == armed(task)
    assert armed(task)["O1"] == date(2027, 1, 5)
    assert made.changed == 13


def test_what_moved_is_listed_and_recorded(task):
    load_2027()

    made = recount(NOW + DAY)

    move = DateMove.objects.get()
    assert (move.obligation_id, move.assignments, move.is_earlier) == (task.obligation_id, 1, True)
    assert (local_day(move.old_target_at), local_day(move.new_target_at)) == (
        NEW_YEAR,
        date(2026, 12, 31),
    )
    event = AuditEvent.objects.get(verb="按工作日历重新推算")
    assert (event.chain, event.detail) == ("system", {"days": 13, "moved": 1, "doubted": 0})
    assert event.subject_key == str(made.pk)


def test_explanation_no_longer_says_that_the_year_is_unknown(task):
    load_2027()
    recount(NOW + DAY)

    explanation = fresh(task.obligation).explanation
    assert "尚未载入" not in explanation
    assert "2027年节假日安排已载入，已按其重新推算。" in explanation


def test_same_calendar_twice_does_nothing(task):
    load_2027()
    recount(NOW + DAY)

    assert recount(NOW + 2 * DAY) is None
    assert DateMove.objects.count() == 1


def test_first_run_only_remembers_the_days(task):
    assert Recount.objects.count() == 1
    assert not DateMove.objects.exists()


def test_day_set_back_moves_the_target_back(task):
    load_2027()
    recount(NOW + DAY)
    CalendarDay.objects.filter(day__year=2027).delete()

    recount(NOW + 2 * DAY)

    assert target(task) == NEW_YEAR
    assert [move.is_earlier for move in DateMove.objects.order_by("pk")] == [True, False]


def test_what_is_handed_in_stays_as_it_was(task):
    walk(task, "accept", "hand_in", "pass_review", "submit")
    load_2027()

    recount(NOW + DAY)

    assert target(task) == NEW_YEAR
    assert not Milestone.objects.armed().exists()


def test_target_that_a_person_has_set_stays(task):
    own = datetime(2026, 12, 25, 17, 30, tzinfo=SHANGHAI)
    type(task).objects.filter(pk=task.pk).update(target_at=own)
    load_2027()

    recount(NOW + DAY)

    assert fresh(task).target_at == own


def test_reminder_that_the_calendar_puts_into_the_past_comes_at_once(task):
    """The evening before: what was to be tomorrow's day-before should have been yesterday."""
    now = datetime(2026, 12, 31, 18, 0, tzinfo=SHANGHAI)
    ticking.tick(now)
    load_2027()

    recount(now)

    assert armed(task)["T0"] == date(2026, 12, 31)
    assert task.milestones.get(kind="T0", deadline_version=2).at == now


def test_reminder_that_was_sent_is_not_sent_again(task):
    """T-3 went out on 29 December by the old calendar; by the new it would be the 28th."""
    now = datetime(2026, 12, 29, 9, 0, tzinfo=SHANGHAI)
    ticking.tick(now)
    rungs = task.milestones.of_ladder()
    fired = set(rungs.filter(state="fired").values_list("kind", flat=True))
    load_2027()

    recount(now + timedelta(hours=1))

    assert fired == {"T-3"}
    assert not fired & armed(task).keys()


def test_rung_that_the_plan_no_longer_has_does_not_come_at_once(task):
    """Armed by the plan of its day; since then the bureau has another."""
    plan = replace(USUAL, ahead=(1,))
    policies.put(task.receiver, None, plan, seen=0, now=NOW, by=factories.coordinator())
    load_2027()

    recount(NOW + DAY)

    assert not task.milestones.due(NOW + 2 * DAY).exists()
    assert "T-10" not in armed(task)


def test_make_up_day_moves_reminders_where_no_target_moves(task):
    """Saturday 26 December 2026 becomes a day of work."""
    assert armed(task)["T-10"] == date(2026, 12, 18)
    rest(date(2026, 12, 26), kind="W")

    made = recount(NOW + DAY)

    assert made.moves.count() == 0
    assert target(task) == NEW_YEAR
    assert armed(task)["T-10"] == date(2026, 12, 21)


def test_far_away_dates_are_left_alone(task):
    rest(date(2026, 6, 1))
    before = dict(task.milestones.values_list("kind", "at"))

    recount(NOW + DAY)

    assert dict(task.milestones.values_list("kind", "at")) == before


@pytest.mark.django_db(transaction=True)
def test_two_at_once_recount_once():
    if connection.vendor == "sqlite":
        pytest.skip("writers of SQLite wait for each other")
    load_workdays()
    recount(NOW)
    load_2027()

    results = at_once([lambda: recount(NOW + DAY)] * 2)

    assert [type(each).__name__ for each in results].count("Recount") == 1
    assert Recount.objects.count() == 2
