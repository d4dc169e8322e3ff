"""Files beside the forms of a real assignment, handed in through the actions."""

import io
from datetime import timedelta

from audit.models import AuditEvent
from reports.actions import evidence, handing_in
from reports.actions.evidence import Given
from reports.models import Evidence
from tasks.actions import evidence as asking
from tasks.states import EvidenceKind
from tests import factories
from tests.reports import papers
from tests.reports.written import NOW, filler, save, table

LATER = NOW + timedelta(hours=1)


def asked(task, *kinds: EvidenceKind):
    """The same task, its obligation taking these kinds and no others."""
    asking.ask(task.obligation, kinds, now=NOW, by=factories.coordinator())
    task.obligation.refresh_from_db()
    return task


def given(name: str, data: bytes) -> Given:
    return Given(name, io.BytesIO(data), len(data))


def attach(
    task, kind=EvidenceKind.IMAGE, *files: Given, by=None, now=NOW, **fields
) -> list[Evidence]:
    files = files or (given("现场.png", papers.picture()),)
    return evidence.attach(task, kind, files, now=now, by=by or filler(task.bureau), **fields)


def seal(task, data: bytes = papers.PDF, *, name: str = "盖章件.pdf", **fields) -> Evidence:
    fields.setdefault("number", 1)
    (made,) = attach(task, EvidenceKind.SEALED, given(name, data), **fields)
    return made


def hand_in(task, content=None, *, revision=0, now=NOW):
    save(task, content or table(), revision=revision, now=now)
    return handing_in.hand_in(task, now=now, by=filler(task.bureau))


def fresh_task(task):
    return type(task).objects.for_detail().get(pk=task.pk)


def last_event() -> AuditEvent:
    return AuditEvent.objects.latest("pk")
