"""报送包: what one bureau hands in for one task, in one zip: forms, evidence, sealed copies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit.models import AuditEvent
from bureaus.models import Staff
from notices.files import store
from notices.files.store import Writer
from reports import permissions
from reports.errors import ReportError
from reports.filling import readable_evidence, readable_forms
from reports.filling.asked_forms import Form
from reports.makers.archive import Archive
from reports.makers.maker import Order, Params, Progress, SubjectClosed
from reports.makers.naming import file_name, renamed
from reports.makers.papers import paper
from reports.models import Evidence, SubmissionVersion
from tasks.models import Assignment
from tasks.states import HANDED_IN, MOVES, EvidenceKind, SealedCopy

ENDING = ".zip"
FOLDERS = {EvidenceKind.SEALED: "盖章件"}
OTHER_FOLDER = "随报材料"


def params(assignment: Assignment, user: Staff) -> Params:
    """Raises ReportError where there is nothing that this person could pack."""
    _check_content(assignment, _forms(user, assignment), _evidence(assignment, user))
    return {"assignment": assignment.pk, "drafts": permissions.sees_drafts(user, assignment)}


def check(user: Staff, params: Params) -> None:
    _assignment(user, params)


def make(order: Order, out: Writer, progress: Progress) -> None:
    """Everything as this person may read it; a draft says that it is one."""
    assignment = _assignment(order.by, order.params)
    report = _report(order.by, assignment)
    forms, evidence = _forms(order.by, assignment), _evidence(assignment, order.by)
    _check_content(assignment, forms, evidence)
    numbers = _version_numbers(assignment)
    total = len(forms) + len(evidence)
    with Archive(out, now=order.now, facts=_facts(order, assignment, report)) as archive:
        progress(0, total)
        for done, form in enumerate(forms, start=1):
            _write_form(archive, form, assignment, report, numbers)
            progress(done, total)
        for place, one in enumerate(evidence, start=1):
            _copy(archive, one, place)
            progress(len(forms) + place, total)


@dataclass(frozen=True, slots=True)
class _Report:
    """Whether what is packed has been reported, and who signed it when."""

    is_draft: bool
    signed_by: str = ""
    signed_at: datetime | None = None

    @property
    def day(self) -> date | None:
        return self.signed_at.date() if self.signed_at else None


def _assignment(user: Staff, params: Params) -> Assignment:
    seen = Assignment.objects.visible_to(user).for_detail().select_related("submitted_by")
    found: Assignment | None = seen.filter(pk=params["assignment"]).first()
    if found is None:
        raise SubjectClosed("您已不能查看该任务，不能下载它的报送包")
    if params["drafts"] and not permissions.sees_drafts(user, found):
        raise SubjectClosed("您已不在该单位任职，不能下载本单位内部的报送包")
    return found


def _report(user: Staff, assignment: Assignment) -> _Report:
    reads_drafts = permissions.sees_drafts(user, assignment)
    if not assignment.has_report or (reads_drafts and assignment.status not in HANDED_IN):
        return _Report(is_draft=True)
    signed = AuditEvent.objects.about(assignment).filter(verb=MOVES["submit"].label).first()
    if signed is not None:
        return _Report(False, signed.actor_name, timezone.localtime(signed.at))
    at = assignment.submitted_at
    by = assignment.submitted_by
    return _Report(False, by.name if by else "", timezone.localtime(at) if at else None)


def _forms(user: Staff, assignment: Assignment) -> list[Form]:
    return [form for form in readable_forms.forms_for(user, assignment) if form.is_written]


def _evidence(assignment: Assignment, user: Staff) -> list[Evidence]:
    """What counts of the files that this person may read, in the order they came in."""
    return readable_evidence.counted(readable_evidence.files_for(user, assignment))


def _check_content(assignment: Assignment, forms: list[Form], evidence: list[Evidence]) -> None:
    says_nil = assignment.is_nil and assignment.has_report
    if not (forms or evidence or says_nil):
        raise ReportError("还没有可以打包的内容：报表还没有填写或报送，也没有随报材料")


def _version_numbers(assignment: Assignment) -> dict[int, int]:
    """The number of the last version of each form, by submission."""
    last = SubmissionVersion.objects.of(assignment).last_of_each()
    return dict(last.values_list("submission_id", "number"))


def _facts(order: Order, assignment: Assignment, report: _Report) -> Mapping[str, Any]:
    obligation, bureau = assignment.obligation, assignment.bureau
    signed_at = report.signed_at
    return {
        "kind": "package",
        "notice": obligation.notice.citation,
        "obligation": str(obligation),
        "bureau": {"code": bureau.code, "name": bureau.name},
        "receiver": assignment.receiver.name,
        "status": assignment.get_status_display(),
        "is_draft": report.is_draft,
        "is_nil": assignment.is_nil,
        "sealed_copy": SealedCopy(assignment.sealed_copy).label
        if _asks_sealed(assignment)
        else None,
        "signed_by": report.signed_by or None,
        "signed_at": signed_at.isoformat(timespec="seconds") if signed_at else None,
        "made_by": order.by.name,
    }


def _asks_sealed(assignment: Assignment) -> bool:
    return assignment.obligation.asks_sealed and not assignment.is_nil


def _write_form(
    archive: Archive,
    form: Form,
    assignment: Assignment,
    report: _Report,
    numbers: Mapping[int, int],
) -> None:
    made = paper(form, unit_name=assignment.bureau.name, on=report.day)
    name = [form.tab, form.definition.title] if form.number else [form.definition.title]
    number = _version_number(form, report, numbers)
    archive.add(
        file_name(*name, "（草稿）" if report.is_draft else "", ending=made.ending),
        made.data,
        note=_note(report, number),
        attachment=form.number,
        version=number,
        written_by=form.written_by.name if form.written_by else None,
        written_at=timezone.localtime(form.written_at).isoformat(timespec="seconds")
        if form.written_at
        else None,
    )


def _version_number(form: Form, report: _Report, numbers: Mapping[int, int]) -> int | None:
    """None of a draft, which is no version."""
    if form.version:
        return form.version.number
    if report.is_draft or form.submission is None:
        return None
    return numbers.get(form.submission.pk)


def _note(report: _Report, number: int | None) -> str:
    if report.is_draft:
        return "草稿，尚未签发报送"
    said = [f"第{number}版"] if number else []
    if report.signed_at:
        said.append(f"{report.signed_at:%Y-%m-%d %H:%M} {report.signed_by} 签发")
    return "，".join(said)


def _copy(archive: Archive, evidence: Evidence, place: int) -> None:
    """Raises ReportError where the stored file is gone or is not what was handed in."""
    folder = FOLDERS.get(EvidenceKind(evidence.kind), OTHER_FOLDER)
    at = timezone.localtime(evidence.uploaded_at)
    try:
        with store.open(evidence.stored_name) as source:
            member = archive.add_stream(
                f"{folder}/{renamed(f'{place:02}', evidence.file_name)}",
                source,
                evidence.size,
                note=f"{_kind(evidence)}，{at:%Y-%m-%d %H:%M}上传",
                kind=evidence.kind,
                uploaded_at=at.isoformat(timespec="seconds"),
                **_sealed(evidence),
            )
    except FileNotFoundError:
        raise ReportError(f"“{evidence.file_name}”已不在服务器上，请重新上传后再打包") from None
    if member.digest != evidence.digest:
        raise ReportError(f"“{evidence.file_name}”与上传时不一致，请重新上传后再打包")


def _kind(evidence: Evidence) -> str:
    sealed = _sealed(evidence)
    if not sealed:
        return evidence.get_kind_display()
    form = f"附件{sealed['attachment']}" if sealed["attachment"] else "报送材料"
    return f"{form}第{sealed['version']}版的{evidence.get_kind_display()}"


def _sealed(evidence: Evidence) -> dict[str, int]:
    """Which version of which form a sealed copy is of."""
    if evidence.version is None:
        return {}
    number = evidence.version.submission.attachment_number
    return {"attachment": number, "version": evidence.version.number}
