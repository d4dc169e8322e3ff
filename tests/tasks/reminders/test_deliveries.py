from datetime import timedelta

import pytest
from django.core import mail

from bureaus.models import Staff
from bureaus.roles import Role
from config import environment
from scripts.valkey import free_port
from tasks.channels.registry import EMAIL
from tasks.models import Delivery, Obligation
from tasks.reminders.actions import deliveries, firing, sending, ticking
from tasks.reminders.mail import transports
from tasks.reminders.routes import Route
from tests import factories
from tests.factories import RUNGS
from tests.services import smtp

pytestmark = pytest.mark.django_db

AT = RUNGS["T-3"]
MINUTE = timedelta(minutes=1)
State = Delivery.State


@pytest.fixture
def people():
    """Three bureaus with one person each, all to be reminded at the same moment."""
    bureaus = [
        factories.province(code, region)
        for code, region in (("320000", "江苏省"), ("330000", "浙江省"), ("340000", "安徽省"))
    ]
    factories.obligation(*bureaus)
    return [factories.staff(Role.FILLER, bureau) for bureau in bureaus]


def use(settings, url: str) -> None:
    for name, value in environment.mail(url).items():
        setattr(settings, name, value)


def tick(now=AT) -> str:
    tally = ticking.tick(now)
    return f"sent={tally.sent} failed={tally.failed}"


def row(person: Staff) -> Delivery:
    return Delivery.objects.by_mail().get(recipient=person)


def arrived(inbox) -> list[str]:
    return sorted(str(message["To"]) for message in inbox.messages)


@pytest.mark.parametrize("address", ["", "no-at-sign", "two@@example.test", "a@b c.test"])
def test_wrong_address_fails_alone_and_stops_nobody(people, address):
    Staff.objects.filter(pk=people[0].pk).update(email=address)

    assert tick() == "sent=2 failed=1"

    failed = row(people[0])
    assert (failed.state, failed.problem) == (State.FAILED, "邮箱地址无效，请在人员资料中更正")
    assert [row(person).state for person in people[1:]] == [State.SENT, State.SENT]
    assert tick(AT + timedelta(hours=12)) == "sent=0 failed=0"


def test_wrong_address_is_on_the_page_as_failed(people, client):
    Staff.objects.filter(pk=people[0].pk).update(email="no-at-sign")
    tick()
    client.force_login(factories.coordinator())

    text = client.get("/reminders/?state=failed").content.decode()

    assert "发送失败" in text
    assert "邮箱地址无效，请在人员资料中更正" in text
    assert people[0].bureau.short_name in text
    assert people[1].bureau.short_name not in text


def test_title_that_no_mail_can_carry_fails_alone(people):
    """Header injection: a line break in a subject is refused by Django, whoever wrote it."""
    Obligation.objects.update(title="质量工作\r\nBcc: somebody@example.test")

    assert tick() == "sent=3 failed=0"

    assert {message.subject for message in mail.outbox} == {
        "【报送提醒】3月31日前报送质量工作 Bcc: somebody@example.test"
    }
    assert all(message.recipients() == message.to for message in mail.outbox)


def test_row_that_cannot_be_composed_fails_alone(people):
    firing.fire([people[0].bureau.assignments.get().pk], now=AT)
    Delivery.objects.update(subject="两行\n标题")

    assert tick() == "sent=2 failed=1"

    broken = row(people[0])
    assert (broken.state, broken.attempts) == (State.FAILED, 1)
    assert broken.problem.startswith("邮件无法生成")


def test_real_server_gets_each_mail_whole(people, mail_server, settings):
    use(settings, mail_server.url)

    assert tick() == "sent=3 failed=0"

    assert arrived(mail_server) == sorted(person.email for person in people)
    keys = {str(message["Message-ID"]) for message in mail_server.messages}
    assert keys == set(Delivery.objects.by_mail().values_list("message_key", flat=True))
    assert len(keys) == 3


def test_recipient_refused_by_the_server_is_tried_again_later(people, mail_server, settings):
    use(settings, mail_server.url)
    mail_server.refused.add(people[1].email)

    assert tick() == "sent=2 failed=1"
    refused = row(people[1])
    assert (refused.state, refused.attempts) == (State.WAITING, 1)
    assert refused.not_before == AT + 5 * MINUTE
    assert refused.problem.startswith("第1次发送失败")
    assert "550" in refused.problem

    assert tick(AT + 4 * MINUTE) == "sent=0 failed=0"
    mail_server.refused.clear()
    assert tick(AT + 5 * MINUTE) == "sent=1 failed=0"

    assert (row(people[1]).state, row(people[1]).problem) == (State.SENT, "")
    assert arrived(mail_server) == sorted(person.email for person in people)


def test_refused_for_good_after_six_tries_ever_further_apart(people, mail_server, settings):
    use(settings, mail_server.url)
    mail_server.refused.add(people[1].email)

    now, waits = AT, []
    tick(now)
    while row(people[1]).state == State.WAITING:
        waits.append((row(people[1]).not_before - now) / MINUTE)
        now = row(people[1]).not_before
        tick(now)

    assert waits == [5, 10, 20, 40, 80]
    assert (row(people[1]).state, row(people[1]).attempts) == (State.FAILED, 6)
    assert len(mail_server.messages) == 2


def test_connection_down_claims_nothing_and_loses_nothing(people, settings):
    port = free_port()
    use(settings, f"smtp://127.0.0.1:{port}")

    assert tick() == "sent=0 failed=3"
    assert set(Delivery.objects.by_mail().values_list("state", "attempts")) == {(State.WAITING, 0)}

    with smtp.server() as inbox:
        use(settings, inbox.url)
        assert tick(AT + MINUTE) == "sent=3 failed=0"
    assert arrived(inbox) == sorted(person.email for person in people)


def test_connection_lost_in_the_middle_costs_one_try_of_one_mail(
    people, mail_server, settings, monkeypatch
):
    use(settings, mail_server.url)
    taken = []

    async def hangs_up_once(server, session, envelope):
        taken.append(envelope.rcpt_tos[0])
        if len(taken) == 1:
            server.transport.close()
            return "421 going away"
        return await type(mail_server).handle_DATA(mail_server, server, session, envelope)

    monkeypatch.setattr(mail_server, "handle_DATA", hangs_up_once, raising=False)

    assert tick() == "sent=2 failed=1"
    lost = Delivery.objects.get(state=State.WAITING)
    assert (lost.attempts, lost.not_before, lost.is_repeat) == (1, AT + 5 * MINUTE, True)
    assert tick(AT + 5 * MINUTE) == "sent=1 failed=0"
    assert arrived(mail_server) == sorted(person.email for person in people)


def at(moment):
    """A clock that stands."""
    return lambda: moment


def test_mail_left_by_a_dead_worker_is_taken_over_after_the_lease(people):
    firing.fire([people[0].bureau.assignments.get().pk], now=AT)
    [[left]] = deliveries.claim(AT)
    assert deliveries.begin([left])  # and then the worker dies

    assert sending.send_waiting(at(AT + deliveries.LEASE - MINUTE)) == (0, 0)
    assert sending.send_waiting(at(AT + deliveries.LEASE)) == (1, 0)

    after = row(people[0])
    assert (after.state, after.attempts, after.is_repeat) == (State.SENT, 2, True)
    assert [message.to for message in mail.outbox] == [[people[0].email]]
    assert mail.outbox[0].extra_headers["Message-ID"] == left.message_key
    assert mail.outbox[0].extra_headers["X-Possible-Repeat"] == "yes"


def test_mail_held_by_a_dead_worker_that_had_not_begun_is_no_repeat(people):
    firing.fire([people[0].bureau.assignments.get().pk], now=AT)
    assert len(deliveries.claim(AT)) == 1

    assert sending.send_waiting(at(AT + deliveries.LEASE)) == (1, 0)

    after = row(people[0])
    assert (after.state, after.attempts, after.is_repeat) == (State.SENT, 1, False)
    assert "X-Possible-Repeat" not in mail.outbox[0].extra_headers


def test_claimed_delivery_cannot_be_claimed_by_another(people):
    firing.fire([people[0].bureau.assignments.get().pk], now=AT)

    assert len(deliveries.claim(AT)) == 1
    assert deliveries.claim(AT) == []


def test_worker_whose_lease_ended_cannot_begin_nor_fail_what_another_has(people, settings):
    firing.fire([people[0].bureau.assignments.get().pk], now=AT)
    [late] = deliveries.claim(AT)
    [taken] = deliveries.claim(AT + deliveries.LEASE)

    assert deliveries.begin(late) == []
    assert deliveries.begin(taken) == taken
    deliveries.failed(late, transports.Fault("示例", is_hopeless=True), now=AT)
    deliveries.failed(late, transports.Fault("示例"), now=AT)

    assert (row(people[0]).state, row(people[0]).attempts) == (State.SENDING, 1)


def test_claim_takes_so_many_and_leaves_the_others(people):
    firing.fire([person.bureau.assignments.get().pk for person in people], now=AT)

    first, second = deliveries.claim(AT, at_most=2), deliveries.claim(AT, at_most=2)

    assert (len(first), len(second)) == (2, 1)
    assert {each.pk for [each] in first}.isdisjoint(each.pk for [each] in second)


def test_batch_goes_back_when_the_server_goes_away_in_the_middle(people, settings, monkeypatch):
    with smtp.server() as inbox:
        use(settings, inbox.url)
        opened = []

        def open_once(connection):
            opened.append(connection)
            if len(opened) > 1:
                raise ConnectionRefusedError("gone")
            return type(connection).open(connection)

        inbox.refused.update(person.email for person in people)
        real = mail.get_connection
        monkeypatch.setattr(
            transports.mail, "get_connection", lambda: _with_open(real(), open_once)
        )
        assert tick() == "sent=0 failed=1"

    states = sorted(Delivery.objects.by_mail().values_list("state", "attempts"))
    assert states == [(State.WAITING, 0), (State.WAITING, 0), (State.WAITING, 1)]


def _with_open(connection, opening):
    connection.open = lambda: opening(connection)
    return connection


def test_refusal_leaves_no_doubt_that_it_did_not_arrive(people, mail_server, settings):
    use(settings, mail_server.url)
    mail_server.refused.add(people[0].email)
    tick()
    assert row(people[0]).is_repeat is False

    assert row(people[0]).problem.startswith("第1次发送失败")


def test_failing_mail_that_became_void_stays_void(people):
    firing.fire([people[0].bureau.assignments.get().pk], now=AT)
    [held] = deliveries.claim(AT)
    deliveries.begin(held)
    Delivery.objects.update(state=State.VOID)

    deliveries.failed(held, transports.Fault("示例"), now=AT)

    assert row(people[0]).state == State.VOID


def test_mail_that_became_void_in_a_workers_hand_is_not_begun(people):
    firing.fire([people[0].bureau.assignments.get().pk], now=AT)
    [held] = deliveries.claim(AT)
    Delivery.objects.update(state=State.VOID)

    assert deliveries.begin(held) == []


def test_write_leaves_a_row_that_stands_alone(people):
    task = people[0].bureau.assignments.get()
    milestone = task.milestones.get(kind="T-3")
    first, both = ([Route(person, EMAIL) for person in some] for some in (people[:1], people[:2]))

    deliveries.write(deliveries.drafts(milestone, first, now=AT))
    Delivery.objects.update(state=State.SENT, sent_at=AT)
    deliveries.write(deliveries.drafts(milestone, both, now=AT + MINUTE))

    assert [(d.recipient, d.state) for d in Delivery.objects.order_by("pk")] == [
        (people[0], State.SENT),
        (people[1], State.WAITING),
    ]
