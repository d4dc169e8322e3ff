"""From a posted form to the shape that schemas.content knows.

Field names are paths: unit.c2, rows.0.c4, items.r1.c3.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from reports.filling.asked_forms import Form
from reports.schemas.definition.choices import GAP
from reports.schemas.rolling.choices import Choices, Take

PARTS = ("head", "unit", "foot", "sections")
Number = tuple[int, str]  # of a row as it was posted, see _in_order


def data_from(posted: QueryDict, form: Form) -> dict[str, Any]:
    """What was posted of this form, as it was written: blank rows keep their places."""
    return form.with_unposted(content_from(texts_from(posted), is_table=form.is_table))


def texts_from(posted: QueryDict) -> dict[str, str]:
    """One text a field; the answers ticked in the boxes of one cell are joined."""
    return {name: GAP.join(filter(None, values)) for name, values in posted.lists()}


def content_from(posted: Mapping[str, str], *, is_table: bool) -> dict[str, Any]:
    """Every field with a path for a name; rows in the order of their numbers, gaps closed.

    A row whose 删行, 上移 or 下移 was pressed, where no script runs, is left out or changes places.
    """
    found: dict[str, Any] = {}
    rows: dict[Number, dict[str, str]] = {}
    for name, value in posted.items():
        part, _, rest = name.partition(".")
        key, _, column = rest.partition(".")
        if part in PARTS and rest:
            found.setdefault(part, {})[rest] = value
        elif part == "items" and column:
            found.setdefault("items", {}).setdefault(key, {})[column] = value
        elif part == "rows" and column and _is_number(key):
            rows.setdefault(_in_order(key), {})[column] = value
    if is_table:
        found["rows"] = [rows[index] for index in _rearranged(sorted(rows), posted)]
    return found


def moved_to(posted: Mapping[str, str]) -> int | None:
    """The place of the row that was moved, where rows are numbered without gaps; None without."""
    for verb, step in (("move_up", -1), ("move_down", 1)):
        if _is_number(number := posted.get(verb, "")) and len(number) < 6:
            return max(int(number) + step, 0)
    return None


def _rearranged(numbers: list[Number], posted: Mapping[str, str]) -> list[Number]:
    gone, up, down = (
        _in_order(number) if _is_number(number := posted.get(verb, "")) else None
        for verb in ("remove_row", "move_up", "move_down")
    )
    kept = [number for number in numbers if number != gone]
    for moved, step in ((up, -1), (down, 1)):
        at = kept.index(moved) if moved in kept else None
        if at is not None and 0 <= at + step < len(kept):
            kept[at], kept[at + step] = kept[at + step], kept[at]
    return kept


def choices_from(
    posted: Mapping[str, str], replaced: Iterable[str], dropped: Iterable[str] = ()
) -> Choices:
    """What a person decided about merging: take.unit.c2 = append, pick.unit.c4 = 330100;
    ``replaced`` and ``dropped`` hold codes."""
    takes, picks = {}, {}
    for name, value in posted.items():
        part, _, path = name.partition(".")
        if part == "take" and value in list(Take):
            takes[path] = Take(value)
        elif part == "pick" and value:
            picks[path] = value
    return Choices(frozenset(replaced), takes, picks, frozenset(dropped))


def revision_from(posted: Mapping[str, str]) -> int:
    """The revision a writer had before him; -1, which is none and told as saved by another."""
    given = posted.get("revision", "")
    known = given.isascii() and given.isdecimal() and len(given) < 10
    return int(given) if known else -1


def key_from(value: str) -> int:
    """The key of a row; 0, which is none, for what is no key."""
    return next(iter(keys_from([value])), 0) if len(value) < 19 else 0


def keys_from(values: Iterable[str]) -> set[int]:
    """The keys among these; what is none is passed over."""
    return {int(value) for value in values if value.isascii() and value.isdecimal()}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _in_order(digits: str) -> Number:
    """Sorts like the number, which may be too long for int()."""
    plain = digits.lstrip("0")
    return len(plain), plain
