"""The people of many assignments at once: the same as asked one by one, by as many queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bureaus.models import Delegation, Staff
from bureaus.roles import BUSINESS, GRANTED, Role
from tasks.ladder import rungs
from tasks.models import Assignment
from tasks.reminders.audience import Audience
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 16)


def rows():
    return Assignment.objects.select_related("handler", "obligation").order_by("pk")


@pytest.fixture
def bureau():
    """Three fillers, one dismissed, one whose account has run out, and a reviewer away that day."""
    made = factories.assignment().bureau
    factories.staff(Role.FILLER, made)
    factories.staff(Role.FILLER, made, username="gone", is_active=False)
    factories.staff(Role.FILLER, made, username="over", expires_on=date(2026, 3, 15))
    factories.staff(Role.APPROVER, made)
    deputy = factories.staff(Role.COORDINATOR, made)
    Delegation.objects.create(
        absentee=factories.staff(Role.REVIEWER, made),
        deputy=deputy,
        starts_on=ON,
        ends_on=ON,
        made_at=NOW,
        made_by=deputy,
    )
    return made


@pytest.mark.parametrize("on", [ON, date(2026, 3, 17)])
@pytest.mark.parametrize(
    "permission", sorted({each for role in BUSINESS for each in GRANTED[role]})
)
def test_same_people_as_asked_for_one_bureau(bureau, permission, on):
    asked = list(Staff.objects.who_may(permission, at=bureau, on=on).order_by("pk"))

    assert Audience(rows(), on=on)._who_may(bureau.pk, permission) == asked


@pytest.mark.parametrize("on", [ON, date(2026, 3, 17)])
def test_same_deputy_as_asked_for_one_person(bureau, on):
    for person in bureau.staff.all():
        Assignment.objects.update(handler=person, status="filling")
        asked = list(Staff.objects.in_place_of(person, on=on).order_by("pk"))

        assert Audience(rows(), on=on)._present([person]) == asked


def responsible(on: date) -> list[Staff]:
    [task] = rows()
    return Audience([task], on=on).of(task, rungs.Audience.RESPONSIBLE)


def test_handler_is_told_alone(bureau):
    handler = factories.staff(Role.FILLER, bureau, username="handler")
    Assignment.objects.update(handler=handler, status="filling")

    assert responsible(ON) == [handler]


def test_handler_who_no_longer_fills_in_there_is_passed_over_for_those_who_do(bureau):
    """In another post now: to them the task is closed, and the others would hear nothing."""
    handler = factories.staff(Role.REVIEWER, bureau, username="handler")
    Assignment.objects.update(handler=handler, status="filling")

    assert responsible(ON) == [factories.staff(Role.FILLER, bureau)]


def test_deputy_who_took_it_in_hand_is_told_while_they_stand_in(bureau):
    absentee, deputy = (factories.staff(role, bureau) for role in (Role.FILLER, Role.APPROVER))
    Delegation.objects.create(
        absentee=absentee, deputy=deputy, starts_on=ON, ends_on=ON, made_at=NOW, made_by=deputy
    )
    Assignment.objects.update(handler=deputy, status="filling")

    assert responsible(ON) == [deputy]
    assert responsible(date(2026, 3, 17)) == [absentee]


def test_handler_who_is_away_is_stood_in_for(bureau):
    handler, deputy = (factories.staff(role, bureau) for role in (Role.FILLER, Role.APPROVER))
    factories.staff(Role.FILLER, bureau, username="second")
    Delegation.objects.create(
        absentee=handler, deputy=deputy, starts_on=ON, ends_on=ON, made_at=NOW, made_by=deputy
    )
    Assignment.objects.update(handler=handler, status="filling")

    assert responsible(ON) == [deputy]


def test_who_filled_it_in_is_not_asked_to_review_it_where_two_have_to(bureau):
    filler = factories.staff(Role.REVIEWER, bureau, username="filler-and-reviewer")
    other = factories.staff(Role.REVIEWER, bureau, username="other")
    Assignment.objects.update(filled_by=filler, status="review")
    on = date(2026, 3, 17)

    assert filler in responsible(on)
    type(bureau).objects.update(is_two_person=True)
    assert filler not in responsible(on)
    assert other in responsible(on)


def test_coordinator_is_told_where_nobody_but_the_filler_could_review():
    bureau = factories.assignment().bureau
    filler = factories.staff(Role.REVIEWER, bureau)
    coordinator = factories.staff(Role.COORDINATOR, bureau)
    type(bureau).objects.update(is_two_person=True)
    Assignment.objects.update(filled_by=filler, status="review")

    assert responsible(ON) == [coordinator]


def test_queries_are_as_many_for_three_as_for_one():
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in (31, 32, 33)]
    for bureau in bureaus:
        factories.staff(Role.FILLER, bureau)
    factories.obligation(*bureaus)

    counts = []
    for number in (1, 3):
        some = list(rows()[:number])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            audience = Audience(some, on=ON)
            told = [audience.of(each, rungs.Audience.RESPONSIBLE) for each in some]
        counts.append(len(captured))
        assert [person.username for people in told for person in people] == [
            f"{each.bureau.code}.filler" for each in some
        ]
    assert counts == [2, 2]
