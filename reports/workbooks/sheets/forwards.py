"""Sheets of any length, written forwards: each row goes straight into the file and is forgotten.

openpyxl draws what stands above the rows, sets up the page and keeps the styles; the rows are
XML made here, and their cells in looks.py. Nothing is held but the merged cells and the page
breaks, which the file format wants behind the rows.
"""

import re
from collections.abc import Sequence
from types import TracebackType
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbooks.sheets.book import members, zip_entry
from reports.workbooks.sheets.looks import Look
from reports.workbooks.sheets.styles import CellStyle

MOST_ROWS = 1_048_576  # of a sheet: "Excel specifications and limits"
_AT_ONCE = 1 << 16  # characters put into the zip together
_FAST = 1  # of deflate: half the time of all else, for a file larger by a quarter
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_ROW = re.compile(r'<row r="(\d+)"')
_MERGED = re.compile(r'<mergeCells count="(\d+)">')


class SheetFull(ValueError):
    """More rows than a sheet of Excel has; the message is fit to show in Chinese."""


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
        self._places: list[str] = []
        self._filter = ""

    def look(self, style: CellStyle) -> Look:
        """The style for cells of this sheet."""
        if style not in self._looks:
            self._looks[style] = Look(self.sheet, style)
        return self._looks[style]

    def row(self, number: int, points: float | None, cells: Sequence[str]) -> None:
        """Write a row of cells, from the first column on, each as a look made it; of this height,
        None for that of the sheet.

        Raises SheetFull, and ValueError for a row that is there already: Excel would call the file
        damaged.
        """
        if number <= self._last:
            raise ValueError(f"row {number} comes after row {self._last}")
        if number > MOST_ROWS:
            raise SheetFull(
                f"行数超过Excel一张工作表{MOST_ROWS}行的上限，无法生成，请缩小范围后分几次生成。"
            )
        if len(cells) > len(self._places):
            columns = range(1, len(cells) + 1)
            self._places = [f'<c r="{get_column_letter(column)}' for column in columns]
        self._last, row = number, str(number)
        height = "" if points is None else f' ht="{points:.2f}" customHeight="1"'
        placed = [place + row + cell for place, cell in zip(self._places, cells, strict=False)]
        text = f'<row r="{row}"{height}>{"".join(placed)}</row>'
        self._parts.append(text)
        self._size += len(text)
        if self._size >= _AT_ONCE:
            self._flush()

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Make one cell of a rectangle whose rows are written now or later."""
        first, last = get_column_letter(left), get_column_letter(right)
        self._merged += f'<mergeCell ref="{first}{top}:{last}{bottom}"/>'.encode()
        self._merges += 1

    def break_before(self, row: int) -> None:
        """Begin a page with this row."""
        self._breaks += f'<brk id="{row - 1}" max="16383" man="1"/>'.encode()
        self._break_count += 1

    def filter(self, area: str) -> None:
        """Let the rows be filtered by the head of this area; the sheet was drawn without."""
        self.sheet.auto_filter.ref = area
        self._filter = f'<autoFilter ref="{area}"/>'

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
        self._parts.append(self._filter + tail)
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
        self._zip = ZipFile(_OneWay(out), "w", ZIP_DEFLATED, compresslevel=_FAST)  # type: ignore[call-overload]
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
        # by name alone: an entry of its own would not be told how hard to press
        self._file: IO[bytes] = target.open(name, "w", force_zip64=True)
        self._rows = ForwardSheet(self._file, sheet, drawn)

    def __enter__(self) -> ForwardSheet:
        return self._rows

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._rows.finish()
        self._file.close()
