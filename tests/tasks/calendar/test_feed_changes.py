"""Calendar feeds: events that move, are taken back, and remind."""

from datetime import datetime, timedelta

import pytest

from tasks.actions import amending
from tasks.models import Assignment, Milestone, Obligation
from tests import factories
from tests.factories import NOW, RUNGS, SHANGHAI, TO_SUBMIT, owed_by, walk
from tests.tasks.subscribing import opened, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "site")]

MOVED = datetime(2026, 4, 10, 23, 59, 59, tzinfo=SHANGHAI)


def bureau_feed() -> str:
    office = factories.coordinator()
    return opened(office, office.bureau)


def said(event) -> tuple[str, str, str]:
    return event["STATUS"], event["SEQUENCE"], event["SUMMARY"]


# --- Moved ----------------------------------------------------------------------------------------


def test_group_keeps_its_event_when_the_day_of_the_obligation_moves(issued):
    path = bureau_feed()
    (before,) = read(path).events
    Obligation.objects.update(due_at=MOVED)
    Assignment.objects.update(due_at=MOVED, deadline_version=2)

    (after,) = read(path).events

    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("1", "2")
    assert after["DTSTART;VALUE=DATE"] == "20260410"


def test_bureaus_with_another_day_are_an_event_of_their_own(issued):
    Assignment.objects.filter(bureau__code__in=("330000", "320000")).update(due_at=MOVED)

    main, other = read(bureau_feed()).events

    assert main["UID"] == f"obligation-{issued.pk}-100000@tasks.example.test"
    assert other["UID"] == f"obligation-{issued.pk}-20260410-100000@tasks.example.test"


def test_last_modified_is_what_happened_last(issued, filler):
    path = opened(filler)
    task = owed_by(issued, "330000")
    walk(task, "accept", now=NOW + timedelta(hours=2))
    (accepted,) = read(path).events
    amending.amend(
        issued,
        MOVED.date(),
        reason="示例原因",
        now=NOW + timedelta(hours=3),
        by=factories.coordinator(),
    )
    (amended,) = read(path).events

    assert accepted["LAST-MODIFIED"] == accepted["DTSTAMP"] == "20260302T033000Z"
    assert amended["LAST-MODIFIED"] == "20260302T043000Z"
    assert amended["SEQUENCE"] == "2"


# --- Taken back -----------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["withdraw", "pass_on"])
def test_what_is_asked_no_more_is_cancelled_under_the_same_uid(issued, filler, verb):
    path = opened(filler)
    (before,) = read(path).events
    walk(owed_by(issued, "330000"), verb)

    (after,) = read(path).events

    title = "浙江省市场监管局 质量工作进展情况"
    assert said(before) == ("CONFIRMED", "1", title)
    assert said(after) == ("CANCELLED", "2", f"不再要求：{title}")
    assert (after["UID"], after.alarms) == (before["UID"], [])


def test_group_is_cancelled_only_where_nothing_of_it_is_asked(issued):
    path = bureau_feed()
    for code in ("330000", "320000", "110000"):
        walk(owed_by(issued, code), "withdraw")
    (one_left,) = read(path).events
    walk(owed_by(issued, "650000"), "withdraw")
    (none_left,) = read(path).events

    assert one_left["STATUS"] == "CONFIRMED"
    assert said(none_left) == ("CANCELLED", "2", "不再要求：质量工作进展情况 4个单位")


def test_cancelled_event_goes_when_its_day_is_over(issued, filler, clock):
    path = opened(filler)
    walk(owed_by(issued, "330000"), "withdraw")
    told = []
    for moment in (RUNGS["T0"] + timedelta(days=1), RUNGS["O1"]):
        clock.move_to(moment, tick=False)
        told.append([event["STATUS"] for event in read(path).events])

    assert told == [["CANCELLED"], []]


def test_cancelled_task_of_another_province_is_not_told(issued, filler):
    walk(owed_by(issued, "320000"), "withdraw")

    for path in (opened(filler), opened(filler, filler.bureau)):
        (event,) = read(path).events
        assert event["STATUS"] == "CONFIRMED"


# --- Reminding ------------------------------------------------------------------------------------


def test_alarms_are_the_last_two_steps_of_the_plan(issued, filler):
    """9:00 on Friday 27 and Monday 30 March, before the 31st begins."""
    (event,) = read(opened(filler)).events

    assert event.alarms == ["-P3DT15H", "-PT15H"]


def test_alarms_of_a_group_are_those_of_its_plan(issued):
    (event,) = read(bureau_feed()).events

    assert event.alarms == ["-P3DT15H", "-PT15H"]


def test_without_steps_the_morning_before_reminds(issued, filler):
    Milestone.objects.all().delete()

    (event,) = read(opened(filler)).events

    assert event.alarms == ["-PT15H"]


def test_of_an_hour_without_steps_the_same_hour_of_the_day_before_reminds(issued, filler):
    Milestone.objects.all().delete()
    Assignment.objects.update(due_at=datetime(2026, 3, 31, 17, 30, tzinfo=SHANGHAI))

    (event,) = read(opened(filler)).events

    assert (event["DTSTART"], event.alarms) == ("20260331T093000Z", ["-P1D"])


def test_steps_of_an_older_deadline_and_void_ones_do_not_remind(issued, filler):
    Milestone.objects.filter(kind="T0").update(state="void")
    (voided,) = read(opened(filler)).events
    Assignment.objects.update(deadline_version=2)
    (moved,) = read(opened(filler)).events

    assert voided.alarms == ["-P5DT15H", "-P3DT15H"]
    assert moved.alarms == ["-PT15H"]


def test_what_is_done_does_not_remind(issued, filler):
    walk(owed_by(issued, "330000"), *TO_SUBMIT, "close")

    (event,) = read(opened(filler)).events

    assert (event["CATEGORIES"], event.alarms) == ("已办结", [])


def test_what_is_handed_in_does_not_remind(issued, filler):
    walk(owed_by(issued, "330000"), *TO_SUBMIT)

    (event,) = read(opened(filler)).events

    assert event.alarms == []
