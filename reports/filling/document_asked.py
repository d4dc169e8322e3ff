"""A deliverable that is a document (方案, 总结, 名单): handed in as a file, or written in place."""

from dataclasses import dataclass

from bureaus.models import Staff
from reports.filling import readable_evidence
from reports.filling.asked_forms import PLAIN_TEXT, Form
from reports.models import Evidence
from reports.schemas.checking.problems import Problem
from reports.schemas.content.content import has_body
from tasks.models import Assignment
from tasks.states import EvidenceKind


@dataclass(frozen=True)
class DocumentAsked:
    """What the file is called, and those of these that are in."""

    name: str
    files: list[Evidence]


def is_asked(assignment: Assignment, form: Form) -> bool:
    """Is it the plain text of a task that takes such a file?"""
    obligation = assignment.obligation
    is_taken = EvidenceKind.FILE in obligation.evidence_kinds and bool(obligation.document)
    return form.number == PLAIN_TEXT and is_taken


def document_for(user: Staff, assignment: Assignment, form: Form) -> DocumentAsked | None:
    """With the files that this person may read; None where no document is asked for here."""
    if not is_asked(assignment, form):
        return None
    files = readable_evidence.files_for(user, assignment)
    found = [one for one in files if one.kind == EvidenceKind.FILE]
    return DocumentAsked(assignment.obligation.document, found)


def without_empty_page(
    assignment: Assignment, form: Form, problems: list[Problem]
) -> list[Problem]:
    """The problems of handing in: an empty page is none where the file is in, and where it is not
    the one thing to do is to bring it or to write."""
    if has_body(form.content):
        return problems
    if not is_asked(assignment, form):
        return problems
    rest = [one for one in problems if one.path != "sections"]
    if Evidence.objects.of(assignment).in_force().filter(kind=EvidenceKind.FILE).exists():
        return rest
    said = f"请上传“{assignment.obligation.document}”，或在下面填写报送内容。"
    return [Problem("sections", form.definition.title, "error", said), *rest]
