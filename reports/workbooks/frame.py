"""What stands around the body of a table sheet: title, a line above, header, a line below."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.columns import Column, ColumnKind
from reports.schemas.header import HeaderCell, header_depth, header_grid
from reports.workbooks.cells import write_text
from reports.workbooks.page import landscape_page_points, set_up_page
from reports.workbooks.pagination import Pagination
from reports.workbooks.styles import Box, CellStyle, TableStyles, draw
from reports.workbooks.text_fit import text_points, width_points

TITLE_ROW, LINE_ROW, HEADER_ROW = 1, 2, 3
# Column widths that fill an A4 page on its side at full size, in Excel units.
_PAGE_WIDTH = 136.0
_MAX_WIDTH = 255.0
_MIN_HEADER_POINTS = 24.0
_WIDTHS = {
    ColumnKind.SERIAL: 6.0,
    ColumnKind.TEXT: 12.0,
    ColumnKind.LONGTEXT: 22.0,
    ColumnKind.INTEGER: 10.0,
    ColumnKind.DECIMAL: 11.0,
    ColumnKind.DATE: 14.0,
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


def grid_of(columns: Sequence[Column]) -> Grid:
    """Lays the columns out; free text columns share what is left of the width of the page."""
    leaves = tuple(leaf for column in columns for leaf in column.leaves())
    widths = [leaf.width or _WIDTHS[leaf.kind] for leaf in leaves]
    free = [
        leaf.width is None and leaf.kind in {ColumnKind.TEXT, ColumnKind.LONGTEXT}
        for leaf in leaves
    ]
    missing = _PAGE_WIDTH - sum(widths)
    stretched = sum(width for width, is_free in zip(widths, free, strict=True) if is_free)
    if missing > 0 and stretched:
        factor = 1 + missing / stretched
        widths = [
            min(width * factor, _MAX_WIDTH) if is_free else width
            for width, is_free in zip(widths, free, strict=True)
        ]
    return Grid(tuple(columns), leaves, tuple(widths))


def write_frame(
    sheet: Worksheet, grid: Grid, *, title: str, line: str, annex_no: str, styles: TableStyles
) -> int:
    """Writes all that is above the body, sets up the page, returns the first row of the body."""
    for index, width in enumerate(grid.widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    write_across(sheet, grid, TITLE_ROW, title, styles.title)
    write_across(sheet, grid, LINE_ROW, line, styles.line)
    depth = header_depth(grid.columns)
    _write_header(sheet, grid, styles)
    body = HEADER_ROW + depth
    set_up_page(
        sheet, orientation="landscape", annex_no=annex_no, header_rows=(HEADER_ROW, body - 1)
    )
    sheet.freeze_panes = sheet.cell(body, 1)
    return body


def pagination(sheet: Worksheet, body: int, grid: Grid) -> Pagination:
    """The pages of a sheet whose frame is written and whose body begins at row `body`."""
    heights = [sheet.row_dimensions[row].height or 0.0 for row in range(1, body)]
    room = landscape_page_points(width_points(grid.widths)) - sum(heights[HEADER_ROW - 1 :])
    return Pagination(room, room - sum(heights[: HEADER_ROW - 1]))


def write_across(sheet: Worksheet, grid: Grid, row: int, text: str, style: CellStyle) -> None:
    """One line of text over the whole width of the table."""
    write_text(draw(sheet, Box(row, 1, row, len(grid.leaves)), style), text)
    height = text_points(text, width=grid.total_width, size=style.size)
    sheet.row_dimensions[row].height = max(height, style.size * 1.8)


def _write_header(sheet: Worksheet, grid: Grid, styles: TableStyles) -> None:
    rows = header_grid(grid.columns)
    heights = [_MIN_HEADER_POINTS] * len(rows)
    # the shallow cells first, so that a deep one only adds what they leave uncovered
    for cell in sorted((cell for row in rows for cell in row), key=lambda cell: cell.rowspan):
        bottom = cell.row + cell.rowspan
        needed = _header_points(cell, grid, styles)
        heights[bottom - 1] += max(0.0, needed - sum(heights[cell.row : bottom]))
        box = Box(
            HEADER_ROW + cell.row,
            cell.column + 1,
            HEADER_ROW + bottom - 1,
            cell.column + cell.colspan,
        )
        write_text(draw(sheet, box, styles.header), cell.label)
    for index, height in enumerate(heights):
        sheet.row_dimensions[HEADER_ROW + index].height = height


def _header_points(cell: HeaderCell, grid: Grid, styles: TableStyles) -> float:
    width = sum(grid.widths[cell.column : cell.column + cell.colspan])
    return text_points(cell.label, width=width, size=styles.header.size)
