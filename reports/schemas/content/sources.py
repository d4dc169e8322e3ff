"""Which bureau a row came from: a mark that a row of a table's content carries beside its cells.

The mark is "code:digest". The digest is of the row as it was taken over, so that a row somebody
has worked on since is told from one that still stands as its bureau wrote it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

MARK = "_from"  # never the id of a column: those begin with a letter
_CODE = re.compile(r"[0-9A-Z]{3,12}")
_PATTERN = re.compile(_CODE.pattern + r":[0-9a-f]{12}")

Row = Mapping[str, str]


def is_mark(text: str) -> bool:
    """Is this a mark at all?"""
    return _PATTERN.fullmatch(text) is not None


def is_code(text: object) -> bool:
    """Could this be the code of a bureau?"""
    return isinstance(text, str) and _CODE.fullmatch(text) is not None


def marked(row: Row, code: str) -> dict[str, str]:
    """The row with a mark that it came, as it is, from the bureau with this code."""
    return {**cells(row), MARK: f"{code}:{digest(row)}"}


def cells(row: Row) -> dict[str, str]:
    """The row without its mark."""
    return {id_: text for id_, text in row.items() if id_ != MARK}


def code(row: Row) -> str:
    """The bureau that the row came from; empty for a row of one's own."""
    return row.get(MARK, "").partition(":")[0]


def taken_as(row: Row) -> str:
    """The digest of the row as it was taken over; empty for a row of one's own."""
    return row.get(MARK, "").partition(":")[2]


def is_untouched(row: Row) -> bool:
    """Does it still stand as it was taken over? A row of one's own does not."""
    return taken_as(row) == digest(row)


def digest(row: Row) -> str:
    """Of the texts of a row, whichever bureau's it is; blank cells do not count."""
    written = {id_: text for id_, text in cells(row).items() if text}
    spelled = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def marks(content: Mapping[str, Any]) -> set[str]:
    """Every mark in the content of a form; none in an outline's."""
    return {row[MARK] for row in content.get("rows", []) if row.get(MARK)}


def codes(content: Mapping[str, Any]) -> set[str]:
    """The bureaus from which rows of this content came."""
    return {mark.partition(":")[0] for mark in marks(content)}
