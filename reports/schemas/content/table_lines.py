"""The body of a filled-in table, line by line, as the web and the workbook both show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from reports.schemas.content.figures import Figures, Key
from reports.schemas.content.spans import Span, label_spans
from reports.schemas.content.values import CROSSED, spelled
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.formula import Missing, Value
from reports.schemas.definition.kinds import ColumnKind, Per, Position
from reports.schemas.definition.rows import Row

ITEMS, ROWS, UNIT = "items", "rows", "unit"


class CellRole(StrEnum):
    """Where the text of a cell comes from."""

    ENTERED = "entered"
    PRINTED = "printed"  # from the definition, or a number that is counted
    COMPUTED = "computed"
    CROSSED = "crossed"  # not to be filled in
    TOTAL = "total"  # in the row of totals


@dataclass(frozen=True, slots=True)
class LineCell:
    """One cell. `column` is the column as it holds in this row; `path` that of an entered cell.

    `value` is the figure, None where there is none. A cell with a `colspan` of 0 is covered by
    another one, at its left or above it.
    """

    column: Column
    text: str
    role: CellRole
    path: str = ""
    value: Decimal | None = None
    rowspan: int = 1
    colspan: int = 1

    @property
    def is_covered(self) -> bool:
        """Does another cell reach over it?"""
        return self.colspan == 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line with a cell for each leaf column.

    `path` is that of the row (rows.0, items.r1), "" for totals; `row` is the definition's or the
    region's, None for repeated rows and totals; `number` counts the rows from 1, 0 for totals.
    """

    path: str
    number: int
    row: Row | None
    cells: tuple[LineCell, ...]
    is_total: bool = False

    @property
    def is_heading(self) -> bool:
        """Is it the title of a group, across the table?"""
        return self.row is not None and self.row.heading

    @property
    def level(self) -> int:
        """How far its label is set in: 1 is 其中."""
        return self.row.level if self.row else 0


def lines(definition: FormDefinition, content: Mapping[str, Any], *, spare: int = 0) -> list[Line]:
    """Every line of the body in order, with `spare` blank ones after repeated rows.

    A table of repeated rows without any has one blank line. A key–value form has no lines: see
    definition.boxes().
    """
    if not definition.is_keyed:
        written = list(content.get(ROWS, []))
        spare = max(spare, 0 if written else 1)
        content = {**content, ROWS: [*written, *({} for _ in range(spare))]}
    if definition.boxes():
        return []
    figures = Figures(definition, content)
    body = _body(definition, figures)
    if definition.total is None:
        return body
    total = _total(definition, figures)
    return [total, *body] if definition.total.position is Position.FIRST else [*body, total]


def _body(definition: FormDefinition, figures: Figures) -> list[Line]:
    keys, leaves = figures.keys, definition.leaf_columns()
    rows = [figures.rows[str(key)] if definition.is_keyed else None for key in keys]
    spans = label_spans(definition, [row for row in rows if row is not None])
    serials = _serials(rows)
    found = []
    for index, (key, row) in enumerate(zip(keys, rows, strict=True)):
        path = f"{ITEMS if definition.is_keyed else ROWS}.{key}"
        cells = [_cell(figures, key, row, leaf, path, serials[index]) for leaf in leaves]
        if row is not None and row.heading:
            cells = _across(cells, row)
        for place, leaf in enumerate(leaves):
            if leaf.per is Per.UNIT:
                cells[place] = _unit_cell(figures, leaf, len(keys) if index == 0 else 0)
            elif leaf.id in spans and row is not None and not row.heading:
                cells[place] = _spanned(cells[place], spans[leaf.id][index])
        found.append(Line(path, index + 1, row, tuple(cells)))
    return found


def _serials(rows: Sequence[Row | None]) -> list[str]:
    """序号 of each row: headings and parts (其中) are not counted."""
    numbers, count = [], 0
    for row in rows:
        is_counted = row is None or not (row.heading or row.level)
        count += is_counted
        numbers.append(str(count) if is_counted else "")
    return numbers


def _cell(
    figures: Figures, key: Key, row: Row | None, column: Column, path: str, serial: str
) -> LineCell:
    in_force = figures.column(key, column.id) if row is not None else column
    if column.kind is ColumnKind.SERIAL:
        given = row.given_text(column.id) if row is not None else ""
        return LineCell(column, given or serial, CellRole.PRINTED)
    if column.is_printed:
        value = _number(figures.cell(key, column.id)) if column.is_number else None
        return LineCell(in_force, figures.text(key, column.id), CellRole.PRINTED, value=value)
    if row is not None and column.id in row.crossed:
        return LineCell(in_force, CROSSED, CellRole.CROSSED)
    if column.is_computed or (row is not None and row.formula and column.is_number):
        computed = figures.cell(key, column.id)
        text = text_of(in_force, computed)
        return LineCell(in_force, text, CellRole.COMPUTED, value=_number(computed))
    if row is not None and not figures.definition.asks(row, column):
        return LineCell(in_force, "", CellRole.PRINTED)
    value = _number(figures.cell(key, column.id)) if column.is_number else None
    text = figures.text(key, column.id)
    return LineCell(in_force, text, CellRole.ENTERED, f"{path}.{column.id}", value)


def _unit_cell(figures: Figures, column: Column, rowspan: int) -> LineCell:
    """What the unit fills in once, over all lines; covered on all but the first."""
    colspan = 1 if rowspan else 0
    if column.kind is ColumnKind.SERIAL:
        return LineCell(column, "1", CellRole.PRINTED, rowspan=rowspan, colspan=colspan)
    value = figures.unit(column.id) if column.is_number else Missing.BLANK
    if column.is_computed:
        text, role, path = text_of(column, value), CellRole.COMPUTED, ""
    else:
        text, role, path = figures.text("", column.id), CellRole.ENTERED, f"{UNIT}.{column.id}"
    return LineCell(column, text, role, path, _number(value), rowspan, colspan)


def _across(cells: Sequence[LineCell], row: Row) -> list[LineCell]:
    """The title of a group over every column but those that reach over all lines."""
    found = [LineCell(cell.column, "", CellRole.PRINTED, colspan=0, rowspan=0) for cell in cells]
    open_ = [index for index, cell in enumerate(cells) if cell.column.per is Per.ROW]
    runs = [index for index in open_ if index - 1 not in open_]
    for start in runs:
        end = next(index for index in range(start, len(cells) + 1) if index not in open_)
        text = row.label if start == runs[0] else ""
        found[start] = replace(found[start], text=text, rowspan=1, colspan=end - start)
    return found


def _spanned(cell: LineCell, span: Span) -> LineCell:
    return replace(cell, rowspan=span.rowspan, colspan=span.colspan)


def _total(definition: FormDefinition, figures: Figures) -> Line:
    cells = []
    for leaf in definition.leaf_columns():
        value = figures.total(leaf.id) if leaf.per is Per.ROW else Missing.BLANK
        cells.append(LineCell(leaf, text_of(leaf, value), CellRole.TOTAL, value=_number(value)))
    return Line("", 0, None, tuple(_labelled(definition, cells)), is_total=True)


def _labelled(definition: FormDefinition, cells: list[LineCell]) -> list[LineCell]:
    """合计 over the columns before the first that has figures or reaches over all lines."""
    label = definition.total.label if definition.total else ""
    end = 0
    while end < len(cells) and cells[end].value is None and not cells[end].column.is_number:
        end += 1
    covered = [replace(cell, rowspan=0, colspan=0) for cell in cells[1:end]]
    return [replace(cells[0], text=label, colspan=max(end, 1)), *covered, *cells[max(end, 1) :]]


def text_of(column: Column, value: Value) -> str:
    """How a computed figure reads; — where all it was to be computed from is 无 or —."""
    if isinstance(value, Decimal):
        return spelled(column, value)
    return CROSSED if value is Missing.MARK else ""


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
