"""One form of one unit as the file it is handed in as: a table in Excel, a summary in Word."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils import timezone

from reports.documents.summary import Imprint, write_summary
from reports.exports import files as exports
from reports.filling.asked_forms import Form
from reports.schemas.content.content import OutlineContent
from reports.schemas.definition.outlines import OutlineDefinition
from tasks.models import Assignment
from tasks.states import HANDED_IN


@dataclass(frozen=True, slots=True)
class Paper:
    ending: str
    data: bytes


def paper(form: Form, *, unit_name: str, on: date | None) -> Paper:
    """The form in its official layout; ``on`` is the day it was reported, None for a draft."""
    if isinstance(form.definition, OutlineDefinition):
        content = cast("OutlineContent", form.content)
        return Paper(".docx", write_summary(form.definition, content, Imprint(unit_name, on)))
    return Paper(".xlsx", exports.form_workbook(form, unit_name=unit_name))


def reported_on(assignment: Assignment, form: Form) -> date | None:
    """The day on which what stands in the form was reported; None of a draft."""
    at = assignment.resubmitted_at or assignment.submitted_at
    is_in = assignment.has_report and (assignment.status in HANDED_IN or form.version)
    return timezone.localtime(at).date() if at and is_in else None
