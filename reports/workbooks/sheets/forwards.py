"""Sheets of any length, written forwards: each row goes straight into the file and is forgotten.

openpyxl draws what stands above the rows, sets up the page and keeps the styles; the rows are
XML made here. Nothing is held but the merged cells and the page breaks, which the file format
wants behind the rows.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape
from types import TracebackType
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content.texts import EXCEL_CELL_CHARS
from reports.workbooks.sheets.book import members, zip_entry
from reports.workbooks.sheets.cells import FORMULA_STARTS, holdable, is_exact, number_format, stored
from reports.workbooks.sheets.styles import CellStyle

_AT_ONCE = 1 << 16  # characters put into the zip together
_LONGEST_PLAIN = EXCEL_CELL_CHARS // 2  # not more units of UTF-16 than a cell holds, whatever it is
# Most text has nothing that XML, Excel or a formula would take amiss, and one look tells.
_NOT_PLAIN = re.compile(
    "^[=+\\-@\\s]|\\s$|[&<>]|_x|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|[^\x00-\uffff]"
)
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_ROW = re.compile(r'<row r="(\d+)"')
_MERGED = re.compile(r'<mergeCells count="(\d+)">')


class Look:
    """A style as the rows name it: by the number it has in the file."""

    __slots__ = ("_numbers", "_sheet", "_style", "plain", "quoted")

    def __init__(self, sheet: Worksheet, style: CellStyle) -> None:
        self._sheet, self._style = sheet, style
        self.plain = self._known()
        self.quoted = self._known(is_quoted=True)
        self._numbers: dict[str, int] = {}

    def number(self, shown_as: str) -> int:
        """The style of a number with this format."""
        if shown_as not in self._numbers:
            self._numbers[shown_as] = self._known(shown_as)
        return self._numbers[shown_as]

    def figure(self, value: Decimal, *, is_percent: bool = False) -> str | None:
        """How a cell with a number ends; 35 as a percent is shown as 35% and held as 0.35. None
        where Excel would not keep all its digits."""
        held = value.scaleb(-2) if is_percent else value
        if not is_exact(held):
            return None
        style = self.number(number_format(value, is_percent=is_percent))
        return f' s="{style}"><v>{held:f}</v></c>'

    def _known(self, shown_as: str = "General", *, is_quoted: bool = False) -> int:
        cell = Cell(self._sheet, row=1, column=1)
        self._style.apply(cell)
        cell.number_format, cell.quotePrefix = shown_as, is_quoted
        return int(cell.style_id)


class ForwardSheet:
    """The rows of one sheet below what is drawn on `sheet` already. Rows come in order."""

    def __init__(self, file: IO[bytes], sheet: Worksheet, drawn: str) -> None:
        head, found, tail = drawn.partition("</sheetData>")
        if not found:
            head, _, tail = drawn.partition("<sheetData/>")
            head += "<sheetData>"
        self._file, self.sheet, self._tail = file, sheet, tail
        self._parts: list[str] = [_DIMENSION.sub("", head)]
        self._size = len(head)
        self._last = max(map(int, _ROW.findall(head)), default=0)
        self._merged, self._merges, self._breaks = bytearray(), 0, bytearray()
        self._break_count = 0
        self._looks: dict[CellStyle, Look] = {}
        self.letters = [get_column_letter(index) for index in range(1, 257)]

    def look(self, style: CellStyle) -> Look:
        """The style for cells of this sheet."""
        if style not in self._looks:
            self._looks[style] = Look(self.sheet, style)
        return self._looks[style]

    def pen(self, column: int, look: Look) -> Callable[[int, str], str]:
        """Makes cells of one column with text, given a row and the text, which stays text whatever
        it looks like. It raises CellTextTooLong."""
        place, plain = f'<c r="{self.letters[column - 1]}', look.plain
        blank = f'" s="{plain}"/>'
        before = f'" s="{plain}" t="inlineStr"><is><t>'
        is_odd = _NOT_PLAIN.search

        def cell(row: int, text: str) -> str:
            if not text:
                return f"{place}{row}{blank}"
            if not is_odd(text) and len(text) <= _LONGEST_PLAIN:
                return f"{place}{row}{before}{text}</t></is></c>"
            shown = holdable(text)
            style = look.quoted if shown.startswith(FORMULA_STARTS) else plain
            kept = escape(stored(shown), quote=False)
            return (
                f'{place}{row}" s="{style}" t="inlineStr"><is>'
                f'<t xml:space="preserve">{kept}</t></is></c>'
            )

        return cell

    def place(self, row: int, column: int) -> str:
        """How a cell begins; a figure ends it."""
        return f'<c r="{self.letters[column - 1]}{row}"'

    def row(self, number: int, points: float, cells: Sequence[str]) -> None:
        """Write a row of cells, left to right, of this height. Raises ValueError for one that is
        there already: Excel would call the file damaged."""
        if number <= self._last:
            raise ValueError(f"row {number} comes after row {self._last}")
        self._last = number
        text = f'<row r="{number}" ht="{points:.2f}" customHeight="1">{"".join(cells)}</row>'
        self._parts.append(text)
        self._size += len(text)
        if self._size >= _AT_ONCE:
            self._flush()

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Make one cell of a rectangle whose rows are written now or later."""
        first, last = self.letters[left - 1], self.letters[right - 1]
        self._merged += f'<mergeCell ref="{first}{top}:{last}{bottom}"/>'.encode()
        self._merges += 1

    def break_before(self, row: int) -> None:
        """Begin a page with this row."""
        self._breaks += f'<brk id="{row - 1}" max="16383" man="1"/>'.encode()
        self._break_count += 1

    def finish(self) -> None:
        """Write what stands behind the rows."""
        self._parts.append("</sheetData>")
        tail = self._tail
        if self._merges:
            tail = self._with_merges(tail)
        if self._break_count:
            count = self._break_count
            breaks = f'<rowBreaks count="{count}" manualBreakCount="{count}">'
            tail = tail.replace(
                "</worksheet>", f"{breaks}{self._breaks.decode()}</rowBreaks></worksheet>"
            )
        self._parts.append(tail)
        self._flush()

    def _with_merges(self, tail: str) -> str:
        found = _MERGED.match(tail)
        drawn = int(found[1]) if found else 0
        opening = f'<mergeCells count="{drawn + self._merges}">'
        if found is None:
            return f"{opening}{self._merged.decode()}</mergeCells>{tail}"
        return f"{opening}{self._merged.decode()}{tail[found.end() :]}"

    def _flush(self) -> None:
        self._file.write("".join(self._parts).encode())
        self._parts.clear()
        self._size = 0


class _OneWay:
    """Only takes bytes, so that the file is the same wherever it is written to."""

    def __init__(self, out: Any) -> None:
        self.write, self.flush = out.write, out.flush


class ForwardBook:
    """Open as a context: when the block ends the file is whole. `out` need only take bytes.

    Sheets are written one after the other. Equal input gives equal bytes.
    """

    def __init__(self, out: Any, workbook: Workbook) -> None:
        # Ignored: typeshed asks for more than ZipFile uses when it writes forwards.
        self._zip = ZipFile(_OneWay(out), "w", ZIP_DEFLATED)  # type: ignore[call-overload]
        self._workbook, self._done = workbook, set[str]()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if kind is None:
            for name, data in members(self._workbook):
                if name not in self._done:
                    self._zip.writestr(zip_entry(name), data)
        self._zip.close()

    def write(self, sheet: Worksheet) -> "_Open":
        """The rows of a sheet on which all that stands above them is drawn."""
        name = f"xl/worksheets/sheet{self._workbook.worksheets.index(sheet) + 1}.xml"
        drawn = dict(members(self._workbook))[name].decode()
        self._done.add(name)
        return _Open(self._zip, name, sheet, drawn)


class _Open:
    """A sheet being written, as a context."""

    def __init__(self, target: ZipFile, name: str, sheet: Worksheet, drawn: str) -> None:
        self._file: IO[bytes] = target.open(zip_entry(name), "w", force_zip64=True)
        self._rows = ForwardSheet(self._file, sheet, drawn)

    def __enter__(self) -> ForwardSheet:
        return self._rows

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._rows.finish()
        self._file.close()
