"""The files that leave: one bureau's forms, the roll-up of all."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.timezone import localtime
from openpyxl import Workbook

from reports.errors import ReportError
from reports.filling.asked_forms import Form, forms_of, numbers
from reports.models import Snapshot
from reports.rollups import roll_up as rollup
from reports.rollups.snapshots import frozen
from reports.schemas.definition.definition import Definition
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.rolling.rolled import roll_outline, rolls_rows
from reports.schemas.rolling.units import Standing, UnitEntry, levels_of
from reports.workbooks.forms.outline import write_outline
from reports.workbooks.forms.table import write_table
from reports.workbooks.rollups import roll_up
from reports.workbooks.rollups.roll_up import Heading
from reports.workbooks.rollups.rolled import write_rolled, write_rolled_outline
from reports.workbooks.sheets.book import to_bytes
from tasks.models import Assignment, Obligation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTENT_TYPES = {".xlsx": XLSX, ".csv": "text/csv; charset=utf-8"}


Passed = Callable[[int], None]  # hears how many units are written
MOST_AT_ONCE = 300  # units of a roll-up for which a page waits; a worker writes longer ones


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
    """The roll-up with who is missing under it, at once. Raises ReportError for another number."""
    out = BytesIO()
    write_roll_up(obligation, number, out, as_of=as_of)
    return out.getvalue()


def write_roll_up(
    obligation: Obligation,
    number: int,
    out: Any,
    *,
    as_of: date,
    passed: Passed = lambda count: None,
) -> None:
    """The same of any length, straight into a file; ``passed`` hears how many units are in."""
    if number not in numbers(obligation):
        raise ReportError(f"该事项没有附件{number}的报表")
    rolled = rollup.begin(obligation, number)
    heading = Heading(
        as_of=as_of, by=obligation.issuer.short_name, names=rolled.names, passed=passed
    )
    write_entries(out, rolled.definition, rollup.entries(rolled), rolled.standing, heading)


def snapshot_workbook(snapshot: Snapshot) -> bytes:
    """The roll-up that was frozen, at once."""
    out = BytesIO()
    write_snapshot(snapshot, out)
    return out.getvalue()


def write_snapshot(snapshot: Snapshot, out: Any, *, passed: Passed = lambda count: None) -> None:
    """The roll-up that was frozen, of any length."""
    kept = frozen(snapshot)
    heading = Heading(
        as_of=localtime(snapshot.as_of).date(),
        by=snapshot.bureau.short_name,
        names=kept.names,
        passed=passed,
    )
    write_entries(out, kept.definition, kept.entries(), kept.standing, heading)


def write_entries(
    out: Any,
    definition: Definition,
    entries: Iterable[UnitEntry],
    standing: Standing,
    heading: Heading,
) -> None:
    """The roll-up of any form; `standing` is whole once the entries have passed."""
    if isinstance(definition, OutlineDefinition):
        said = roll_outline(definition, _counted(entries, heading))
        write_rolled_outline(out, definition, said, standing, heading)
    elif rolls_rows(definition):
        roll_up.write_roll_up(out, definition, entries, standing, heading)
    else:
        first: list[UnitEntry] = []
        passing = _kept(_counted(entries, heading), first if definition.is_keyed else None)
        whole, levels = levels_of(definition, passing, heading.names)
        units = first if len(first) <= MOST_AT_ONCE else ()
        write_rolled(out, definition, whole, levels, standing, heading, units)


def _kept(entries: Iterable[UnitEntry], first: list[UnitEntry] | None) -> Iterator[UnitEntry]:
    """Keep those for a sheet of their own, and one more where they are too many for it."""
    for entry in entries:
        if first is not None and len(first) <= MOST_AT_ONCE:
            first.append(entry)
        yield entry


def _counted(entries: Iterable[UnitEntry], heading: Heading) -> Iterator[UnitEntry]:
    for count, entry in enumerate(entries, start=1):
        yield entry
        heading.passed(count)


def file_name(*parts: str, ending: str = ".xlsx") -> str:
    """A file name from titles: what no file system takes is left out."""
    joined = "-".join(part for part in parts if part)
    return "".join(char for char in joined if char not in '\\/:*?"<>|\r\n\t')[:120] + ending
