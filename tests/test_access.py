"""What belongs to one province does not exist for another: every address with an id, every role.

The addresses come from the resolver, so that a new one fails here until it is known how to ask it.
That all of them ask for a login stands in tests/config/test_closed_by_default.py.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from openpyxl import load_workbook

from audit.models import AuditEvent
from bureaus.models import Bureau, CalendarDay, Staff
from bureaus.roles import GRANTED, Permission, Role
from notices.actions import ingest
from notices.models import Notice
from reports.actions import submissions
from reports.exports import XLSX
from reports.models import (
    Evidence,
    Production,
    ReturnMark,
    Snapshot,
    Submission,
    SubmissionVersion,
)
from tasks.actions import extensions, feeds, inboxes, reminders, urging
from tasks.models import Assignment, Delivery, Extension, Feed, Obligation, RobotAddress, UrgeSheet
from tasks.states import MOVES, EvidenceKind
from tests import factories
from tests.factories import RUNGS
from tests.reports import made, snapped
from tests.reports.enclosed import asked, attach
from tests.reports.written import NOW, outline, save, table

pytestmark = pytest.mark.django_db

SECRET = "只与乙省有关的工作"
TEXT = factories.TEXT_TOGETHER.replace("质量工作", SECRET)
READERS = [role for role in Role if Permission.READ in GRANTED[role]]
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
    "tasks:extension_request",
    "tasks:extension_decide",
    "tasks:extension_take_back",
    "tasks:feed_revoke",
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
    "notices:discard",
}
ONLY_GET = {
    "notices:expansion",
    "reports:urge_sheet",
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
# Whoever has the secret reads it, logged in or not: tests/tasks/test_feed_answers.py.
BEARER = {"tasks:feed"}
# Accounts, posts and units, which administrators do reach: tests/test_access_people.py.
OF_PEOPLE = {
    "bureaus:unit",
    "bureaus:person",
    "bureaus:person_edit",
    "bureaus:person_password",
    "bureaus:person_unlock",
    "bureaus:person_reactivate",
    "bureaus:person_delegate",
    "bureaus:post_give",
    "bureaus:post_confirm",
    "bureaus:post_refuse",
    "bureaus:post_remove",
    "bureaus:delegation_end",
    "tasks:handover",
    "tasks:handover_transfer",
}
LATER = date(2026, 4, 10)
# What a refused request leaves as it was.
KEPT = (
    *(Assignment, Obligation, Extension, Feed, Notice, AuditEvent, Delivery, RobotAddress),
    *(Submission, SubmissionVersion, ReturnMark, Production, Evidence, UrgeSheet, Snapshot),
)
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
    feed: Feed
    extension: Extension
    sheet: UrgeSheet
    production: Production
    evidence: Evidence
    message: Delivery
    robot: RobotAddress
    snapshots: list[Snapshot]

    def addresses(self) -> dict[str, list[dict]]:
        """Every address with an id, filled in with rows of B."""
        task, obligation = {"pk": self.task.pk}, {"pk": self.obligation.pk}
        own, sent = {"pk": self.unchecked.pk}, {"pk": self.notice.pk}
        forms = [task | {"number": number} for number in (1, 2)]
        production = {"pk": self.production.pk}
        file = task | {"key": self.evidence.pk}
        compared = {"pk": self.snapshots[0].pk, "other": self.snapshots[1].pk}
        return {
            "tasks:notice_detail": [sent],
            "tasks:issue": [sent],
            "tasks:notice_soon": [sent],
            "tasks:policy_notice": [sent],
            "tasks:delivery_resend": [{"pk": Delivery.objects.going_out().latest("pk").pk}],
            "tasks:policy_bureau": [{"pk": self.owner.pk}],
            "tasks:obligation_detail": [obligation],
            "tasks:obligation_amend": [obligation],
            "tasks:obligation_withdraw": [obligation],
            "tasks:obligation_add": [obligation],
            "tasks:obligation_evidence": [obligation],
            "tasks:assignment_detail": [task],
            "tasks:assignment_move": [task | {"verb": verb} for verb in MOVES],
            "tasks:assignment_trail": [task],
            "tasks:assignment_reminders": [task],
            "reports:diligence": [task],
            "tasks:assignment_assign": [task],
            "tasks:assignment_urge": [task],
            "tasks:assignment_pass_on": [task],
            "tasks:urge_confirm": [{"pk": self.sheet.pk}],
            "reports:urge_sheet": [{"pk": self.sheet.pk}],
            "tasks:extension_request": [task],
            "tasks:extension_decide": [{"pk": self.extension.pk}],
            "tasks:extension_take_back": [{"pk": self.extension.pk}],
            "tasks:feed_revoke": [{"pk": self.feed.pk}],
            "tasks:inbox_open": [{"pk": self.message.pk}],
            "tasks:robot_remove": [{"pk": self.robot.pk}],
            "tasks:split": [task],
            "reports:form": forms,
            "reports:nil": [task],
            "reports:autosave": forms,
            "reports:merge": forms,
            "reports:prefill": forms,
            "reports:form_adopt": forms,
            "reports:form_download": forms,
            "reports:template": forms,
            "reports:document": forms[1:],
            "reports:pdf": forms[1:],
            "reports:upload": forms,
            "reports:version": [form | {"version": 1} for form in forms],
            "reports:review": [task],
            "reports:evidence": [task],
            "reports:evidence_download": [file],
            "reports:evidence_remove": [file],
            "reports:package": [task],
            "reports:originals": [obligation | {"number": 1}],
            "reports:production": [production],
            "reports:production_download": [production],
            "reports:production_cancel": [production],
            "reports:roll_up": [obligation],
            "reports:schema": [sent | {"number": number} for number in (0, 1)],
            "reports:roll_up_number": [obligation | {"number": 1}],
            "reports:roll_up_download": [obligation | {"number": 1}],
            "reports:roll_up_make": [obligation | {"number": 1}],
            "reports:snapshot_take": [obligation | {"number": 1}],
            "reports:snapshot": [{"pk": self.snapshots[0].pk}],
            "reports:snapshot_download": [{"pk": self.snapshots[0].pk}],
            "reports:snapshot_make": [{"pk": self.snapshots[0].pk}],
            "reports:difference": [compared],
            "reports:difference_download": [compared],
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
def world(settings, tmp_path) -> World:
    settings.FILES_DIR = tmp_path / "files"
    owner = factories.province("320000", "江苏省")
    obligation = factories.obligation(owner, number="1,2", text=TEXT)
    task = factories.accept(obligation.assignments.for_detail().get())
    asked(task, EvidenceKind.IMAGE)
    (evidence,) = attach(task)
    save(task, table())
    save(task, outline("学习两次"), number=2)
    filler = factories.staff(Role.FILLER, owner)
    factories.walk(submissions.hand_in(task, now=NOW, by=filler), "review_back")
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
        feed=feeds.open_feed(filler, bureau=owner, now=NOW, by=filler)[0],
        extension=extensions.request(task, until=LATER, reason=SECRET, now=NOW, by=filler),
        sheet=urging.urge(task, now=NOW, by=factories.coordinator()).sheet,
        production=made.ask_package(task, by=filler, title=f"{SECRET} 报送包"),
        evidence=evidence,
        message=Delivery.objects.messages_for(filler).get(),
        robot=inboxes.add_robot(
            "wecom", address=SECRET, secret="", bureau=None, now=NOW, by=filler
        ),
        snapshots=[snapped.take(obligation, label=SECRET) for _ in range(2)],
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

    assert with_ids == set(world.addresses()) | SHARED | BEARER | OF_PEOPLE


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
