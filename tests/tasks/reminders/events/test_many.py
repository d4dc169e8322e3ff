"""Issued to many bureaus: the act writes what is to be told, the tick tells it, shared by all."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bureaus.roles import Role
from tasks.models import Delivery, Event, Milestone
from tasks.reminders.actions import ticking
from tasks.reminders.actions.events import FEW
from tests import factories
from tests.factories import NOW, RUNGS
from tests.tasks import told
from tests.tasks.told import HOUR, MAILED
from tests.threads import at_once

LADDER = ["T-10", "T-5", "T-3", "T-1", "T0", "O1", "O2", "O3", "S", "C"]


@pytest.fixture
def bureaus():
    found = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 12 + FEW)]
    for bureau in found:
        factories.staff(Role.FILLER, bureau)
    return found


def kinds(bureau) -> list[str]:
    rungs = Milestone.objects.of_ladder().filter(assignment__bureau=bureau)
    return list(rungs.order_by("at").values_list("kind", flat=True))


@pytest.mark.django_db
def test_act_writes_an_event_and_moments_and_the_tick_tells_all_and_arms_their_ladders(bureaus):
    told.issue(*bureaus)

    assert Event.objects.count() == 1
    assert Milestone.objects.count() == len(bureaus)
    assert not Delivery.objects.exists()

    ticking.tick(NOW)
    ticking.tick(NOW)

    inbox = Delivery.objects.filter(channel="inbox")
    assert inbox.count() == inbox.values("recipient").distinct().count() == len(bureaus)
    assert kinds(bureaus[0]) == kinds(bureaus[-1]) == LADDER
    assert ticking.tick(NOW + MAILED).sent == len(bureaus)
    assert ticking.tick(RUNGS["T-10"]).sent == len(bureaus)


@pytest.mark.django_db
def test_tick_asks_no_more_for_all_than_for_half_of_them(bureaus):
    """Nothing is asked an assignment, a person or a mail."""
    told.issue(*bureaus)
    moments = Milestone.objects.of_events()
    counts = []
    for some in (bureaus[:10], bureaus):
        moments.update(state=Milestone.State.VOID)
        moments.filter(assignment__bureau__in=some).update(state=Milestone.State.ARMED)
        Delivery.objects.all().delete()
        Milestone.objects.of_ladder().delete()
        with CaptureQueriesContext(connection) as asked:
            ticking.tick(NOW)
        assert Delivery.objects.filter(channel="inbox").count() == len(some)
        counts.append(len(asked))

    # SQLite takes the rungs of so many in one insertion more
    assert counts[0] <= counts[1] <= counts[0] + 1
    assert counts[1] < 40


@pytest.mark.django_db
def test_task_that_is_handed_in_before_the_tick_still_gets_its_ladder_when_it_comes_back(bureaus):
    made = told.issue(*bureaus)
    task = told.owed(made, bureaus[0])
    told.move(task, "accept", "hand_in", now=NOW)

    ticking.tick(NOW)

    assert kinds(bureaus[0]) == LADDER


@pytest.mark.django_db
def test_what_was_withdrawn_before_anybody_was_told_is_not_told_at_all(bureaus):
    made = told.issue(*bureaus)
    told.move(told.owed(made, bureaus[0]), "withdraw", now=NOW)

    ticking.tick(NOW)

    assert kinds(bureaus[0]) == []
    assert not Delivery.objects.filter(milestone__assignment__bureau=bureaus[0]).exists()
    assert Delivery.objects.filter(channel="inbox").count() == len(bureaus) - 1


@pytest.mark.django_db
def test_long_after_a_standstill_the_last_reminder_of_the_time_comes_with_the_news(bureaus):
    """No worker for three weeks: what should have come in that time is not lost."""
    told.issue(*bureaus)

    ticking.tick(RUNGS["T-5"] + HOUR)
    ticking.tick(RUNGS["T-5"] + HOUR)

    subjects = sorted({message.subject.split("】")[0] for message in mail.outbox})
    assert subjects == ["【报送提醒", "【新任务"]
    assert len(mail.outbox) == 2 * len(bureaus)


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_make_one_letter_of_a_persons_three_tasks():
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(30, 42)]
    people = {factories.staff(Role.FILLER, bureau).email for bureau in bureaus}
    notice = factories.filed_notice()
    for number in ("1", "2", ""):
        told.issue(*bureaus, number=number, notice=notice)

    first, second = at_once([lambda: ticking.tick(NOW + MAILED)] * 2)

    assert sorted(address for message in mail.outbox for address in message.to) == sorted(people)
    assert first.sent + second.sent == 12
    assert all("3项新任务" in message.subject for message in mail.outbox)
    rows = Delivery.objects.by_mail()
    assert set(rows.values_list("state", "attempts")) == {("sent", 1)}
    assert rows.values("message_key").distinct().count() == 12


@pytest.mark.django_db(transaction=True)
def test_two_that_report_last_at_the_same_moment_tell_once_that_all_have():
    told.ministry()
    bureaus = [told.staffed("330000", "浙江省"), told.staffed("110000", "北京市")]
    made = told.issue(*bureaus)
    tasks = [told.move(told.owed(made, each), *factories.TO_SUBMIT[:-1]) for each in bureaus]

    at_once([lambda task=task: told.move(task, "submit") for task in tasks])

    rows = Delivery.objects.filter(channel="inbox", milestone__event__kind="z")
    assert rows.count() == 2  # both coordinators of the issuer
    assert Event.objects.filter(kind="s").count() == 1
