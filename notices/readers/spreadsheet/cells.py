"""The confined half of the spreadsheet reader: calamine's cells as lines of text.

calamine allocates every place between the first and the last cell, and a failed allocation ends its
process; so this runs as a program under `notices.readers.confined`.
"""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from notices.readers import flat_tables
from notices.readers.base import UnreadableDocument
from notices.readers.confined import serve
from notices.readers.containers import ZIP, open_zip
from notices.readers.flat_tables import Cell
from notices.readers.spreadsheet import formats as cell_formats
from notices.readers.spreadsheet.formats import Formats
from notices.readers.spreadsheet.hidden import Hidden, hidden_places, sheets
from notices.readers.spreadsheet.old_hidden import hidden_in_old

_Value = int | float | str | bool | time | date | datetime | timedelta
_Place = tuple[int, int]
"""Row and column, from 0."""


def parse(data: bytes, breathe: Callable[[], None]) -> str:
    """The visible sheets as text; calls `breathe` before each."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise UnreadableDocument("文件设有密码。请取消密码保护后重新上传。") from None
    formats: dict[str, Formats] = {}
    if data.startswith(ZIP):
        with open_zip(data) as archive:
            hidden = hidden_places(archive)
            for name, part in sheets(archive).items():
                formats[name] = cell_formats.formats(archive, part)
    else:
        hidden = hidden_in_old(data)
    texts = []
    for sheet in book.sheets_metadata:
        breathe()
        shown = sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        unseen, own = hidden.get(sheet.name, Hidden()), formats.get(sheet.name, {})
        if shown and (text := _text(book.get_sheet_by_name(sheet.name), unseen, own)):
            texts.append(text)
    return "\n\n".join(texts)


def _text(sheet: CalamineSheet, hidden: Hidden, formats: Formats) -> str:
    texts = {
        (r, c): text
        for r, row in enumerate(sheet.to_python(skip_empty_area=False))
        for c, value in enumerate(row)
        if (text := flat_tables.one_line(_shown(value, formats.get((r, c)))))
    }
    # By its first place that is seen, the last column of each merged area.
    merged: dict[_Place, int] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        first = _seen(top, bottom, hidden.has_row), _seen(left, right, hidden.has_column)
        if first[0] is not None and first[1] is not None:
            merged[first[0], first[1]] = right
            if (top, left) in texts:  # shown over what is seen of the area
                texts[first[0], first[1]] = texts[top, left]
    texts = {
        (r, c): text
        for (r, c), text in texts.items()
        if not hidden.has_row(r) and not hidden.has_column(c)
    }
    return flat_tables.flatten(_rows(texts, merged, hidden)) if texts else ""


def _seen(first: int, last: int, is_hidden: Callable[[int], bool]) -> int | None:
    """The first row or column of a merged area that is not hidden."""
    return next((i for i in range(first, last + 1) if not is_hidden(i)), None)


def _next(row: int, hidden: Hidden) -> int:
    """The next row that is seen; what is hidden between leaves no gap."""
    return next(i for i in count(row + 1) if not hidden.has_row(i))


def _rows(texts: dict[_Place, str], merged: dict[_Place, int], hidden: Hidden) -> list[list[Cell]]:
    """The rows that hold text and one blank one where there are any between them, cut to the
    columns that hold text, without those that are hidden."""
    written = {row for row, _ in texts}
    below = {_next(row, hidden) for row in written if row < max(written)}
    used = sorted(written | below)
    first, last = min(c for _, c in texts), max(c for _, c in texts)
    if last - first >= flat_tables.MAX_COLUMNS:
        raise UnreadableDocument(
            f"表格超过 {flat_tables.MAX_COLUMNS} 列。请删去多余的列，另存后重新上传。"
        )
    flat_tables.refuse_too_large(len(used) * (last - first + 1))
    out = []
    for r in used:
        row, c = [], first
        while c <= last:
            end = min(merged.get((r, c), c), last)
            columns = sum(not hidden.has_column(i) for i in range(c, end + 1))
            if columns:
                row.append(Cell(texts.get((r, c), ""), columns))
            c = end + 1
        out.append(row)
    return out


def _shown(value: _Value, code: str | None) -> str:
    """The cell as its format shows it, else as `written`."""
    text = None if code is None or value == "" else cell_formats.shown(value, code)
    return written(value) if text is None else text


def written(value: _Value) -> str:
    """A cell as an office would type it: 5.0 as 5, a day as 2023年3月31日."""
    match value:
        case bool():
            return "是" if value else "否"
        case float():
            return f"{value:.15g}"
        case datetime():
            clock = f" {value:%H:%M}" if value.time() != time() else ""
            return written(value.date()) + clock
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case time():
            return f"{value:%H:%M}"
    return str(value)


if __name__ == "__main__":
    serve(parse, megabytes=400, pace=5.0)
