"""Forms as pages show them to who decides or mends: what changed, and what was asked where."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from reports.filling.asked_forms import Form
from reports.filling.return_marks import Followed
from reports.pages import grid
from reports.pages.grid import Part, Sheet
from reports.pages.grid_cell import Cell
from reports.schemas.comparing.changes import pairs
from reports.schemas.comparing.row_pairs import Pair
from reports.schemas.comparing.text_changes import Kind, Run, runs
from reports.schemas.content.content import Content
from reports.schemas.content.places import row_path
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import RowMode

Marks = Mapping[str, Sequence[Followed]]


def by_path(marks: Sequence[Followed], number: int) -> Marks:
    """The marks of one form by where they stand now; those of rows that are gone are left out."""
    found: dict[str, list[Followed]] = {}
    for one in marks:
        if one.number == number and one.path is not None:
            found.setdefault(one.path, []).append(one)
    return found


def marked_sheet(sheet: Sheet, marks: Marks) -> Sheet:
    """The sheet with every mark at its cell; that of a whole row at the first of its cells."""
    return replace(
        sheet,
        head=[marked(cell, marks) for cell in sheet.head],
        foot=[marked(cell, marks) for cell in sheet.foot],
        lines=[_marked_line(line, marks) for line in sheet.lines],
    )


def marked_outline(parts: Sequence[Part], marks: Marks) -> list[Part]:
    return [replace(part, cell=marked(part.cell, marks)) for part in parts]


def marked(cell: Cell, marks: Marks) -> Cell:
    found = marks.get(cell.name, ()) if cell.name else ()
    return replace(cell, marks=found, is_asked=True) if found else cell


def _marked_line(line: Sequence[Cell], marks: Marks) -> list[Cell]:
    done, is_first = [], True
    for cell in (marked(cell, marks) for cell in line):
        of_row = marks.get(cell.name.rpartition(".")[0], ()) if cell.row and cell.name else ()
        if of_row:
            notes = [*of_row, *cell.marks] if is_first else cell.marks
            cell = replace(cell, marks=notes, is_asked=True)
            is_first = False
        done.append(cell)
    return done


def with_origins(form: Sheet | Sequence[Part], origins: Mapping[str, str]) -> Any:
    """The sheet or the sections, each value that was just taken over with where it came from."""

    def told(cell: Cell) -> Cell:
        return replace(cell, origin=origins[cell.name]) if cell.name in origins else cell

    if not isinstance(form, Sheet):
        return [replace(part, cell=told(part.cell)) for part in form]
    return replace(
        form,
        head=list(map(told, form.head)),
        foot=list(map(told, form.foot)),
        lines=[list(map(told, line)) for line in form.lines],
    )


def with_last(sheet: Sheet, last: Mapping[str, str]) -> Sheet:
    """The table, each cell with what was reported there for the period before, where it differs."""

    def told(cell: Cell) -> Cell:
        was = last.get(cell.name, "") if cell.name else ""
        return replace(cell, last=was) if was and was != cell.text else cell

    return replace(sheet, lines=[list(map(told, line)) for line in sheet.lines]) if last else sheet


def compared_sheet(
    form: Form, old: Content | None, *, units: Mapping[str, str] | None = None
) -> Sheet:
    """The table to read, each cell beside its wording in ``old``; rows that went at their places.

    Without ``old`` nothing is compared.
    """
    known = _pairs(form, old)
    rows = [_row(old or {}, i) if j is None else _row(form.content, j) for i, j in known]
    content = {**form.content, "rows": rows} if known else form.content
    sheet = grid.sheet(form.definition, content, [], units=units)
    now = sheet if content is form.content else grid.sheet(form.definition, form.content, [])
    return replace(
        sheet,
        total=now.total,  # rows that went count no more
        head=[_beside(cell, form, old) for cell in sheet.head],
        foot=[_beside(cell, form, old) for cell in sheet.foot],
        lines=[
            [
                _in_row(cell, form, old, *pair) if cell.row and pair else _beside(cell, form, old)
                for cell in line
            ]
            for line, pair in zip_longest(sheet.lines, known)
        ],
    )


def compared_outline(form: Form, old: Content | None) -> list[Part]:
    """The sections to read, each beside its wording in ``old``."""
    parts = grid.outline(form.definition, form.content, [])
    return [replace(part, cell=_beside(part.cell, form, old)) for part in parts]


def _pairs(form: Form, old: Content | None) -> list[Pair]:
    """The rows of the sheet, at least one: a form without rows shows an empty one; none where the
    rows are fixed, which stay at their places."""
    assert isinstance(form.definition, FormDefinition)  # noqa: S101  it has a sheet
    if form.definition.row_mode is not RowMode.REPEAT:
        return []
    if old is not None and (known := pairs(form.definition, old, form.content)):
        return known
    return [(index, index) for index in range(len(form.content.get("rows", [])) or 1)]


def _row(content: Mapping, index: int | None) -> Mapping[str, str]:
    rows = content.get("rows", [])
    return rows[index] if index is not None and index < len(rows) else {}


def _in_row(cell: Cell, form: Form, old: Content | None, i: int | None, j: int | None) -> Cell:
    """A cell of row ``j``, which was row ``i``; of a row that went, struck out."""
    if not (cell.name or cell.is_serial):
        return replace(cell, form=form.number)  # computed
    if j is None:
        struck = [Run(Kind.STRUCK, cell.text)] if cell.text and not cell.is_serial else []
        return replace(cell, form=form.number, name="", text="", runs=struck, is_gone=True)
    if cell.is_serial:
        return replace(cell, form=form.number, text=str(j + 1), row=str(j + 1))
    column = cell.name.rpartition(".")[2]
    here = replace(cell, row=str(j + 1), name=f"{row_path(j)}.{column}")
    return _beside(here, form, old, was=_row(old or {}, i).get(column, ""))


def _beside(cell: Cell, form: Form, old: Content | None, was: str | None = None) -> Cell:
    """The cell with what changed since ``old``; ``was`` where its row stood at another place."""
    cell = replace(cell, form=form.number)
    if old is None or not cell.name:
        return cell
    before = _text(old, cell.name) if was is None else was
    return cell if before == cell.text else replace(cell, runs=runs(before, cell.text))


def _text(content: Content, path: str) -> str:
    """What stood at a place that is in no repeated row."""
    node: Any = content
    for step in path.split("."):
        node = node.get(step, {})
    return node or ""
