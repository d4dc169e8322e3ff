"""What stands around the body of a table sheet: title, lines above, header, lines below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.definition.columns import Column
from reports.schemas.definition.header import HeaderCell, header_depth, header_grid
from reports.schemas.definition.kinds import ColumnKind, Orientation
from reports.workbooks.sheets.blanks import Spots
from reports.workbooks.sheets.cells import write_text
from reports.workbooks.sheets.page import page_points, set_up_page
from reports.workbooks.sheets.pagination import Pagination
from reports.workbooks.sheets.styles import Box, CellStyle, TableStyles, draw
from reports.workbooks.sheets.text_fit import text_points, width_points

TITLE_ROW = 1
# Column widths that fill an A4 page at full size, in Excel units.
PAGE_WIDTHS = {Orientation.LANDSCAPE: 136.0, Orientation.PORTRAIT: 92.0}
_IMPRINT_WIDTH = 34.0
_MAX_WIDTH = 255.0
_MOST_HEADING = 20.0
_MOST_LABEL = 48.0  # of a column of row labels, which rarely have more than a line
_MIN_HEADER_POINTS = 24.0
_WIDTHS = {
    ColumnKind.SERIAL: 6.0,
    ColumnKind.ROW_LABEL: 24.0,
    ColumnKind.MEASURE: 8.0,
    ColumnKind.TEXT: 12.0,
    ColumnKind.LONGTEXT: 22.0,
    ColumnKind.REMARK: 12.0,
    ColumnKind.INTEGER: 10.0,
    ColumnKind.DECIMAL: 11.0,
    ColumnKind.MONEY: 13.0,
    ColumnKind.PERCENT: 10.0,
    ColumnKind.DATE: 14.0,
    ColumnKind.MONTH: 11.0,
    ColumnKind.CHOICE: 12.0,
    ColumnKind.YES_NO: 7.0,
    ColumnKind.REGION: 14.0,
    ColumnKind.BUREAU: 18.0,
    ColumnKind.CONTACT: 16.0,
    ColumnKind.DOCUMENT: 26.0,
}
# Columns that share what is left of the width of the page.
_FREE = {
    ColumnKind.ROW_LABEL,
    ColumnKind.TEXT,
    ColumnKind.LONGTEXT,
    ColumnKind.REMARK,
    ColumnKind.DOCUMENT,
}


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a sheet: the header tree, its leaves and their widths in Excel units."""

    columns: tuple[Column, ...]
    leaves: tuple[Column, ...]
    widths: tuple[float, ...]

    @property
    def total_width(self) -> float:
        return sum(self.widths)


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above the header: 表号 and the like at the right, a line of fields at the left
    (None: none at all) and 单位：万元 at its right end."""

    title: str
    line: str | None = None
    imprint: tuple[str, ...] = ()
    unit_line: str = ""


def grid_of(columns: Sequence[Column], orientation: Orientation = Orientation.LANDSCAPE) -> Grid:
    """Lays the columns out; free text columns share what is left of the width of the page.

    Where there are none, all columns do.
    """
    leaves = tuple(leaf for column in columns for leaf in column.leaves())
    page = PAGE_WIDTHS[orientation]
    widths = [leaf.width or _on_one_line(leaf) for leaf in leaves]
    if sum(widths) > page:
        widths = [leaf.width or _WIDTHS[leaf.kind] for leaf in leaves]
    free = [leaf.width is None and leaf.kind in _FREE for leaf in leaves]
    if not any(free):
        free = [leaf.width is None and leaf.kind is not ColumnKind.SERIAL for leaf in leaves]
    widths = _stretched(widths, free, page - sum(widths))
    most = [_MOST_LABEL if leaf.kind is ColumnKind.ROW_LABEL else _MAX_WIDTH for leaf in leaves]
    widths = [
        min(width, limit) if leaf.width is None else width
        for leaf, width, limit in zip(leaves, widths, most, strict=True)
    ]
    others = [leaf.width is None and leaf.kind is not ColumnKind.SERIAL for leaf in leaves]
    widths = _stretched(widths, others, page - sum(widths))
    return Grid(tuple(columns), leaves, tuple(widths))


def _on_one_line(leaf: Column) -> float:
    """Wide enough for the label of a column of figures, where that is not long."""
    least = _WIDTHS[leaf.kind]
    needed = len(leaf.label) * 2.3 + 1
    return needed if leaf.is_number and least < needed <= _MOST_HEADING else least


def _stretched(widths: list[float], free: Sequence[bool], missing: float) -> list[float]:
    """The free columns made wider in proportion until nothing is missing."""
    total = sum(width for width, is_free in zip(widths, free, strict=True) if is_free)
    if missing <= 0 or not total:
        return widths
    return [
        min(width * (1 + missing / total), _MAX_WIDTH) if is_free else width
        for width, is_free in zip(widths, free, strict=True)
    ]


def write_frame(
    sheet: Worksheet,
    grid: Grid,
    *,
    title: str,
    line: str,
    annex_no: str,
    styles: TableStyles,
) -> int:
    """Writes all that is above the body, sets up the page, returns the first row of the body."""
    row = write_above(sheet, grid, Above(title, line), styles)
    return write_header(sheet, grid, row, styles, annex_no=annex_no)


def write_above(
    sheet: Worksheet,
    grid: Grid,
    above: Above,
    styles: TableStyles,
    *,
    spots: Spots | None = None,
) -> int:
    """Sets the widths, writes the title and the lines below it; returns the row after them."""
    for index, width in enumerate(grid.widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    write_across(sheet, grid, TITLE_ROW, above.title, styles.title, spots=spots)
    row = TITLE_ROW + 1
    for text in above.imprint:
        _write_right(sheet, grid, row, text, styles.small, width=_IMPRINT_WIDTH, spots=spots)
        sheet.row_dimensions[row].height = styles.small.size * 1.6
        row += 1
    if above.line is None and not above.unit_line:
        return row
    if not above.unit_line or len(grid.leaves) == 1:
        parts = "　　".join(text for text in (above.line or "", above.unit_line) if text)
        write_across(sheet, grid, row, parts, styles.line, spots=spots)
        return row + 1
    needed = len(above.unit_line) * 2.4 + 2
    right = replace(styles.line, horizontal="right")
    first = _write_right(sheet, grid, row, above.unit_line, right, width=needed, spots=spots)
    width = sum(grid.widths[: first - 1])
    left = Box(row, 1, row, first - 1)
    write_text(draw(sheet, left, styles.line), above.line or "")
    if spots is not None:
        spots.printed.append((left, above.line or ""))
    height = text_points(above.line or "", width=width, size=styles.line.size)
    sheet.row_dimensions[row].height = max(height, styles.line.size * 1.8)
    return row + 1


def write_header(
    sheet: Worksheet,
    grid: Grid,
    top: int,
    styles: TableStyles,
    *,
    annex_no: str,
    orientation: Orientation = Orientation.LANDSCAPE,
    spots: Spots | None = None,
) -> int:
    """Writes the header from row `top` on and sets up the page; returns the row after it."""
    _write_header(sheet, grid, top, styles, spots)
    body = top + header_depth(grid.columns)
    set_up_page(
        sheet, orientation=orientation.value, annex_no=annex_no, header_rows=(top, body - 1)
    )
    sheet.freeze_panes = f"A{body}"  # not the cell: that would make a row of it
    return body


def pagination(
    sheet: Worksheet, body: int, grid: Grid, orientation: Orientation = Orientation.LANDSCAPE
) -> Pagination:
    """The pages of a sheet whose frame is written and whose body begins at row `body`."""
    heights = [sheet.row_dimensions[row].height or 0.0 for row in range(1, body)]
    top = body - header_depth(grid.columns)
    room = page_points(orientation.value, width_points(grid.widths)) - sum(heights[top - 1 :])
    return Pagination(room, room - sum(heights[: top - 1]))


def _write_right(
    sheet: Worksheet,
    grid: Grid,
    row: int,
    text: str,
    style: CellStyle,
    *,
    width: float,
    spots: Spots | None,
) -> int:
    """Text over the last columns that are together so wide; returns the first of them, never 1."""
    first = len(grid.leaves)
    while first > 2 and sum(grid.widths[first - 1 :]) < width:
        first -= 1
    box = Box(row, first, row, len(grid.leaves))
    write_text(draw(sheet, box, style), text)
    if spots is not None:
        spots.printed.append((box, text))
    return first


def write_across(
    sheet: Worksheet,
    grid: Grid,
    row: int,
    text: str,
    style: CellStyle,
    *,
    spots: Spots | None = None,
) -> None:
    """One line of text over the whole width of the table."""
    box = Box(row, 1, row, len(grid.leaves))
    write_text(draw(sheet, box, style), text)
    height = text_points(text, width=grid.total_width, size=style.size)
    sheet.row_dimensions[row].height = max(height, style.size * 1.8)
    if spots is not None:
        spots.printed.append((box, text))


def _write_header(
    sheet: Worksheet, grid: Grid, top: int, styles: TableStyles, spots: Spots | None
) -> None:
    rows = header_grid(grid.columns)
    heights = [_MIN_HEADER_POINTS] * len(rows)
    # the shallow cells first, so that a deep one only adds what they leave uncovered
    for cell in sorted((cell for row in rows for cell in row), key=lambda cell: cell.rowspan):
        bottom = cell.row + cell.rowspan
        needed = _header_points(cell, grid, styles)
        heights[bottom - 1] += max(0.0, needed - sum(heights[cell.row : bottom]))
        box = Box(
            top + cell.row,
            cell.column + 1,
            top + bottom - 1,
            cell.column + cell.colspan,
        )
        write_text(draw(sheet, box, styles.header), cell.label)
        if spots is not None:
            spots.printed.append((box, cell.label))
    for index, height in enumerate(heights):
        sheet.row_dimensions[top + index].height = height


def _header_points(cell: HeaderCell, grid: Grid, styles: TableStyles) -> float:
    width = sum(grid.widths[cell.column : cell.column + cell.colspan])
    return text_points(cell.label, width=width, size=styles.header.size)
