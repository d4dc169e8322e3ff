"""One mail a person a morning when several are due; at once where the notice is urgent."""

from datetime import timedelta

import pytest
from django.core import mail

from bureaus.roles import Role
from notices.models import Notice
from tasks.models import Assignment, Delivery, Milestone, Preference
from tasks.reminders.actions import deliveries, firing, resending, sending, ticking
from tasks.reminders.mail import mailbox
from tasks.reminders.mail.transports import Fault
from tests import factories
from tests.factories import RUNGS, TEXT_APART

pytestmark = pytest.mark.django_db

AT = RUNGS["T-3"]
State = Delivery.State


@pytest.fixture
def person():
    """Owes two reports that are due on the same day."""
    bureau = factories.province()
    for number in ("1", "2"):
        factories.obligation(bureau, number=number, text=TEXT_APART)
    first, second = Assignment.objects.order_by("pk")
    Assignment.objects.filter(pk=second.pk).update(
        due_at=first.due_at, target_at=first.target_at, strict_on=first.strict_on
    )
    Milestone.objects.filter(assignment=second).delete()
    for milestone in first.milestones.all():
        milestone.pk, milestone.assignment = None, second
        milestone.save()
    return factories.staff(Role.FILLER, bureau)


def choose(person, **chosen):
    Preference.objects.update_or_create(person=person, defaults=chosen)


def mails() -> list[Delivery]:
    return list(Delivery.objects.by_mail().order_by("pk"))


def test_several_of_a_morning_are_one_mail_with_each_title_deadline_and_link(person):
    assert ticking.tick(AT).sent == 1

    [message] = mail.outbox
    assert message.subject == "【报送提醒】2项报送任务需要办理，最早3月31日截止"
    for task in Assignment.objects.all():
        assert f"{task.obligation.title}（提前3个工作日）" in message.body
        assert f"/assignments/{task.pk}/" in message.body
        assert f"/assignments/{task.pk}/" in message.alternatives[0][0]
    assert message.body.count("截止时间：2026年3月31日（周二）24时") == 2
    assert "010-00000000" not in message.body


def test_rows_of_one_mail_carry_its_message_id(person):
    ticking.tick(AT)

    [message], rows = mail.outbox, mails()
    assert [row.state for row in rows] == [State.SENT] * 2
    assert {row.message_key for row in rows} == {message.extra_headers["Message-ID"]}
    assert f"-{rows[0].milestone.assignment_id}-" in rows[0].message_key


def test_each_of_the_rows_finds_the_one_mail_in_the_mailbox(person, settings, tmp_path):
    settings.EMAIL_BACKEND = "tasks.reminders.mail.mailbox.MailboxBackend"
    settings.MAILBOX_DIR = tmp_path

    ticking.tick(AT)

    assert len(list(tmp_path.iterdir())) == 1
    assert all(mailbox.find(row.message_key) for row in mails())


def test_who_wants_single_mails_gets_them(person):
    choose(person, in_digest=False)

    assert ticking.tick(AT).sent == 2
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2


@pytest.mark.parametrize("urgency", ["特提", "特急", "加急", "急件"])
def test_urgent_notice_is_never_kept_for_a_digest_and_says_so(person, urgency):
    Notice.objects.update(urgency=urgency)

    assert ticking.tick(AT).sent == 2
    assert all(message.subject.startswith(f"【报送提醒·{urgency}】") for message in mail.outbox)


def test_digest_waits_while_something_is_still_to_fire(person):
    first, second = Assignment.objects.order_by("pk").values_list("pk", flat=True)
    firing.fire([first], now=AT)

    assert sending.send_waiting(lambda: AT) == (0, 0)

    firing.fire([second], now=AT)
    assert sending.send_waiting(lambda: AT) == (1, 0)


def test_digest_does_not_wait_for_ever_for_a_row_that_is_broken(person):
    first = Assignment.objects.order_by("pk").first()
    firing.fire([first.pk], now=AT)

    later = AT + deliveries.DIGEST_WAIT + timedelta(seconds=1)
    assert sending.send_waiting(lambda: later) == (1, 0)


def test_digest_left_by_a_dead_worker_is_repeated_whole_with_the_same_message_id(person):
    firing.fire(list(Assignment.objects.values_list("pk", flat=True)), now=AT)
    [letter] = deliveries.claim(AT)
    assert len(deliveries.begin(letter)) == 2

    assert sending.send_waiting(lambda: AT + deliveries.LEASE) == (1, 0)

    [message] = mail.outbox
    assert message.extra_headers["Message-ID"] == letter[0].message_key
    assert message.extra_headers["X-Possible-Repeat"] == "yes"
    assert [row.is_repeat for row in mails()] == [True, True]


def test_digest_refused_goes_again_as_it_went_beside_what_is_new(person):
    firing.fire(list(Assignment.objects.values_list("pk", flat=True)), now=AT)
    [letter] = deliveries.claim(AT)
    deliveries.failed(deliveries.begin(letter), Fault("452 示例"), now=AT)

    assert sending.send_waiting(lambda: AT + deliveries.BACK_OFF) == (1, 0)
    assert mail.outbox[0].extra_headers["Message-ID"] == letter[0].message_key
    assert "X-Possible-Repeat" not in mail.outbox[0].extra_headers


def test_row_that_became_void_in_hand_is_left_out_of_the_digest(person):
    firing.fire(list(Assignment.objects.values_list("pk", flat=True)), now=AT)
    [letter] = deliveries.claim(AT)
    Delivery.objects.filter(pk=letter[0].pk).update(state=State.VOID)

    begun = deliveries.begin(letter)

    assert [row.pk for row in begun] == [letter[1].pk]


def test_digests_are_claimed_person_by_person(person):
    firing.fire(list(Assignment.objects.values_list("pk", flat=True)), now=AT)

    assert [len(letter) for letter in deliveries.claim(AT, at_most=1)] == [2]
    assert deliveries.claim(AT) == []


def test_early_mails_can_be_left_away_and_the_message_stays(person):
    choose(person, early_by_mail=False)

    assert ticking.tick(AT).sent == 0

    assert set(Delivery.objects.values_list("channel", "state")) == {("inbox", State.SENT)}


@pytest.mark.parametrize("rung", ["T-1", "T0", "O1", "O3"])
def test_nobody_can_leave_away_the_last_mails(person, rung):
    choose(person, early_by_mail=False)

    assert ticking.tick(RUNGS[rung]).sent == 1


def test_rows_of_one_digest_sent_again_one_by_one_are_letters_of_their_own(person):
    """A server that has seen a Message-ID may drop what comes under it a second time."""
    firing.fire([milestone.assignment_id for milestone in Milestone.objects.due(AT)], now=AT)
    [letter] = deliveries.claim(AT)
    deliveries.failed(deliveries.begin(letter), Fault("550", is_final=True), now=AT)
    first, second = mails()
    assert first.message_key == second.message_key

    for turn, row in enumerate((first, second)):
        now = AT + turn * timedelta(minutes=1)
        resending.resend(row, now=now, by=factories.coordinator())
        assert ticking.tick(now).sent == 1

    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2
    assert {row.state for row in mails()} == {State.SENT}


def test_rest_of_a_digest_does_not_go_under_the_number_of_what_was_sent_again(person):
    firing.fire([milestone.assignment_id for milestone in Milestone.objects.due(AT)], now=AT)
    [letter] = deliveries.claim(AT)
    deliveries.failed(deliveries.begin(letter), Fault("450"), now=AT)
    resending.resend(mails()[0], now=AT, by=factories.coordinator())

    assert [ticking.tick(AT + wait).sent for wait in (timedelta(), deliveries.BACK_OFF)] == [1, 1]

    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2
