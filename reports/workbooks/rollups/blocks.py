"""The body of a roll-up: one block a unit, its rows as lines, the rest merged over them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from operator import itemgetter

from reports.schemas.content.content import TableContent
from reports.schemas.content.figures import Figures
from reports.schemas.content.table_lines import text_of
from reports.schemas.content.values import number_of, said_day
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.rolling.tallies import Tallies
from reports.workbooks.forms.figures import DAYS, shown_figure, usual_decimals
from reports.workbooks.forms.frame import Grid
from reports.workbooks.sheets.forwards import ForwardSheet
from reports.workbooks.sheets.looks import Look, Memory
from reports.workbooks.sheets.name_lists import pieces
from reports.workbooks.sheets.pagination import Pagination
from reports.workbooks.sheets.styles import TableStyles
from reports.workbooks.sheets.text_fit import fitted, line_points, row_points

# Far below Excel's 409.5: a row is never broken over pages, so a tall one that does not fit on
# the rest of a page leaves it empty. A line that needs more takes several rows, merged.
_MAX_ROW_POINTS = 200.0
_MIN_ROW_POINTS = 24.0
_LONG = {ColumnKind.LONGTEXT, ColumnKind.DOCUMENT}
SERIAL = Column("roll_up_serial", "序号", kind=ColumnKind.SERIAL, per=Per.UNIT)
UNIT = Column("roll_up_unit", "填报单位", per=Per.UNIT, width=14)
Made = tuple[float, str]  # the height in points that a cell needs, and the cell
_points_of = itemgetter(0)


class _Leaf:
    """One column with all that its cells have in common, worked out once."""

    def __init__(self, look: Look, column: Column, width: float, size: float) -> None:
        self.column, self.look, self.is_unit = column, look, column.per is Per.UNIT
        # in a line; what stands once a unit is in none
        self.key = "" if self.is_unit else column.id
        self._points = fitted(width=width, size=size)
        # what is written is often written again: the same places, days and small numbers
        self.made = Memory(self._made)

    def _made(self, text: str) -> Made:
        return self._points(text), self._cell(text)

    def _cell(self, text: str) -> str:
        """Numbers as numbers; the marks 无 and — and what is no number as they were written."""
        column = self.column
        if column.is_number:
            return self._figure(text) or self.look.text(text)
        return self.look.text(said_day(text) if column.kind in DAYS else text)

    def _figure(self, text: str) -> str | None:
        decimals = usual_decimals(self.column, text)
        if decimals is not None and not self.column.is_computed:
            return self.look.written(text, decimals)
        value = number_of(self.column, text)
        return None if value is None else figure(self.look, self.column, text, value)


def figure(look: Look, column: Column, text: str, value: Decimal) -> str | None:
    """How the cell of a figure ends; without a text it is one of totals."""
    is_written = bool(text) and not column.is_computed
    shown = shown_figure(column, text, value, is_written=is_written)
    return look.figure(shown, is_percent=column.kind is ColumnKind.PERCENT)


class Blocks:
    """Writes unit after unit; `row` is the next free one of the sheet."""

    def __init__(
        self,
        rows: ForwardSheet,
        row: int,
        grid: Grid,
        definition: FormDefinition,
        styles: TableStyles,
        pages: Pagination,
    ) -> None:
        self.row, self._rows, self._grid, self._pages = row, rows, grid, pages
        self._definition, self._styles = definition, styles
        self._size = styles.body.size
        self._line = line_points(self._size)
        self._leaves = list(map(self._leaf, grid.leaves, grid.widths))
        self._once = [(at, leaf) for at, leaf in enumerate(self._leaves) if leaf.is_unit]
        self._computed = [leaf.column for leaf in self._leaves if leaf.column.is_computed]
        width = grid.widths[grid.leaves.index(UNIT)]
        self._label_points = fitted(width=width, size=styles.header.size)
        self._total, self._serial = rows.look(styles.header), rows.look(styles.short)
        self._blanks = [leaf.look.blank for leaf in self._leaves]

    def write(self, serial: int, name: str, content: TableContent) -> None:
        """One unit. A line whose text needs more than a row may be high takes several, merged."""
        unit, lines = self._texts(name, content)
        once = [(at, *self._once_made(leaf, unit, serial)) for at, leaf in self._once]
        made = [
            [leaf.made[texts.get(leaf.key, "")] for leaf in self._leaves]  # most of the time
            for texts in lines
        ]
        heights = self._heights([points for _, points, _ in once], made)
        if self._pages.place(sum(map(sum, heights))):
            self._rows.break_before(self.row)
        top, first = self.row, {at: cell for at, _, cell in once}
        for line, parts in zip(made, heights, strict=True):
            cells = [cell for _, cell in line]
            for at, cell in first.items():
                cells[at] = cell
            self._write_line(cells, parts)
            first = {}
        if self.row - top > 1:
            for at, _ in self._once:
                self._rows.merge(top, at + 1, self.row - 1, at + 1)

    def _write_line(self, cells: Sequence[str], parts: Sequence[float]) -> None:
        rows, top = self._rows, self.row
        for points in parts:
            rows.row(self.row, points, cells)
            self.row += 1
            cells = self._blanks
        if len(parts) > 1:
            for index, leaf in enumerate(self._leaves, start=1):
                if not leaf.is_unit:
                    rows.merge(top, index, self.row - 1, index)

    def write_total(self, label: str, tallies: Tallies) -> None:
        """A line of what several units come to, by the rule of each column."""
        row, rows, cells = self.row, self._rows, []
        points = max(_MIN_ROW_POINTS, self._label_points(label))
        if self._pages.place(points):
            rows.break_before(row)
        for leaf in self._leaves:
            column = leaf.column
            value = tallies.figure(column) if column.id in tallies.columns else None
            if isinstance(value, Decimal) and (end := figure(self._total, column, "", value)):
                cells.append(end)
            elif isinstance(value, Decimal):
                cells.append(self._total.text(f"{value:f}"))
            else:
                cells.append(self._total.text(label if column is UNIT else ""))
        rows.row(row, points, cells)
        self.row = row + 1

    def write_note(self, text: str) -> None:
        """A sentence over the whole width, on as many rows as it needs."""
        rows, size = self._rows, self._styles.note.size
        look = rows.look(self._styles.note)
        blanks = [look.blank] * (len(self._leaves) - 1)
        points = fitted(width=self._grid.total_width, size=size)
        for piece in pieces(text):
            top = self.row
            needed = max(points(piece), size * 1.8)
            for height in row_points(needed, size=size, most=_MAX_ROW_POINTS):
                first = look.text(piece if self.row == top else "")
                rows.row(self.row, height, [first, *blanks])
                self.row += 1
            rows.merge(top, 1, self.row - 1, len(self._leaves))

    def _leaf(self, column: Column, width: float) -> _Leaf:
        style = self._styles.body if column.kind in _LONG else self._styles.short
        return _Leaf(self._rows.look(style), column, width, style.size)

    def _texts(
        self, name: str, content: TableContent
    ) -> tuple[Mapping[str, str], Sequence[Mapping[str, str]]]:
        """What the unit wrote, and what is computed from it, once and line by line."""
        unit: dict[str, str] = {**content["unit"], UNIT.id: name}
        lines: list[dict[str, str]] = content["rows"] or [{}]
        if not self._computed:
            return unit, lines
        figures = Figures(self._definition, content)
        lines = [dict(line) for line in lines]
        for column in self._computed:
            if column.per is Per.UNIT:
                unit[column.id] = text_of(column, figures.unit(column.id))
                continue
            for index in range(len(content["rows"])):
                lines[index][column.id] = text_of(column, figures.cell(index, column.id))
        return unit, lines

    def _heights(self, once: Sequence[float], made: Sequence[Sequence[Made]]) -> list[list[float]]:
        """Heights of the rows of each line, such that its own cells and those merged over all lines
        fit."""
        found = [max(_MIN_ROW_POINTS, max(map(_points_of, line))) for line in made]
        share = max(0.0, max(once, default=0.0) - sum(found)) / len(found)
        line = self._line  # whole lines, see row_points
        return [
            row_points(ceil((points + share) / line) * line, size=self._size, most=_MAX_ROW_POINTS)
            for points in found
        ]

    def _once_made(self, leaf: _Leaf, unit: Mapping[str, str], serial: int) -> Made:
        made: Made = leaf.made[unit.get(leaf.column.id, "")]
        is_serial = leaf.column.kind is ColumnKind.SERIAL
        return (made[0], self._serial.number(serial)) if is_serial else made
