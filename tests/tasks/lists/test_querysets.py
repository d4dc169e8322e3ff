from datetime import UTC, datetime, timedelta

import pytest

from bureaus.models import Staff
from bureaus.roles import Role
from tasks.models import Assignment, Delivery, Obligation
from tasks.reminders.actions import ticking
from tasks.states import Status
from tests import factories
from tests.factories import RUNGS, TO_SUBMIT, walk

pytestmark = pytest.mark.django_db

READERS = [Role.COORDINATOR, Role.FILLER, Role.REVIEWER, Role.APPROVER]
ADMINISTRATORS = [Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR]


@pytest.fixture
def bureaus():
    """A province with a city, another province, and one whose code begins like the first's path."""
    zhejiang = factories.province()
    return {
        "zhejiang": zhejiang,
        "hangzhou": factories.prefecture(zhejiang),
        "jiangsu": factories.province("320000", "江苏省"),
        "near": factories.province("3300000", "示例省"),
    }


@pytest.fixture
def issued(bureaus):
    return factories.obligation(*bureaus.values())


def seen(person: Staff) -> set[str]:
    rows = Assignment.objects.visible_to(person)
    return set(rows.values_list("bureau__code", flat=True))


@pytest.mark.parametrize("role", READERS)
def test_visible_are_ones_own_bureaus_and_those_below(bureaus, issued, role):
    assert seen(factories.staff(role, bureaus["zhejiang"])) == {"330000", "330100"}
    assert seen(factories.staff(role, bureaus["hangzhou"])) == {"330100"}
    assert seen(factories.staff(role, bureaus["jiangsu"])) == {"320000"}
    assert len(seen(factories.staff(role, factories.central()))) == 4


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_see_no_assignment_obligation_or_delivery(bureaus, issued, role):
    ticking.tick(RUNGS["T-10"])
    person = factories.staff(role, factories.central())

    assert Delivery.objects.exists()
    assert seen(person) == set()
    assert not Obligation.objects.visible_to(person).exists()
    assert not Delivery.objects.visible_to(person).exists()


def test_obligation_is_visible_to_its_issuer_and_to_those_who_owe_it(bureaus):
    issued = factories.obligation(bureaus["hangzhou"])

    def sees(bureau):
        person = factories.staff(Role.FILLER, bureau)
        return list(Obligation.objects.visible_to(person)) == [issued]

    assert sees(factories.central())
    assert sees(bureaus["hangzhou"])
    assert sees(bureaus["zhejiang"])
    assert not sees(bureaus["jiangsu"])
    assert not sees(bureaus["near"])


def test_deliveries_are_visible_with_their_assignment(bureaus, issued):
    for bureau in bureaus.values():
        factories.staff(Role.FILLER, bureau)
    ticking.tick(RUNGS["T-10"])

    mine = Delivery.objects.visible_to(factories.staff(Role.COORDINATOR, bureaus["zhejiang"]))

    told = mine.values_list("milestone__assignment__bureau__code", "channel")
    assert sorted(told) == [
        ("330000", "email"),
        ("330000", "inbox"),
        ("330100", "email"),
        ("330100", "inbox"),
    ]


# status: who has the next step, at the bureau that owes or at the receiver
WAITS_FOR = {
    Status.PENDING: ("own", {Role.COORDINATOR, Role.FILLER}),
    Status.ACCEPTED: ("own", {Role.FILLER}),
    Status.FILLING: ("own", {Role.FILLER}),
    Status.REVIEW: ("own", {Role.REVIEWER}),
    Status.APPROVAL: ("own", {Role.APPROVER}),
    Status.SUBMITTED: ("receiver", {Role.COORDINATOR}),
    Status.RECEIVING: ("receiver", {Role.COORDINATOR}),
    Status.RETURNED: ("own", {Role.FILLER}),
    Status.CORRECTING: ("own", {Role.FILLER}),
    Status.DECLINED: ("receiver", {Role.COORDINATOR}),
    Status.CLOSED: (None, set()),  # 销号 is done at leisure
    Status.STRUCK: (None, set()),
    Status.PASSED_ON: (None, set()),
    Status.WITHDRAWN: (None, set()),
}


@pytest.mark.parametrize("status", Status)
def test_assignment_waits_for_whoever_has_the_next_step(status):
    task = factories.assignment()
    Assignment.objects.update(status=status)
    places = {
        "own": task.bureau,
        "receiver": task.receiver,
        "other": factories.province("320000", "江苏省"),
        "below": factories.prefecture(task.bureau),
    }

    waits = {
        (place, role)
        for place, bureau in places.items()
        for role in Role
        if Assignment.objects.waiting_for(factories.staff(role, bureau)).exists()
    }

    place, roles = WAITS_FOR[status]
    assert waits == {(place, role) for role in roles}


def test_rows_of_two_posts_wait_for_the_person_who_holds_both(bureaus, issued):
    person = factories.staff(Role.FILLER, bureaus["zhejiang"], username="both")
    factories.staff(Role.FILLER, bureaus["jiangsu"], username="both")

    waiting = Assignment.objects.waiting_for(Staff.objects.get(pk=person.pk))

    assert sorted(waiting.values_list("bureau__code", flat=True)) == ["320000", "330000"]


def test_under_is_the_subtree_and_nothing_that_begins_alike(bureaus, issued):
    found = Assignment.objects.under(bureaus["zhejiang"])

    assert sorted(found.values_list("bureau__code", flat=True)) == ["330000", "330100"]


def test_order_is_by_target_then_administrative_with_undated_last(bureaus):
    dated = factories.obligation(bureaus["zhejiang"], bureaus["jiangsu"])
    undated = factories.obligation(bureaus["jiangsu"], number="")

    found = Assignment.objects.in_order().values_list("obligation", "bureau__code")

    assert list(found) == [(dated.pk, "320000"), (dated.pk, "330000"), (undated.pk, "320000")]


def test_due_between_takes_the_start_and_leaves_the_end():
    factories.assignment()
    due = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
    day = timedelta(days=1)

    assert Assignment.objects.due_between(due, due + day).count() == 1
    assert Assignment.objects.due_between(due - day, due).count() == 0


def test_handed_in_are_submitted_and_closed_ones(bureaus, issued):
    rows = {row.bureau.code: row for row in issued.assignments.for_detail()}
    walk(rows["330000"], *TO_SUBMIT)
    walk(rows["320000"], *TO_SUBMIT, "close")
    walk(rows["330100"], *TO_SUBMIT, "return_")

    assert sorted(Assignment.objects.handed_in().values_list("bureau__code", flat=True)) == [
        "320000",
        "330000",
    ]
    assert Assignment.objects.with_bureau().count() == 2


def test_expected_are_those_of_which_something_is_still_asked(bureaus, issued):
    walk(issued.assignments.for_detail().get(bureau=bureaus["jiangsu"]), "withdraw")
    walk(issued.assignments.for_detail().get(bureau=bureaus["near"]), "pass_on")

    expected = Assignment.objects.expected().values_list("bureau__code", flat=True)
    assert sorted(expected) == ["330000", "330100"]
