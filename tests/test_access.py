"""What belongs to one province does not exist for another: every address with an id, every role.

The addresses come from the resolver, so that a new one fails here until it is known how to ask it.
That all of them ask for a login stands in tests/config/test_closed_by_default.py.
"""

from copy import deepcopy
from io import BytesIO

import pytest
from django.urls import URLResolver, get_resolver, reverse
from openpyxl import load_workbook

from audit.models import AuditEvent
from bureaus.models import CalendarDay, Staff
from bureaus.roles import Role
from notices.models import Notice, Source
from reports.exports.files import XLSX
from reports.models import (
    Evidence,
    Production,
    ReturnMark,
    Snapshot,
    Submission,
    SubmissionVersion,
)
from tasks.models import (
    Assignment,
    Delivery,
    Extension,
    Feed,
    Obligation,
    RobotAddress,
    SavedView,
    UrgeSheet,
)
from tests import factories
from tests.reports.written import NOW
from tests.world import OF_PEOPLE, POSTED, READERS, SECRET, World, loaded, logged_in

pytestmark = pytest.mark.django_db

ADMINISTRATORS = [role for role in Role if role not in READERS]
# These take only the one method; the other is refused before any row is looked for.
ONLY_POST = {
    "tasks:assignment_move",
    "tasks:assignment_assign",
    "tasks:assignment_urge",
    "tasks:urge_confirm",
    "tasks:delivery_resend",
    "tasks:notice_soon",
    "tasks:obligation_evidence",
    "tasks:obligation_take_back",
    "tasks:obligation_happened",
    "tasks:obligation_who_enters",
    "tasks:assignment_happened",
    "tasks:extension_request",
    "tasks:extension_decide",
    "tasks:extension_take_back",
    "tasks:feed_revoke",
    "tasks:view_remove",
    "tasks:inbox_open",
    "tasks:robot_remove",
    "reports:nil",
    "reports:autosave",
    "reports:package",
    "reports:pdf",
    "reports:originals",
    "reports:evidence_remove",
    "reports:roll_up_make",
    "reports:snapshot_take",
    "reports:snapshot_make",
    "reports:production_cancel",
    "notices:clause_add",
    "notices:confirm_sure",
    "notices:take_back",
    "notices:discard",
    "notices:source_release",
    "tasks:notice_merge",
}
ONLY_GET = {
    "notices:expansion",
    "notices:original_download",
    "notices:original_page",
    "notices:original_picture",
    "notices:dates",
    "reports:notice_forms",
    "notices:source",
    "reports:urge_sheet",
    "reports:sign_sheet",
    "reports:step",
    "reports:diligence",
    "reports:production",
    "reports:production_download",
    "reports:evidence_download",
    "reports:snapshot",
    "reports:snapshot_download",
    "reports:difference",
    "reports:difference_download",
}
# Rows that belong to no bureau. The working days are one calendar for all.
SHARED = {"bureaus:workday_remove"}
# Whoever has the secret reads it, logged in or not: tests/tasks/calendar/test_feed_answers.py.
BEARER = {"tasks:feed"}
OF_THE_MANUAL = {"bureaus:manual", "bureaus:manual_picture"}  # named, not numbered: for everybody
# What a refused request leaves as it was.
KEPT = (
    *(
        Assignment,
        Obligation,
        Extension,
        Feed,
        Notice,
        AuditEvent,
        Delivery,
        RobotAddress,
        SavedView,
    ),
    *(Submission, SubmissionVersion, ReturnMark, Production, Evidence, UrgeSheet, Snapshot, Source),
)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with loaded(django_db_blocker, tmp_path_factory.mktemp("files")) as world:
        yield world


@pytest.fixture
def world(made, db) -> World:
    return deepcopy(made)


def patterns(resolver=None, namespace="", above=()):
    """(qualified name, names of its arguments) of every pattern below ``resolver``."""
    for each in (resolver or get_resolver()).url_patterns:
        arguments = (*above, *each.pattern.converters)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from patterns(each, inner, arguments)
        else:
            yield f"{namespace}{each.name}", arguments


def answers(person: Staff, world: World) -> dict[tuple[str, str], int]:
    """What every address answers to both methods."""
    client = logged_in(person)
    found = {}
    for _, url in world.urls():
        found["GET", url] = client.get(url).status_code
        found["POST", url] = client.post(url, POSTED).status_code
    return found


def status_of(answer) -> int:
    """What it answers; a file is read to its end, which closes it."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def unseen(world: World, refusal: int = 404) -> dict[tuple[str, str], int]:
    """The answers for somebody to whom none of it exists."""
    found = {}
    for name, url in world.urls():
        found["GET", url] = 405 if name in ONLY_POST else refusal
        found["POST", url] = 405 if name in ONLY_GET else refusal
    return found


def snapshot() -> list:
    return [list(kind.objects.order_by("pk").values()) for kind in KEPT]


def test_every_address_with_an_id_is_known(world):
    with_ids = {name for name, arguments in patterns() if arguments}

    assert with_ids == set(world.addresses()) | SHARED | BEARER | OF_PEOPLE | OF_THE_MANUAL


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
        found = {status_of(client.get(url)) for client in clients}
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


def words_of(answer) -> str:
    """The text of a page, or of all the cells of a workbook."""
    if answer.headers["Content-Type"] != XLSX:
        return answer.content.decode()
    sheets = load_workbook(BytesIO(answer.content)).worksheets
    return "".join(str(cell.value) for sheet in sheets for row in sheet for cell in row)


@pytest.mark.parametrize("role", READERS)
def test_no_page_of_one_province_speaks_of_anothers_work(world, role):
    client = logged_in(factories.staff(role, world.asking))
    speaking = []
    for name, arguments in patterns():
        if not arguments:
            answer = client.get(reverse(name), follow=True)
            if SECRET in words_of(answer):
                speaking.append(name)

    assert speaking == []


def test_pages_of_the_province_itself_do_speak_of_it(world):
    """Otherwise the word looked for above would be looked for in vain."""
    client = logged_in(factories.staff(Role.COORDINATOR, world.owner))

    for name in (
        "tasks:desk",
        "tasks:ledger",
        "tasks:reminders",
        "reports:statistics",
        "reports:ledger_export",
    ):
        assert SECRET in words_of(client.get(reverse(name))), name
