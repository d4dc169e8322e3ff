"""What an administrator looks after: each list holds exactly whom it says."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from bureaus.filters import NO_FILLER, UNUSED_AFTER, Care, people_with, units_with
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role
from tasks.models import Delivery, Milestone
from tests import factories
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LONG_AGO = NOW - timedelta(days=60)


def person(username, **fields) -> Staff:
    """Long here, has logged in, has a post and an address that works."""
    made = factories.staff(Role.FILLER, factories.province(), username=username)
    usual = {"created_at": LONG_AGO, "password_changed_at": LONG_AGO, "last_login": LONG_AGO}
    Staff.objects.filter(pk=made.pk).update(**usual | fields)
    return made


def found(care, rows=None) -> set[str]:
    people = people_with(care, Staff.objects.all() if rows is None else rows, now=NOW)
    return {each.username for each in people}


def attempt(username, failures, minutes=0):
    AccessAttempt.objects.create(
        username=username,
        failures_since_start=failures,
        ip_address="192.0.2.1",
        http_accept="",
        path_info="",
        get_data="",
        post_data="",
    )
    at = NOW - timedelta(minutes=minutes)
    AccessAttempt.objects.filter(username=username).update(attempt_time=at)


def test_locked_are_those_whom_a_login_would_refuse_now():
    for username in ("locked", "tried", "waited", "off"):
        person(username, is_active=username != "off")
    attempt("locked", 5)
    attempt("tried", 4)
    attempt("waited", 9, minutes=31)
    attempt("off", 5)
    attempt("nobody", 50)

    assert found(Care.LOCKED) == {"locked"}


def test_never_used_are_those_whose_last_password_was_given_long_enough_ago():
    edge = NOW - UNUSED_AFTER
    person("at_the_edge", last_login=None, created_at=edge, password_changed_at=edge)
    person("a_second_less", last_login=None, created_at=edge + timedelta(seconds=1))
    person("given_anew", last_login=None, password_changed_at=NOW)
    person("without_password", last_login=None, password_changed_at=None)
    person("used")
    person("off", last_login=None, is_active=False)

    assert found(Care.UNUSED) == {"at_the_edge", "without_password"}


def test_without_post_are_those_nobody_has_asked_a_post_for():
    person("posted")
    for username in ("none", "asked", "off"):
        Post.objects.filter(staff=person(username)).delete()
    Post.objects.create(
        staff=Staff.objects.get(username="asked"),
        bureau=factories.province(),
        role=Role.FILLER,
        is_effective=False,
    )
    Staff.objects.filter(username="off").update(is_active=False)

    assert found(Care.NO_POST) == {"none"}


def given_up(recipient, *, address, days=1, state="failed"):
    if not Milestone.objects.exists():
        factories.assignment()
    Delivery.objects.create(
        milestone=Milestone.objects.all()[0],
        recipient=recipient,
        address=address,
        state=state,
        not_before=NOW - timedelta(days=days),
        sent_at=NOW if state == "sent" else None,
    )


def test_unreachable_are_those_whose_address_of_now_does_not_work():
    given_up(person("wrong", email="wrong#"), address="wrong#")
    given_up(person("mended", email="right@example.test"), address="wrong@example.test")
    given_up(person("long_ago", email="a@example.test"), address="a@example.test", days=31)
    given_up(person("works", email="b@example.test"), address="b@example.test", state="sent")
    person("unknown", email="")
    Post.objects.filter(staff=person("idle", email="")).delete()  # is told nothing

    assert found(Care.UNREACHABLE) == {"wrong", "unknown"}


def test_units_without_a_filler_are_those_that_get_tasks():
    zhejiang = factories.province()
    staffed = factories.prefecture(zhejiang)
    taking = factories.prefecture(zhejiang, "330200", "宁波市")
    Bureau.objects.filter(pk=taking.pk).update(counties_take_part=True)
    factories.county(staffed)  # no task reaches it
    asked = factories.county(taking, "330203", "海曙区")
    factories.internal_unit()
    gone = factories.prefecture(zhejiang, "330300", "温州市")
    Bureau.objects.filter(pk=gone.pk).update(is_active=False)
    factories.staff(Role.FILLER, staffed)
    left = factories.staff(Role.FILLER, asked)
    Staff.objects.filter(pk=left.pk).update(is_active=False)
    waiting = factories.staff(Role.FILLER, taking)
    Post.objects.filter(staff=waiting).update(is_effective=False)

    assert {each.code for each in units_with(NO_FILLER, Bureau.objects.all())} == {
        "330000",
        "330200",
        "330203",
        "N10",
    }


def test_lists_are_narrowed_below_ones_own_only(client):
    Post.objects.filter(staff=person("here")).delete()
    other = factories.staff(Role.FILLER, factories.province("320000", "江苏省"))
    Post.objects.filter(staff=other).delete()
    client.force_login(factories.staff(Role.UNIT_ADMIN, factories.province()))

    people = client.get(reverse("bureaus:staff"), {"show": Care.NO_POST})
    units = client.get(reverse("bureaus:units"), {"show": NO_FILLER})

    assert [row["person"].username for row in people.context["rows"]] == ["here"]
    assert [unit.code for unit in units.context["rows"]] == ["330000"]
    assert people.context["query"] == "show=no_post"
    assert 'aria-label="去掉筛选条件：只看没有岗位"' in people.content.decode()


def test_narrowed_list_keeps_the_words_looked_for(client):
    for username in ("one", "two"):
        Post.objects.filter(staff=person(username)).delete()
    client.force_login(factories.staff(Role.UNIT_ADMIN, factories.province()))

    answer = client.get(reverse("bureaus:staff"), {"show": Care.NO_POST, "q": "two"})

    assert [row["person"].username for row in answer.context["rows"]] == ["two"]
    assert answer.context["query"] == "q=two&show=no_post"


def test_unknown_word_narrows_nothing(client):
    client.force_login(factories.staff(Role.UNIT_ADMIN, factories.province()))

    assert len(client.get(reverse("bureaus:staff"), {"show": "x"}).context["rows"]) == 1
