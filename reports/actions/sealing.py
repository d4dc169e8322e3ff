"""Sealed copies belong to the version that was printed; handing in another one voids them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from reports.errors import EvidenceRefused
from reports.filling import readable_evidence
from reports.filling.asked_forms import Form
from reports.models import Evidence, SubmissionVersion
from tasks.actions import evidence
from tasks.models import Assignment
from tasks.states import SealedCopy

NIL = "已改为零报告"


def version_to_seal(assignment: Assignment, number: int | None) -> SubmissionVersion:
    """The last version of that attachment's form. Raises EvidenceRefused where there is none."""
    last: QuerySet[SubmissionVersion] = SubmissionVersion.objects.of(assignment).last_of_each()
    for version in last.select_related("submission"):
        if version.submission.attachment_number == number:
            return version
    raise EvidenceRefused("请选择盖章件是哪一张报表的；该报表还没有提交过，不能上传盖章件")


def void_changed(assignment: Assignment, forms: Sequence[Form], *, now: datetime) -> dict[str, Any]:
    """Void the copies of what is handed in otherwise now; what the audit notes of it.

    The caller has locked the assignment and kept the new versions. A copy whose form is handed in
    word for word as it was printed goes on to count.
    """
    by_number = {form.number: form for form in forms}
    voided = []
    for copy, version in _in_force(assignment):
        form = by_number[version.submission.attachment_number]
        if places := readable_evidence.changed_since(version, form):
            _void(copy, f"盖章后改动：{readable_evidence.in_words(places)}", now)
            voided.append(f"{form.tab}第{version.number}版盖章件“{copy.file_name}”")
    note(assignment)
    return {"voided": voided} if voided else {}


def void_all(assignment: Assignment, *, now: datetime) -> dict[str, Any]:
    """零报告: no form is handed in any more that a seal could stand on."""
    voided = []
    for copy, _ in _in_force(assignment):
        _void(copy, NIL, now)
        voided.append(f"盖章件“{copy.file_name}”")
    note(assignment)
    return {"voided": voided} if voided else {}


def note(assignment: Assignment) -> None:
    """Keep how far the sealed copies of all the forms are on the assignment, for lists."""
    evidence.note_sealed(assignment, _state(assignment))


def _state(assignment: Assignment) -> SealedCopy:
    last = SubmissionVersion.objects.of(assignment).last_of_each()
    forms = list(last.values_list("submission_id", flat=True))
    copies: dict[int, list[Evidence]] = {key: [] for key in forms}
    for copy in Evidence.objects.of(assignment).sealed():
        if copy.version:
            copies.setdefault(copy.version.submission_id, []).append(copy)
    return readable_evidence.overall(
        [readable_evidence.state_of(found) for found in copies.values()]
    )


def _in_force(assignment: Assignment) -> list[tuple[Evidence, SubmissionVersion]]:
    found = Evidence.objects.of(assignment).sealed().in_force()
    copies = found.select_related("version__submission", "assignment")
    return [(copy, copy.version) for copy in copies if copy.version]


def _void(copy: Evidence, reason: str, now: datetime) -> None:
    copy.voided_at, copy.void_reason = now, reason[:300]
    copy.ended_round = copy.assignment.round_number
    copy.save(update_fields=["voided_at", "void_reason", "ended_round"])
