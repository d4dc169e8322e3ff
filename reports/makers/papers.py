"""One form of one unit as the file it is handed in as: a table in Excel, a summary in Word."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from reports import exports
from reports.documents.summary import Imprint, write_summary
from reports.forms_of import Form
from reports.schemas.content import OutlineContent
from reports.schemas.definition import OutlineDefinition


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
