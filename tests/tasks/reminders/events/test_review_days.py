"""What has no deadline: reminded of gently on its 复核日, never late."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail

from bureaus.models import CalendarDay
from notices.calendar import work_calendar
from tasks.actions import amending
from tasks.lights import light
from tasks.models import Assignment, Milestone
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import NOW, SHANGHAI, TO_SUBMIT, walk
from tests.tasks import told

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def task():
    told.staffed()
    return factories.assignment(number="")


def at(task) -> datetime:
    return datetime.combine(task.review_on, datetime.min.time(), SHANGHAI).replace(hour=9)


def states(task) -> dict[str, str]:
    return dict(task.milestones.of_ladder().values_list("kind", "state"))


def test_filler_and_issuer_are_reminded_once_on_the_review_day(task):
    assert task.review_on is not None
    assert ticking.tick(at(task) - DAY).sent == 0

    ticking.tick(at(task))
    ticking.tick(at(task) + 300 * DAY)

    subjects = {message.to[0].partition("@")[0]: message.subject for message in mail.outbox}
    takers = {"330000.coordinator", "330000.filler", "330000.second"}
    assert subjects.keys() == takers | {"100000.coordinator"}
    assert {subject[:6] for subject in subjects.values()} == {"【复核提醒】"}
    body = next(m.body for m in mail.outbox if m.to == ["100000.coordinator@example.test"])
    assert "浙江省市场监管局有一项报送任务自下发以来尚未收到报告。" in body
    theirs = next(m.body for m in mail.outbox if m.to == ["330000.filler@example.test"])
    assert "需要办理（复核日，没有截止时间，请看一看进展）" in theirs
    assert "截止时间：无时限" in theirs
    assert "逾期" not in body + theirs


def test_it_is_never_late_and_never_red(task):
    now = at(task) + 300 * DAY

    assert light(task, now=now, calendar=work_calendar()).code == "undated"
    assert not Assignment.objects.overdue(now).exists()


def test_review_day_that_is_no_working_day_waits_for_the_next_morning(task):
    CalendarDay.objects.create(day=task.review_on, kind=CalendarDay.Kind.REST, name="示例")

    assert ticking.tick(at(task)).sent == 0
    assert ticking.tick(at(task) + DAY).sent == 4


def test_who_has_reported_is_not_reminded(task):
    walk(task, *TO_SUBMIT)

    assert ticking.tick(at(task)).sent == 0
    assert states(task) == {"R": "void", "RC": "void"}


def test_one_that_gets_a_deadline_is_reminded_by_that(task):
    day = date(2026, 12, 31)
    terms = {"reason": "补定时限", "now": NOW, "by": factories.coordinator()}
    amending.amend(task.obligation, day, **terms)

    assert states(task)["R"] == states(task)["RC"] == "void"
    assert states(task)["T-10"] == "armed"


def test_several_together_tell_the_issuer_nothing_of_lateness(task):
    notice = factories.filed_notice(factories.TEXT.replace("1号", "2号"))
    told.issue(task.bureau, number="", notice=notice)
    factories.forget_news()

    ticking.tick(at(task))

    (mine,) = [m for m in mail.outbox if m.to == ["100000.coordinator@example.test"]]
    assert mine.subject == "【报送提醒】2项报送任务自下发以来尚未收到报告"
    assert "以下 2 项报送任务自下发以来尚未收到报告。" in mine.body
    assert "逾期" not in mine.body


def test_upgrade_arms_what_is_out_already_and_can_be_taken_back(task):
    Milestone.objects.all().delete()
    Assignment.objects.filter(pk=task.pk).update(review_on=date(2027, 3, 1))
    done = factories.assignment(factories.province("110000", "北京市"), number="2")
    migration = import_module("tasks.migrations.0016_review_days")
    Milestone.objects.all().delete()

    migration.arm_review_days(apps, None)
    migration.arm_review_days(apps, None)

    rows = Milestone.objects.values_list("assignment", "kind", "at", "state")
    moment = datetime(2027, 3, 1, 9, tzinfo=SHANGHAI)
    assert sorted(rows) == [(task.pk, "R", moment, "armed"), (task.pk, "RC", moment, "armed")]
    assert done.review_on is None

    migration.disarm_review_days(apps, None)
    assert not Milestone.objects.exists()
