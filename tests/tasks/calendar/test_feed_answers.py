"""Calendar feeds: who gets an answer under a secret address, and when it stops."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from audit.models import AuditEvent
from bureaus.models import Post, Staff
from bureaus.roles import Role
from tasks.models import Feed
from tests import factories
from tests.factories import NOW, fresh
from tests.tasks.subscribing import opened, summaries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "site")]


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
