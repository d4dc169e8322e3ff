"""The child's side of raw.py: a workbook on standard input, its cells as JSON."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHARED_STRINGS

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from reports.workbooks.reading.number_formats import code_of
from reports.workbooks.reading.pictures import drawings_of, has_pictures_in_cells, on_sheet
from reports.workbooks.reading.shown import Shown, shown
from reports.workbooks.reading.strict import transitional

_BROKEN = "文件已损坏或不是完整的 Excel 工作簿，无法读取。请用 Excel 或 WPS 打开并另存后再导入。"
_MEGABYTES = 600
_SECONDS = 25.0
# What openpyxl and lxml raise on damaged parts.
_FAULTS = (
    *(InvalidFileException, BadZipFile, etree.LxmlError, SyntaxError, OSError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError),
)
# A picture in a cell: of WPS, and of the function of Excel.
_PICTURE = re.compile(r"=\s*(?:_xlfn\.|_xlws\.)*(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parse(data: bytes, _breathe: Callable[[], None]) -> str:
    """The sheets as JSON; see RawSheet. Raises UnreadableDocument."""
    try:
        data = transitional(data)
        formulas = _load(data, data_only=False)
        has_formulas = any(
            cell.data_type == "f" for sheet in formulas.worksheets for cell in _cells(sheet)
        )
        results = _load(data, data_only=True) if has_formulas else formulas
        drawings = drawings_of(data)
        sheets = [
            {**_sheet(sheet, result), "pictures": on_sheet(sheet, drawings)}
            for sheet, result in zip(formulas.worksheets, results.worksheets, strict=True)
        ]
    except (MemoryError, RecursionError):
        raise
    except _FAULTS as fault:
        raise UnreadableDocument(_BROKEN) from fault
    if has_pictures_in_cells(data):
        _name_pictures(sheets)
    return json.dumps(sheets, ensure_ascii=False)


def _name_pictures(sheets: list[dict[str, Any]]) -> None:
    """Other programs see #VALUE! where Excel shows a picture that was put into the cell."""
    for sheet in sheets:
        for address, (kind, text, *rest) in sheet["cells"].items():
            if (kind, text) == ("error", "#VALUE!"):
                sheet["cells"][address] = ("picture", "", *rest)


class _Reader(ExcelReader):
    """Leaves Excel's escapes in stored text (_x000D_, a line end) as they are, see _unescaped, and
    numbers that are shown as days as numbers, see shown()."""

    def read_worksheets(self) -> None:
        self.wb._date_formats, self.wb._timedelta_formats = set(), set()
        super().read_worksheets()

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, item in etree.iterparse(source, tag=f"{_NAMESPACE}si", resolve_entities=False):
                self.shared_strings.append(_plain(item))
                item.clear()


def _plain(item: Any) -> str:
    """The text of a stored string, rich or not, without the reading aids of East Asian text."""
    texts = [*item.findall(f"{_NAMESPACE}t"), *item.findall(f"{_NAMESPACE}r/{_NAMESPACE}t")]
    return "".join(text.text or "" for text in texts)


def _unescaped(text: str) -> str:
    """What Excel shows: _x000D_ is a line end, _x005F_ the underscore of a text that looks so."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _load(data: bytes, *, data_only: bool) -> Workbook:
    reader = _Reader(BytesIO(data), data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb


def _cells(sheet: Worksheet) -> list[Cell]:
    """The cells that stand in the file: asking for a range would make those that do not."""
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]


def _sheet(sheet: Worksheet, result: Worksheet) -> dict[str, Any]:
    found = {}
    hides_zeros = sheet.sheet_view.showZeros is False
    for cell in _cells(sheet):
        if cell.value is None:
            continue
        formula = _formula(cell) if cell.data_type == "f" else ""
        read = _value(result[cell.coordinate] if formula else cell, formula)
        kind = "unknown" if read.shown is None else read.kind
        seen = "" if hides_zeros and (kind, read.text) == ("number", "0") else read.shown
        seen = None if seen == read.text else seen
        found[cell.coordinate] = (kind, read.text, _code(cell), formula, seen, read.names)
    return {
        "title": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "cells": found,
        "merges": [
            (merge.min_row, merge.min_col, merge.max_row, merge.max_col)
            for merge in sheet.merged_cells.ranges
        ],
        "hidden_columns": [
            get_column_letter(number)
            for dimension in sheet.column_dimensions.values()
            if dimension.hidden
            for number in _columns(dimension)
        ],
        "hidden_rows": [row for row, at in sheet.row_dimensions.items() if at.hidden],
    }


def _columns(dimension: ColumnDimension) -> range:
    """One entry may stand for many columns, up to the last one that a sheet can have."""
    dimension.reindex()
    return range(dimension.min, min(dimension.max, dimension.min + 500) + 1)


def _formula(cell: Cell) -> str:
    return str(getattr(cell.value, "text", None) or cell.value)


def _code(cell: Cell) -> str:
    """The number format; the file need not say what an id of the program stands for."""
    number = cell._style.numFmtId if cell.has_style else 0
    return code_of(number, str(cell.number_format or ""))


def _value(cell: Cell, formula: str) -> Shown:
    value = cell.value
    if _PICTURE.match(formula) or (isinstance(value, str) and _PICTURE.match(value)):
        return Shown("picture", "", "")
    if value is None:
        return Shown("text", "", "")
    if cell.data_type == "e":
        return Shown("error", str(value), str(value))
    if isinstance(value, str):
        value = _unescaped(value)
    is_1904 = cell.parent.parent.epoch == CALENDAR_MAC_1904
    return shown(value, _code(cell), is_1904=is_1904)


if __name__ == "__main__":
    confined.serve(parse, megabytes=_MEGABYTES, pace=_SECONDS)
