from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.db import connection

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.errors import NotYourPost, PolicyRefused
from tasks.ladder.plan import USUAL, Plan
from tasks.models import Delivery, Milestone, ReminderPolicy
from tasks.reminders import policies
from tasks.reminders.actions import policies as deciding
from tasks.reminders.actions import ticking
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.factories import NOW, RUNGS, SHANGHAI, walk
from tests.threads import at_once

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
SHORT = Plan(ahead=(7, 1), overdue=1, superior=None, coordinator=None, hour=time(10, 30))


def put(bureau, notice, plan=SHORT, *, seen=0, now=NOW, by=None):
    by = by or factories.coordinator()
    return deciding.put(bureau, notice, plan, seen=seen, now=now, by=by)


def kinds(task, state="armed"):
    return list(task.milestones.filter(state=state).values_list("kind", flat=True))


def test_narrower_plan_holds_before_the_wider():
    notice, other = factories.filed_notice(), None
    admin = factories.staff(Role.SYSTEM_ADMIN, factories.central())
    of_system, of_bureau = replace(USUAL, ahead=(6, 1)), replace(USUAL, ahead=(4, 1))
    assert policies.holding(notice.bureau, notice).source == "usual"

    put(None, None, of_system, by=admin)
    assert policies.holding(notice.bureau, notice).plan == of_system
    put(notice.bureau, None, of_bureau)
    assert policies.holding(notice.bureau, notice).plan == of_bureau
    put(notice.bureau, notice, SHORT)

    assert policies.holding(notice.bureau, notice).plan == SHORT
    assert policies.holding(notice.bureau, other).plan == of_bureau
    assert policies.holding(factories.province()).plan == of_system


def test_issue_arms_what_the_notices_plan_says():
    notice = factories.filed_notice()
    put(notice.bureau, notice)

    task = factories.assignment()

    assert kinds(task) == ["T-7", "T-1", "T0", "O1"]
    at = task.milestones.get(kind="T-7").at.astimezone(SHANGHAI)
    assert f"{at:%m-%d %H:%M}" == "03-19 10:30"


def test_another_plan_rearranges_what_is_owed_and_nothing_else():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    open_one, done = factories.obligation(zhejiang, jiangsu).assignments.for_detail()
    walk(done, "accept", "hand_in", "pass_review", "submit")
    notice = open_one.obligation.notice

    count = put(notice.bureau, notice)

    assert count == 1
    assert kinds(open_one) == ["T-7", "T-1", "T0", "O1"]
    assert kinds(open_one, "void") == ["T-10", "T-5", "T-3", "O2", "O3", "S", "C"]
    assert kinds(done) == []


def test_what_was_sent_is_not_sent_again_under_another_plan():
    """At 9:00 the rung of the day went out; the new plan would send the same one at 10:30."""
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau)
    ticking.tick(RUNGS["T-5"])
    later = replace(USUAL, hour=time(10, 30))

    put(task.obligation.notice.bureau, task.obligation.notice, later, now=RUNGS["T-5"])
    sent_before = Delivery.objects.filter(state="sent").count()
    ticking.tick(RUNGS["T-5"] + timedelta(hours=2))

    assert task.milestones.get(kind="T-5").state == Milestone.State.FIRED
    assert task.milestones.get(kind="T-10").state == Milestone.State.SUPERSEDED
    assert Delivery.objects.filter(state="sent").count() == sent_before
    assert kinds(task)[0] == "T-3"


def test_mail_on_its_way_survives_another_plan(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau)
    ticking.tick(RUNGS["T-10"])

    put(task.obligation.notice.bureau, task.obligation.notice, now=RUNGS["T-10"])

    assert [one.state for one in Delivery.objects.by_mail()] == ["waiting"]


def test_moment_that_has_come_is_not_lost_to_another_plan():
    """The tick of that minute has not run yet when the plan is changed."""
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau)
    notice = task.obligation.notice

    put(notice.bureau, notice, now=RUNGS["T-5"] + timedelta(seconds=20))

    assert str(ticking.tick(RUNGS["T-5"] + MINUTE)) == "sent=1 superseded=1 failed=0"


def test_reminder_of_the_day_that_another_plan_puts_earlier_comes_at_once():
    """Due at 16:00; at 10:00 the hour becomes 9:00. It is neither forgotten nor sent twice."""
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau)
    notice = task.obligation.notice
    put(notice.bureau, notice, replace(USUAL, hour=time(16)))
    ten = RUNGS["T-1"] + timedelta(hours=1)
    ticking.tick(ten - timedelta(hours=24))

    put(notice.bureau, notice, replace(USUAL, ahead=(1,)), seen=1, now=ten)
    sent = [ticking.tick(ten + turn * MINUTE).sent for turn in (0, 1, 400)]

    assert sent == [1, 0, 0]
    assert task.milestones.get(kind="T-1").state == Milestone.State.FIRED


def test_rung_that_another_plan_leaves_out_does_not_come():
    task = factories.assignment()
    notice = task.obligation.notice

    put(notice.bureau, notice, replace(USUAL, ahead=(1,)))

    assert kinds(task) == ["T-1", "T0", "O1", "O2", "O3", "S", "C"]
    assert not task.milestones.due(NOW + MINUTE).exists()


def test_plan_of_a_bureau_leaves_what_is_out_and_holds_for_what_comes():
    task = factories.assignment(text=factories.TEXT_APART)

    assert put(task.receiver, None) == 0
    later = factories.obligation(text=factories.TEXT_APART, number="2").assignments.get()

    assert len(kinds(task)) == 10
    assert kinds(later)[0] == "T-7"


def test_split_goes_by_the_plan_of_the_bureau_that_splits():
    task = factories.assignment()
    walk(task, "accept")
    city, chief = factories.prefecture(task.bureau), factories.staff(Role.COORDINATOR, task.bureau)
    notice = task.obligation.notice
    put(task.bureau, notice, by=chief)
    terms = Terms(dates_of(task.obligation.clause), need="示例理由")

    made = issuing.split(task, bureaus=[city], terms=terms, now=NOW, by=chief)

    assert kinds(made.assignments.get()) == ["T-7", "T-1", "T0", "O1"]
    assert len(kinds(task)) == 10


def test_following_brings_the_wider_plan_back_and_keeps_the_versions():
    task = factories.assignment()
    notice = task.obligation.notice
    put(notice.bureau, notice)

    deciding.follow(notice.bureau, notice, seen=1, now=NOW, by=factories.coordinator())

    assert policies.holding(notice.bureau, notice).source == "usual"
    assert kinds(task) == list(RUNGS)
    versions = ReminderPolicy.objects.of(notice.bureau, notice)
    assert list(versions.values_list("version", "follows")) == [(2, True), (1, False)]


def test_every_change_is_recorded_with_the_plan_before_and_after():
    task = factories.assignment()
    put(task.receiver, task.obligation.notice)

    event = AuditEvent.objects.get(verb="设定提醒方案")

    assert event.chain == "100000"
    assert event.detail["plan"] == [USUAL.in_words(), SHORT.in_words()]
    assert (event.detail["version"], event.detail["rearranged"]) == (1, 1)


def test_version_that_was_not_seen_is_refused():
    put(factories.central(), None)

    with pytest.raises(PolicyRefused, match="刚刚被他人更改"):
        put(factories.central(), None, USUAL)

    assert ReminderPolicy.objects.count() == 1


def test_plan_out_of_order_is_refused_and_nothing_is_stored():
    with pytest.raises(PolicyRefused, match="两次提醒不能取消"):
        put(factories.central(), None, replace(USUAL, ahead=(10, 5)))

    assert not ReminderPolicy.objects.exists()
    assert not AuditEvent.objects.filter(verb="设定提醒方案").exists()


def test_hour_that_is_quiet_here_is_refused(settings):
    """All would wait for the next working morning, that of the last day till it is overdue."""
    settings.QUIET_HOURS = time(17, 30), time(8)
    notice = factories.filed_notice()

    with pytest.raises(PolicyRefused, match="静默时段（17:30至8:00）"):
        put(notice.bureau, notice, replace(USUAL, hour=time(18)))

    assert not ReminderPolicy.objects.exists()
    put(notice.bureau, notice, replace(USUAL, hour=time(17, 29)))


@pytest.mark.parametrize("role", [Role.FILLER, Role.APPROVER, Role.SYSTEM_ADMIN])
def test_plan_of_a_bureau_is_for_those_who_issue(role):
    with pytest.raises(NotYourPost):
        put(factories.central(), None, by=factories.staff(role, factories.central()))


@pytest.mark.parametrize("place", ["central", "province"])
def test_plan_of_the_system_is_for_who_runs_it(place):
    role = Role.COORDINATOR if place == "central" else Role.SYSTEM_ADMIN
    with pytest.raises(NotYourPost):
        put(None, None, by=factories.staff(role, getattr(factories, place)()))


def test_arming_reads_the_plans_at_once(django_assert_num_queries):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 41)]
    rows = list(factories.obligation(*bureaus).assignments.all())

    with django_assert_num_queries(2):
        plans = policies.of_assignments(rows)

    assert plans == {rows[0].obligation_id: USUAL}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_refused():
    if connection.vendor == "sqlite":
        pytest.skip("writers of SQLite wait for each other")
    central, by = factories.central(), factories.coordinator()

    results = at_once([lambda: put(central, None, by=by)] * 2)

    assert sorted(type(each).__name__ for each in results) == ["PolicyRefused", "int"]
    assert ReminderPolicy.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_plan_changed_during_a_tick_neither_loses_nor_doubles_the_reminder():
    if connection.vendor == "sqlite":
        pytest.skip("writers of SQLite wait for each other")
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 31)]
    for bureau in bureaus:
        factories.staff(Role.FILLER, bureau)
    notice, by = factories.obligation(*bureaus).notice, factories.coordinator()
    now = RUNGS["T-1"]

    at_once(
        [
            lambda: ticking.tick(now),
            lambda: put(notice.bureau, notice, replace(USUAL, hour=time(9, 30)), now=now, by=by),
            lambda: ticking.tick(now),
        ]
    )
    ticking.tick(now + 40 * MINUTE)

    mails = Delivery.objects.by_mail()
    assert set(mails.values_list("state", "milestone__kind")) == {("sent", "T-1")}
    assert mails.count() == len(bureaus)
