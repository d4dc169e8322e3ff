"""The body of a table: one block for a unit, its rows as lines, the rest merged over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.columns import Column, ColumnKind, Per
from reports.schemas.values import is_no_value_mark, parse_integer, parse_number
from reports.workbooks.cells import write_number, write_text
from reports.workbooks.frame import Grid
from reports.workbooks.styles import Box, CellStyle, TableStyles, draw
from reports.workbooks.text_fit import line_points, row_points, text_points

# Far below Excel's 409.5: a row is never broken over pages, so a tall one that does not fit on
# the rest of a page leaves it empty. A line that needs more takes several rows, merged.
_MAX_ROW_POINTS = 200.0
_MIN_ROW_POINTS = 24.0


@dataclass(frozen=True, slots=True)
class Block:
    """What one unit fills in; serial is None on a blank form."""

    serial: int | None
    unit: Mapping[str, str]
    rows: Sequence[Mapping[str, str]]


def write_block(
    sheet: Worksheet,
    top: int,
    grid: Grid,
    block: Block,
    styles: TableStyles,
    *,
    min_row_points: float = _MIN_ROW_POINTS,
) -> int:
    """Writes the block from row `top` on and returns the row after it.

    Every row of content is a line; columns per unit are merged over all lines of the block.
    """
    rows = block.rows or [{}]
    spans = []
    row = top
    for points in _line_points(grid, block, rows, styles, min_row_points):
        heights = row_points(points, size=styles.body.size, most=_MAX_ROW_POINTS)
        for part, height in enumerate(heights, start=row):
            sheet.row_dimensions[part].height = height
        spans.append((row, row + len(heights) - 1))
        row += len(heights)
    for index, column in enumerate(grid.leaves, start=1):
        style = _style(column, styles)
        if column.per is Per.UNIT:
            cell = draw(sheet, Box(top, index, row - 1, index), style)
            _write_value(cell, column, block.unit, block.serial)
            continue
        for number, (first, last) in enumerate(spans, start=1):
            cell = draw(sheet, Box(first, index, last, index), style)
            serial = None if block.serial is None else number
            _write_value(cell, column, rows[number - 1], serial)
    return row


def block_points(grid: Grid, block: Block, styles: TableStyles) -> float:
    """Height of the block in points."""
    return sum(_line_points(grid, block, block.rows or [{}], styles, _MIN_ROW_POINTS))


def _line_points(
    grid: Grid,
    block: Block,
    rows: Sequence[Mapping[str, str]],
    styles: TableStyles,
    min_row_points: float,
) -> list[float]:
    """Height of each line, such that its own cells and those merged over all lines fit."""
    lines = [max(min_row_points, _needed(grid, Per.ROW, texts, styles)) for texts in rows]
    missing = _needed(grid, Per.UNIT, block.unit, styles) - sum(lines)
    line = line_points(styles.body.size)  # whole lines, see row_points
    return [ceil((points + max(0.0, missing / len(lines))) / line) * line for points in lines]


def _needed(grid: Grid, per: Per, texts: Mapping[str, str], styles: TableStyles) -> float:
    return max(
        (
            text_points(texts.get(leaf.id, ""), width=width, size=_style(leaf, styles).size)
            for leaf, width in zip(grid.leaves, grid.widths, strict=True)
            if leaf.per is per
        ),
        default=0.0,
    )


def _style(column: Column, styles: TableStyles) -> CellStyle:
    return styles.body if column.kind is ColumnKind.LONGTEXT else styles.short


def _write_value(cell: Cell, column: Column, texts: Mapping[str, str], serial: int | None) -> None:
    """Numbers as numbers; text, days and the marks 无 and — as they were written."""
    if column.kind is ColumnKind.SERIAL:
        if serial is not None:
            write_number(cell, serial)
        return
    text = texts.get(column.id, "")
    number: Decimal | int | None = None
    if text and not is_no_value_mark(text):
        if column.kind is ColumnKind.INTEGER:
            number = parse_integer(text, measure=column.measure)
        elif column.kind is ColumnKind.DECIMAL:
            number = parse_number(text, measure=column.measure)
    if number is None:
        write_text(cell, text)
    else:
        write_number(cell, number)
