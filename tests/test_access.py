"""What belongs to one province does not exist for another: every address with an id, every role.

The addresses come from the resolver, so that a new one fails here until it is known how to ask it.
That all of them ask for a login stands in tests/config/test_closed_by_default.py.
"""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from audit.models import AuditEvent
from bureaus.models import Bureau, CalendarDay, Staff
from bureaus.roles import GRANTED, Permission, Role
from notices.actions import ingest
from notices.models import Notice
from reports.models import Submission
from tasks.actions import reminders
from tasks.models import Assignment, Obligation
from tasks.states import MOVES
from tests import factories
from tests.factories import RUNGS
from tests.reports.written import NOW, outline, save, table

pytestmark = pytest.mark.django_db

SECRET = "只与乙省有关的工作"
TEXT = factories.TEXT_TOGETHER.replace("质量工作", SECRET)
READERS = [role for role in Role if Permission.READ in GRANTED[role]]
ADMINISTRATORS = [role for role in Role if role not in READERS]
# These take only the one method; the other is refused before any row is looked for.
ONLY_POST = {"tasks:assignment_move", "notices:clause_add", "notices:discard"}
ONLY_GET = {"notices:expansion"}
# Rows that belong to no bureau. The working days are one calendar for all.
SHARED = {"bureaus:workday_remove"}
POSTED = {"reason": "示例原因", "revision": "1", "unit.c2": "改写", "hand_in": "1"}


@dataclass
class World:
    """Province A, which asks, and all that belongs to province B alone."""

    asking: Bureau
    owner: Bureau
    task: Assignment
    obligation: Obligation
    notice: Notice
    unchecked: Notice

    def addresses(self) -> dict[str, list[dict]]:
        """Every address with an id, filled in with rows of B."""
        task, obligation = {"pk": self.task.pk}, {"pk": self.obligation.pk}
        own, sent = {"pk": self.unchecked.pk}, {"pk": self.notice.pk}
        forms = [task | {"number": number} for number in (1, 2)]
        return {
            "tasks:notice_detail": [sent],
            "tasks:issue": [sent],
            "tasks:obligation_detail": [obligation],
            "tasks:assignment_detail": [task],
            "tasks:assignment_move": [task | {"verb": verb} for verb in MOVES],
            "reports:form": forms,
            "reports:form_download": forms,
            "reports:roll_up": [obligation],
            "reports:schema": [sent | {"number": 1}],
            "reports:roll_up_number": [obligation | {"number": 1}],
            "reports:roll_up_download": [obligation | {"number": 1}],
            "notices:check": [own, sent],
            "notices:clause_add": [own, sent],
            "notices:expansion": [own, sent],
            "notices:discard": [own, sent],
        }

    def urls(self) -> list[tuple[str, str]]:
        return [
            (name, reverse(name, kwargs=filled))
            for name, all_filled in self.addresses().items()
            for filled in all_filled
        ]


@pytest.fixture
def world() -> World:
    owner = factories.province("320000", "江苏省")
    obligation = factories.obligation(owner, number="1,2", text=TEXT)
    task = factories.accept(obligation.assignments.for_detail().get())
    save(task, table())
    save(task, outline("学习两次"), number=2)
    reminders.tick(RUNGS["T-10"])
    return World(
        asking=factories.province(),
        owner=owner,
        task=task,
        obligation=obligation,
        notice=obligation.notice,
        unchecked=ingest.take_in(
            TEXT.replace("〔2026〕1号", "〔2026〕2号"),
            source_name="乙省.txt",
            bureau=owner,
            now=NOW,
            by=factories.staff(Role.COORDINATOR, owner),
        ),
    )


def patterns(resolver=None, namespace="", above=()):
    """(qualified name, names of its arguments) of every pattern below ``resolver``."""
    for each in (resolver or get_resolver()).url_patterns:
        arguments = (*above, *each.pattern.converters)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from patterns(each, inner, arguments)
        else:
            yield f"{namespace}{each.name}", arguments


def logged_in(person: Staff) -> Client:
    client = Client()
    client.force_login(person)
    return client


def answers(person: Staff, world: World) -> dict[tuple[str, str], int]:
    """What every address answers to both methods."""
    client = logged_in(person)
    found = {}
    for _, url in world.urls():
        found["GET", url] = client.get(url).status_code
        found["POST", url] = client.post(url, POSTED).status_code
    return found


def unseen(world: World, refusal: int = 404) -> dict[tuple[str, str], int]:
    """The answers for somebody to whom none of it exists."""
    found = {}
    for name, url in world.urls():
        found["GET", url] = 405 if name in ONLY_POST else refusal
        found["POST", url] = 405 if name in ONLY_GET else refusal
    return found


def snapshot() -> list:
    return [
        list(kind.objects.order_by("pk").values())
        for kind in (Assignment, Submission, Notice, Obligation, AuditEvent)
    ]


def test_every_address_with_an_id_is_known(world):
    with_ids = {name for name, arguments in patterns() if arguments}

    assert with_ids == set(world.addresses()) | SHARED


def test_rows_asked_for_exist_for_their_own_people(world):
    """Otherwise a wrong id would make every 404 below true."""
    clients = [
        logged_in(factories.staff(role, bureau))
        for role in (Role.COORDINATOR, Role.FILLER)
        for bureau in (world.owner, factories.central())
    ]
    for name, url in world.urls():
        if name in ONLY_POST:  # they change the rows; that they exist is seen by their pages
            continue
        found = {client.get(url).status_code for client in clients}
        assert found & {200, 302}, (name, url, found)  # a filed notice is checked no more: 302


@pytest.mark.parametrize("role", READERS)
def test_rows_of_another_province_are_not_found(world, role):
    before = snapshot()

    assert answers(factories.staff(role, world.asking), world) == unseen(world)

    assert snapshot() == before


@pytest.mark.parametrize("role", READERS)
def test_rows_of_another_province_are_not_found_from_its_own_city(world, role):
    """Below B is not B: what was sent to the province is not the city's."""
    before = snapshot()

    city = factories.prefecture(world.owner, "320100", "南京市")

    assert answers(factories.staff(role, city), world) == unseen(world)
    assert snapshot() == before


@pytest.mark.parametrize("role", ADMINISTRATORS)
@pytest.mark.parametrize("place", ["asking", "owner", "central"])
def test_administrators_reach_no_task_form_or_notice_anywhere(world, role, place):
    bureau = factories.central() if place == "central" else getattr(world, place)
    before = snapshot()

    found = answers(factories.staff(role, bureau), world)

    assert {key for key, answer in found.items() if answer not in (403, 404, 405)} == set()
    assert {key for key, answer in found.items() if answer == 405} == {
        key for key, answer in unseen(world).items() if answer == 405
    }
    assert snapshot() == before


@pytest.mark.parametrize("role", READERS)
def test_shared_rows_are_not_for_those_without_the_post(world, role):
    day = CalendarDay.objects.create(day=NOW.date(), kind="H")
    client = logged_in(factories.staff(role, world.asking))

    for name in SHARED:
        assert client.post(reverse(name, args=[day.pk])).status_code == 403

    assert CalendarDay.objects.get() == day


@pytest.mark.parametrize("role", READERS)
def test_no_page_of_one_province_speaks_of_anothers_work(world, role):
    client = logged_in(factories.staff(role, world.asking))
    speaking = []
    for name, arguments in patterns():
        if not arguments:
            answer = client.get(reverse(name), follow=True)
            if SECRET in answer.content.decode():
                speaking.append(name)

    assert speaking == []


def test_pages_of_the_province_itself_do_speak_of_it(world):
    """Otherwise the word looked for above would be looked for in vain."""
    client = logged_in(factories.staff(Role.COORDINATOR, world.owner))

    for name in ("tasks:desk", "tasks:ledger", "tasks:reminders", "reports:statistics"):
        assert SECRET in client.get(reverse(name)).content.decode(), name
