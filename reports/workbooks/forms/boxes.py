"""A key–value form as a sheet: labels and blanks in a grid, boxes for an opinion and a seal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content.values import number_of
from reports.schemas.definition.choices import ticked
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.layout import PlacedBox
from reports.workbooks.forms.figures import write_value
from reports.workbooks.sheets.blanks import Spot, Spots
from reports.workbooks.sheets.cells import write_text
from reports.workbooks.sheets.heights import Need, line_heights
from reports.workbooks.sheets.styles import Box, CellStyle, TableStyles, draw
from reports.workbooks.sheets.text_fit import line_points, row_points, text_points

MIN_LINE_POINTS = 30.0
_MAX_ROW_POINTS = 200.0
_STACKED_WIDTH = 5.0
_LABEL_CHARS = (10.0, 18.0)  # least and most width of a column of labels, Excel units


@dataclass(frozen=True, slots=True)
class _Rows:
    """The sheet rows of one line of the grid; `closing` is the last one, for what stands at its
    foot, None where no box of the line has such."""

    top: int
    bottom: int
    closing: int | None


def box_widths(definition: FormDefinition, page_width: float) -> list[float]:
    """Widths of the columns of the grid in Excel units: labels take what they need."""
    boxes = [box for row in definition.boxes() for box in row]
    count = max(one.column + one.box.colspan for one in boxes)
    widths: list[float | None] = [None] * count
    for one in boxes:
        if one.box.field or one.box.colspan > 1:
            continue
        least, most = _LABEL_CHARS
        needed = (
            _STACKED_WIDTH if one.box.vertical else min(max(len(one.box.label) * 2.4, least), most)
        )
        widths[one.column] = max(widths[one.column] or 0.0, needed)
    free = [index for index, width in enumerate(widths) if width is None]
    taken = sum(width for width in widths if width is not None)
    share = max((page_width - taken) / len(free), 10.0) if free else 0.0
    return [share if width is None else width for width in widths]


def write_boxes(
    sheet: Worksheet,
    top: int,
    widths: Sequence[float],
    definition: FormDefinition,
    texts: Mapping[str, str],
    styles: TableStyles,
    *,
    spots: Spots | None = None,
) -> int:
    """Writes the grid from row `top` on and returns the row after it."""
    columns = {column.id: column for column in definition.columns}
    lines = definition.boxes()
    rows = _rows(sheet, top, widths, lines, columns, texts, styles)
    for one in (box for line in lines for box in line):
        last = one.row + one.box.rowspan - 1
        left, right = one.column + 1, one.column + one.box.colspan
        area = Box(rows[one.row].top, left, rows[last].bottom, right)
        if not one.box.field:
            _write_label(sheet, area, one, styles, spots)
            continue
        column = columns[one.box.field]
        closing = rows[last].closing
        style = styles.body if one.box.lines > 1 or one.box.closing else _middle(styles)
        if one.box.closing and closing is not None:
            foot = Box(closing, left, closing, right)
            written = "\n".join(f"{line}　　" for line in one.box.closing)
            look = replace(styles.body, horizontal="right", vertical="bottom", open_side="top")
            write_text(draw(sheet, foot, look), written)
            area = replace(area, bottom=closing - 1)
            style = replace(style, open_side="bottom")
            if spots is not None:
                spots.printed.append((foot, written))
        _write_blank(sheet, area, column, texts.get(column.id, ""), style, spots)
    return rows[-1].bottom + 1


def _write_label(
    sheet: Worksheet, area: Box, one: PlacedBox, styles: TableStyles, spots: Spots | None
) -> None:
    style = replace(styles.header, is_stacked=one.box.vertical)
    write_text(draw(sheet, area, style), one.box.label)
    if spots is not None:
        spots.printed.append((area, one.box.label))


def _write_blank(
    sheet: Worksheet, area: Box, column: Column, text: str, style: CellStyle, spots: Spots | None
) -> None:
    cell = draw(sheet, area, style)
    if column.choices and spots is None:
        text = ticked(text, column.choices) if _is_choice(column, text) else text
    shown = column if spots is None else replace(column, decimals=None)
    write_value(cell, shown, text, number_of(column, text) if column.is_number else None)
    if spots is not None:
        spots.entered.append(Spot(f"unit.{column.id}", area, column))


def _is_choice(column: Column, text: str) -> bool:
    """Blank, or labels of the choices; 无 and — stay what they are."""
    named = {choice.label for choice in column.choices}
    return not text or set(text.split("、")) <= named


def _rows(
    sheet: Worksheet,
    top: int,
    widths: Sequence[float],
    lines: Sequence[Sequence[PlacedBox]],
    columns: Mapping[str, Column],
    texts: Mapping[str, str],
    styles: TableStyles,
) -> list[_Rows]:
    """Sets the heights of the sheet rows, such that every text is shown whole."""
    size = styles.body.size
    closings: dict[int, float] = {}
    needs = []
    for one in (box for line in lines for box in line):
        last = one.row + one.box.rowspan - 1
        if one.box.closing:
            needed = len(one.box.closing) * line_points(size) + 6
            closings[last] = max(closings.get(last, 0.0), needed)
        needs.append(Need(one.row, last, _points(one, widths, columns, texts, styles)))
    heights = line_heights(len(lines), needs, least=MIN_LINE_POINTS, size=size)
    rows = []
    for index, points in enumerate(heights):
        parts = row_points(points, size=size, most=_MAX_ROW_POINTS)
        closing = top + len(parts) if index in closings else None
        if closing is not None:
            parts = [*parts, closings[index]]
        for row, height in enumerate(parts, start=top):
            sheet.row_dimensions[row].height = height
        rows.append(_Rows(top, top + len(parts) - 1, closing))
        top += len(parts)
    return rows


def _points(
    one: PlacedBox,
    widths: Sequence[float],
    columns: Mapping[str, Column],
    texts: Mapping[str, str],
    styles: TableStyles,
) -> float:
    width = sum(widths[one.column : one.column + one.box.colspan])
    if one.box.field:
        column = columns[one.box.field]
        text = texts.get(column.id, "")
        if column.choices:
            text = max(text, ticked(text, column.choices), key=len)
        least = one.box.lines * line_points(styles.body.size)
        return max(text_points(text, width=width, size=styles.body.size), least)
    if one.box.vertical:
        return len(one.box.label) * line_points(styles.header.size) + 8
    return text_points(one.box.label, width=width, size=styles.header.size)


def _middle(styles: TableStyles) -> CellStyle:
    vertical: Literal["center"] = "center"
    return replace(styles.body, vertical=vertical)
