"""A mail server in trouble: tried again with back-off, others unaffected, nothing lost."""

from datetime import timedelta

import pytest

from bureaus.roles import Role
from config import environment
from scripts.valkey import free_port
from tasks.models import Delivery
from tasks.reminders.actions import ticking
from tests import certificates, factories
from tests.factories import RUNGS
from tests.services import smtp

pytestmark = pytest.mark.django_db

AT = RUNGS["T-3"]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
State = Delivery.State


@pytest.fixture
def people():
    bureaus = [
        factories.province(code, region)
        for code, region in (("320000", "江苏省"), ("330000", "浙江省"), ("340000", "安徽省"))
    ]
    factories.obligation(*bureaus)
    return [factories.staff(Role.FILLER, bureau) for bureau in bureaus]


def use(settings, url: str) -> None:
    for name, value in environment.mail(url).items():
        setattr(settings, name, value)


def mails(*people) -> list[Delivery]:
    rows = Delivery.objects.by_mail().order_by("pk")
    return list(rows.filter(recipient__in=people) if people else rows)


def arrived(inbox) -> list[str]:
    return sorted(str(message["To"]) for message in inbox.messages)


def every_minute(since, until):
    """Ticks of a timetable that never rests."""
    now = since
    while now < until:
        yield now
        now += MINUTE


def test_server_down_for_six_hours_loses_nothing_and_costs_no_try(people, settings):
    port = free_port()
    use(settings, f"smtp://127.0.0.1:{port}")
    for now in every_minute(AT, AT + 6 * HOUR):
        assert ticking.tick(now).failed == 3
    assert {(row.state, row.attempts) for row in mails()} == {(State.WAITING, 0)}

    with smtp.server(port) as inbox:
        assert ticking.tick(AT + 6 * HOUR).sent == 3

    assert arrived(inbox) == sorted(person.email for person in people)
    assert {row.is_repeat for row in mails()} == {False}


def test_server_that_cannot_do_tls_claims_nothing(people, settings):
    """STARTTLS is asked for and not offered: nothing goes out in the clear."""
    with smtp.server() as plain:
        use(settings, plain.url.replace("smtp://", "smtp+tls://"))
        for now in every_minute(AT, AT + 10 * MINUTE):
            assert ticking.tick(now).failed == 3

        assert plain.messages == []
    assert {(row.state, row.attempts) for row in mails()} == {(State.WAITING, 0)}


def test_certificate_of_nobody_known_is_not_trusted_and_one_that_is_known_is(
    people, settings, tmp_path, monkeypatch
):
    context, authority = certificates.of("127.0.0.1", tmp_path)
    with smtp.server(tls=context) as inbox:
        use(settings, inbox.url)
        assert ticking.tick(AT).failed == 3
        assert inbox.messages == []

        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert ticking.tick(AT + MINUTE).sent == 3

    assert arrived(inbox) == sorted(person.email for person in people)


@pytest.mark.parametrize("said", [smtp.FULL_NOW, smtp.FULL, "550 no such mailbox"])
def test_one_mailbox_in_trouble_is_tried_again_and_the_others_are_not_held_up(
    people, mail_server, settings, said
):
    use(settings, mail_server.url)
    mail_server.answers[people[0].email] = said

    assert ticking.tick(AT).sent == 2

    [row] = mails(people[0])
    assert (row.state, row.not_before, row.is_repeat) == (State.WAITING, AT + 5 * MINUTE, False)
    assert said[:3] in row.problem
    mail_server.answers.clear()
    assert ticking.tick(AT + 5 * MINUTE).sent == 1
    assert arrived(mail_server) == sorted(person.email for person in people)


def test_mailbox_full_for_the_whole_working_day_is_still_waited_for(people, mail_server, settings):
    use(settings, mail_server.url)
    mail_server.answers[people[0].email] = smtp.FULL_NOW

    for now in every_minute(AT, AT + 10 * HOUR):
        ticking.tick(now)

    [row] = mails(people[0])
    assert (row.state, row.attempts) == (State.WAITING, 9)
    mail_server.answers.clear()
    assert ticking.tick(AT + 23 * HOUR).sent == 1  # the next morning


def test_refused_for_good_is_on_the_page_of_what_did_not_arrive(
    people, mail_server, settings, client
):
    use(settings, mail_server.url)
    mail_server.refused.add(people[0].email)
    for now in every_minute(AT, AT + 3 * HOUR):
        ticking.tick(now)
    client.force_login(factories.coordinator())

    text = client.get("/reminders/?state=failed").content.decode()

    assert [row.state for row in mails(people[0])] == [State.FAILED]
    assert people[0].email in text
    assert "550" in text
    assert people[1].email not in text


def test_server_that_refuses_our_own_address_costs_no_letter_a_try(
    people, mail_server, settings, monkeypatch
):
    """It would else be six tries of each, and then hundreds of mailboxes called faulty."""
    use(settings, mail_server.url)
    asked = []

    async def refuses(server, session, envelope, address, options):
        asked.append(address)
        return "553 5.7.1 not an address of yours"

    monkeypatch.setattr(mail_server, "handle_MAIL", refuses, raising=False)
    for now in every_minute(AT, AT + 3 * HOUR):
        ticking.tick(now)

    assert {(row.state, row.attempts) for row in mails()} == {(State.WAITING, 0)}
    assert len(asked) == 3 * 60  # once a run
    monkeypatch.undo()
    use(settings, mail_server.url)
    assert ticking.tick(AT + 3 * HOUR + MINUTE).sent == 3


def test_letter_that_is_too_large_for_the_server_is_the_letters_own_affair(
    people, mail_server, settings, monkeypatch
):
    use(settings, mail_server.url)

    async def refuses(server, session, envelope, address, options):
        return "552 5.3.4 message size exceeds fixed limit"

    monkeypatch.setattr(mail_server, "handle_MAIL", refuses, raising=False)
    ticking.tick(AT)

    assert {row.attempts for row in mails()} == {1}


def test_slow_server_is_given_the_time_it_needs(people, mail_server, settings):
    use(settings, mail_server.url)
    mail_server.delay = 0.5

    assert ticking.tick(AT).sent == 3
    assert {row.is_repeat for row in mails()} == {False}


def test_server_slower_than_we_wait_leaves_a_doubt_and_says_so(people, mail_server, settings):
    """The mail may have been taken after we hung up: the second one is marked."""
    use(settings, mail_server.url)
    settings.EMAIL_TIMEOUT = 0.3
    mail_server.delay = 1.5
    assert ticking.tick(AT).failed == 3
    assert {(row.state, row.is_repeat) for row in mails()} == {(State.WAITING, True)}

    settings.EMAIL_TIMEOUT, mail_server.delay = 20, 0
    assert ticking.tick(AT + 5 * MINUTE).sent == 3

    marked = {m["Message-ID"] for m in mail_server.messages if m["X-Possible-Repeat"] == "yes"}
    assert marked == {row.message_key for row in mails()}
