"""The files that leave: one bureau's forms, the roll-up of all."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from reports import rollup
from reports.errors import ReportError
from reports.forms_of import Form, forms_of, numbers
from reports.schemas.definition import Definition, OutlineDefinition
from reports.workbooks import roll_up
from reports.workbooks.book import to_bytes
from reports.workbooks.outline import write_outline
from reports.workbooks.roll_up import Heading
from reports.workbooks.table import write_table
from tasks.models import Assignment, Obligation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def assignment_workbook(assignment: Assignment, number: int) -> bytes:
    """One form of one bureau in the official layout; blank where nothing is written yet."""
    form = next((form for form in forms_of(assignment) if form.number == number), None)
    if form is None:
        raise ReportError(f"该任务没有附件{number}的报表")
    return form_workbook(form, unit_name=assignment.bureau.name)


def form_workbook(form: Form, *, unit_name: str) -> bytes:
    """What stands in a form, as it was read for the person who asks."""
    return to_bytes(_write(form, unit_name=unit_name))


def blank_workbook(definition: Definition) -> bytes:
    """A form that nobody has begun, in the official layout."""
    if isinstance(definition, OutlineDefinition):
        return to_bytes(write_outline(definition, None, unit_name=""))
    return to_bytes(write_table(definition, None, unit_name=""))


def _write(form: Form, *, unit_name: str, onto: Workbook | None = None) -> Workbook:
    content = form.content if form.is_written else None
    if isinstance(form.definition, OutlineDefinition):
        return write_outline(form.definition, content, unit_name=unit_name, onto=onto)
    return write_table(form.definition, content, unit_name=unit_name, onto=onto)


def roll_up_workbook(obligation: Obligation, number: int, *, as_of: date) -> bytes:
    """The roll-up table with who is missing under it, at once.

    Raises ReportError for a form that is no table.
    """
    out = BytesIO()
    write_roll_up(obligation, number, out, as_of=as_of)
    return out.getvalue()


def write_roll_up(
    obligation: Obligation,
    number: int,
    out: Any,
    *,
    as_of: date,
    passed: Callable[[int], None] = lambda count: None,
) -> None:
    """The same of any length, straight into a file; ``passed`` hears how many units are in."""
    if number not in numbers(obligation):
        raise ReportError(f"该事项没有附件{number}的报表")
    rolled = rollup.begin(obligation, number)
    if isinstance(rolled.definition, OutlineDefinition):
        raise ReportError(f"附件{number}是文字提纲，没有汇总表；请逐单位下载")
    heading = Heading(
        as_of=as_of, by=obligation.issuer.short_name, names=rolled.names, passed=passed
    )
    roll_up.write_roll_up(out, rolled.definition, rollup.entries(rolled), rolled.standing, heading)


def file_name(*parts: str, ending: str = ".xlsx") -> str:
    """A file name from titles: what no file system takes is left out."""
    joined = "-".join(part for part in parts if part)
    return "".join(char for char in joined if char not in '\\/:*?"<>|\r\n\t')[:120] + ending
