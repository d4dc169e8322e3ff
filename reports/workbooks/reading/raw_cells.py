"""The child's side of raw.py: a workbook on standard input, its cells as JSON."""

import json
import re
from collections.abc import Callable
from typing import Any

from lxml import etree
from openpyxl.utils import get_column_letter

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from reports.workbooks.reading import stored_cells
from reports.workbooks.reading.book_parts import BookParts, SheetPart
from reports.workbooks.reading.pictures import drawn_on, has_pictures_in_cells
from reports.workbooks.reading.raw import MOST_CELLS, TOO_MANY
from reports.workbooks.reading.shown import Shown, shown
from reports.workbooks.reading.stored_cells import Sheet, Stored

_BROKEN = "文件已损坏或不是完整的 Excel 工作簿，无法读取。请用 Excel 或 WPS 打开并另存后再导入。"
_MEGABYTES = 600
_SECONDS = 25.0
# What damaged parts raise.
_FAULTS = (
    etree.LxmlError,
    *(SyntaxError, OSError, KeyError, IndexError, ValueError, TypeError, AttributeError),
    OverflowError,
)
# A picture in a cell: of WPS, and of the function of Excel.
_PICTURE = re.compile(r"=?\s*(?:_xlfn\.|_xlws\.)*(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
_WIDEST = 500  # columns that one entry may hide


def parse(data: bytes, _breathe: Callable[[], None]) -> str:
    """The sheets as JSON; see RawSheet. Raises UnreadableDocument."""
    try:
        book = BookParts(data)
        texts = stored_cells.texts(book.beside("sharedStrings"))
        formats = stored_cells.codes(book.beside("styles"))
        has_pictures = has_pictures_in_cells(book.archive)
        sheets: list[dict[str, Any]] = []
        for part in book.sheets():
            sheet = stored_cells.read_sheet(book.tree(part.name), texts, formats)
            if sum(len(one["cells"]) for one in sheets) + len(sheet.cells) > MOST_CELLS:
                raise UnreadableDocument(TOO_MANY)
            sheets.append(_sheet(book, part, sheet, has_pictures=has_pictures))
    except (MemoryError, RecursionError):
        raise
    except _FAULTS as fault:
        raise UnreadableDocument(_BROKEN) from fault
    return json.dumps(sheets, ensure_ascii=False)


def _sheet(book: BookParts, part: SheetPart, sheet: Sheet, *, has_pictures: bool) -> dict[str, Any]:
    found = {}
    for cell in sheet.cells:
        read = _shown(cell, is_1904=book.is_1904)
        kind = "unknown" if read.shown is None else read.kind
        if has_pictures and (kind, read.text) == ("error", "#VALUE!"):
            # what other programs see where Excel shows a picture that was put into the cell
            kind, read = "picture", Shown("picture", "", "")
        seen = "" if sheet.hides_zeros and (kind, read.text) == ("number", "0") else read.shown
        seen = None if seen == read.text else seen
        address = f"{get_column_letter(cell.column)}{cell.row}"
        found[address] = (kind, read.text, cell.code, cell.formula, seen, read.names)
    return {
        "title": part.title,
        "hidden": part.is_hidden,
        "cells": found,
        "merges": sheet.merges,
        "hidden_columns": [
            get_column_letter(number)
            for columns in sheet.hidden_columns
            for number in columns[:_WIDEST]
        ],
        "hidden_rows": sheet.hidden_rows,
        "pictures": [place for drawing in book.drawings(part) for place in drawn_on(drawing)],
    }


def _shown(cell: Stored, *, is_1904: bool) -> Shown:
    value = cell.value
    says_picture = isinstance(value, str) and value.startswith("=") and _PICTURE.match(value)
    if says_picture or _PICTURE.match(cell.formula):
        return Shown("picture", "", "")
    if value is None:
        return Shown("text", "", "")
    if cell.is_error:
        return Shown("error", str(value), str(value))
    return shown(value, cell.code, is_1904=is_1904)


if __name__ == "__main__":
    confined.serve(parse, megabytes=_MEGABYTES, pace=_SECONDS)
