"""Rows and columns of an .xls that nobody sees ([MS-XLS] 2.4.221 Row, 2.4.53 ColInfo)."""

import struct
from collections.abc import Iterator

from notices.readers.spreadsheet.hidden import Hidden
from notices.readers.spreadsheet.old_streams import workbook_stream

_SHEET, _ROW, _COLUMNS, _END = 0x85, 0x208, 0x7D, 0x0A
_START = (0x809, 0x409)
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01


def hidden_in_old(data: bytes) -> dict[str, Hidden]:
    """What is hidden of each sheet, by the sheet's name; nothing of a file that is damaged."""
    stream = workbook_stream(data)
    try:
        return {name: _hidden(stream, at) for name, at in _sheets(stream)}
    except struct.error:
        return {}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records from a place on, up to the end of what begins there."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind in _START) - (kind == _END)  # charts inside a sheet begin and end too
        if depth <= 0:
            return


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, content in _records(stream, 0):
        if kind == _SHEET:
            at, _, length, is_wide = struct.unpack_from("<IHBB", content)
            name = content[8 : 8 + length * (2 if is_wide & 1 else 1)]
            yield name.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace"), at


def _hidden(stream: bytes, at: int) -> Hidden:
    rows: set[int] = set()
    columns: list[tuple[int, int]] = []
    for kind, content in _records(stream, at):
        if kind == _ROW and len(content) > 12 and content[12] & _ROW_HIDDEN:
            rows.add(struct.unpack_from("<H", content)[0])
        elif kind == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<5H", content)
            if flags & _COLUMN_HIDDEN or not width:
                columns.append((first, last))
    return Hidden(frozenset(rows), tuple(columns))
