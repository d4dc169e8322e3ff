"""The child's side of raw.py: a workbook on standard input, its cells as JSON."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHARED_STRINGS

from notices.readers import confined
from notices.readers.base import UnreadableDocument

_BROKEN = "文件已损坏或不是完整的 Excel 工作簿，无法读取。请用 Excel 或 WPS 打开并另存后再导入。"
_MEGABYTES = 600
_SECONDS = 25.0
# What openpyxl and lxml raise on damaged parts.
_FAULTS = (
    *(InvalidFileException, BadZipFile, etree.LxmlError, SyntaxError, OSError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError),
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parse(data: bytes, _breathe: Callable[[], None]) -> str:
    """The sheets as JSON; see RawSheet. Raises UnreadableDocument."""
    try:
        formulas = _load(data, data_only=False)
        has_formulas = any(
            cell.data_type == "f" for sheet in formulas.worksheets for cell in _cells(sheet)
        )
        results = _load(data, data_only=True) if has_formulas else formulas
        sheets = [
            _sheet(sheet, result)
            for sheet, result in zip(formulas.worksheets, results.worksheets, strict=True)
        ]
    except (MemoryError, RecursionError):
        raise
    except _FAULTS as fault:
        raise UnreadableDocument(_BROKEN) from fault
    return json.dumps(sheets, ensure_ascii=False)


class _Reader(ExcelReader):
    """Leaves Excel's escapes in stored text (_x000D_, a line end) as they are: see _unescaped."""

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
    for cell in _cells(sheet):
        if cell.value is None:
            continue
        formula = _formula(cell) if cell.data_type == "f" else ""
        shown = result[cell.coordinate] if formula else cell
        kind, text = _value(shown)
        found[cell.coordinate] = (kind, text, str(shown.number_format or ""), formula)
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


def _value(cell: Cell) -> tuple[str, str]:
    value = cell.value
    if value is None:
        return "text", ""
    if cell.data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "flag", "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return "day", value.isoformat()
    if isinstance(value, time | timedelta):
        return "text", str(value)
    if isinstance(value, int | float):
        return "number", _figure(value)
    return "text", _unescaped(str(value))


def _figure(value: int | float) -> str:
    """As many digits as Excel shows, so that 0.1 + 0.2 reads 0.3; never with an exponent."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    plain = format(exact, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


if __name__ == "__main__":
    confined.serve(parse, megabytes=_MEGABYTES, pace=_SECONDS)
