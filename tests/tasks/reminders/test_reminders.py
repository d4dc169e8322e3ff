from datetime import timedelta

import pytest
from django.core import mail

from bureaus.models import Post
from bureaus.roles import Role
from tasks import jobs
from tasks.actions import transitions
from tasks.models import Delivery, Milestone
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import RUNGS, walk
from tests.threads import at_once

pytestmark = pytest.mark.django_db

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def task():
    """Issued to a bureau with one person in each post of the way."""
    made = factories.assignment()
    for role in (Role.FILLER, Role.REVIEWER, Role.APPROVER):
        factories.staff(role, made.bureau)
    return made


@pytest.fixture
def broken_mail(settings):
    """No server listens: every connection is refused."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def tick(now) -> str:
    return str(ticking.tick(now))


def expected(now) -> int:
    return sum(each.channel == "email" for each in ticking.expected(now))


def states(task) -> dict[str, str]:
    return dict(task.milestones.values_list("kind", "state"))


def to() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def test_rung_is_sent_at_its_moment_and_once(task):
    assert tick(RUNGS["T-10"] - SECOND) == "sent=0 superseded=0 failed=0"
    assert tick(RUNGS["T-10"]) == "sent=1 superseded=0 failed=0"
    assert tick(RUNGS["T-10"]) == "sent=0 superseded=0 failed=0"
    assert tick(RUNGS["T-5"] - SECOND) == "sent=0 superseded=0 failed=0"

    assert to() == ["330000.filler@example.test"]
    assert Delivery.objects.by_mail().get().state == Delivery.State.SENT
    assert Delivery.objects.by_mail().get().sent_at == RUNGS["T-10"]


def test_whole_ladder_tells_each_in_turn_and_then_rests(task):
    sent = [tick(moment) for moment in RUNGS.values()]

    one, two = "sent=1 superseded=0 failed=0", "sent=2 superseded=0 failed=0"
    assert sent == [one] * 8 + [two, one]
    assert set(states(task).values()) == {Milestone.State.FIRED}
    assert tick(RUNGS["C"] + timedelta(days=365)) == "sent=0 superseded=0 failed=0"


def test_of_several_missed_rungs_only_the_last_is_sent(task):
    assert tick(RUNGS["T-1"] + timedelta(hours=7)) == "sent=1 superseded=3 failed=0"

    assert states(task) == {
        "T-10": "superseded",
        "T-5": "superseded",
        "T-3": "superseded",
        "T-1": "fired",
        "T0": "armed",
        "O1": "armed",
        "O2": "armed",
        "O3": "armed",
        "S": "armed",
        "C": "armed",
    }
    assert "提前1个工作日" in mail.outbox[0].body
    assert tick(RUNGS["T0"]) == "sent=1 superseded=0 failed=0"


def test_long_silence_ends_with_one_mail_to_each_the_most_severe(task):
    assert tick(RUNGS["C"] + timedelta(days=22)) == "sent=4 superseded=7 failed=0"

    assert {message.subject[:6] for message in mail.outbox} == {"【逾期提醒】"}
    sent = Delivery.objects.by_mail().filter(state=Delivery.State.SENT)
    assert sorted(sent.values_list("address", "milestone__kind")) == [
        ("100000.coordinator@example.test", "C"),
        ("330000.approver@example.test", "S"),
        ("330000.filler@example.test", "O3"),
        ("330000.reviewer@example.test", "S"),
    ]


def test_person_of_two_audiences_is_told_once_the_most_severe(task):
    Post.objects.create(
        staff=factories.staff(Role.FILLER, task.bureau), bureau=task.bureau, role=Role.APPROVER
    )

    assert tick(RUNGS["S"] + HOUR).startswith("sent=3 ")

    assert sorted(to()) == [
        f"330000.{role}@example.test" for role in ("approver", "filler", "reviewer")
    ]
    assert set(Delivery.objects.by_mail().values_list("milestone__kind", flat=True)) == {"S"}


def test_superior_failing_the_bureaus_coordinator_is_told():
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau)
    factories.staff(Role.COORDINATOR, task.bureau)
    tick(RUNGS["O3"])

    assert tick(RUNGS["S"]) == "sent=1 superseded=0 failed=0"
    assert to()[-1] == "330000.coordinator@example.test"


def test_bureau_that_asked_is_told_not_the_one_that_receives(task):
    assert task.receiver != factories.internal_unit()
    type(task).objects.update(receiver=factories.internal_unit())
    factories.staff(Role.COORDINATOR, factories.internal_unit())
    tick(RUNGS["S"])

    assert tick(RUNGS["C"]) == "sent=1 superseded=0 failed=0"
    assert to()[-1] == "100000.coordinator@example.test"


def test_mail_to_the_person_still_waiting_stays_when_the_superior_is_told(
    task, broken_mail, settings
):
    assert tick(RUNGS["O3"]).endswith("failed=1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert tick(RUNGS["S"]) == "sent=3 superseded=0 failed=0"


@pytest.mark.parametrize(
    ("way", "role"),
    [
        ((), Role.FILLER),
        (("accept",), Role.FILLER),
        (("accept", "start"), Role.FILLER),
        (("accept", "hand_in"), Role.REVIEWER),
        (("accept", "hand_in", "pass_review"), Role.APPROVER),
        (("accept", "hand_in", "pass_review", "submit", "return_"), Role.FILLER),
    ],
)
def test_reminder_goes_to_whoever_has_the_next_step(task, way, role):
    walk(task, *way)

    tick(RUNGS["T-10"])

    assert to() == [f"330000.{role}@example.test"]


def test_everybody_who_may_accept_is_reminded_each_with_a_mail_of_his_own(task):
    factories.staff(Role.COORDINATOR, task.bureau)

    assert tick(RUNGS["T-10"]) == "sent=2 superseded=0 failed=0"
    assert sorted(to()) == ["330000.coordinator@example.test", "330000.filler@example.test"]


def test_without_a_person_for_the_step_the_bureaus_coordinator_is_reminded():
    task = factories.assignment()
    factories.staff(Role.COORDINATOR, task.bureau)
    walk(task, "accept", "hand_in")
    factories.staff(Role.FILLER, task.bureau).posts.all().delete()

    tick(RUNGS["T-10"])

    assert to() == ["330000.coordinator@example.test"]


def test_without_anybody_at_the_bureau_the_receiver_is_told():
    factories.assignment()

    tick(RUNGS["T-10"])

    assert to() == ["100000.coordinator@example.test"]


def test_dismissed_people_get_nothing(task):
    person = factories.staff(Role.FILLER, task.bureau)
    person.is_active = False
    person.save()

    tick(RUNGS["T-10"])

    assert person.email not in to()
    assert len(to()) == 2  # those who may read at the bureau


@pytest.mark.parametrize("end", [("submit",), ("submit", "close"), ("withdraw",)])
def test_nothing_is_sent_once_handed_in_or_withdrawn(task, end):
    walk(task, "accept", "hand_in", "pass_review", *end)

    assert tick(RUNGS["O3"]) == "sent=0 superseded=0 failed=0"
    assert mail.outbox == []
    assert set(states(task).values()) == {Milestone.State.VOID}


def test_rung_left_armed_on_a_handed_in_row_is_voided_not_sent(task):
    walk(task, "accept", "hand_in", "pass_review", "submit")
    task.milestones.update(state=Milestone.State.ARMED)

    assert tick(RUNGS["T-5"]) == "sent=0 superseded=0 failed=0"
    assert states(task)["T-5"] == Milestone.State.VOID


def test_handing_in_voids_the_mails_still_waiting(task, broken_mail, settings):
    assert tick(RUNGS["T-10"]) == "sent=0 superseded=0 failed=1"
    walk(task, "accept", "hand_in", "pass_review", "submit", now=RUNGS["T-10"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert tick(RUNGS["T-10"] + timedelta(days=1)) == "sent=0 superseded=0 failed=0"
    assert mail.outbox == []
    assert Delivery.objects.by_mail().get().state == Delivery.State.VOID


def test_handing_in_also_voids_what_a_dead_worker_left_in_hand(task, broken_mail, settings):
    tick(RUNGS["T-10"])
    Delivery.objects.by_mail().update(state=Delivery.State.SENDING, attempts=1)
    walk(task, "accept", "hand_in", "pass_review", "submit", now=RUNGS["T-10"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert tick(RUNGS["T-10"] + timedelta(days=1)) == "sent=0 superseded=0 failed=0"
    assert mail.outbox == []


def test_returned_one_is_reminded_of_anew(task):
    tick(RUNGS["T-10"])
    walk(task, "accept", "hand_in", "pass_review", "submit", now=RUNGS["T-5"] - SECOND)
    assert tick(RUNGS["T-5"]) == "sent=0 superseded=0 failed=0"
    walk(task, "return_", now=RUNGS["T-5"] + SECOND)

    assert tick(RUNGS["T-3"]) == "sent=1 superseded=0 failed=0"
    assert states(task)["T-10"] == Milestone.State.FIRED
    assert states(task)["T-5"] == Milestone.State.VOID
    assert len(mail.outbox) == 2


def test_mail_still_waiting_at_the_next_rung_gives_way_to_it(task, broken_mail, settings):
    tick(RUNGS["T-1"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert tick(RUNGS["T0"]) == "sent=1 superseded=0 failed=0"

    assert "目标日当天" in mail.outbox[0].body
    assert sorted(Delivery.objects.by_mail().values_list("milestone__kind", "state")) == [
        ("T-1", "void"),
        ("T0", "sent"),
    ]


def test_mail_in_a_dead_workers_hand_gives_way_to_the_next_rung(task, broken_mail, settings):
    tick(RUNGS["T-1"])
    Delivery.objects.by_mail().update(state=Delivery.State.SENDING, attempts=1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    tick(RUNGS["T0"])

    assert [message.body.count("目标日当天") for message in mail.outbox] == [1]


def test_undated_obligation_is_reminded_of_once_on_its_review_day():
    """More of it in events/test_review_days.py."""
    task = factories.assignment(number="")
    day = RUNGS["T0"].replace(month=task.review_on.month, day=task.review_on.day)

    assert tick(day - SECOND) == "sent=0 superseded=0 failed=0"
    assert tick(RUNGS["O3"] + timedelta(days=3650)) == "sent=1 superseded=0 failed=0"
    assert tick(RUNGS["O3"] + timedelta(days=7300)) == "sent=0 superseded=0 failed=0"


@pytest.mark.parametrize("rung", ["T-10", "T-1", "O3"])
def test_count_is_what_the_tick_then_sends_and_writes_nothing(task, rung):
    factories.staff(Role.COORDINATOR, task.bureau)

    assert expected(RUNGS[rung]) == 2
    assert (Delivery.objects.count(), set(states(task).values())) == (0, {"armed"})

    assert ticking.tick(RUNGS[rung]).sent == 2
    assert expected(RUNGS[rung]) == 0


def test_count_leaves_out_waiting_mails_that_a_newer_rung_replaces(task, broken_mail, settings):
    tick(RUNGS["T-1"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert expected(RUNGS["T-1"]) == 1

    assert expected(RUNGS["T0"]) == 1
    assert ticking.tick(RUNGS["T0"]).sent == 1


def test_count_is_nothing_for_a_row_that_no_longer_owes(task):
    walk(task, "accept", "hand_in", "pass_review", "submit")
    task.milestones.update(state=Milestone.State.ARMED)

    assert expected(RUNGS["T0"]) == 0


def test_job_sends_what_is_due_by_the_clock(task, time_machine):
    time_machine.move_to(RUNGS["T-3"])

    jobs.tick()
    jobs.tick()

    assert [delivery.milestone.kind for delivery in Delivery.objects.by_mail()] == ["T-3"]
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_each_mail_once():
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(30, 42)]
    people = {factories.staff(Role.FILLER, bureau).email for bureau in bureaus}
    factories.obligation(*bureaus)

    first, second = at_once([lambda: ticking.tick(RUNGS["T-3"])] * 2)

    assert sorted(to()) == sorted(people)
    assert len(people) == 12
    assert (first.sent + second.sent, first.failed + second.failed) == (12, 0)
    assert first.superseded + second.superseded == 24
    assert set(Delivery.objects.by_mail().values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_handing_in_during_a_tick_leaves_nothing_armed_or_waiting(task):
    walk(task, "accept", "hand_in", "pass_review")
    row, person = type(task).objects.for_detail().get(), factories.actor(task, "submit")

    at_once(
        [
            lambda: ticking.tick(RUNGS["T-3"]),
            lambda: transitions.move(row, "submit", now=RUNGS["T-3"], by=person),
        ]
    )

    assert not task.milestones.armed().exists()
    of_ladder = Delivery.objects.filter(milestone__event=None)  # the issuer is told that it is in
    assert not of_ladder.to_send(RUNGS["O3"]).exists()
