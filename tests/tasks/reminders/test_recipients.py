"""Between the row and the letter: another address, or nobody at the account any more."""

from datetime import timedelta

import pytest
from django.core import mail

from bureaus.models import Staff
from bureaus.roles import Role
from tasks.channels import encryption
from tasks.errors import TransitionDenied
from tasks.models import Delivery, RobotAddress
from tasks.reminders.actions import resending, ticking
from tests import factories
from tests.factories import NOW, RUNGS, TEXT_APART
from tests.services import robots

pytestmark = pytest.mark.django_db

AT = RUNGS["T-3"]
MINUTE = timedelta(minutes=1)
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
NEW = "new@example.test"
State = Delivery.State


@pytest.fixture
def person():
    return factories.staff(Role.FILLER, factories.assignment(text=TEXT_APART).bureau)


@pytest.fixture
def waiting(person, settings):
    """The row stands; no server has answered yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    ticking.tick(AT)
    settings.EMAIL_BACKEND = LOCMEM
    return Delivery.objects.by_mail().get()


def change(person, **fields):
    Staff.objects.filter(pk=person.pk).update(**fields)


def robot(channel: str, address: str, **owner):
    RobotAddress.objects.create(
        channel=channel,
        sealed_address=encryption.seal(address),
        made_at=NOW,
        made_by=factories.coordinator(),
        **owner,
    )


def test_mail_goes_to_the_address_of_now(person, waiting):
    change(person, email=NEW)

    assert ticking.tick(AT + MINUTE).sent == 1

    assert mail.outbox[0].to == [NEW]
    assert mail.outbox[0].extra_headers["Message-ID"] == waiting.message_key
    waiting.refresh_from_db()
    assert (waiting.state, waiting.address) == (State.SENT, NEW)


def test_address_mended_between_two_tries_is_used_by_the_next(person, waiting):
    Delivery.objects.update(attempts=3, problem="第3次发送失败：550")
    change(person, email=NEW)

    ticking.tick(AT + MINUTE)

    assert mail.outbox[0].to == [NEW]


def test_digest_of_before_and_after_the_change_says_where_it_went(person, waiting):
    factories.obligation(person.bureau, number="2")
    second = person.bureau.assignments.exclude(pk=waiting.milestone.assignment_id).get()
    second.milestones.filter(kind="T-10").update(at=AT)
    change(person, email=NEW)

    assert ticking.tick(AT + MINUTE).sent == 1

    assert mail.outbox[0].to == [NEW]
    assert set(Delivery.objects.by_mail().values_list("address", flat=True)) == {NEW}


def test_who_has_left_in_between_gets_nothing_more(person, waiting):
    change(person, is_active=False)

    assert str(ticking.tick(AT + MINUTE)) == "sent=0 superseded=0 failed=1"

    waiting.refresh_from_db()
    assert mail.outbox == []
    assert (waiting.state, waiting.problem) == (State.FAILED, "收件人的账号已停用或过期，没有发送")


def test_whose_account_has_run_out_in_between_gets_nothing_more(person, waiting):
    change(person, expires_on=AT.date() - timedelta(days=1))

    ticking.tick(AT + MINUTE)

    assert mail.outbox == []


def test_what_did_not_go_to_a_leaver_is_on_the_page_with_the_way_out(person, waiting, client):
    change(person, is_active=False)
    ticking.tick(AT + MINUTE)
    client.force_login(factories.coordinator())

    text = client.get("/reminders/undelivered/").content.decode()

    assert "收件人的账号已停用或过期，没有发送" in text
    assert "请催办，由现在办理的人接收" in text


def test_leaver_is_not_written_to_again_by_hand(person, waiting):
    change(person, is_active=False)
    ticking.tick(AT + MINUTE)

    with pytest.raises(TransitionDenied, match="账号已停用或过期"):
        resending.resend(waiting, now=AT + MINUTE, by=factories.coordinator())


def test_own_robot_of_a_leaver_is_silent_and_that_of_the_bureau_is_not(person, settings):
    settings.ROBOT_HOSTS = ["127.0.0.1"]
    with robots.server() as far:
        robot("wecom", f"{far.url}/wecom?key=k", person=person)
        robot("feishu", f"{far.url}/feishu", bureau=person.bureau)
        far.answer = (503, "")
        ticking.tick(AT)
        far.answer = (200, '{"code": 0, "errcode": 0}')
        far.posted.clear()
        change(person, is_active=False)

        ticking.tick(AT + 5 * MINUTE)

        assert [posted["path"] for posted in far.posted] == ["/feishu"]
