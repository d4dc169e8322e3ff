"""The floor of every long .xlsx: its cells alone, pressed fast into the one sheet of a zip."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

AT_ONCE = 500  # rows
Value = str | float | None


def write(lines: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    """No looks, no heights, no head: only what every reader needs to find a cell."""
    places = [f'<c r="{get_column_letter(column)}' for column in range(1, 51)]
    made = (_row(number, line, places) for number, line in enumerate(lines, start=1))
    with (
        ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        sheet.write(b"<worksheet><sheetData>")
        while some := "".join(islice(made, AT_ONCE)):
            sheet.write(some.encode())
        sheet.write(b"</sheetData></worksheet>")


def _row(number: int, line: Sequence[Value], places: Sequence[str]) -> str:
    cells = [
        f'{place}{number}" t="inlineStr"><is><t>{escape(value, quote=False)}</t></is></c>'
        if isinstance(value, str)
        else f'{place}{number}"><v>{value}</v></c>'
        for place, value in zip(places, line, strict=False)
        if value is not None
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'
