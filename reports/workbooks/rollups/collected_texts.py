"""What units wrote, one below the other with the unit named: summaries rolled up by section, and
texts too long for the cell they belong in. Written forwards, whatever its length."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.rolling.rolled import Said
from reports.workbooks.sheets.cells import write_text
from reports.workbooks.sheets.forwards import ForwardBook, ForwardSheet
from reports.workbooks.sheets.name_lists import pieces
from reports.workbooks.sheets.page import set_up_page
from reports.workbooks.sheets.styles import Box, CellStyle, TableStyles, draw
from reports.workbooks.sheets.text_fit import fitted, line_points, row_points

_WIDTHS = (16.0, 76.0)  # 单位 and what it wrote, on upright paper
_MAX_ROW_POINTS = 200.0
_TITLE_SIZE = 16
_LEAST_POINTS = 24.0


def draw_above(sheet: Worksheet, title: str, line: str, styles: TableStyles, annex: str) -> int:
    """Title, line and page of such a sheet; the first row below."""
    for index, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    row = 1
    heading = replace(styles.title, size=_TITLE_SIZE)  # upright paper is narrow
    for text, style in ((title, heading), (line, styles.line)):
        points = fitted(width=sum(_WIDTHS), size=style.size)(text)
        sheet.row_dimensions[row].height = max(points, style.size * 1.8)
        write_text(draw(sheet, Box(row, 1, row, len(_WIDTHS)), style), text)
        row += 1
    set_up_page(sheet, orientation="portrait", annex_no=annex)
    return row


def write_said(
    book: ForwardBook,
    sheet: Worksheet,
    row: int,
    groups: Iterable[Said],
    notes: Callable[[], Sequence[str]],
    styles: TableStyles,
) -> None:
    """Group by group from row `row` on: its heading, then a row a unit; the notes at the end."""
    with book.write(sheet) as rows:
        paper = _Paper(rows, row, styles)
        for group in groups:
            paper.across(group.label, styles.header)
            for unit, text in group.texts:
                paper.unit(unit, text)
            if not group.texts:
                paper.across("（没有单位填写）", styles.note)
        for note in notes():
            for piece in pieces(note):
                paper.across(piece, styles.note)
    sheet.print_area = f"A1:{get_column_letter(len(_WIDTHS))}{paper.row - 1}"


class _Paper:
    """Two columns; `row` is the next free one."""

    def __init__(self, rows: ForwardSheet, row: int, styles: TableStyles) -> None:
        self.row, self._rows = row, rows
        body, self._size = styles.body, styles.body.size
        self._looks = (rows.look(styles.short), rows.look(body))
        self._fits = [fitted(width=width, size=self._size) for width in _WIDTHS]

    def across(self, text: str, style: CellStyle) -> None:
        """Text over both columns."""
        look = self._rows.look(style)
        needed = max(fitted(width=sum(_WIDTHS), size=style.size)(text), _LEAST_POINTS)
        top = self.row
        for points in row_points(needed, size=style.size, most=_MAX_ROW_POINTS):
            shown = text if self.row == top else ""
            self._rows.row(self.row, points, [look.text(shown), look.blank])
            self.row += 1
        self._rows.merge(top, 1, self.row - 1, 2)

    def unit(self, name: str, text: str) -> None:
        """A long text takes several rows, merged, so that it reads on over a page."""
        needed = max(
            _LEAST_POINTS, *(fit(one) for fit, one in zip(self._fits, (name, text), strict=True))
        )
        line, top = line_points(self._size), self.row
        for points in row_points(ceil(needed / line) * line, size=self._size, most=_MAX_ROW_POINTS):
            shown = (name, text) if self.row == top else ("", "")
            cells = [look.text(one) for look, one in zip(self._looks, shown, strict=True)]
            self._rows.row(self.row, points, cells)
            self.row += 1
        if self.row - top > 1:
            for column in (1, 2):
                self._rows.merge(top, column, self.row - 1, column)
