"""Delegations, robots, forms with another version, the proof, and what may be sent again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from bureaus.actions import delegations
from bureaus.models import Staff
from bureaus.roles import Role
from reports.actions import schemas
from reports.filling.asked_forms import forms_of
from tasks.actions import news
from tasks.errors import TransitionDenied
from tasks.ladder import events
from tasks.models import Delivery, Event, Milestone, Preference
from tasks.reminders import proof
from tasks.reminders.actions import delegations as begun
from tasks.reminders.actions import inboxes, resending, ticking
from tests import factories
from tests.factories import NOW, RUNGS
from tests.tasks import told
from tests.tasks.told import AT, GATHERED, HOUR, MAILED

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=shili"


def person(here, role=Role.FILLER, **named) -> Staff:
    return factories.staff(role, here, **named)


def delegate(here, first, *, by=None, now=NOW):
    absentee = person(here)
    deputy = person(here, username="330000.second")
    days = {"starts_on": first, "ends_on": first + 4 * DAY, "reason": "出差"}
    return delegations.make(absentee, deputy=deputy, **days, now=now, by=by or absentee)


def of_delegations():
    return Delivery.objects.filter(milestone__event__kind="h")


def test_deputy_is_told_when_it_begins_once_even_with_nothing_to_do(here):
    delegate(here, (NOW + DAY).date())

    assert ticking.tick(NOW + HOUR).sent == 0
    assert not of_delegations().exists()
    begin = NOW + DAY
    assert ticking.tick(begin).sent == 1
    assert ticking.tick(begin + HOUR).sent == 0

    (message,) = mail.outbox
    assert message.to == ["330000.second@example.test"]
    assert message.subject == "【委托代办】2026年3月3日至2026年3月7日由您代办测试填报人的岗位"
    assert "原因：出差" in message.body
    assert sorted(of_delegations().values_list("channel", "state")) == [
        ("email", "sent"),
        ("inbox", "sent"),
    ]


def test_deputy_opens_the_desk_from_it(here, client, time_machine):
    delegate(here, NOW.date())
    ticking.tick(NOW)
    time_machine.move_to(NOW + HOUR, tick=False)
    client.force_login(person(here, username="330000.second"))

    text = client.get("/inbox/").content.decode()
    row = of_delegations().get(channel="inbox")

    assert "由您代办测试填报人的岗位" in text
    assert "打开工作台" in text
    assert client.post(f"/inbox/{row.pk}/open/").url == "/"


def test_delegation_is_told_at_night_in_the_inbox_and_by_mail_in_the_morning(here):
    midnight = NOW.replace(hour=0, minute=1) + DAY
    delegate(here, midnight.date())

    assert ticking.tick(midnight).sent == 0
    assert of_delegations().filter(channel="inbox").count() == 1
    assert ticking.tick(midnight.replace(hour=8)).sent == 1


def test_delegation_taken_back_before_the_morning_is_not_mailed(here):
    midnight = NOW.replace(hour=0, minute=1) + DAY
    made = delegate(here, midnight.date())
    ticking.tick(midnight)
    delegations.end(made, now=midnight + HOUR, by=person(here))

    assert ticking.tick(midnight.replace(hour=8)).sent == 0
    assert of_delegations().get(channel="email").state == Delivery.State.VOID


def test_two_workers_tell_of_a_delegation_once(here):
    made = delegate(here, NOW.date())
    assert begun.begin(NOW) == 1

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(kind="h", made_at=NOW, delegation=made)
    assert begun.begin(NOW) == 0


def test_deputy_is_told_what_happens_while_he_stands_in(here, notice):
    delegate(here, NOW.date())
    told.issue(here, notice=notice)

    ticking.tick(NOW + MAILED)

    told_of_it = [m.to[0] for m in mail.outbox if "新任务" in m.subject]
    assert sorted(told_of_it) == [
        "330000.coordinator@example.test",
        "330000.second@example.test",
    ]


def test_handler_who_has_left_the_bureau_is_told_nothing_more(here, notice):
    task = told.move(told.owed(told.issue(here, notice=notice), here), "accept", "hand_in", now=NOW)
    gone = person(here)
    gone.posts.all().delete()

    told.move(task, "review_back")

    assert {who for who, kind in told.messages() if kind == "b"} == {"330000.second"}


def robot(bureau, by, at=None):
    return inboxes.add_robot("wecom", address=WECOM, secret="", bureau=at, now=NOW, by=by)


def test_robots_are_told_as_their_owners_want(here, notice):
    filler, coordinator = person(here), person(here, Role.COORDINATOR)
    robot(here, filler)
    robot(here, coordinator, at=here)
    Preference.objects.create(person=filler, events_by_robot="turn")
    task = told.owed(told.issue(here, notice=notice), here)
    told.move(task, "accept", "hand_in", "review_back", now=AT)

    rows = Delivery.objects.filter(channel="wecom")
    found = rows.values_list("milestone__event__kind", "robot__person", "robot__bureau")
    assert set(found) == {
        ("n", None, here.pk),
        ("v", None, here.pk),
        ("b", filler.pk, None),
    }  # of a return to him the bureau's robot is silent: he has one of his own


def test_new_version_of_a_form_is_told_to_who_owes_it(here, notice):
    task = told.move(told.owed(told.issue(here, notice=notice), here), "accept", now=NOW)
    (form,) = forms_of(task)
    by = factories.coordinator()
    schemas.confirm(notice, 1, form.definition, now=AT, by=by)
    assert not Event.objects.filter(kind="f").exists()  # as it was proposed
    definition = type(form.definition).from_json(
        {**form.definition.to_json(), "title": "质量工作进展情况表（修订）"}
    )

    schemas.confirm(notice, 1, definition, now=AT, by=by)

    (event,) = Event.objects.filter(kind="f")
    assert event.words == "附件1的报表已更新为第2版"
    assert {who for who, kind in told.messages() if kind == "f"} == {
        "330000.filler",
        "330000.second",
    }


def test_form_that_others_report_on_is_told_to_nobody_else(here, notice):
    told.issue(here, number="2", notice=notice)

    news.form_changed(notice, 1, words="示例", now=AT, by=factories.coordinator())

    assert not Event.objects.filter(kind="f").exists()


def test_proof_shows_what_was_told_and_to_whom(here, notice):
    task = told.owed(told.issue(here, notice=notice), here)
    ticking.tick(NOW + MAILED)

    (line,) = [each for each in proof.tellings(proof.moments(task), task) if each.rung == "新任务"]

    assert line.audience == "下一步办理人"
    assert sorted((one.recipient.username, one.channel) for one in line.deliveries) == [
        (f"330000.{who}", way)
        for who in ("coordinator", "filler", "second")
        for way in ("email", "inbox")
    ]


def test_mail_about_an_event_that_failed_is_sent_again_on_request(here, notice):
    task = told.owed(told.issue(here, notice=notice), here)
    ticking.tick(NOW + MAILED)
    told.move(task, "accept", "hand_in", "pass_review", now=NOW + HOUR)
    filler = person(here)
    Staff.objects.filter(pk=filler.pk).update(email="")
    told.move(task, "submit", "return_", now=NOW + HOUR)
    ticking.tick(NOW + HOUR + GATHERED)
    row = Delivery.objects.by_mail().get(milestone__event__kind="r", recipient=filler)
    assert row.state == Delivery.State.FAILED
    Staff.objects.filter(pk=filler.pk).update(email="neu@example.test")

    resending.resend(row, now=AT, by=factories.coordinator())
    ticking.tick(AT)

    assert mail.outbox[-1].to == ["neu@example.test"]


def test_delegations_message_is_not_sent_again(here):
    delegate(here, NOW.date())
    ticking.tick(NOW)
    row = of_delegations().get(channel="email")

    with pytest.raises(TransitionDenied, match="当面告知"):
        resending.resend(row, now=NOW, by=factories.coordinator())


def test_pages_of_reminders_show_a_delegation_to_who_runs_the_system(here, client, time_machine):
    delegate(here, NOW.date())
    Staff.objects.filter(username="330000.second").update(email="")
    ticking.tick(NOW)
    time_machine.move_to(NOW + HOUR, tick=False)
    client.force_login(factories.staff(Role.SYSTEM_ADMIN, factories.central()))

    for url in ("/reminders/", "/reminders/undelivered/", "/mailbox/"):
        answer = client.get(url)
        assert answer.status_code == 200
    assert "委托代办" in client.get("/reminders/").content.decode()


def test_moment_without_task_and_event_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.create(deadline_version=1, kind="T0", at=NOW)


@pytest.mark.parametrize("number", [1, 35, 36, 1295, 10**9])
def test_kind_of_a_moment_is_short_and_names_its_event(number):
    name = events.moment_kind("n", number)

    assert len(name) <= 8
    assert int(name[2:], 36) == number
    assert events.is_event(name)
    assert events.of_moment(name) == events.NEW


def test_no_rung_of_the_ladder_is_taken_for_an_event():
    assert not any(events.is_event(kind) for kind in (*RUNGS, "U1", "R", "RC"))
