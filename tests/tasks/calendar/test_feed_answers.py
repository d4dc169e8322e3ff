"""Calendar feeds: who gets an answer under a secret address, and when it stops."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from audit.models import AuditEvent
from bureaus.models import Post, Staff
from bureaus.roles import Role
from tasks.models import Assignment, Feed, Obligation
from tests import factories
from tests.factories import NOW, RUNGS, fresh, owed_by, walk
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


def test_answer_is_a_calendar_that_no_proxy_keeps(filler):
    answer = Client().get(opened(filler))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Disposition"] == 'attachment; filename="tasks.ics"'
    assert not answer.cookies


def test_program_that_has_it_already_is_answered_without_a_body(filler, clock):
    path = opened(filler)
    etag = Client().get(path)["ETag"]
    clock.move_to(NOW + timedelta(days=1), tick=False)

    for said in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        again = Client().get(path, headers={"if-none-match": said})
        assert (again.status_code, again.content) == (304, b"")
        assert (again["ETag"], again["Cache-Control"]) == (etag, "private, no-cache")


def test_whatever_changes_is_read_anew(issued, filler, clock):
    path = opened(filler)
    etags = [Client().get(path)["ETag"]]
    changes = (
        lambda: walk(owed_by(issued, "330000"), "accept"),
        lambda: Assignment.objects.update(due_at=RUNGS["T-1"], deadline_version=2),
        lambda: Obligation.objects.update(title="改了名的事项"),
        lambda: clock.move_to(RUNGS["O1"], tick=False),  # the light is another
        lambda: Assignment.objects.update(due_at=RUNGS["C"], deadline_version=3),
        lambda: walk(owed_by(issued, "330000"), "withdraw"),
    )
    for change in changes:
        change()
        answer = Client().get(path, headers={"if-none-match": etags[-1]})
        assert answer.status_code == 200
        etags.append(answer["ETag"])

    assert len(set(etags)) == 7


def test_changed_etag_of_another_feed_is_no_answer(filler):
    own, bureaus = opened(filler), opened(filler, filler.bureau)
    etag = Client().get(own)["ETag"]

    assert Client().get(bureaus, headers={"if-none-match": etag}).status_code == 200


def test_address_that_died_is_not_found_whatever_one_has(filler):
    path = opened(filler)
    etag = Client().get(path)["ETag"]
    left(filler)

    assert Client().get(path, headers={"if-none-match": etag}).status_code == 404


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
