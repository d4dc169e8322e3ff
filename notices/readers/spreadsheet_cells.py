"""The confined half of the spreadsheet reader: calamine's cells as lines of text.

calamine allocates every place between the first and the last cell, and a failed allocation ends its
process; so this runs as a program under `notices.readers.confined`.
"""

import io
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from notices.readers import tables
from notices.readers.base import UnreadableDocument
from notices.readers.confined import serve
from notices.readers.tables import MAX_CELLS, MAX_COLUMNS, Cell, flatten

_Value = int | float | str | bool | time | date | datetime | timedelta
_Area = tuple[tuple[int, int], tuple[int, int]]
"""First and last place of a merged area, each as row and column from 0."""


def parse(data: bytes, breathe: Callable[[], None]) -> str:
    """The visible sheets as text; calls `breathe` before each."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise UnreadableDocument("文件设有密码。请取消密码保护后重新上传。") from None
    texts = []
    for sheet in book.sheets_metadata:
        breathe()
        shown = sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        if shown and (text := _text(book.get_sheet_by_name(sheet.name))):
            texts.append(text)
    return "\n\n".join(texts)


def _text(sheet: CalamineSheet) -> str:
    values = sheet.to_python(skip_empty_area=False)
    texts = {
        (r, c): text
        for r, row in enumerate(values)
        for c, found in enumerate(row)
        if (text := tables.one_line(written(found)))
    }
    areas = [((a, b), (c, d)) for (a, b), (c, d) in sheet.merged_cell_ranges or []]
    return flatten(_rows(texts, areas))


def _rows(texts: dict[tuple[int, int], str], areas: Sequence[_Area]) -> list[list[Cell]]:
    """The rows that hold text, cut to the used columns, covered places empty."""
    texts = {place: text for place, text in texts.items() if place not in _covered(texts, areas)}
    if not texts:
        return []
    used = sorted({r for r, _ in texts})
    first, last = min(c for _, c in texts), max(c for _, c in texts)
    # A label merged over several columns widens the table, though its last columns are empty.
    spans = {a: min(d, a[1] + MAX_COLUMNS) for a, (_, d) in areas if a in texts}
    last = max([last, *(d for a, d in spans.items() if len([r for r, _ in texts if r == a[0]]) > 1)])
    if last - first >= MAX_COLUMNS:
        raise UnreadableDocument(
            f"表格超过 {MAX_COLUMNS} 列。请删去多余的列，另存后重新上传。"
        )
    out = []
    for r in used:
        row, c = [], first
        while c <= last:
            width = min(spans.get((r, c), c), last) - c + 1
            row.append(Cell(texts.get((r, c), ""), width))
            c += width
        out.append(row)
    return out
