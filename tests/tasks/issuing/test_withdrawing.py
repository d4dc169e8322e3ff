"""撤销事项: what the issuer takes back after it went out, and what that ends."""

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import extensions
from tasks.errors import IssueRefused, NotYourPost
from tasks.issuing import change_effects
from tasks.models import Extension, Milestone, Obligation
from tasks.states import Status
from tests import factories
from tests.factories import NOW, TO_SUBMIT, fresh, owed_by, walk
from tests.tasks.amended import EARLIER, LATER, amend, issued_to_four, split, withdraw
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]


@pytest.fixture
def issued() -> Obligation:
    return issued_to_four()


def statuses(obligation: Obligation) -> dict[str, str]:
    return dict(obligation.assignments.values_list("bureau__code", "status"))


def test_withdraw_ends_what_is_open_and_leaves_what_is_done(issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)
    walk(owed_by(issued, "320000"), *TO_SUBMIT, "close")

    withdraw(issued)

    assert statuses(issued) == {
        "110000": Status.WITHDRAWN,
        "320000": Status.CLOSED,
        "330000": Status.WITHDRAWN,
        "440000": Status.WITHDRAWN,
    }
    assert fresh(issued).state == "withdrawn"
    assert not Milestone.objects.armed().exists()
    assert owed_by(issued, "330000").return_reason == "下发有误"


def test_withdraw_takes_back_requests_to_extend(issued):
    task = owed_by(issued, "110000")
    filler = factories.staff(Role.FILLER, task.bureau)
    extensions.request(task, until=LATER, reason="数据未齐", now=NOW, by=filler)

    withdraw(issued)

    assert Extension.objects.get().state == "taken_back"


def test_withdraw_goes_down_through_all_that_was_split(issued):
    task = factories.accept(owed_by(issued, "330000"))
    below = split(task, EARLIER, "330100", "330200")
    city = factories.accept(owed_by(below, "330100"))
    city.bureau.counties_take_part = True
    city.bureau.save()
    lowest = split(city, EARLIER, "330102")

    found = change_effects.of_withdrawing(issued)
    withdraw(issued)

    assert (found.ending, found.splits, found.below) == (4, 2, 3)
    assert {fresh(each).state for each in (issued, below, lowest)} == {"withdrawn"}
    assert statuses(below) == {"330100": Status.WITHDRAWN, "330200": Status.WITHDRAWN}
    assert statuses(lowest) == {"330102": Status.WITHDRAWN}
    event = AuditEvent.objects.about(lowest).get(verb="撤销事项")
    assert (event.chain, event.detail["reason"]) == ("330100", "上级已撤销：下发有误")


def test_what_a_withdrawal_would_do_is_counted_by_kind(issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)
    walk(owed_by(issued, "320000"), *TO_SUBMIT, "close")

    found = change_effects.of_withdrawing(issued)

    assert (found.ending, found.waiting, found.done) == (3, 1, 1)
    assert (found.splits, found.below) == (0, 0)


def test_withdraw_without_a_reason_is_refused(issued):
    with pytest.raises(IssueRefused, match="请填写撤销的原因"):
        withdraw(issued, reason=" ")

    assert fresh(issued).state == "issued"


def test_withdraw_twice_is_refused(issued):
    withdraw(issued)

    with pytest.raises(IssueRefused, match="该事项已撤销，不能再更改"):
        withdraw(issued)

    assert AuditEvent.objects.filter(verb="撤销事项").count() == 1


def test_withdraw_by_another_bureau_is_refused(issued):
    stranger = factories.staff(Role.COORDINATOR, factories.province())

    with pytest.raises(NotYourPost, match="您在市场监管总局没有“下发”权限"):
        withdraw(issued, by=stranger)


@pytest.mark.django_db(transaction=True)
def test_withdrawal_and_amendment_at_once_leave_nothing_owed(issued):
    people = [
        factories.coordinator(),
        factories.staff(Role.COORDINATOR, factories.central(), username="second"),
    ]

    results = at_once(
        [lambda: withdraw(issued, by=people[0]), lambda: amend(issued, LATER, by=people[1])]
    )

    assert type(results[0]) is Obligation
    assert type(results[1]) in (Obligation, IssueRefused)
    assert set(statuses(issued).values()) == {Status.WITHDRAWN}
    assert not Milestone.objects.armed().exists()
