"""A long list as a sheet: title, lines above, head, rows. Written row by row, never held whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import NamedStyle
from openpyxl.utils import get_column_letter

from reports.workbooks.sheets.book import new_workbook
from reports.workbooks.sheets.cells import write_number, write_text
from reports.workbooks.sheets.page import set_up_page
from reports.workbooks.sheets.styles import CellStyle, FontNames
from reports.workbooks.sheets.text_fit import text_points

Value = str | int | Fraction | date | datetime | None

_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_SHARE = "[=0]0%;[=1]0%;0.0%"
_HEAD_POINTS = 30.0
_ROW_POINTS = 21.0
_SIZE = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its label and its width in Excel units."""

    label: str
    chars: float


def write_listing(
    title: str,
    lines: Sequence[str],
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Value]],
    *,
    fonts: FontNames | None = None,
) -> Workbook:
    """A workbook with one sheet: text stays text, days and moments (without a zone) are dates.

    A Fraction is a share, a number that reads as a percentage with one decimal.

    The head is frozen, filtered by and repeated on every page, A4 on its side. Each row has one
    value a heading. Raises CellTextTooLong.
    """
    workbook = new_workbook(row_by_row=True)
    looks = _Looks(workbook, fonts or FontNames())
    sheet = workbook.create_sheet(title)
    above = [(title, looks.title), *((line, looks.line) for line in lines)]
    head, last = len(above) + 1, get_column_letter(len(headings))
    _set_up(sheet, above, headings)
    pen = _Pen(sheet, looks)
    try:
        for text, look in above:
            sheet.append([pen.text(text, look)])
        sheet.append([pen.text(heading.label, looks.head) for heading in headings])
        bottom = _write_rows(sheet, head + 1, rows, headings, pen) - 1
        sheet.auto_filter.ref = f"A{head}:{last}{bottom}"
        sheet.print_area = f"A1:{last}{bottom}"
    finally:
        sheet.close()  # after a fault too, or its temporary file stays open
    return workbook


def _set_up(
    sheet: Any, above: Sequence[tuple[str, NamedStyle]], headings: Sequence[Heading]
) -> None:
    """Widths, heights, merges and the page: all that has to stand before the first row."""
    head, last = len(above) + 1, get_column_letter(len(headings))
    for index, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = heading.chars
    width = sum(heading.chars for heading in headings)
    for row, (text, look) in enumerate(above, start=1):
        size = look.font.size
        points = max(text_points(text, width=width, size=size), size * 1.8)
        sheet.row_dimensions[row].height = points
        sheet.merged_cells.add(f"A{row}:{last}{row}")
    sheet.row_dimensions[head].height = _HEAD_POINTS
    sheet.sheet_format.defaultRowHeight = _ROW_POINTS
    sheet.sheet_format.customHeight = True
    set_up_page(sheet, orientation="landscape", header_rows=(head, head))
    sheet.freeze_panes = f"A{head + 1}"


def _write_rows(
    sheet: Any,
    top: int,
    rows: Iterable[Sequence[Value]],
    headings: Sequence[Heading],
    pen: "_Pen",
) -> int:
    """Writes from row ``top`` on and returns the row after the last."""
    for row in rows:
        points = _row_points(row, headings)
        if points > _ROW_POINTS:
            sheet.row_dimensions[top].height = points
        sheet.append([pen.cell(value) for value in row])
        top += 1
    return top


@lru_cache(maxsize=4096)
def _points(text: str, chars: float) -> float:
    return text_points(text, width=chars, size=_SIZE)


def _row_points(row: Sequence[Value], headings: Sequence[Heading]) -> float:
    """Height in points that shows the texts of a row; most fit on one line at a glance."""
    return max(
        (
            _points(value, heading.chars)
            for value, heading in zip(row, headings, strict=True)
            if isinstance(value, str) and 2 * len(value) >= heading.chars
        ),
        default=_ROW_POINTS,
    )


class _Looks:
    """The named styles of a workbook: one name for a cell costs far less than its parts."""

    def __init__(self, workbook: Workbook, fonts: FontNames) -> None:
        text = CellStyle(fonts.body, _SIZE, bordered=True)
        centred = CellStyle(fonts.body, _SIZE, "center", bordered=True)
        self.title = _look("列表标题", CellStyle(fonts.title, 18, "center"))
        self.line = _look("列表说明", CellStyle(fonts.body, 11))
        self.head = _look("列表表头", CellStyle(fonts.heading, _SIZE, "center", bordered=True))
        self.text = _look("列表文字", text)
        self.number = _look("列表数字", centred)
        self.share = _look("列表比率", centred, _SHARE)
        self.day = _look("列表日期", centred, _DAY)
        self.moment = _look("列表时间", centred, _MOMENT)
        for look in vars(self).values():
            workbook.add_named_style(look)


def _look(name: str, style: CellStyle, number_format: str = "General") -> NamedStyle:
    look = NamedStyle(name=name, number_format=number_format)
    style.apply(look)
    return look


class _Pen:
    """Makes cells. A list says the same over and over, so that equal cells are made only once: a
    cell is told its place when its row is written, and is done with before the next one.
    """

    def __init__(self, sheet: Any, looks: _Looks) -> None:
        self._sheet, self._looks = sheet, looks
        # a share of 1 is not the number 1, though they are equal
        self.cell = lru_cache(maxsize=4096, typed=True)(self._cell)

    def text(self, text: str, look: NamedStyle) -> Cell:
        cell = self._blank(look)
        write_text(cell, text)
        return cell

    def _cell(self, value: Value) -> Cell:
        looks = self._looks
        if value is None or isinstance(value, str):
            return self.text(value or "", looks.text)
        if isinstance(value, int):
            cell = self._blank(looks.number)
            write_number(cell, value)
            return cell
        if isinstance(value, Fraction):
            cell = self._blank(looks.share)
            cell.value = float(value)
            return cell
        cell = self._blank(looks.moment if isinstance(value, datetime) else looks.day)
        cell.value = value
        return cell

    def _blank(self, look: NamedStyle) -> Cell:
        cell = WriteOnlyCell(self._sheet)
        cell.style = look.name
        return cell
