from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEvent, Chain
from bureaus.roles import Role
from tasks.actions import amending, transitions
from tasks.errors import NotYourPost, SomebodyWasFaster, TransitionDenied
from tasks.models import Assignment, Milestone
from tasks.scheduling.dates import last_moment
from tasks.states import Status
from tests import factories
from tests.factories import NOW, TO_SUBMIT, fresh, walk
from tests.threads import at_once

LATER, EVEN_LATER = NOW + timedelta(days=1), NOW + timedelta(days=2)


@pytest.mark.django_db
def test_accept_stamps_the_moment_and_the_person():
    task = walk(factories.assignment(), "accept", now=LATER)

    row = fresh(task)
    assert (row.status, row.accepted_at) == (Status.ACCEPTED, LATER)
    assert row.accepted_by == factories.actor(task, "accept")


@pytest.mark.django_db
def test_whole_way_leaves_all_stamps():
    task = walk(factories.assignment(), *TO_SUBMIT, now=LATER)

    walk(task, "close", now=EVEN_LATER)

    row = fresh(task)
    assert row.status == Status.CLOSED
    assert row.filled_by == factories.staff(Role.FILLER, row.bureau)
    assert (row.submitted_at, row.submitted_by) == (LATER, factories.actor(row, "submit"))
    assert (row.closed_at, row.closed_by) == (EVEN_LATER, factories.actor(row, "close"))
    assert row.resubmitted_at is None


@pytest.mark.django_db
def test_first_submission_keeps_its_time_and_the_second_gets_its_own():
    task = walk(factories.assignment(), *TO_SUBMIT, now=LATER)
    first_signer = fresh(task).submitted_by

    walk(task, "return_", "hand_in", "pass_review", "submit", now=EVEN_LATER)

    row = fresh(task)
    assert (row.submitted_at, row.resubmitted_at) == (LATER, EVEN_LATER)
    assert row.submitted_by == first_signer


@pytest.mark.django_db
def test_return_keeps_the_reason_until_the_next_submission():
    task = walk(factories.assignment(), *TO_SUBMIT)
    receiver = factories.actor(task, "return_")

    transitions.move(task, "return_", now=LATER, reason="  缺少发文主体 ", by=receiver)
    assert fresh(task).return_reason == "缺少发文主体"

    walk(task, "hand_in", "pass_review", "submit", now=EVEN_LATER)
    assert fresh(task).return_reason == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("way", "verb"),
    [
        (("accept", "hand_in"), "review_back"),
        (("accept", "hand_in", "pass_review"), "approval_back"),
        (TO_SUBMIT, "return_"),
        (("accept",), "withdraw"),
    ],
)
@pytest.mark.parametrize("reason", ["", " \n　"])
def test_going_back_without_a_reason_is_refused(way, verb, reason):
    task = walk(factories.assignment(), *way)
    status, events = task.status, AuditEvent.objects.about(task).count()

    with pytest.raises(TransitionDenied, match=r"请填写.*的原因"):
        transitions.move(task, verb, now=LATER, reason=reason, by=factories.actor(task, verb))

    assert fresh(task).status == status
    assert AuditEvent.objects.about(task).count() == events


@pytest.mark.django_db
def test_refusal_names_the_missing_permission_or_the_status():
    task = factories.assignment()
    reviewer = factories.staff(Role.REVIEWER, task.bureau)

    with pytest.raises(NotYourPost, match="没有“签收”权限，不能签收"):
        transitions.move(task, "accept", now=NOW, by=reviewer)
    with pytest.raises(TransitionDenied, match="任务当前为“待签收”，不能审核通过"):
        transitions.move(task, "pass_review", now=NOW, by=reviewer)


@pytest.mark.django_db
def test_dismissed_person_may_no_longer_act():
    task = factories.assignment()
    person = factories.staff(Role.FILLER, task.bureau)
    person.is_active = False

    with pytest.raises(NotYourPost, match="没有“签收”权限"):
        transitions.move(task, "accept", now=NOW, by=person)


@pytest.mark.django_db
def test_move_writes_one_event_into_the_chain_of_the_side_that_acts():
    task = walk(factories.assignment(), *TO_SUBMIT, now=LATER)
    walk(task, "return_", now=EVEN_LATER)

    events = AuditEvent.objects.about(task).order_by("pk")

    assert [(e.chain, e.verb, e.detail["status"]) for e in events] == [
        ("330000", "签收", ["pending", "accepted"]),
        ("330000", "提交审核", ["accepted", "review"]),
        ("330000", "审核通过", ["review", "approval"]),
        ("330000", "签发报送", ["approval", "submitted"]),
        ("100000", "退回补正", ["submitted", "returned"]),
    ]
    assert [e.detail.get("reason") for e in events] == [None] * 4 + ["示例原因"]
    assert events[4].at == EVEN_LATER


@pytest.mark.django_db
def test_stale_page_loses_and_changes_nothing():
    task = factories.assignment()
    stale = Assignment.objects.for_detail().get(pk=task.pk)
    walk(task, "accept", now=LATER)

    with pytest.raises(SomebodyWasFaster, match="刚刚已被他人办理"):
        transitions.move(stale, "accept", now=EVEN_LATER, by=factories.actor(stale, "accept"))

    assert fresh(task).accepted_at == LATER
    assert AuditEvent.objects.about(task).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_one_wins_and_the_other_is_told():
    task = factories.assignment()
    people = [factories.staff(role, task.bureau) for role in (Role.FILLER, Role.COORDINATOR)]
    assert all(person.held_posts for person in people)
    rows = [Assignment.objects.for_detail().get(pk=task.pk) for _ in people]

    results = at_once(
        [
            lambda row=row, person=person: transitions.move(row, "accept", now=LATER, by=person)
            for row, person in zip(rows, people, strict=True)
        ]
    )

    losers = [result for result in results if isinstance(result, SomebodyWasFaster)]
    winners = [result for result in results if isinstance(result, Assignment)]
    assert (len(winners), len(losers)) == (1, 1)
    assert fresh(task).accepted_by == winners[0].accepted_by
    assert [event.verb for event in AuditEvent.objects.about(task)] == ["签收"]


@pytest.mark.django_db(transaction=True)
def test_close_and_return_at_once_leave_one_of_the_two():
    task = walk(factories.assignment(), *TO_SUBMIT)
    person = factories.actor(task, "close")
    assert person.held_posts
    rows = {verb: Assignment.objects.for_detail().get() for verb in ("close", "return_")}

    results = at_once(
        [
            lambda verb=verb, row=row: transitions.move(
                row, verb, now=LATER, reason="示例原因", by=person
            )
            for verb, row in rows.items()
        ]
    )

    row = fresh(task)
    assert sorted(type(result).__name__ for result in results) == [
        "Assignment",
        "SomebodyWasFaster",
    ]
    assert (row.status == Status.CLOSED) == (row.closed_at is not None)
    armed = row.milestones.armed().exists()
    assert armed == (row.status == Status.RETURNED)


@pytest.mark.django_db
def test_failing_audit_takes_the_move_and_its_reminders_back():
    task = walk(factories.assignment(), "accept", "hand_in", "pass_review")
    armed = Milestone.objects.armed().count()
    Chain.objects.filter(name="330000").update(length=0)  # the next event's place is taken

    with pytest.raises(IntegrityError):
        walk(task, "submit", now=LATER)

    row = fresh(task)
    assert (row.status, row.submitted_at) == (Status.APPROVAL, None)
    assert Milestone.objects.armed().count() == armed == 10


@pytest.mark.django_db
@pytest.mark.parametrize("stamp", ["accepted_at", "submitted_at", "closed_at"])
def test_stamp_without_its_person_is_refused_by_the_database(stamp):
    task = factories.assignment()

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=task.pk).update(**{stamp: NOW})


@pytest.mark.django_db
def test_handing_in_silences_the_reminders_and_a_return_arms_them_again():
    task = walk(factories.assignment(), *TO_SUBMIT)
    assert not task.milestones.armed().exists()

    walk(task, "return_", now=factories.NOW.replace(day=26))  # five working days end on 2 April

    armed = task.milestones.armed().order_by("at").values_list("kind", "deadline_version")
    assert list(armed) == [(kind, 2) for kind in ("T-3", "T-1", "T0", "O1", "O2", "O3", "S", "C")]


@pytest.mark.django_db
def test_return_gives_a_day_of_its_own_and_keeps_the_old_one():
    task = walk(factories.assignment(), *TO_SUBMIT)
    old = task.due_at

    transitions.move(
        task,
        "return_",
        now=LATER,
        reason="缺少发文主体",
        until=date(2026, 4, 10),
        by=factories.actor(task, "return_"),
    )

    row = fresh(task)
    (change,) = row.deadline_changes.all()
    assert row.due_at == change.new_due_at == last_moment(date(2026, 4, 10))
    assert (change.old_due_at, change.version, change.cause) == (old, 2, "returned")
    assert (row.round_number, row.deadline_version) == (2, 2)


@pytest.mark.django_db
def test_return_never_shortens_the_time_that_is_left():
    task = walk(factories.assignment(), *TO_SUBMIT)

    walk(task, "return_", now=LATER)  # five working days would end before 31 March

    row = fresh(task)
    assert (row.due_at, row.deadline_version) == (last_moment(date(2026, 3, 31)), 1)
    assert not row.deadline_changes.exists()


@pytest.mark.django_db
def test_late_is_settled_at_the_first_submission_and_the_second_has_its_own():
    task = walk(factories.assignment(), *TO_SUBMIT, now=NOW + timedelta(days=30))
    assert fresh(task).is_late

    walk(task, "return_", "hand_in", "pass_review", "submit", now=NOW + timedelta(days=31))

    row = fresh(task)
    assert (row.is_late, row.is_resubmitted_late) == (True, False)


@pytest.mark.django_db
def test_recalled_submission_was_none():
    task = walk(factories.assignment(), *TO_SUBMIT, now=LATER)

    walk(task, "recall", now=EVEN_LATER)

    row = fresh(task)
    assert (row.status, row.submitted_at, row.submitted_by) == (Status.FILLING, None, None)
    assert row.milestones.armed().count() == 10
    walk(task, "hand_in", "pass_review", "submit", now=NOW + timedelta(days=30))
    assert fresh(task).is_late


@pytest.mark.django_db
def test_correction_opens_what_is_closed_with_a_day_of_its_own():
    task = walk(factories.assignment(), *TO_SUBMIT, "close", now=NOW + timedelta(days=28))

    walk(task, "correct", now=NOW + timedelta(days=40))  # Saturday 11 April

    row = fresh(task)
    assert (row.status, row.closed_at, row.round_number) == (Status.CORRECTING, None, 2)
    assert row.due_at == last_moment(date(2026, 4, 17))
    assert not row.is_late


@pytest.mark.django_db
def test_two_people_are_needed_where_the_bureau_wants_it():
    task = walk(factories.assignment(), "accept")
    both = factories.staff(Role.FILLER, task.bureau, username="both")
    factories.staff(Role.REVIEWER, task.bureau, username="both")
    transitions.move(task, "hand_in", now=LATER, by=both)
    task.bureau.is_two_person = True
    task.bureau.save()
    task = Assignment.objects.for_detail().get()

    with pytest.raises(TransitionDenied, match="两人制，填报人不能审核自己填报的材料"):
        transitions.move(task, "pass_review", now=LATER, by=fresh(both))

    walk(task, "pass_review", now=LATER)
    assert fresh(task).status == Status.APPROVAL


@pytest.mark.django_db
def test_one_person_may_do_both_where_the_bureau_does_not_mind():
    task = walk(factories.assignment(), "accept")
    both = factories.staff(Role.FILLER, task.bureau, username="both")
    factories.staff(Role.REVIEWER, task.bureau, username="both")
    both = fresh(both)

    transitions.move(task, "hand_in", now=LATER, by=both)
    transitions.move(task, "pass_review", now=LATER, by=both)

    assert fresh(task).status == Status.APPROVAL


@pytest.mark.django_db
def test_move_on_a_deadline_that_has_changed_meanwhile_is_told_so():
    task = walk(factories.assignment(), *TO_SUBMIT[:-1])
    stale = Assignment.objects.for_detail().get(pk=task.pk)
    amending.amend(
        task.obligation, date(2026, 3, 20), reason="提前", now=LATER, by=factories.coordinator()
    )

    with pytest.raises(SomebodyWasFaster):
        walk(stale, "submit", now=EVEN_LATER)

    assert fresh(task).status == Status.APPROVAL


@pytest.mark.django_db
@pytest.mark.parametrize("way", [("accept",), TO_SUBMIT])
def test_withdrawing_silences_the_reminders_for_good(way):
    task = walk(factories.assignment(), *way, "withdraw")

    assert fresh(task).status == Status.WITHDRAWN
    assert not task.milestones.armed().exists()
