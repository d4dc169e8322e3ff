"""A long list as a sheet: title, lines above, head, rows. Written row by row, never held whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from types import NoneType
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbooks.sheets.book import add_sheet, new_workbook
from reports.workbooks.sheets.cells import write_text
from reports.workbooks.sheets.forwards import ForwardBook, ForwardSheet
from reports.workbooks.sheets.looks import Look, Memory
from reports.workbooks.sheets.page import set_up_page
from reports.workbooks.sheets.styles import Box, CellStyle, FontNames, draw
from reports.workbooks.sheets.text_fit import fitted, text_points

Value = str | int | Fraction | date | datetime | None

_HEAD_POINTS = 30.0
_ROW_POINTS = 21.0
_SIZE = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its label and its width in Excel units."""

    label: str
    chars: float


def write_listing(
    out: Any,
    title: str,
    lines: Sequence[str],
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Value]],
    *,
    fonts: FontNames | None = None,
) -> None:
    """Writes a workbook with one sheet into ``out``, which need only take bytes.

    Text stays text, days and moments (without a zone) are dates; a Fraction is a share, a number
    that reads as a percentage with one decimal. The head is frozen, filtered by and repeated on
    every page, A4 on its side. Each row has one value a heading. Raises CellTextTooLong, SheetFull.
    """
    styles = _Styles(fonts or FontNames())
    workbook = new_workbook()
    sheet = add_sheet(workbook, title)
    above = [(title, styles.title), *((line, styles.line) for line in lines)]
    head = _draw_above(sheet, above, headings)
    _draw_head(sheet, head, headings, styles.head)
    with ForwardBook(out, workbook) as book, book.write(sheet) as written:
        bottom = _write_rows(written, head + 1, rows, headings, styles) - 1
        area = f"A{head}:{get_column_letter(len(headings))}{bottom}"
        written.filter(area)
        sheet.print_area = f"A1:{area.partition(':')[2]}"


def listing(
    title: str,
    lines: Sequence[str],
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Value]],
) -> bytes:
    """The same as the bytes of the file."""
    out = BytesIO()
    write_listing(out, title, lines, headings, rows)
    return out.getvalue()


class _Styles:
    def __init__(self, fonts: FontNames) -> None:
        self.title = CellStyle(fonts.title, 18, "center")
        self.line = CellStyle(fonts.body, 11)
        self.head = CellStyle(fonts.heading, _SIZE, "center", bordered=True)
        self.text = CellStyle(fonts.body, _SIZE, bordered=True)
        self.centred = CellStyle(fonts.body, _SIZE, "center", bordered=True)


def _draw_above(
    sheet: Worksheet, above: Sequence[tuple[str, CellStyle]], headings: Sequence[Heading]
) -> int:
    """Title and lines over the whole width; the row below them."""
    width = sum(heading.chars for heading in headings)
    for row, (text, style) in enumerate(above, start=1):
        points = max(text_points(text, width=width, size=style.size), style.size * 1.8)
        sheet.row_dimensions[row].height = points
        if len(headings) > 1:  # Excel calls a file damaged in which one cell is merged
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(headings))
        style.apply(sheet.cell(row, 1))
        write_text(sheet.cell(row, 1), text)
    return len(above) + 1


def _draw_head(sheet: Worksheet, row: int, headings: Sequence[Heading], style: CellStyle) -> None:
    """Labels, widths and the page."""
    for index, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = heading.chars
        write_text(draw(sheet, Box(row, index, row, index), style), heading.label)
    sheet.row_dimensions[row].height = _HEAD_POINTS
    sheet.sheet_format.defaultRowHeight = _ROW_POINTS
    sheet.sheet_format.customHeight = True
    set_up_page(sheet, orientation="landscape", header_rows=(row, row))
    sheet.freeze_panes = f"A{row + 1}"


def _write_rows(
    sheet: ForwardSheet,
    top: int,
    rows: Iterable[Sequence[Value]],
    headings: Sequence[Heading],
    styles: _Styles,
) -> int:
    """Writes from row ``top`` on and returns the row after the last."""
    text, other = sheet.look(styles.text), _other_cells(sheet, styles)
    texts = [_texts(text, heading.chars) for heading in headings]
    for row in rows:
        made = [
            known[value] if isinstance(value, str) else other(value)
            for known, value in zip(texts, row, strict=True)
        ]
        points = max(points for points, _ in made)
        sheet.row(top, points if points > _ROW_POINTS else None, [cell for _, cell in made])
        top += 1
    return top


def _texts(look: Look, chars: float) -> Memory:
    """The texts of a column: the height that each needs, and its cell."""
    points = fitted(width=chars, size=_SIZE)
    return Memory(lambda text: (points(text), look.text(text)))


def _other_cells(sheet: ForwardSheet, styles: _Styles) -> Callable[[Any], tuple[float, str]]:
    """Makes the cells of what is no text, which never needs a second line."""
    centred, blank = sheet.look(styles.centred), sheet.look(styles.text).blank
    makers: dict[type, Callable[[Any], str]] = {
        NoneType: lambda nothing: blank,
        int: centred.number,
        Fraction: centred.share,
        date: centred.day,
        datetime: centred.moment,
    }

    @lru_cache(maxsize=4096, typed=True)  # a share of 1 is not the number 1, though they are equal
    def cell(value: Any) -> tuple[float, str]:
        return 0.0, makers[type(value)](value)

    return cell
