from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F, Q

from audit.models import AuditEvent
from audit.verification import faults
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role
from tasks.actions.counts import mending
from tasks.management.load import filling
from tasks.models import (
    Assignment,
    DeadlineChange,
    Delivery,
    Extension,
    Milestone,
    Obligation,
    UnitCount,
)
from tasks.states import Status
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
BUREAUS, ASSIGNMENTS = 500, 5000


def made_of(model) -> dict:
    """The constraints and indexes of a table as the database has them."""
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, model._meta.db_table)


@pytest.fixture(scope="module")
def load(django_db_setup, django_db_blocker):
    """One load for this module; what it returned, and what the table was made of before."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = made_of(Assignment)
        yield filling.fill(BUREAUS, ASSIGNMENTS, seed=1, now=NOW), before
        transaction.set_rollback(True)


def test_load_makes_as_many_as_asked_for_below_the_first_bureaus(load):
    made, _ = load

    assert made["Assignment"] == Assignment.objects.count() == ASSIGNMENTS
    asked = Bureau.objects.filter(assignments__isnull=False).distinct()
    assert asked.filter(rank="province").count() == 32
    assert asked.filter(rank="prefecture").count() == 347
    assert asked.filter(rank="county").count() == BUREAUS - 32 - 347
    assert not Assignment.objects.exclude(bureau_path=F("bureau__path")).exists()


def test_load_spreads_statuses_like_an_office_with_one_in_twenty_overdue(load):
    closed = Assignment.objects.filter(status__in=(Status.CLOSED, Status.STRUCK)).count()
    overdue = Assignment.objects.overdue(NOW).count()

    assert set(Assignment.objects.values_list("status", flat=True)) == set(Status)
    assert 0.84 < closed / ASSIGNMENTS < 0.94
    assert 0.03 < overdue / ASSIGNMENTS < 0.08
    assert not Assignment.objects.filter(submitted_at__gt=NOW).exists()
    assert Obligation.objects.filter(issued_at__lt=NOW - timedelta(days=365 * 3)).exists()


def test_load_stamps_what_its_statuses_say(load):
    done = Q(status__in=(Status.CLOSED, Status.STRUCK))
    late = Q(submitted_at__gt=F("due_at"), deadline_version=1)

    assert not Assignment.objects.filter(done, closed_by=None).exists()
    assert not Assignment.objects.exclude(done).exclude(closed_at=None).exists()
    assert not Assignment.objects.filter(late, is_late=False).exists()
    assert not Assignment.objects.filter(is_late=True, deadline_version=1).exclude(late).exists()
    assert not Assignment.objects.filter(submitted_at__lt=F("accepted_at")).exists()


def test_load_keeps_how_a_second_round_got_its_date(load):
    again = Assignment.objects.filter(deadline_version=2)

    assert again.exists()
    for change in DeadlineChange.objects.select_related("assignment__obligation"):
        assert change.new_due_at == change.assignment.due_at
        assert change.old_due_at == change.assignment.obligation.due_at
    assert DeadlineChange.objects.count() == again.count()


def test_load_has_requests_for_a_later_date_only_where_one_may_still_ask(load):
    asked = Extension.objects.filter(state="asked")

    assert asked.exists()
    assert not asked.exclude(assignment__status="filling", assignment__due_at__gt=NOW).exists()


def test_load_lets_provinces_split_what_they_owe_among_those_below(load):
    splits = Obligation.objects.exclude(parent=None).select_related("parent__obligation")

    assert splits.exists()
    for split in splits:
        assert split.parent.bureau_id == split.issuer_id
        assert split.notice_id == split.parent.obligation.notice_id
        assert set(split.assignments.values_list("bureau__parent", flat=True)) == {split.issuer_id}


def test_load_writes_unbroken_trails_that_end_in_the_status(load):
    struck = Assignment.objects.filter(status=Status.STRUCK)
    sampled = next(row for row in struck if AuditEvent.objects.about(row).exists())

    events = AuditEvent.objects.about(sampled).order_by("at", "pk")

    assert list(events.values_list("verb", flat=True)) == [
        "签收",
        "提交审核",
        "审核通过",
        "签发报送",
        "核收",
        "销号",
    ]
    assert events.last().at == sampled.struck_at
    assert events.last().detail["status"] == ["closed", "struck"]
    assert list(faults()) == []


def test_load_writes_reminders_of_a_sample(load):
    armed = Milestone.objects.armed()

    assert Milestone.objects.exists()
    assert not armed.filter(at__lte=NOW).exists()
    assert not armed.exclude(assignment__in=Assignment.objects.with_bureau()).exists()
    assert not Delivery.objects.exclude(milestone__state=Milestone.State.FIRED).exists()


def test_load_counts_what_it_makes(load):
    assert list(mending.differences()) == []
    assert UnitCount.objects.filter(level=1).exists()


def test_load_hires_four_people_a_bureau_who_cannot_log_in(load):
    assert Staff.objects.count() == (BUREAUS + 1) * 4
    assert Post.objects.filter(role=Role.COORDINATOR).count() == BUREAUS + 1
    assert not Staff.objects.get(username="330000.coordinator").has_usable_password()


def test_load_leaves_the_table_as_it_was_and_ready_for_the_next_row(load):
    _, before = load
    obligation = Obligation.objects.latest("pk")
    last = obligation.pk

    with transaction.atomic():
        obligation.pk = None
        obligation.save()
        transaction.set_rollback(True)

    assert obligation.pk == last + 1
    assert made_of(Assignment) == before
