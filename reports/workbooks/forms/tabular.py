"""The lines of a table as rows of a sheet: labels merged, parts set in, figures as numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content.table_lines import CellRole, Line, LineCell
from reports.schemas.definition.kinds import ColumnKind
from reports.workbooks.forms.figures import write_value
from reports.workbooks.forms.frame import Grid
from reports.workbooks.sheets.blanks import Spot, Spots
from reports.workbooks.sheets.cells import write_text
from reports.workbooks.sheets.heights import MAX_ROW_POINTS, Need, line_heights, place_lines
from reports.workbooks.sheets.pagination import Pagination, break_before
from reports.workbooks.sheets.styles import Box, CellStyle, TableStyles, draw
from reports.workbooks.sheets.text_fit import text_points

MIN_LINE_POINTS = 24.0
_LONG = {ColumnKind.LONGTEXT, ColumnKind.REMARK, ColumnKind.DOCUMENT}
_INDENT_UNITS = 1.6  # what one step of indentation takes of the width of a column


def write_lines(
    sheet: Worksheet,
    top: int,
    grid: Grid,
    lines: Sequence[Line],
    styles: TableStyles,
    *,
    least: float = MIN_LINE_POINTS,
    spots: Spots | None = None,
    pages: Pagination | None = None,
) -> int:
    """Writes the lines from row `top` on and returns the row after them.

    A line whose text needs more than a row may be high takes several rows, merged. `spots` is
    told of every box that is drawn; with `pages`, a page ends where it tears few merged cells.
    """
    size = styles.body.size
    heights = line_heights(len(lines), _needs(grid, lines, styles), least=least, size=size)
    spans = place_lines(sheet, top, heights, size=size)
    if pages is not None:
        breaks = break_before(
            heights, _torn(lines), first=pages.left, room=pages.room, whole=MAX_ROW_POINTS
        )
        for index in breaks:
            sheet.row_breaks.append(Break(id=spans[index][0] - 1))
    for index, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            if cell.is_covered:
                continue
            last = index + max(cell.rowspan, 1) - 1
            box = Box(spans[index][0], column + 1, spans[last][1], column + cell.colspan)
            _write(sheet, box, line, cell, styles, spots)
    return spans[-1][1] + 1 if spans else top


def style_of(line: Line, cell: LineCell, styles: TableStyles) -> CellStyle:
    """The look of a cell: long texts and labels from the left, the rest in the middle."""
    if cell.role is CellRole.TOTAL:
        return styles.header
    if line.is_heading and cell.role is CellRole.PRINTED and cell.colspan:
        return replace(styles.header, horizontal="left")
    if cell.column.kind is ColumnKind.ROW_LABEL:
        return replace(styles.label, indent=line.level * 2 if _is_last_label(line, cell) else 0)
    if cell.column.kind in _LONG or (cell.column.given and not cell.column.is_number):
        is_long = cell.column.kind is ColumnKind.LONGTEXT and cell.role is CellRole.ENTERED
        return styles.body if is_long else styles.label
    return styles.short


def _write(
    sheet: Worksheet, box: Box, line: Line, cell: LineCell, styles: TableStyles, spots: Spots | None
) -> None:
    drawn = draw(sheet, box, style_of(line, cell, styles))
    if _is_counted(line, cell):
        write_value(drawn, cell.column, cell.text, Decimal(cell.text))
    else:
        is_written = cell.role in {CellRole.ENTERED, CellRole.PRINTED}
        column = cell.column if spots is None else replace(cell.column, decimals=None)
        write_value(drawn, column, cell.text, cell.value, is_written=is_written)
    if spots is None:
        return
    if cell.role is CellRole.ENTERED:
        spots.entered.append(Spot(cell.path, box, cell.column))
    elif cell.role is not CellRole.PRINTED or cell.column.kind is not ColumnKind.SERIAL:
        if cell.role in {CellRole.COMPUTED, CellRole.TOTAL} and not _is_total_label(line, cell):
            write_text(drawn, "")  # computed anew from what comes back
        spots.printed.append((box, str(drawn.value or "")))
    else:
        spots.printed.append((box, cell.text))


def _needs(grid: Grid, lines: Sequence[Line], styles: TableStyles) -> Iterator[Need]:
    for index, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            if cell.is_covered or not cell.text:
                continue
            style = style_of(line, cell, styles)
            width = sum(grid.widths[column : column + cell.colspan])
            points = text_points(
                cell.text, width=width - style.indent * _INDENT_UNITS, size=style.size
            )
            yield Need(index, index + max(cell.rowspan, 1) - 1, points)


def _torn(lines: Sequence[Line]) -> list[int]:
    """How many merged cells reach from the line above into each line."""
    torn = [0] * len(lines)
    for index, line in enumerate(lines):
        for cell in line.cells:
            for below in range(index + 1, min(index + cell.rowspan, len(lines))):
                torn[below] += 1
    return torn


def _is_last_label(line: Line, cell: LineCell) -> bool:
    labels = [one for one in line.cells if one.column.kind is ColumnKind.ROW_LABEL]
    own = len(line.row.labels) if line.row else 1
    return len(labels) < own or labels[own - 1].column.id == cell.column.id


def _is_counted(line: Line, cell: LineCell) -> bool:
    """Is it a serial number that the program counts? A code of the row, such as 01, is a text."""
    is_given = line.row is not None and bool(line.row.given_text(cell.column.id))
    is_serial = cell.column.kind is ColumnKind.SERIAL and cell.text.isdecimal()
    return is_serial and not is_given and not line.is_total


def _is_total_label(line: Line, cell: LineCell) -> bool:
    return line.is_total and cell is line.cells[0]
