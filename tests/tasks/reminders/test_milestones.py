from dataclasses import replace
from datetime import time, timedelta

import pytest

from notices.calendar import work_calendar
from tasks.issuing.deadline_effects import outlook
from tasks.ladder.plan import USUAL
from tasks.models import Milestone
from tasks.reminders.actions import milestones, policies
from tasks.scheduling.dates import Dates
from tests import factories
from tests.factories import NOW, RUNGS

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_arming_twice_leaves_one_row_a_rung():
    task = factories.assignment()

    assert milestones.arm([task], now=factories.NOW) == 10

    assert dict(task.milestones.values_list("kind", "at")) == RUNGS


def test_arming_late_writes_only_what_is_still_ahead():
    task = factories.assignment()
    Milestone.objects.all().delete()

    assert milestones.arm([task], now=RUNGS["T-1"]) == 6

    assert set(task.milestones.values_list("kind", flat=True)) == {"T0", "O1", "O2", "O3", "S", "C"}


def test_arming_on_the_last_day_reminds_at_once():
    """Else nobody would hear of it before it is overdue."""
    task = factories.assignment()
    Milestone.objects.all().delete()
    noon = RUNGS["T0"] + 3 * HOUR

    assert milestones.arm([task], now=noon) == 6

    assert task.milestones.get(kind="T0").at == noon


def test_arming_on_the_last_day_does_not_repeat_what_went_out():
    task = factories.assignment()
    Milestone.objects.update(state=Milestone.State.FIRED)

    milestones.arm([task], now=RUNGS["T0"] + 3 * HOUR)

    assert task.milestones.get(kind="T0").state == Milestone.State.FIRED


@pytest.mark.parametrize("hours", [12, 24 + 24])
def test_arming_when_nothing_could_go_out_before_the_end_writes_no_last_day(hours):
    """In the evening of the last day, and after the end."""
    task = factories.assignment()
    Milestone.objects.all().delete()

    milestones.arm([task], now=RUNGS["T0"] + hours * HOUR)

    assert not task.milestones.filter(kind="T0").exists()


@pytest.mark.parametrize(("ends", "expected"), [(12, 9), (18, 14), (8, None)])
def test_reminder_of_the_last_day_comes_before_an_end_by_the_clock(ends, expected):
    """The plan says 14:00; the report is due at noon, at six, or before the office opens."""
    task = factories.assignment()
    plan = replace(USUAL, hour=time(14))
    notice = task.obligation.notice
    policies.put(notice.bureau, notice, plan, seen=0, now=NOW, by=factories.coordinator())
    end = RUNGS["T0"].replace(hour=ends)
    task.due_at = task.target_at = end
    Milestone.objects.all().delete()

    milestones.arm([task], now=NOW)

    found = task.milestones.filter(kind="T0").first()
    assert (found and found.at.astimezone(factories.SHANGHAI).hour) == expected


def test_end_by_the_clock_that_the_last_day_has_not_reached_is_reminded_of_at_once():
    """Due at noon, given out at ten; the plan's hour would be 14:00."""
    task = factories.assignment()
    plan = replace(USUAL, hour=time(14))
    notice = task.obligation.notice
    policies.put(notice.bureau, notice, plan, seen=0, now=NOW, by=factories.coordinator())
    task.due_at = task.target_at = RUNGS["T0"].replace(hour=12)
    Milestone.objects.all().delete()
    ten = RUNGS["T0"] + HOUR

    milestones.arm([task], now=ten)

    assert task.milestones.get(kind="T0").at == ten


@pytest.mark.parametrize("now", [NOW, RUNGS["T0"] + HOUR, RUNGS["T0"] + 12 * HOUR])
@pytest.mark.parametrize("hour", [9, 14])
def test_page_of_what_a_plan_comes_to_says_what_will_be_armed(now, hour):
    task, plan = factories.assignment(), replace(USUAL, hour=time(hour))
    notice = task.obligation.notice
    policies.put(notice.bureau, notice, plan, seen=0, now=NOW, by=factories.coordinator())
    task.due_at = task.target_at = RUNGS["T0"].replace(hour=12)
    Milestone.objects.all().delete()

    milestones.arm([task], now=now)
    said = outlook(
        Dates(due_at=task.due_at, target_at=task.target_at),
        now=now,
        calendar=work_calendar(),
        plan=plan,
    )

    armed = task.milestones.order_by("at").values_list("at", flat=True)
    assert [rung.at for rung in said.ladder] == list(armed)


def test_queries_of_arming_late_are_as_many_for_many(django_assert_num_queries):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in (31, 32, 33)]
    tasks = list(factories.obligation(*bureaus).assignments.all())
    Milestone.objects.all().delete()

    for some in (tasks[:1], tasks):
        with django_assert_num_queries(5):  # obligations, plans, days, those told, the moments
            milestones.arm(some, now=RUNGS["T0"] + 3 * HOUR)


def test_arming_after_the_last_rung_writes_nothing():
    task = factories.assignment()
    Milestone.objects.all().delete()

    assert milestones.arm([task], now=RUNGS["C"] + timedelta(days=1)) == 0
    assert not Milestone.objects.exists()


def test_new_version_of_a_deadline_has_a_ladder_of_its_own():
    task = factories.assignment()
    task.deadline_version = 2

    milestones.arm([task], now=factories.NOW)

    assert sorted(set(task.milestones.values_list("deadline_version", flat=True))) == [1, 2]
    assert task.milestones.count() == 20


def test_disarming_one_leaves_the_others_armed():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    first, second = factories.obligation(zhejiang, jiangsu).assignments.all()

    milestones.disarm([first])

    assert not first.milestones.armed().exists()
    assert second.milestones.armed().count() == 10
