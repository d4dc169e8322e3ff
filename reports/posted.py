"""From a posted form to the shape that schemas.content knows.

Field names are paths: unit.c2, rows.0.c4.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from reports.schemas.merging import Choices, Take

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


def choices_from(posted: Mapping[str, str], replaced: Iterable[str]) -> Choices:
    """What a person decided about merging: take.unit.c2 = append; ``replaced`` holds codes."""
    takes = {}
    for name, value in posted.items():
        part, _, path = name.partition(".")
        if part == "take" and value in list(Take):
            takes[path] = Take(value)
    return Choices(frozenset(replaced), takes)


def revision_from(posted: Mapping[str, str]) -> int:
    """The revision a writer had before him; -1, which is none and told as saved by another."""
    given = posted.get("revision", "")
    known = given.isascii() and given.isdecimal() and len(given) < 10
    return int(given) if known else -1


def keys_from(values: Iterable[str]) -> set[int]:
    """The keys among these; what is none is passed over."""
    return {int(value) for value in values if value.isascii() and value.isdecimal()}


def _in_order(digits: str) -> tuple[int, str]:
    """Sorts like the number, which may be too long for int()."""
    plain = digits.lstrip("0")
    return len(plain), plain
