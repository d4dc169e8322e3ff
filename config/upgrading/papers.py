"""Forms and files: mended, corrected, imported, merged, sealed, rolled up and made by a worker."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from bureaus.roles import Role
from config.demo import stories, writing
from config.demo.people import holder
from config.upgrading.desk import DAY, NOW, asked, coordinator, filler, task
from reports.actions import (
    adopting,
    evidence,
    handing_in,
    importing,
    merging,
    prefilling,
    productions,
    returning,
    schemas,
    snapshots,
    submissions,
)
from reports.actions.evidence import Given
from reports.filling import offline_templates
from reports.filling.asked_forms import Form, forms_of, proposed
from reports.makers import originals, package
from reports.models import SubmissionVersion
from reports.states import ProductionKind
from tasks.actions import evidence as asking
from tasks.models import Assignment
from tasks.states import EvidenceKind, Status

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def fill_in() -> None:
    """Nothing to report; imported from a workbook; taken over from the month before."""
    begun = Assignment.objects.for_detail().exclude(obligation__period="")
    nil = begun.filter(status=Status.ACCEPTED).order_by("pk")[0]
    handing_in.hand_in_nil(nil, now=NOW, by=filler(nil))
    one = task("1", "120000")
    data = writing.write(_form(one).definition, one.bureau)
    submissions.save(one, 1, data, revision=0, now=NOW, by=filler(one))
    workbook = offline_templates.template_workbook(one, _form(one))
    importing.take_in(one, 1, workbook, "填报.xlsx", now=NOW, by=filler(one))
    monthly = begun.filter(status=Status.ACCEPTED).order_by("pk")[0]
    before = SubmissionVersion.objects.filter(
        submission__assignment__bureau=monthly.bureau, submission__attachment_number=1
    ).exclude(submission__assignment__obligation__period="")
    key = before.latest("pk").pk
    prefilling.take(monthly, 1, key, None, revision=0, now=NOW, by=filler(monthly))


def merge() -> None:
    """The province that split its task takes in what two of its cities have reported."""
    one = task("1", "330000")
    below = Assignment.objects.filter(obligation__parent=one, status=Status.CLOSED)[:2]
    merging.merge(one, 1, below, revision=_form(one).revision, now=NOW, by=filler(one))


def hand_files_in() -> None:
    """A picture, one that was removed, and a sealed copy that a correction made void."""
    asking.ask(asked("1"), [EvidenceKind.IMAGE, EvidenceKind.SEALED], now=NOW, by=coordinator())
    one = task("1", "120000")
    for name, colour in (("现场.png", b""), ("误传.png", b"\0")):
        (kept,) = _attach(one, EvidenceKind.IMAGE, name, PNG + colour)
    evidence.remove(kept, now=NOW, by=filler(one))
    sealed = task("1", "340000")
    _attach(sealed, EvidenceKind.SEALED, "盖章件.pdf", PDF, number=1)
    reviewer = holder(Role.REVIEWER, sealed.bureau)
    returning.send_back(
        sealed, "review_back", marks=[stories.mark(_form(sealed))], now=NOW, by=reviewer
    )
    sealed, form = task("1", "340000"), _form(task("1", "340000"))
    content: Any = form.content
    rows = [{**content["rows"][0], form.definition.row_columns()[-1].id: "已印发"}]
    data = {**content, "rows": rows}
    submissions.save(sealed, 1, data, revision=form.revision, now=NOW, by=filler(sealed))
    handing_in.hand_in(task("1", "340000"), now=NOW, by=filler(sealed))


def correct_the_form() -> None:
    """A column goes and another comes; one bureau goes over, and keeps what has no place."""
    notice = asked("1").notice
    definition: Any = proposed(notice, 1)
    columns = [each for each in definition.columns if each.id != "c2"]
    new = replace(columns[1], id="c20", label="新增情况", required=False)
    corrected = replace(definition, columns=(*columns, new))
    schemas.confirm(notice, 1, corrected, now=NOW, by=coordinator())
    one = task("1", "330000")
    adopting.adopt(one, 1, revision=_form(one).revision, now=NOW, by=filler(one))


def look_back() -> None:
    """Two snapshots, and files asked for of which one is made and one cancelled."""
    table, by = asked("1"), coordinator()
    snapshots.take(table, 1, label="示例快照", now=NOW, by=by)
    snapshots.take(table, 1, label="", now=NOW + DAY, by=by)
    kind, params = ProductionKind.ORIGINALS, originals.params(table, 1)
    made = productions.ask(kind, params, title="示例原表", bureau=table.issuer, now=NOW, by=by)
    productions.produce(made.pk, clock=lambda: NOW)
    one = task("1", "650000")
    params = package.params(one, filler(one))
    for title in ("示例报送包", "不要的报送包"):
        asked_for = productions.ask(
            ProductionKind.PACKAGE, params, title=title, bureau=one.bureau, now=NOW, by=filler(one)
        )
        if title == "示例报送包":
            productions.cancel(asked_for, now=NOW, by=filler(one))


def _form(one: Assignment) -> Form:
    return next(form for form in forms_of(one) if form.number == 1)


def _attach(one: Assignment, kind: EvidenceKind, name: str, data: bytes, **fields: Any) -> Any:
    files = [Given(name, BytesIO(data), len(data))]
    return evidence.attach(one, kind, files, now=NOW, by=filler(one), **fields)
