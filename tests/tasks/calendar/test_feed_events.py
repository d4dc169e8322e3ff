"""Calendar feeds: which days they tell of, and in what words."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from bureaus.roles import Role
from tasks.calendar import feed_events
from tasks.models import Assignment
from tests import factories
from tests.factories import DUE_ON, NOW, RUNGS, SHANGHAI, TO_SUBMIT, copies, owed_by, walk
from tests.tasks import ics
from tests.tasks.subscribing import opened, read, summaries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "site")]


def test_own_task_is_told_whole(issued, filler):
    task = owed_by(issued, "330000")

    (event,) = read(opened(filler)).events

    assert event.properties == {
        "UID": f"assignment-{task.pk}@tasks.example.test",
        "DTSTAMP": "20260302T013000Z",
        "LAST-MODIFIED": "20260302T013000Z",
        "SEQUENCE": "1",
        "DTSTART;VALUE=DATE": "20260331",
        "DTEND;VALUE=DATE": "20260401",
        "SUMMARY": "浙江省市场监管局 质量工作进展情况",
        "DESCRIPTION": "浙江省市场监管局 质量工作进展情况\n"
        "截止时间：2026年3月31日（周二）24时\n"
        f"https://tasks.example.test/assignments/{task.pk}/",
        "CATEGORIES": "正常",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "URL": f"https://tasks.example.test/assignments/{task.pk}/",
    }


def test_neither_text_nor_telephone_leaves_the_system(issued, filler):
    issued.quote = "只在系统里看的原文"
    issued.save()

    for path in (opened(filler), opened(filler, filler.bureau)):
        said = Client().get(path).content.decode().replace("\r\n ", "")
        assert "质量工作进展情况" in said
        for kept in ("010-00000000", "示例联系人", "只在系统里看的原文", "现就有关事项通知如下"):
            assert kept not in said


def test_bureau_sees_one_event_for_all_its_units(issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "close")
    office = factories.coordinator()

    (event,) = read(opened(office, office.bureau)).events

    assert event["UID"] == f"obligation-{issued.pk}-100000@tasks.example.test"
    assert event["SUMMARY"] == "质量工作进展情况 4个单位，已报1"
    assert event["URL"] == f"https://tasks.example.test/obligations/{issued.pk}/"


def test_receiver_sees_one_event_for_all_that_wait(issued):
    for code in ("110000", "330000"):
        walk(owed_by(issued, code), *TO_SUBMIT)
    office = factories.coordinator()

    assert summaries(opened(office)) == [("20260331", "质量工作进展情况 2个单位")]


def test_feeds_of_one_province_never_tell_of_another(issued):
    for role in (Role.COORDINATOR, Role.FILLER, Role.REVIEWER, Role.APPROVER):
        person = factories.staff(role, owed_by(issued, "330000").bureau)
        for path in (opened(person), opened(person, person.bureau)):
            said = Client().get(path).content.decode().replace("\r\n ", "")
            for other in issued.assignments.exclude(bureau__code="330000"):
                assert str(other.bureau) not in said
                assert f"/assignments/{other.pk}/" not in said
            assert "4个单位" not in said


def test_city_sees_nothing_of_its_province(issued):
    city = factories.prefecture(owed_by(issued, "330000").bureau)
    person = factories.staff(Role.FILLER, city)

    assert [summaries(path) for path in (opened(person), opened(person, city))] == [[], []]


def test_category_is_the_light(issued, filler, clock):
    path, told = opened(filler), []
    for moment in (NOW, RUNGS["T-3"], RUNGS["O1"]):
        clock.move_to(moment, tick=False)
        told += [event["CATEGORIES"] for event in read(path).events]

    assert told == ["正常", "临期", "逾期"]


def test_new_deadline_moves_the_same_event(issued, filler):
    path = opened(filler)
    (before,) = read(path).events
    moved = datetime(2026, 4, 10, 17, 30, tzinfo=SHANGHAI)
    Assignment.objects.filter(bureau__code="330000").update(due_at=moved, deadline_version=2)

    (after,) = read(path).events

    assert (before["UID"], before["SEQUENCE"]) == (after["UID"], "1")
    assert (after["SEQUENCE"], after["DTSTART"]) == ("2", "20260410T093000Z")
    assert "截止时间：2026年4月10日（周五）17:30" in after["DESCRIPTION"]


def test_done_stays_thirty_days(issued, filler, clock):
    """Closed on the day it was issued, a month before it was due."""
    walk(owed_by(issued, "330000"), *TO_SUBMIT, "close", now=NOW)
    paths = opened(filler), opened(filler, filler.bureau)
    told = []
    for days in (0, 30, 31):
        clock.move_to(NOW + timedelta(days=days, seconds=-1 if days == 30 else 1), tick=False)
        told.append([[event["CATEGORIES"] for event in read(path).events] for path in paths])

    assert told == [[["已办结"], ["已办结"]], [["已办结"], ["已办结"]], [[], []]]


def test_reported_stays_in_the_own_feed(issued, filler):
    walk(owed_by(issued, "330000"), *TO_SUBMIT)

    (event,) = read(opened(filler)).events

    assert event["CATEGORIES"] == "正常"


@pytest.mark.parametrize(("days", "shown"), [(-31, False), (-30, True), (400, True), (401, False)])
def test_window_is_thirty_days_back_and_four_hundred_on(issued, filler, days, shown):
    day = NOW.date() + timedelta(days=days)
    due = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=SHANGHAI)
    Assignment.objects.update(due_at=due)

    for path in (opened(filler), opened(filler, filler.bureau)):
        assert bool(read(path).events) == shown


def test_undated_and_withdrawn_are_not_told(issued, filler):
    Assignment.objects.filter(bureau__code="330000").update(due_at=None, target_at=None)
    office = factories.coordinator()
    walk(owed_by(issued, "110000"), "withdraw")

    assert summaries(opened(filler)) == []
    assert summaries(opened(office, office.bureau)) == [
        ("20260331", "质量工作进展情况 2个单位，已报0")
    ]


def test_feed_is_cut_to_what_concerns_most_bureaus_and_says_so(issued, monkeypatch):
    small, large = copies(issued, 2)
    small.assignments.exclude(bureau__code="330000").delete()
    office = factories.coordinator()
    monkeypatch.setattr(feed_events, "MOST", 2)

    found = read(opened(office, office.bureau))

    assert [event["SUMMARY"] for event in found.events] == [
        "质量工作进展情况 4个单位，已报0",
        f"{large} 4个单位，已报0",
    ]
    assert found["X-WR-CALDESC"].endswith("任务较多，只列出涉及单位最多的500项。")


def test_feed_that_holds_all_says_nothing_of_a_cut(issued, filler):
    assert read(opened(filler))["X-WR-CALDESC"] == feed_events.NOTE


def test_title_is_data_whatever_it_holds(issued, filler):
    title = "一、表；二,表;三\\表\r\nEND:VCALENDAR"
    issued.title = title
    issued.save()

    (event,) = read(opened(filler)).events

    assert event["SUMMARY"] == "浙江省市场监管局 " + title.replace("\r\n", "\n")


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("of_bureau", "queries"), [(False, 8), (True, 8)])
def test_feed_takes_the_same_queries_for_one_event_and_for_fifty(
    issued, filler, django_assert_num_queries, count, of_bureau, queries
):
    copies(issued, count - 1)
    path = opened(filler, filler.bureau if of_bureau else None)

    with django_assert_num_queries(queries):
        answer = Client().get(path)
    with django_assert_num_queries(queries):
        again = Client().get(path, headers={"if-none-match": answer["ETag"]})

    assert len(ics.read(answer.content).events) == count
    assert again.status_code == 304


def test_days_are_the_offices_wherever_the_server_stands(issued, filler, settings):
    assert date(2026, 3, 31) == DUE_ON
    settings.TIME_ZONE = "UTC"

    assert [day for day, _ in summaries(opened(filler))] == ["20260331"]
