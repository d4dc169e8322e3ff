"""The people of many assignments at once: the same as asked one by one, by as many queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bureaus.models import Delegation, Staff
from bureaus.roles import BUSINESS, GRANTED, Role
from tasks import ladder
from tasks.audience import Audience
from tasks.models import Assignment
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
            told = [audience.of(each, ladder.Audience.RESPONSIBLE) for each in some]
        counts.append(len(captured))
        assert [person.username for people in told for person in people] == [
            f"{each.bureau.code}.filler" for each in some
        ]
    assert counts == [2, 2]
