"""What becomes of the ladder when the deadline or the assignment changes: nothing lost or doubled.

The rows of the old version stay, as what they were: sent, superseded or void.
"""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from bureaus.models import CalendarDay
from bureaus.roles import Role
from tasks.actions import amending, extensions
from tasks.models import Delivery, Milestone
from tasks.reminders.actions import milestones, ticking
from tests import factories
from tests.factories import RUNGS, SHANGHAI, fresh, walk

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
AFTER_T5 = RUNGS["T-5"] + HOUR


@pytest.fixture
def task():
    """The first two rungs have gone out."""
    made = factories.assignment()
    factories.staff(Role.FILLER, made.bureau)
    assert ticking.tick(RUNGS["T-10"]).sent == 1
    assert ticking.tick(RUNGS["T-5"]).sent == 1
    return made


def ladder(task, version: int) -> dict[str, str]:
    rungs = task.milestones.of_ladder().filter(deadline_version=version)
    return dict(rungs.values_list("kind", "state"))


def moments(task, version: int) -> dict[str, datetime]:
    rungs = task.milestones.of_ladder().filter(deadline_version=version)
    return dict(rungs.values_list("kind", "at"))


def amend(task, day: date | None, now=AFTER_T5):
    by = factories.coordinator()
    amending.amend(task.obligation, day, reason="示例原因", now=now, by=by)
    factories.forget_news()


def sent() -> list[tuple[int, str]]:
    rows = Delivery.objects.by_mail().filter(state=Delivery.State.SENT).order_by("pk")
    return list(rows.values_list("milestone__deadline_version", "milestone__kind"))


def is_void_but_for_what_went_out(states: dict[str, str]) -> bool:
    gone = {"T-10": "fired", "T-5": "fired"}
    return states == {kind: gone.get(kind, "void") for kind in states}


def test_deadline_moved_later_arms_the_whole_ladder_of_the_new_day(task):
    amend(task, date(2026, 4, 30))

    assert is_void_but_for_what_went_out(ladder(task, 1))
    assert set(ladder(task, 2).values()) == {"armed"}
    assert moments(task, 2)["T0"] == datetime(2026, 4, 30, 9, tzinfo=SHANGHAI)
    assert ticking.tick(RUNGS["T0"]).sent == 0
    assert ticking.tick(moments(task, 2)["T-10"]).sent == 1
    assert sent() == [(1, "T-10"), (1, "T-5"), (2, "T-10")]
    assert "4月30日前" in mail.outbox[-1].subject


def test_deadline_moved_earlier_arms_only_what_is_still_ahead(task):
    amend(task, date(2026, 3, 25))

    assert is_void_but_for_what_went_out(ladder(task, 1))
    ahead = ladder(task, 2)
    assert {"T-10", "T-5", "T-3"}.isdisjoint(ahead)
    assert set(ahead.values()) == {"armed"}
    assert ticking.tick(moments(task, 2)["T-1"]).sent == 1
    assert "3月25日前" in mail.outbox[-1].subject


def test_deadline_removed_sends_nothing_more_and_set_again_starts_anew(task):
    amend(task, None)

    assert is_void_but_for_what_went_out(ladder(task, 1))
    assert ladder(task, 2) == {}
    assert ticking.tick(RUNGS["O3"] + HOUR).sent == 0

    amend(task, date(2026, 5, 29), now=RUNGS["O3"] + 2 * HOUR)
    assert ticking.tick(moments(task, 3)["T-10"]).sent == 1


def test_extension_granted_arms_the_ladder_of_the_later_day(task):
    by = factories.staff(Role.FILLER, task.bureau)
    asked = extensions.request(
        task, until=date(2026, 4, 30), reason="示例理由", now=AFTER_T5, by=by
    )
    assert ladder(task, 1)["T-3"] == "armed"

    extensions.decide(asked, is_granted=True, now=AFTER_T5, by=factories.coordinator())
    factories.forget_news()

    assert is_void_but_for_what_went_out(ladder(task, 1))
    assert ticking.tick(moments(task, 2)["T-1"]).sent == 1
    assert sent()[-1] == (2, "T-1")


def test_returned_one_is_reminded_of_its_new_day(task):
    walk(task, "accept", "hand_in", "pass_review", "submit", now=AFTER_T5)
    assert ticking.tick(RUNGS["T0"]).sent == 0

    walk(task, "return_", now=RUNGS["T0"] + HOUR)

    version = fresh(task).deadline_version
    ahead = moments(task, version)
    assert version == 2
    assert min(ahead.values()) > RUNGS["T0"] + HOUR
    assert ticking.tick(ahead["T0"]).sent == 1
    assert sent()[-1] == (2, "T0")


def test_withdrawn_one_is_void_whole(task):
    walk(task, "withdraw", now=AFTER_T5)

    assert is_void_but_for_what_went_out(ladder(task, 1))
    assert ticking.tick(RUNGS["O3"]).sent == 0


def test_old_version_in_a_dead_workers_hand_is_void_when_the_deadline_moves(task):
    mails = Delivery.objects.by_mail().filter(milestone=task.milestones.get(kind="T-5"))
    mails.update(state=Delivery.State.HELD, sent_at=None)

    amend(task, date(2026, 4, 30))

    assert mails.get().state == Delivery.State.VOID
    assert ticking.tick(RUNGS["T-3"]).sent == 0


def test_timetable_off_for_five_days_sends_one_mail_a_person_the_most_severe(task):
    """From the evening of the 23rd on; back on the afternoon of the 30th."""
    assert str(ticking.tick(RUNGS["T0"] + 6 * HOUR)) == "sent=1 superseded=2 failed=0"

    states = ladder(task, 1)
    assert [states[kind] for kind in ("T-3", "T-1", "T0")] == ["superseded", "superseded", "fired"]
    assert "目标日当天" in mail.outbox[-1].body


def test_same_day_twice_sends_nothing_new(task):
    for hours in (0, 1, 5, 10):
        assert ticking.tick(RUNGS["T-5"] + hours * HOUR).sent == 0
    assert len(mail.outbox) == 2


def test_rung_missed_in_the_evening_waits_for_the_morning(task):
    assert ticking.tick(RUNGS["T-3"] + 11 * HOUR).sent == 0
    assert ladder(task, 1)["T-3"] == "armed"

    assert ticking.tick(RUNGS["T-3"] + 23 * HOUR).sent == 1


def test_nothing_is_burnt_on_a_day_that_has_become_a_holiday(task):
    """The State Council gives a day off after the ladder was armed."""
    CalendarDay.objects.create(day=RUNGS["T-3"].date(), kind=CalendarDay.Kind.REST, name="示例")

    assert ticking.tick(RUNGS["T-3"]).sent == 0
    assert ladder(task, 1)["T-3"] == "armed"
    assert list(ticking.expected(RUNGS["T-3"])) == []

    assert str(ticking.tick(RUNGS["T-3"] + 24 * HOUR)) == "sent=1 superseded=0 failed=0"


def test_mail_tried_in_vain_by_day_is_not_tried_at_night(task, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert ticking.tick(RUNGS["T-3"]).failed == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert ticking.tick(RUNGS["T-3"] + 12 * HOUR).sent == 0
    assert ticking.tick(RUNGS["T-3"] + 23 * HOUR).sent == 1


def test_year_without_calendar_data_is_armed_by_weekdays():
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau)
    amend(task, date(2033, 9, 30), now=factories.NOW + HOUR)

    ahead = moments(task, 2)

    assert ahead["T0"] == datetime(2033, 9, 30, 9, tzinfo=SHANGHAI)
    assert ahead["T-10"] == datetime(2033, 9, 16, 9, tzinfo=SHANGHAI)
    assert all(at.weekday() < 5 for at in ahead.values())
    assert ticking.tick(ahead["T-10"]).sent == 1


def test_arming_again_leaves_what_is_sent(task):
    milestones.arm([fresh(task)], now=AFTER_T5)

    assert ladder(task, 1)["T-5"] == Milestone.State.FIRED
    assert ticking.tick(AFTER_T5).sent == 0
