"""The boxes of a key–value form while its fields come and go."""

from reports.editing.draft import BOXES, COLUMNS, Draft, Entry
from reports.schemas.definition.kinds import ColumnKind

_LARGE = (ColumnKind.LONGTEXT.value, ColumnKind.REMARK.value)
_WIDE = 4  # boxes side by side: label, blank, label, blank


def laid(draft: Draft) -> Draft:
    """All fields laid out anew in their order: two short ones a row, a long one alone."""
    made: list[Entry] = []
    row, waiting = 0, None
    for entry in draft.part(COLUMNS):
        is_large = entry.get("kind") in _LARGE
        if waiting is not None and not is_large:
            made += [*_pair(waiting, row, 1), *_pair(entry, row, 1)]
            waiting = None
            continue
        if waiting is not None:
            made += _pair(waiting, row, _WIDE - 1)
        row += 1
        waiting = None if is_large else entry
        if is_large:
            made += _pair(entry, row, _WIDE - 1, lines="6")
    if waiting is not None:
        made += _pair(waiting, row, _WIDE - 1)
    return draft.with_part(BOXES, made)


def with_column(draft: Draft, id_: str) -> Draft:
    """A row more, over the whole width, for a field that has come."""
    entry = next(one for one in draft.part(COLUMNS) if one.get("id") == id_)
    width = max(width_of(draft), 2)
    more = _pair(entry, int(next_row(draft)), width - 1)
    return draft.with_part(BOXES, [*draft.part(BOXES), *more])


def without_column(draft: Draft, id_: str) -> Draft:
    """Without the blank of a field that goes and the label before it; a row of nothing else goes.

    Elsewhere the gap stays to be filled: the page says which row is not full.
    """
    entries = [*draft.part(BOXES)]
    place = next((n for n, one in enumerate(entries) if id_ and one.get("field") == id_), None)
    if place is None:
        return draft
    gone = {place}
    if (
        place
        and entries[place - 1].get("label")
        and _row(entries, place - 1) == _row(entries, place)
    ):
        gone.add(place - 1)
    row = _row(entries, place)
    left = [entry for number, entry in enumerate(entries) if number not in gone]
    if all(entry.get("row") != row for entry in left):
        left = [_moved_up(entry, row) for entry in left]
    return draft.with_part(BOXES, left)


def next_row(draft: Draft) -> str:
    """The number after the last row."""
    return str(1 + max((_whole(one.get("row")) for one in draft.part(BOXES)), default=0))


def width_of(draft: Draft) -> int:
    """How many boxes the first row is wide."""
    first = [one for one in draft.part(BOXES) if one.get("row") == "1"]
    return sum(_whole(one.get("colspan")) for one in first)


def _pair(entry: Entry, row: int, colspan: int, lines: str = "1") -> list[Entry]:
    base = {"row": str(row), "rowspan": "1", "lines": "1"}
    label = entry.get("label") or "（待补名称）"
    return [
        base | {"label": label, "colspan": "1"},
        base | {"field": entry.get("id", ""), "colspan": str(colspan), "lines": lines},
    ]


def _moved_up(entry: Entry, row: str) -> Entry:
    if _whole(entry.get("row")) <= _whole(row):
        return entry
    return entry | {"row": str(_whole(entry.get("row")) - 1)}


def _row(entries: list[Entry], place: int) -> str:
    return entries[place].get("row", "")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0
