"""Whose accounts, posts and units one may reach: every such address, every role, own and other."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from bureaus.actions import delegations
from bureaus.models import Bureau, Delegation, Post, Staff
from bureaus.roles import Role
from tests import factories
from tests.factories import NOW
from tests.world import OF_PEOPLE, logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PEOPLE = frozenset({Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
ADMIN = frozenset({Role.UNIT_ADMIN, Role.SYSTEM_ADMIN})
DECIDE = frozenset({Role.SECURITY_ADMIN})
ALL = frozenset(Role)  # everybody may have rows of these; others' are not found
# Who gets past the door: the others' 403 comes before any row is looked for.
DOORS = dict.fromkeys(OF_PEOPLE, PEOPLE) | {
    "bureaus:unit": ADMIN,
    "bureaus:post_confirm": DECIDE,
    "bureaus:post_refuse": DECIDE,
    "bureaus:delegation_end": ALL,
    "tasks:handover": ADMIN,
    "tasks:handover_transfer": ADMIN,
}
READ = {"bureaus:unit", "bureaus:person", "bureaus:person_edit", "tasks:handover"}
POSTED = {"name": "改写", "role": "filler", "bureau": "330000", "reason": "示例", "is_meant": "on"}


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@dataclass
class World:
    """Province A, which asks, and a person, a post and a delegation of province B."""

    asking: Bureau
    owner: Bureau
    person: Staff
    asked: Post
    delegation: Delegation

    def url(self, name: str) -> str:
        rows = {"unit": self.owner, "delegation": self.delegation, "post": self.asked}
        kind = name.partition(":")[2].partition("_")[0]
        row = self.person if name == "bureaus:post_give" else rows.get(kind, self.person)
        return reverse(name, args=[row.pk])

    def state(self) -> list:
        """Everything that could have changed, apart from logins."""
        people = Staff.objects.filter(bureau=self.owner).order_by("pk")
        return [
            list(people.values("pk", "name", "password", "is_active", "must_change_password")),
            list(Post.objects.filter(bureau=self.owner).order_by("pk").values()),
            list(Delegation.objects.order_by("pk").values()),
            list(Bureau.objects.filter(pk=self.owner.pk).values()),
        ]


@pytest.fixture
def world() -> World:
    owner = factories.province("320000", "江苏省")
    person, deputy = (
        Staff.objects.create_user(name, name=name, bureau=owner) for name in ("away", "deputy")
    )
    Post.objects.create(staff=person, bureau=owner, role=Role.FILLER)
    return World(
        asking=factories.province(),
        owner=owner,
        person=person,
        asked=Post.objects.create(
            staff=deputy, bureau=owner, role=Role.REVIEWER, is_effective=False
        ),
        delegation=delegations.make(
            person,
            deputy=deputy,
            starts_on=NOW.date(),
            ends_on=NOW.date(),
            now=NOW,
            by=person,
        ),
    )


def answers(person: Staff, world: World) -> dict[tuple[str, str], int]:
    client, found = logged_in(person), {}
    for name in OF_PEOPLE:
        found["GET", name] = client.get(world.url(name)).status_code
        found["POST", name] = client.post(world.url(name), POSTED).status_code
    return found


def shut(role: Role) -> dict[tuple[str, str], int]:
    """The answers for somebody to whom none of these rows exists."""
    found = {}
    for name, roles in DOORS.items():
        refusal = 404 if role in roles else 403
        found["GET", name] = refusal if name in READ else 405
        found["POST", name] = refusal
    return found


@pytest.mark.parametrize("role", Role)
def test_people_of_another_province_are_not_found(world, role):
    asking = factories.staff(role, world.asking)
    before = world.state()

    assert answers(asking, world) == shut(role)

    assert world.state() == before


@pytest.mark.parametrize("role", Role)
def test_people_of_the_province_are_not_found_from_its_city(world, role):
    city = factories.prefecture(world.owner, "320100", "南京市")
    asking = factories.staff(role, city)
    before = world.state()

    assert answers(asking, world) == shut(role)

    assert world.state() == before


@pytest.mark.parametrize("role", sorted(set(Role) - PEOPLE))
def test_those_without_a_post_over_people_are_refused_at_home_and_above(world, role):
    for bureau in (world.owner, factories.central()):
        asking = factories.staff(role, bureau)
        before = world.state()

        assert answers(asking, world) == shut(role)

        assert world.state() == before


@pytest.mark.parametrize("role", sorted(PEOPLE))
@pytest.mark.parametrize("place", ["owner", "central"])
def test_pages_open_for_those_who_administer_the_unit(world, role, place):
    """Otherwise a wrong id would make every 404 above true."""
    bureau = factories.central() if place == "central" else world.owner
    client = logged_in(factories.staff(role, bureau))

    # who may not edit is told so on the person's page: 302
    edit = 302 if role == Role.SECURITY_ADMIN else 200
    found = {name: client.get(world.url(name)).status_code for name in READ}

    assert found == {
        name: (403 if role not in DOORS[name] else edit if name == "bureaus:person_edit" else 200)
        for name in READ
    }
