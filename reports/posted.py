"""From a posted form to the shape that schemas.content knows.

Field names are paths: unit.c2, rows.0.c4.
"""

from collections.abc import Mapping
from typing import Any

PARTS = ("head", "unit", "foot", "sections")


def content_from(posted: Mapping[str, str], *, is_table: bool) -> dict[str, Any]:
    """Every field with a path for a name; rows in the order of their numbers, gaps closed."""
    found: dict[str, Any] = {}
    rows: dict[tuple[int, str], dict[str, str]] = {}
    for name, value in posted.items():
        part, _, rest = name.partition(".")
        if part in PARTS and rest:
            found.setdefault(part, {})[rest] = value
        elif part == "rows":
            index, _, column = rest.partition(".")
            if index.isascii() and index.isdecimal() and column:
                rows.setdefault(_in_order(index), {})[column] = value
    if is_table:
        found["rows"] = [rows[index] for index in sorted(rows)]
    return found


def _in_order(digits: str) -> tuple[int, str]:
    """Sorts like the number, which may be too long for int()."""
    plain = digits.lstrip("0")
    return len(plain), plain
