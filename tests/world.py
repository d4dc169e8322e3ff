"""Two provinces, and all that belongs to one of them with its addresses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from bureaus.models import Bureau, Staff
from bureaus.roles import GRANTED, Permission, Role
from notices.actions import ingest, merging
from notices.actions.originals import HandedIn
from notices.models import Notice, Original, Source
from reports.actions import handing_in
from reports.models import (
    Evidence,
    Production,
    Snapshot,
)
from tasks.actions import extensions, feeds, saved_views
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
from tasks.reminders.actions import inboxes, ticking, urging
from tasks.states import MOVES, EvidenceKind
from tests import factories
from tests.factories import RUNGS
from tests.notices.print_pdf import pdf
from tests.notices.printed import Sheet
from tests.reports import made, snapped
from tests.reports.enclosed import asked, attach
from tests.reports.written import NOW, outline, save, table

SECRET = "只与乙省有关的工作"
TEXT = factories.TEXT_TOGETHER.replace("质量工作", SECRET)
READERS = [role for role in Role if Permission.READ in GRANTED[role]]
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
    source: Source
    feed: Feed
    extension: Extension
    sheet: UrgeSheet
    production: Production
    evidence: Evidence
    message: Delivery
    robot: RobotAddress
    view: SavedView
    snapshots: list[Snapshot]

    def addresses(self) -> dict[str, list[dict]]:
        """Every address with an id, filled in with rows of B."""
        task, obligation = {"pk": self.task.pk}, {"pk": self.obligation.pk}
        own, sent = {"pk": self.unchecked.pk}, {"pk": self.notice.pk}
        both = (self.unchecked, self.notice)
        clauses = [{"pk": one.pk, "number": one.clauses.first().pk} for one in both]
        forms = [task | {"number": number} for number in (1, 2)]
        first = {"position": 1}
        leaf = first | {"number": 1}
        production = {"pk": self.production.pk}
        file = task | {"key": self.evidence.pk}
        compared = {"pk": self.snapshots[0].pk, "other": self.snapshots[1].pk}
        return {
            "tasks:notice_detail": [sent],
            "tasks:issue": [sent],
            "tasks:notice_soon": [sent],
            "tasks:notice_merge": [own, sent],
            "tasks:notice_changes": [sent],
            "tasks:policy_notice": [sent],
            "tasks:delivery_resend": [{"pk": Delivery.objects.going_out().latest("pk").pk}],
            "tasks:policy_bureau": [{"pk": self.owner.pk}],
            "tasks:obligation_detail": [obligation],
            "tasks:obligation_amend": [obligation],
            "tasks:obligation_withdraw": [obligation],
            "tasks:obligation_add": [obligation],
            "tasks:obligation_take_back": [obligation],
            "tasks:obligation_evidence": [obligation],
            "tasks:obligation_happened": [obligation],
            "tasks:obligation_who_enters": [obligation],
            "tasks:assignment_happened": [task],
            "tasks:assignment_detail": [task],
            "tasks:assignment_move": [task | {"verb": verb} for verb in MOVES],
            "tasks:assignment_beside": [task],
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
            "tasks:view_remove": [{"pk": self.view.pk}],
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
            "reports:step": [task],
            "reports:sign_sheet": [task],
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
            "reports:notice_forms": [sent],
            "reports:form_confirm": [sent | {"number": number} for number in (1, 2)],
            "reports:forms_issue": [sent],
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
            "notices:original_download": [own | first, sent | first],
            "notices:original_page": [own | leaf, sent | leaf],
            "notices:original_picture": [own | leaf, sent | leaf],
            "notices:confirm_sure": [own, sent],
            "notices:dates": clauses,
            "notices:take_back": clauses,
            "notices:source": [{"pk": self.source.pk}],
            "notices:source_release": [{"pk": self.source.pk}],
        }

    def urls(self) -> list[tuple[str, str]]:
        return [
            (name, reverse(name, kwargs=filled))
            for name, all_filled in self.addresses().items()
            for filled in all_filled
        ]


@contextmanager
def loaded(blocker, files: Path) -> Iterator[World]:
    """For a module's fixture that has ``django_db_setup``; gone again at the end of it.

    A test takes a copy of the world, and the database takes back what it changes.
    """
    with blocker.unblock(), override_settings(FILES_DIR=files), transaction.atomic():
        yield two_provinces()
        transaction.set_rollback(True)


def two_provinces() -> World:
    """Needs FILES_DIR to be a folder of the tests' own."""
    owner = factories.province("320000", "江苏省")
    obligation = factories.obligation(owner, number="1,2", text=TEXT)
    task = factories.accept(obligation.assignments.for_detail().get())
    asked(task, EvidenceKind.IMAGE)
    (evidence,) = attach(task)
    save(task, table())
    save(task, outline("学习两次"), number=2)
    filler = factories.staff(Role.FILLER, owner)
    factories.walk(handing_in.hand_in(task, now=NOW, by=filler), "review_back")
    ticking.tick(RUNGS["T-10"])
    unchecked = _taken_in(owner)
    for each in (obligation.notice, unchecked):
        keep_original(each)
    return World(
        asking=factories.province(),
        owner=owner,
        task=task,
        obligation=obligation,
        notice=obligation.notice,
        unchecked=unchecked,
        source=_kept(unchecked),
        feed=feeds.open_feed(filler, bureau=owner, now=NOW, by=filler)[0],
        extension=extensions.request(task, until=LATER, reason=SECRET, now=NOW, by=filler),
        sheet=urging.urge(task, now=NOW, by=factories.coordinator()).sheet,
        production=made.ask_package(task, by=filler, title=f"{SECRET} 报送包"),
        evidence=evidence,
        message=Delivery.objects.messages_for(filler).get(),
        robot=inboxes.add_robot(
            "wecom", address=SECRET, secret="", bureau=None, now=NOW, by=filler
        ),
        view=saved_views.keep(
            SECRET,
            "light=overdue",
            bureau=owner,
            now=NOW,
            by=factories.staff(Role.COORDINATOR, owner),
        ),
        snapshots=[
            snapped.take(obligation, label=SECRET, now=each)
            for each in (NOW, NOW + timedelta(minutes=1))
        ],
    )


def keep_original(notice: Notice) -> None:
    """A PDF of one page, as if the notice had come as that."""
    with HandedIn([(f"{SECRET}.pdf", pdf([Sheet()]))]) as handed_in:
        handed_in.keep()
        Original.objects.bulk_create(handed_in.of(notice))


def _taken_in(owner: Bureau) -> Notice:
    return ingest.take_in(
        TEXT.replace("〔2026〕1号", "〔2026〕2号"),
        source_name="乙省.txt",
        bureau=owner,
        now=NOW,
        by=factories.staff(Role.COORDINATOR, owner),
    )


def _kept(notice: Notice) -> Source:
    """A second copy of it, kept as a source."""
    by = factories.staff(Role.COORDINATOR, notice.bureau)
    return merging.keep(_taken_in(notice.bureau), seen=notice.digest, now=NOW, by=by).source


def logged_in(person: Staff) -> Client:
    client = Client()
    client.force_login(person)
    return client
