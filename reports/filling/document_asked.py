"""A deliverable that is a document (方案, 总结, 名单): handed in as a file, or written in place."""

from dataclasses import dataclass

from reports.filling.asked_forms import PLAIN_TEXT, Form
from reports.models import Evidence
from reports.schemas.checking.problems import Problem
from reports.schemas.content.content import has_body
from tasks.models import Assignment
from tasks.states import EvidenceKind


@dataclass(frozen=True)
class DocumentAsked:
    """What the file is called, and those that are in."""

    name: str
    files: list[Evidence]


def document_asked(assignment: Assignment, form: Form) -> DocumentAsked | None:
    """For the plain text of a task that takes such a file; None for any other form."""
    obligation = assignment.obligation
    is_taken = EvidenceKind.FILE in obligation.evidence_kinds and obligation.document
    if form.number != PLAIN_TEXT or not is_taken:
        return None
    files = Evidence.objects.of(assignment).in_force().filter(kind=EvidenceKind.FILE)
    return DocumentAsked(obligation.document, list(files.order_by("pk")))


def without_empty_page(
    assignment: Assignment, form: Form, problems: list[Problem]
) -> list[Problem]:
    """The problems of handing in: an empty page is none where the file is in, and where it is not
    the one thing to do is to bring it or to write."""
    if has_body(form.content):
        return problems
    asked = document_asked(assignment, form)
    if asked is None:
        return problems
    rest = [one for one in problems if one.path != "sections"]
    if asked.files:
        return rest
    said = f"请上传“{asked.name}”，或在下面填写报送内容。"
    return [Problem("sections", form.definition.title, "error", said), *rest]
