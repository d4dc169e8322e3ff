"""Calendar feeds: who gets which days under a secret address, and when it stops to answer."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError
from django.test import Client

from audit import trail
from audit.models import AuditEvent
from bureaus.models import Post, Staff
from bureaus.roles import GRANTED, Permission, Role
from tasks import feed_events
from tasks.actions import feeds
from tasks.errors import FeedRefused
from tasks.models import Assignment, Feed
from tasks.models.feed import digest_of
from tests import factories
from tests.factories import DUE_ON, NOW, RUNGS, SHANGHAI, TO_SUBMIT, fresh, owed_by, walk
from tests.tasks import ics
from tests.tasks.test_calendar import copies
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ADDRESS = re.compile(r'value="(http[^"]+/calendar/feed/[^"]+\.ics)"')


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://tasks.example.test"


@pytest.fixture
def filler(issued) -> Staff:
    return factories.staff(Role.FILLER, owed_by(issued, "330000").bureau)


def opened(person: Staff, bureau=None) -> str:
    """The path of a new feed of this person."""
    _, secret = feeds.open_feed(person, bureau=bureau, now=NOW, by=person)
    return f"/calendar/feed/{secret}.ics"


def read(path: str) -> ics.Component:
    """What a calendar program gets that has never logged in."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return ics.read(answer.content)


def summaries(path: str) -> list[tuple[str, str]]:
    """(day, summary) of each event."""
    return [(one["DTSTART;VALUE=DATE"], one["SUMMARY"]) for one in read(path).events]


# --- Opening and closing --------------------------------------------------------------------------


def test_address_is_shown_once_and_answers(enter, filler):
    client = enter(filler)

    answer = client.post("/calendar/feeds/open/")

    (address,) = ADDRESS.findall(answer.content.decode())
    path = address.removeprefix("https://tasks.example.test")
    assert len(path) == len("/calendar/feed/.ics") + 43
    assert read(path)["X-WR-CALNAME"] == "报送任务 等我办理"
    assert not ADDRESS.findall(client.get("/calendar/").content.decode())


def test_page_asks_for_a_new_address_of_the_same_kind(enter, filler):
    opened(filler)
    opened(filler, filler.bureau)
    client = enter(filler)

    page = client.get("/calendar/").content.decode()
    kinds = re.findall(r'name="bureau" value="([^"]*)">\s*<p class="confirm', page)
    for kind in kinds:
        client.post("/calendar/feeds/open/", {"bureau": kind})

    assert kinds == ["", "330000"]
    live = Feed.objects.live().order_by("pk")
    assert [feed.bureau for feed in live] == [None, filler.bureau]
    assert Feed.objects.count() == 4


def test_secret_is_kept_nowhere(filler):
    feed, secret = feeds.open_feed(filler, now=NOW, by=filler)

    (row,) = Feed.objects.values()
    assert secret not in str(row)
    assert row["digest"] == feed.digest == digest_of(secret)
    assert secret not in str(list(AuditEvent.objects.values()))


def test_opening_and_closing_are_in_the_audit_of_the_bureau(filler):
    feed, _ = feeds.open_feed(filler, bureau=filler.bureau, now=NOW, by=filler)
    feeds.revoke(feed, now=NOW, by=filler)

    events = AuditEvent.objects.filter(subject_kind="tasks.feed").order_by("pk")
    assert list(events.values_list("verb", "chain", "subject_name", "actor_name")) == [
        ("开通日历订阅", "330000", "测试填报人 浙江省市场监管局", "测试填报人"),
        ("停用日历订阅", "330000", "测试填报人 浙江省市场监管局", "测试填报人"),
    ]


def test_opening_anew_ends_the_old_address_of_the_same_kind_only(filler):
    mine, bureaus = opened(filler), opened(filler, filler.bureau)

    anew = opened(filler)

    codes = [Client().get(path).status_code for path in (mine, bureaus, anew)]
    assert codes == [404, 200, 200]


def test_one_address_of_a_kind_is_held_by_the_database(filler):
    opened(filler)

    with pytest.raises(IntegrityError):
        Feed.objects.create(person=filler, digest="0" * 64, made_at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_leave_one_address(filler):
    def click():
        return feeds.open_feed(filler, now=NOW, by=filler)[1]

    secrets = at_once([click] * 4)

    codes = [Client().get(f"/calendar/feed/{secret}.ics").status_code for secret in secrets]
    assert sorted(codes) == [200, 404, 404, 404]
    assert Feed.objects.live().count() == 1


def test_revoked_address_answers_no_more(enter, filler):
    path = opened(filler)
    client = enter(filler)

    answer = client.post(f"/calendar/feeds/{Feed.objects.get().pk}/revoke/", follow=True)

    assert "已停用日历订阅：等我办理" in answer.content.decode()
    assert Client().get(path).status_code == 404


def test_closing_twice_is_told(enter, filler):
    feed, _ = feeds.open_feed(filler, now=NOW, by=filler)
    feeds.revoke(feed, now=NOW, by=filler)

    answer = enter(filler).post(f"/calendar/feeds/{feed.pk}/revoke/", follow=True)

    assert "这个订阅地址已经停用" in answer.content.decode()
    assert AuditEvent.objects.filter(verb="停用日历订阅").count() == 1


def test_feed_of_somebody_else_is_neither_opened_nor_closed(enter, filler):
    other = factories.staff(Role.REVIEWER, filler.bureau)
    feed, _ = feeds.open_feed(filler, now=NOW, by=filler)

    assert enter(other).post(f"/calendar/feeds/{feed.pk}/revoke/").status_code == 404
    with pytest.raises(FeedRefused, match="只能由本人"):
        feeds.revoke(feed, now=NOW, by=other)
    with pytest.raises(FeedRefused, match="只能由本人"):
        feeds.open_feed(filler, now=NOW, by=other)
    assert fresh(feed).revoked_at is None


def test_feed_is_opened_only_for_bureaus_of_ones_posts(enter, filler):
    elsewhere = factories.province("320000", "江苏省")

    assert enter(filler).post("/calendar/feeds/open/", {"bureau": "320000"}).status_code == 404
    with pytest.raises(FeedRefused, match="没有查看任务的岗位"):
        feeds.open_feed(filler, bureau=elsewhere, now=NOW, by=filler)
    assert not Feed.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if Permission.READ not in GRANTED[role]])
def test_administrators_open_no_feed(enter, role):
    person = factories.staff(role, factories.central())

    assert enter(person).post("/calendar/feeds/open/").status_code == 403
    with pytest.raises(FeedRefused, match="您在任何单位没有查看任务的岗位"):
        feeds.open_feed(person, now=NOW, by=person)


@pytest.mark.parametrize("url", ["/calendar/feeds/open/", "/calendar/feeds/1/revoke/"])
def test_changes_are_posts(enter, filler, url):
    assert enter(filler).get(url).status_code == 405


def test_failed_audit_takes_the_feed_with_it(filler, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    path = opened(filler)
    monkeypatch.setattr(trail, "record", fail)

    with pytest.raises(RuntimeError):
        feeds.open_feed(filler, now=NOW, by=filler)

    assert Feed.objects.count() == 1
    assert Client().get(path).status_code == 200


def test_page_lists_ones_own_feeds_and_those_of_posts_gone_by(enter, filler):
    opened(filler, filler.bureau)
    opened(factories.staff(Role.REVIEWER, filler.bureau))
    Post.objects.filter(staff=filler).delete()
    factories.staff(Role.FILLER, factories.province("320000", "江苏省"), username=filler.username)

    rows = enter(filler).get("/calendar/").context["feeds"]

    assert [(row.label, bool(row.feed), row.is_gone) for row in rows] == [
        ("等我办理", False, False),
        ("江苏省市场监管局", False, False),
        ("浙江省市场监管局", True, True),
    ]


# --- Who gets an answer ---------------------------------------------------------------------------


def test_wrong_secret_is_not_found(filler):
    path = opened(filler)
    secret = path.removeprefix("/calendar/feed/").removesuffix(".ics")
    digest = Feed.objects.get().digest

    for wrong in (secret[:-1], secret + "x", secret.lower(), digest, "x", "%00", "None"):
        assert Client().get(f"/calendar/feed/{wrong}.ics").status_code == 404, wrong


def left(person: Staff) -> None:
    Staff.objects.filter(pk=person.pk).update(is_active=False)


def expired(person: Staff) -> None:
    Staff.objects.filter(pk=person.pk).update(expires_on=NOW.date() - timedelta(days=1))


def without_post(person: Staff) -> None:
    Post.objects.filter(staff=person).delete()


def unconfirmed(person: Staff) -> None:
    Post.objects.filter(staff=person).update(is_effective=False)


def administrator_now(person: Staff) -> None:
    Post.objects.filter(staff=person).update(role=Role.UNIT_ADMIN)


@pytest.mark.parametrize("of_bureau", [False, True])
@pytest.mark.parametrize("event", [left, expired, without_post, unconfirmed, administrator_now])
def test_address_dies_with_the_account_or_the_post(filler, event, of_bureau):
    path = opened(filler, filler.bureau if of_bureau else None)
    assert Client().get(path).status_code == 200

    event(filler)

    assert Client().get(path).status_code == 404


def test_address_answers_on_the_last_day_of_the_account(filler):
    path = opened(filler)
    Staff.objects.filter(pk=filler.pk).update(expires_on=NOW.date())

    assert Client().get(path).status_code == 200


def test_address_of_a_bureau_dies_with_the_post_there_even_for_one_with_another(filler):
    path, own = opened(filler, filler.bureau), opened(filler)
    Post.objects.filter(staff=filler).delete()
    factories.staff(Role.FILLER, factories.province("320000", "江苏省"), username=filler.username)

    assert [Client().get(each).status_code for each in (path, own)] == [404, 200]
    assert [summary for _, summary in summaries(own)] == ["江苏省市场监管局 质量工作进展情况"]


def test_answer_is_a_calendar_that_nobody_keeps(filler):
    answer = Client().get(opened(filler))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == 'attachment; filename="tasks.ics"'
    assert not answer.cookies


def test_nobody_writes_down_who_reads_it(filler):
    path = opened(filler)
    before = (AuditEvent.objects.count(), Session.objects.count(), fresh(filler).last_login)
    row = Feed.objects.values().get()

    Client().get(path)

    assert (AuditEvent.objects.count(), Session.objects.count(), fresh(filler).last_login) == before
    assert Feed.objects.values().get() == row


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_feed_is_only_read(filler, method):
    assert getattr(Client(), method)(opened(filler)).status_code == 405


# --- What it tells --------------------------------------------------------------------------------


def test_own_task_is_told_whole(issued, filler):
    task = owed_by(issued, "330000")

    (event,) = read(opened(filler)).events

    assert event.properties == {
        "UID": f"assignment-{task.pk}@tasks.example.test",
        "DTSTAMP": "20260302T043000Z",
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

    assert event["UID"] == f"obligation-{issued.pk}-20260331-100000@tasks.example.test"
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
    assert (after["SEQUENCE"], after["DTSTART;VALUE=DATE"]) == ("2", "20260410")
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
@pytest.mark.parametrize(("of_bureau", "queries"), [(False, 6), (True, 6)])
def test_feed_takes_the_same_queries_for_one_event_and_for_fifty(
    issued, filler, django_assert_num_queries, count, of_bureau, queries
):
    copies(issued, count - 1)
    path = opened(filler, filler.bureau if of_bureau else None)

    with django_assert_num_queries(queries):
        answer = Client().get(path)

    assert len(ics.read(answer.content).events) == count


def test_days_are_the_offices_wherever_the_server_stands(issued, filler, settings):
    assert date(2026, 3, 31) == DUE_ON
    settings.TIME_ZONE = "UTC"

    assert [day for day, _ in summaries(opened(filler))] == ["20260331"]
