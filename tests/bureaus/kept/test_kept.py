"""What a process keeps of units, people and working days holds as long as the database says so."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from bureaus import calendar
from bureaus.actions import marks
from bureaus.kept import versions
from bureaus.kept.holding import Holding
from bureaus.login.authentication import StaffBackend
from bureaus.models import Bureau, CalendarDay, Delegation, HouseChange, Post, Staff
from bureaus.roles import Role
from notices.calendar import work_calendar
from tests.factories import NOW
from tests.threads import at_once

DAY = NOW.date() + timedelta(days=2)  # a Wednesday


@contextmanager
def request(person):
    """As the middleware and the login do it; the person as the page has him."""
    with versions.of_a_request():
        yield StaffBackend().get_user(person.pk)


def in_another_process(deed):
    """On a connection of its own, committed."""
    (fault,) = at_once([deed])
    assert not isinstance(fault, Exception), fault


def seen(person):
    """All that is kept, as a page of this person sees it."""
    with request(person) as user:
        return (
            [(str(post), post.acting_for) for post in user.held_posts],
            work_calendar().is_workday(DAY),
            [str(unit) for unit in Bureau.objects.kept([person.bureau_id]).values()],
            [one.name for one in Staff.objects.kept_names([person.pk]).values()],
        )


USUAL = (
    [("浙江省市场监管局 填报人", "")],
    True,
    ["浙江省市场监管局"],
    ["测试填报人"],
)


@pytest.mark.django_db(transaction=True)
def test_next_request_sees_what_another_process_has_changed(monday, filler):
    assert seen(filler) == seen(filler) == USUAL

    in_another_process(lambda: CalendarDay.objects.create(day=DAY, kind="H"))
    assert seen(filler)[1] is False
    in_another_process(lambda: Bureau.objects.filter(pk=filler.bureau_id).update(short_name="改名"))
    assert seen(filler)[0] == [("改名 填报人", "")]
    assert seen(filler)[2] == ["改名"]
    in_another_process(lambda: Staff.objects.filter(pk=filler.pk).update(name="更名"))
    assert seen(filler)[3] == ["更名"]
    in_another_process(lambda: Post.objects.filter(staff=filler).delete())
    assert seen(filler)[0] == []


@pytest.mark.django_db(transaction=True)
def test_page_sees_at_once_that_a_post_was_taken_away(monday, filler):
    client = Client()
    client.force_login(filler)
    assert client.get("/ledger/").status_code == 200
    assert "任务台账" in client.get("/").content.decode()

    in_another_process(lambda: Post.objects.filter(staff=filler).delete())

    assert "任务台账" not in client.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_seen(monday, filler):
    assert seen(filler) == USUAL
    written, go_on = threading.Event(), threading.Event()

    def change_and_roll_back():
        with transaction.atomic():
            Bureau.objects.filter(pk=filler.bureau_id).update(short_name="改名")
            Post.objects.filter(staff=filler).delete()
            written.set()
            assert go_on.wait(30)
            transaction.set_rollback(True)

    def look_meanwhile():
        assert written.wait(30)
        try:
            return seen(filler)
        finally:
            go_on.set()

    assert at_once([change_and_roll_back, look_meanwhile]) == [None, USUAL]
    assert seen(filler) == USUAL


@pytest.mark.django_db
def test_request_sees_its_own_change_and_keeps_nothing_of_it(monday, filler):
    assert seen(filler) == USUAL

    with request(filler), transaction.atomic():
        CalendarDay.objects.create(day=DAY, kind="H")
        assert work_calendar().is_workday(DAY) is False
        transaction.set_rollback(True)

    assert seen(filler) == USUAL


@pytest.mark.django_db
def test_deputy_of_today_is_not_the_one_of_tomorrow(monday, filler, reviewer):
    Delegation.objects.create(
        absentee=reviewer,
        deputy=filler,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        made_at=NOW,
        made_by=reviewer,
    )
    assert len(seen(filler)[0]) == 2

    monday.move_to(NOW + timedelta(days=1), tick=False)

    assert len(seen(filler)[0]) == 1


def written_in_each_way(person):
    """By name, every way in which a row is written."""
    bureau, post = person.bureau, person.posts.get()
    day = CalendarDay.objects.create(day=DAY, kind="H")
    return {
        "save": lambda: bureau.save(),
        "save one column": lambda: bureau.save(update_fields=["short_name"]),
        "update": lambda: Bureau.objects.update(is_two_person=True),
        "update many": lambda: Bureau.objects.bulk_update([bureau], ["name"]),
        "create": lambda: CalendarDay.objects.create(day=NOW.date(), kind="H"),
        "create many": lambda: CalendarDay.objects.bulk_create([CalendarDay(day="2026-05-01")]),
        "get or create": lambda: CalendarDay.objects.get_or_create(day="2026-05-02"),
        "through the person": lambda: person.posts.update(is_effective=False),
        "through the person, anew": lambda: person.posts.create(bureau=bureau, role=Role.AUDITOR),
        "delete one": lambda: post.delete(),
        "delete many": lambda: CalendarDay.objects.filter(pk=day.pk).delete(),
        "name": lambda: Staff.objects.filter(pk=person.pk).update(name="更名"),
        "switch off": lambda: Staff.objects.filter(pk=person.pk).update(is_active=False),
    }


@pytest.mark.django_db
def test_every_way_of_writing_leaves_a_mark(monday, filler):
    for name, write in written_in_each_way(filler).items():
        before = HouseChange.objects.count()
        write()
        assert HouseChange.objects.count() > before, name


@pytest.mark.django_db
def test_what_nobody_keeps_leaves_none(monday, filler):
    before = HouseChange.objects.count()

    filler.save(update_fields=["last_login", "password"])
    Staff.objects.filter(pk=filler.pk).update(last_address="192.0.2.7", hints_off="filler")
    Post.objects.filter(pk=0).update(is_effective=False)
    Post.objects.filter(pk=0).delete()

    assert HouseChange.objects.count() == before


@pytest.mark.django_db
def test_many_marks_become_one_and_the_version_another(monday, filler, monkeypatch):
    monkeypatch.setattr(marks, "MANY", 3)
    for _ in range(4):
        HouseChange.objects.mark(versions.UNITS)
    with request(filler):
        before = versions.known(versions.UNITS)

    count = HouseChange.objects.filter(kind=versions.UNITS).count()

    marks.fold()

    assert HouseChange.objects.filter(kind=versions.UNITS).count() == count - 2
    with request(filler):
        assert versions.known(versions.UNITS) not in (None, before)


@pytest.mark.django_db
def test_second_request_asks_for_nothing_that_is_kept(monday, filler, django_assert_num_queries):
    seen(filler)

    with django_assert_num_queries(1):  # the person, with the versions
        assert seen(filler) == USUAL


def test_without_a_request_everything_is_read_each_time():
    held, read = Holding(versions.UNITS), []

    for _ in range(2):
        held.get("key", lambda: read.append(1))

    assert len(read) == 2


def test_holding_reads_only_what_is_missing_and_begins_anew_when_full():
    held, asked = Holding(versions.UNITS, most=3), []

    def read(keys):
        asked.append(keys)
        return {key: key * 2 for key in keys if key != 9}

    with versions.of_a_request():
        versions.see(units=1)
        assert held.get_many([1, 2, 9], read) == {1: 2, 2: 4}
        assert held.get_many([2, 3, 4], read) == {2: 4, 3: 6, 4: 8}
        assert held.get_many([1], read) == {1: 2}
        versions.see(units=2)
        assert held.get_many([1], read) == {1: 2}

    assert asked == [[1, 2, 9], [3, 4], [1], [1]]


@pytest.mark.django_db
def test_calendar_of_a_job_is_that_of_the_database(monday):
    assert calendar.days() == (frozenset(), frozenset())
    CalendarDay.objects.create(day=DAY, kind="H")

    assert work_calendar().is_workday(DAY) is False
