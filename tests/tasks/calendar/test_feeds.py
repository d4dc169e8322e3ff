"""Calendar feeds: who opens and closes a secret address."""

import re

import pytest
from django.db import IntegrityError
from django.test import Client

from audit import trail
from audit.models import AuditEvent
from bureaus.models import Post
from bureaus.roles import GRANTED, Permission, Role
from tasks.actions import feeds
from tasks.errors import FeedRefused
from tasks.models import Feed
from tasks.models.feed import digest_of
from tests import factories
from tests.factories import NOW, fresh
from tests.tasks.subscribing import opened, read
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "site")]

ADDRESS = re.compile(r'value="(http[^"]+/calendar/feed/[^"]+\.ics)"')


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
