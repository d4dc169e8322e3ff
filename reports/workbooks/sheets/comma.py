"""A list as .csv, for whoever reckons on with it: the head and the rows alone.

UTF-8 with the mark that tells Excel and WPS so. They take a text for a formula by its first
character, and round numbers of more than 15 digits, codes and telephones among them: such a text
gets an apostrophe before it, as one types it there. Days and moments are ISO 8601.
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any

from reports.workbooks.sheets.cells import EXACT_DIGITS, holdable
from reports.workbooks.sheets.listing import Heading, Value

_AT_ONCE = 1 << 16  # characters put into the file together
# Blanks before it do not keep a program from reading a formula, nor does its full width.
_GUARDED = re.compile(rf"\s*[=+\-@＝＋－＠]|[\t\r\n]|\s*[0-9]{{{EXACT_DIGITS + 1},}}\s*$")


def write_comma(out: Any, headings: Sequence[Heading], rows: Iterable[Sequence[Value]]) -> None:
    """Writes the file into ``out``, which need only take bytes. Raises CellTextTooLong."""
    text = StringIO()
    lines = csv.writer(text)
    out.write(BOM_UTF8)
    lines.writerow([spelled(heading.label) for heading in headings])
    for row in rows:
        lines.writerow([spelled(value) for value in row])
        if text.tell() >= _AT_ONCE:
            out.write(text.getvalue().encode())
            text.seek(0)
            text.truncate()
    out.write(text.getvalue().encode())


def comma(headings: Sequence[Heading], rows: Iterable[Sequence[Value]]) -> bytes:
    """The same as the bytes of the file."""
    out = BytesIO()
    write_comma(out, headings, rows)
    return out.getvalue()


def spelled(value: Value) -> str:
    """A value as a program for tables reads it back, text as text."""
    if isinstance(value, str):
        shown = holdable(value)
        return f"'{shown}" if _GUARDED.match(value) else shown
    if isinstance(value, Fraction):
        return "0%" if not value else "100%" if value == 1 else f"{float(value):.1%}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
