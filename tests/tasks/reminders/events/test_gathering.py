"""One mail a person and notice within ten minutes; what was overtaken does not go out."""

from datetime import date, datetime

import pytest
from django.core import mail

from bureaus.roles import Role
from notices.models import Notice
from tasks.actions import amending, handovers
from tasks.ladder.plan import Plan
from tasks.models import Delivery
from tasks.reminders.actions import policies, ticking
from tests import factories
from tests.factories import NOW, SHANGHAI
from tests.tasks import told
from tests.tasks.told import GATHERED, HOUR, MAILED, MINUTE

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 3, 6, 20, 30, tzinfo=SHANGHAI)  # a Friday
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=SHANGHAI)


def sent(to: str = "330000.filler") -> list:
    return [message for message in mail.outbox if message.to == [f"{to}@example.test"]]


def issue_all(bureau, notice, *, now=NOW):
    """The two dated tasks and the undated one, one after the other."""
    return [told.issue(bureau, number=each, notice=notice, now=now) for each in ("1", "2", "")]


def by_mail(**wanted):
    return Delivery.objects.by_mail().filter(milestone__event__isnull=False, **wanted)


def test_three_tasks_of_a_notice_are_one_mail_with_the_first_deadline(here, notice):
    issue_all(here, notice)

    assert ticking.tick(NOW + MAILED - MINUTE).sent == 0
    assert ticking.tick(NOW + MAILED).sent == 3  # each who may accept
    assert ticking.tick(NOW + MAILED + HOUR).sent == 0

    (message,) = sent()
    assert message.subject == (
        "【新任务】3项新任务，最早3月31日截止：市场监管总局关于报送质量工作情况的通知"
    )
    links = [f"/assignments/{task.pk}/" for task in here.assignments.all()]
    assert [message.body.count(link) for link in links] == [1, 1, 1]
    html = message.alternatives[0][0]
    assert [html.count(link) for link in links] == [1, 1, 1]


def test_mail_says_who_else_has_the_task(here, notice):
    told.issue(here, factories.province("110000", "北京市"), notice=notice)

    ticking.tick(NOW + MAILED)

    assert "本项同时下发浙江省市场监管局、北京市市场监管局" in sent()[0].body


def test_another_try_of_a_mail_takes_nothing_newer_with_it(here, notice, settings):
    made = told.issue(here, notice=notice)
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.tasks.told.Broken"
    ticking.tick(NOW + MAILED)
    settings.EMAIL_BACKEND = backend
    again = NOW + MAILED + 5 * MINUTE
    by = factories.coordinator()
    amending.amend(made, date(2026, 4, 10), reason="改期", now=again - MINUTE, by=by)

    ticking.tick(again)
    assert [message.subject[:6] for message in sent()] == ["【新任务】4"]

    ticking.tick(again - MINUTE + GATHERED)
    assert [message.subject[:6] for message in sent()] == ["【新任务】4", "【时限变更】"]


def test_what_happens_within_the_ten_minutes_goes_with_the_first(here, notice):
    first, *_ = issue_all(here, notice)
    late = NOW + 9 * MINUTE
    amending.amend(first, date(2026, 4, 10), reason="改期", now=late, by=factories.coordinator())

    ticking.tick(NOW + MAILED)
    ticking.tick(late + GATHERED)

    (message,) = sent()
    assert message.subject.startswith("【新任务】3项新任务，最早4月10日截止，另有1项动态：")
    assert "截止时间由2026年3月31日（周二）24时改为2026年4月10日（周五）24时" in message.body


def test_two_notices_are_two_mails(here, notice):
    other = factories.filed_notice(factories.TEXT.replace("1号", "2号"))
    told.issue(here, notice=notice)
    told.issue(here, notice=other)

    ticking.tick(NOW + MAILED)

    assert len(sent()) == 2


def test_another_event_after_the_mail_is_another_mail(here, notice):
    made = told.issue(here, notice=notice)
    ticking.tick(NOW + MAILED)
    later = NOW + HOUR
    amending.amend(made, date(2026, 4, 10), reason="改期", now=later, by=factories.coordinator())

    ticking.tick(later + GATHERED)

    assert [message.subject[:6] for message in sent()] == ["【新任务】3", "【时限变更】"]


@pytest.mark.parametrize("minutes", [0, 5, 9])
def test_issued_and_withdrawn_within_ten_minutes_nobody_is_mailed(here, notice, minutes):
    made = told.issue(here, notice=notice)
    at = NOW + minutes * MINUTE
    ticking.tick(at)
    amending.withdraw(made, reason="误发", now=at, by=factories.coordinator())

    ticking.tick(NOW + MAILED)
    ticking.tick(at + GATHERED)

    assert mail.outbox == []
    assert not by_mail(state="sent").exists()
    assert told.messages(NOW) >= {("330000.filler", "n"), ("330000.filler", "w")}


def test_withdrawn_after_the_mail_went_out_is_mailed(here, notice):
    made = told.issue(here, notice=notice)
    ticking.tick(NOW + MAILED)
    later = NOW + 16 * MINUTE
    amending.withdraw(made, reason="误发", now=later, by=factories.coordinator())

    ticking.tick(later + GATHERED)

    assert [message.subject[:6] for message in sent()] == ["【新任务】3", "【任务撤销】"]


def test_withdrawn_from_who_had_accepted_within_the_ten_minutes_is_mailed_to_him(here, notice):
    made = told.issue(here, notice=notice)
    told.move(told.owed(made, here), "accept", now=NOW + MINUTE)
    ticking.tick(NOW + MAILED)
    later = NOW + HOUR
    amending.withdraw(made, reason="误发", now=later, by=factories.coordinator())

    ticking.tick(later + GATHERED)

    assert [message.subject[:6] for message in sent()] == ["【任务撤销】"]  # he knew of the task


def test_what_the_next_one_has_done_already_is_not_mailed(here, notice):
    task = told.owed(told.issue(here, notice=notice), here)
    ticking.tick(NOW + MAILED)
    mail.outbox.clear()
    told.move(task, "accept", "hand_in", now=NOW + HOUR)
    told.move(task, "pass_review", now=NOW + HOUR + 5 * MINUTE)

    ticking.tick(NOW + 2 * HOUR)

    assert [message.to for message in mail.outbox] == [["330000.approver@example.test"]]
    assert by_mail(milestone__event__kind="v").get().state == Delivery.State.VOID


def test_urgent_notice_is_mailed_at_once(here, notice):
    Notice.objects.update(urgency="特急")
    issue_all(here, notice)

    ticking.tick(NOW)

    (message,) = sent()
    assert message.subject.startswith("【新任务·特急】3项新任务，最早3月31日截止")


def test_quiet_hours_hold_the_mail_but_not_the_message(here, notice):
    issue_all(here, notice, now=EVENING)

    assert told.messages(EVENING) >= {("330000.filler", "n")}
    assert ticking.tick(EVENING + HOUR).sent == 0
    assert ticking.tick(MONDAY - MINUTE).sent == 0
    assert ticking.tick(MONDAY).sent == 3
    assert len(sent()) == 1


@pytest.mark.parametrize(("waits", "count"), [(False, 3), (True, 0)])
def test_urgent_ones_go_out_in_quiet_hours_where_the_plan_lets_them(here, notice, waits, count):
    Notice.objects.update(urgency="特急")
    by = factories.coordinator()
    policies.put(by.bureau, None, Plan(urgent_waits=waits), seen=0, now=NOW, by=by)
    told.issue(here, notice=notice, now=EVENING)

    assert ticking.tick(EVENING).sent == count
    assert ticking.tick(MONDAY).sent == 3 - count


def test_event_calls_off_no_reminder_and_no_reminder_an_event(here, notice):
    """The last day: the ladder's reminder and the return of the same morning both go out."""
    day = factories.RUNGS["T0"]
    task = told.owed(told.issue(here, notice=notice), here)
    ticking.tick(NOW + MAILED)
    told.move(task, "accept", "hand_in", now=day - HOUR)
    mail.outbox.clear()
    told.move(task, "review_back", now=day - MINUTE)

    ticking.tick(day)
    ticking.tick(day + GATHERED)

    marks = sorted(message.subject.split("】")[0] for message in sent())
    assert marks == ["【报送提醒", "【退回修改"]


def test_who_has_left_by_then_gets_no_mail(here, notice):
    told.issue(here, notice=notice)
    person = factories.staff(Role.FILLER, here)
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    ticking.tick(NOW + MAILED)

    assert sent() == []
    assert by_mail(recipient=person).get().state == Delivery.State.FAILED


def test_hand_over_of_tasks_of_several_notices_is_one_mail(here, notice):
    other = factories.filed_notice(factories.TEXT.replace("1号", "2号"))
    filler, second = (
        factories.staff(Role.FILLER, here),
        factories.staff(Role.FILLER, here, username="330000.second"),
    )
    for each in (notice, other):
        told.move(told.owed(told.issue(here, notice=each), here), "accept", "hand_in", now=NOW)
    ticking.tick(NOW + MAILED)
    mail.outbox.clear()

    handovers.transfer(filler, second, now=NOW + HOUR, by=filler)
    ticking.tick(NOW + HOUR + GATHERED)

    (message,) = sent("330000.second")
    assert message.subject == "【接办任务】2项接办任务：原由测试填报人承办"
