"""The body of a roll-up: one block a unit, its rows as lines, the rest merged over them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from math import ceil

from reports.schemas.content.content import TableContent
from reports.schemas.content.figures import Figures
from reports.schemas.content.table_lines import text_of
from reports.schemas.content.values import number_of, said_day
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.rolling.tallies import Tallies
from reports.workbooks.forms.figures import DAYS, shown_figure
from reports.workbooks.forms.frame import Grid
from reports.workbooks.sheets.forwards import ForwardSheet, Look
from reports.workbooks.sheets.name_lists import pieces
from reports.workbooks.sheets.pagination import Pagination
from reports.workbooks.sheets.styles import CellStyle, TableStyles
from reports.workbooks.sheets.text_fit import fitted, line_points, row_points

# Far below Excel's 409.5: a row is never broken over pages, so a tall one that does not fit on
# the rest of a page leaves it empty. A line that needs more takes several rows, merged.
_MAX_ROW_POINTS = 200.0
_MIN_ROW_POINTS = 24.0
_REMEMBERED = 2048  # texts of a column
_LONG = {ColumnKind.LONGTEXT, ColumnKind.DOCUMENT}
SERIAL = Column("roll_up_serial", "序号", kind=ColumnKind.SERIAL, per=Per.UNIT)
UNIT = Column("roll_up_unit", "填报单位", per=Per.UNIT, width=14)


class _Leaf:
    """One column with all that its cells have in common, worked out once."""

    def __init__(
        self, rows: ForwardSheet, index: int, column: Column, width: float, style: CellStyle
    ) -> None:
        self.index, self.column, self._rows = index, column, rows
        self._look = rows.look(style)
        self.is_unit, self.id = column.per is Per.UNIT, column.id
        self.pen = rows.pen(index, self._look)
        # what is written is often written again: the same places, days and small numbers
        fit = lru_cache(maxsize=_REMEMBERED)(fitted(width=width, size=style.size))
        self.points: Callable[[str], float] = fit
        self._figure = lru_cache(maxsize=_REMEMBERED)(self._read)
        self.cell = self.pen
        if column.is_number:
            self.cell = self._number_cell
        elif column.kind in DAYS:
            self.cell = self._day_cell

    def _day_cell(self, row: int, text: str) -> str:
        return self.pen(row, said_day(text))

    def _number_cell(self, row: int, text: str) -> str:
        """Numbers as numbers; the marks 无 and — and what is no number as they were written."""
        figure = self._figure(text) if text else None
        return self.pen(row, text) if figure is None else self._rows.place(row, self.index) + figure

    def _read(self, text: str) -> str | None:
        value = number_of(self.column, text)
        if value is None:
            return None
        return figure(self._look, self.column, text, value)


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
        leaves = [self._leaf(index, leaf) for index, leaf in enumerate(grid.leaves, start=1)]
        self._leaves = leaves
        self._once = [leaf for leaf in leaves if leaf.column.per is Per.UNIT]
        self._each = [leaf for leaf in leaves if leaf.column.per is Per.ROW]
        self._computed = [leaf.column for leaf in leaves if leaf.column.is_computed]
        width = grid.widths[grid.leaves.index(UNIT)]
        self._label_points = fitted(width=width, size=styles.header.size)
        self._total, self._serial = rows.look(styles.header), rows.look(styles.short)

    def write(self, serial: int, name: str, content: TableContent) -> None:
        """One unit. A line whose text needs more than a row may be high takes several, merged."""
        unit, lines = self._texts(name, content)
        heights = [
            row_points(points, size=self._size, most=_MAX_ROW_POINTS)
            for points in self._heights(unit, lines)
        ]
        if self._pages.place(sum(map(sum, heights))):
            self._rows.break_before(self.row)
        self._write_lines(serial, unit, lines, heights)

    def _write_lines(
        self,
        serial: int,
        unit: Mapping[str, str],
        lines: Sequence[Mapping[str, str]],
        heights: Sequence[Sequence[float]],
    ) -> None:
        rows, top = self._rows, self.row
        for texts, parts in zip(lines, heights, strict=True):
            begin = self.row
            for points in parts:
                row = self.row
                is_first = row == begin
                cells = [
                    self._once_cell(row, leaf, unit, serial)
                    if leaf.is_unit and row == top
                    else leaf.pen(row, "")
                    if leaf.is_unit or not is_first
                    else leaf.cell(row, texts.get(leaf.id, ""))
                    for leaf in self._leaves
                ]
                rows.row(row, points, cells)
                self.row = row + 1
            if len(parts) > 1:
                for leaf in self._each:
                    rows.merge(begin, leaf.index, self.row - 1, leaf.index)
        if self.row - top > 1:
            for leaf in self._once:
                rows.merge(top, leaf.index, self.row - 1, leaf.index)

    def write_total(self, label: str, tallies: Tallies) -> None:
        """A line of what several units come to, by the rule of each column."""
        row, rows, cells = self.row, self._rows, []
        points = max(_MIN_ROW_POINTS, self._label_points(label))
        if self._pages.place(points):
            rows.break_before(row)
        for leaf in self._leaves:
            column = leaf.column
            pen = rows.pen(leaf.index, self._total)
            value = tallies.figure(column) if column.id in tallies.columns else None
            if isinstance(value, Decimal) and (end := figure(self._total, column, "", value)):
                cells.append(rows.place(row, leaf.index) + end)
            elif isinstance(value, Decimal):
                cells.append(pen(row, f"{value:f}"))
            else:
                cells.append(pen(row, label if column is UNIT else ""))
        rows.row(row, points, cells)
        self.row = row + 1

    def write_note(self, text: str) -> None:
        """A sentence over the whole width, on as many rows as it needs."""
        rows, size = self._rows, self._styles.note.size
        look = rows.look(self._styles.note)
        pens = [rows.pen(leaf.index, look) for leaf in self._leaves]
        points = fitted(width=self._grid.total_width, size=size)
        for piece in pieces(text):
            top = self.row
            needed = max(points(piece), size * 1.8)
            for height in row_points(needed, size=size, most=_MAX_ROW_POINTS):
                first, *others = pens
                cells = [first(self.row, piece if self.row == top else "")]
                cells += [pen(self.row, "") for pen in others]
                rows.row(self.row, height, cells)
                self.row += 1
            rows.merge(top, 1, self.row - 1, len(self._leaves))

    def _leaf(self, index: int, column: Column) -> _Leaf:
        style = self._styles.body if column.kind in _LONG else self._styles.short
        width = self._grid.widths[index - 1]
        return _Leaf(self._rows, index, column, width, style)

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

    def _heights(self, unit: Mapping[str, str], lines: Sequence[Mapping[str, str]]) -> list[float]:
        """Height of each line, such that its own cells and those merged over all lines fit."""
        found = [max(_MIN_ROW_POINTS, _most(self._each, texts)) for texts in lines]
        share = max(0.0, _most(self._once, unit) - sum(found)) / len(found)
        line = self._line  # whole lines, see row_points
        return [ceil((points + share) / line) * line for points in found]

    def _once_cell(self, row: int, leaf: _Leaf, unit: Mapping[str, str], serial: int) -> str:
        if leaf.column.kind is ColumnKind.SERIAL:
            return self._rows.place(row, leaf.index) + str(self._serial.figure(Decimal(serial)))
        return leaf.cell(row, unit.get(leaf.id, ""))


def _most(leaves: Sequence[_Leaf], texts: Mapping[str, str]) -> float:
    return max((leaf.points(texts.get(leaf.id, "")) for leaf in leaves), default=0.0)
