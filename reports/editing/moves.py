"""What the buttons of the editor do: add, remove, move and nest entries. Ids stay what they are."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reports.editing import boxes
from reports.editing.draft import (
    BOXES,
    CHECKS,
    COLUMNS,
    FOOT,
    HEAD,
    PARTS,
    PREFIXES,
    ROWS,
    SECTIONS,
    Draft,
    Entry,
    depths,
)
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Level, Per, RowMode

_ACT = re.compile(r"([a-z]+)(?:\.([0-9]{1,5}))?\.([a-z]+)")
_NEW: dict[str, Entry] = {
    COLUMNS: {"kind": ColumnKind.TEXT.value, "per": Per.ROW.value},
    ROWS: {"level": "0"},
    HEAD: {"kind": FieldKind.TEXT.value},
    FOOT: {"kind": FieldKind.TEXT.value},
    CHECKS: {"level": Level.ERROR.value},
    BOXES: {"colspan": "1", "rowspan": "1", "lines": "1"},
    SECTIONS: {},
}


@dataclass(frozen=True, slots=True)
class Moved:
    """The draft afterwards, and the place that was moved or made: columns.3."""

    draft: Draft
    place: str = ""


def moved(draft: Draft, act: str, taken: Collection[str] = ()) -> Moved | None:
    """The draft after columns.3.up, rows.add, boxes.lay …; None for an act that is none.

    `taken` are ids that earlier versions of the form used: a new column never gets one of them,
    so that nothing that was written under it can come back in a column of another meaning.
    """
    found = _ACT.fullmatch(act)
    if not found or found[1] not in PARTS:
        return None
    part, verb = found[1], found[3]
    entries = draft.part(part)
    if found[2] is None:
        if part == BOXES and verb == "lay":
            return Moved(boxes.laid(draft), BOXES)
        return _added(draft, part, len(entries), taken) if verb == "add" else None
    index = int(found[2])
    if index >= len(entries):
        return None
    if part == COLUMNS:
        return _column(draft, index, verb, taken)
    return _plain(draft, part, index, verb, taken)


def new_id(draft: Draft, part: str, taken: Collection[str] = ()) -> str:
    """The next number after all that were ever used: c9."""
    prefix = PREFIXES[part]
    known = {*draft.ids(), *taken}
    numbers = [int(id_[1:]) for id_ in known if re.fullmatch(f"{prefix}[0-9]{{1,6}}", id_)]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _added(draft: Draft, part: str, index: int, taken: Collection[str], **settings: str) -> Moved:
    entry = dict(_NEW[part])
    if part in PREFIXES:
        entry["id"] = new_id(draft, part, taken)
    if part == COLUMNS:
        entry["depth"] = "0"
    if part == BOXES:
        entry["row"] = boxes.next_row(draft)
    entry |= settings
    entries = [*draft.part(part)]
    entries.insert(index, entry)
    made = draft.with_part(part, entries)
    if part == COLUMNS and draft.text("row_mode") == RowMode.KEY_VALUE and draft.part(BOXES):
        made = boxes.with_column(made, entry["id"])
    return Moved(made, f"{part}.{index}")


def _plain(draft: Draft, part: str, index: int, verb: str, taken: Collection[str]) -> Moved | None:
    entries = [*draft.part(part)]
    if verb == "add":
        before = entries[index]
        same = {key: before[key] for key in ("level", "row") if part != CHECKS and key in before}
        return _added(draft, part, index + 1, taken, **same)
    if verb == "remove":
        entries.pop(index)
        return Moved(draft.with_part(part, entries), f"{part}.{max(index - 1, 0)}")
    if verb in ("in", "out") and part == ROWS:
        level = _whole(entries[index].get("level", "")) + (1 if verb == "in" else -1)
        entries[index] = entries[index] | {"level": str(max(level, 0))}
        return Moved(draft.with_part(part, entries), f"{part}.{index}")
    other = {"up": index - 1, "down": index + 1}.get(verb)
    if other is None:
        return None
    if 0 <= other < len(entries):
        entries[index], entries[other] = entries[other], entries[index]
        index = other
    return Moved(draft.with_part(part, entries), f"{part}.{index}")


# --- the tree of columns ---


def _column(draft: Draft, index: int, verb: str, taken: Collection[str]) -> Moved | None:
    entries = _levelled(draft.part(COLUMNS))
    end = _end(entries, index)
    depth = _depth(entries[index])
    if verb == "add":
        return _added(draft, COLUMNS, end, taken, depth=str(depth), **_like(entries[index]))
    if verb == "below":
        return _added(draft, COLUMNS, end, taken, depth=str(depth + 1), **_like(entries[index]))
    if verb == "remove":
        return _removed(draft, entries, index)
    moves = {"up": _up, "down": _down, "in": _in, "out": _out}
    if verb not in moves:
        return None
    made, place = moves[verb](entries, index, end)
    return Moved(draft.with_part(COLUMNS, made), f"{COLUMNS}.{place}")


def _like(entry: Entry) -> Entry:
    """A new column beside another is filled in as often."""
    return {"per": entry.get("per", Per.ROW.value)}


def _removed(draft: Draft, entries: list[Entry], index: int) -> Moved:
    """What stands below a heading that goes moves up: only the one column is removed."""
    end, gone = _end(entries, index), entries[index]
    below = [_shifted(entry, -1) for entry in entries[index + 1 : end]]
    made = draft.with_part(COLUMNS, [*entries[:index], *below, *entries[end:]])
    made = boxes.without_column(made, gone.get("id", ""))
    return Moved(made, f"{COLUMNS}.{max(index - 1, 0)}")


def _up(entries: list[Entry], index: int, end: int) -> tuple[list[Entry], int]:
    before = _sibling_before(entries, index)
    if before is None:
        return entries, index
    run = entries[index:end]
    return [*entries[:before], *run, *entries[before:index], *entries[end:]], before


def _down(entries: list[Entry], index: int, end: int) -> tuple[list[Entry], int]:
    if end >= len(entries) or _depth(entries[end]) != _depth(entries[index]):
        return entries, index
    after = _end(entries, end)
    made = [*entries[:index], *entries[end:after], *entries[index:end], *entries[after:]]
    return made, index + after - end


def _in(entries: list[Entry], index: int, end: int) -> tuple[list[Entry], int]:
    """Below the column before it, which becomes a heading where it is none."""
    if _sibling_before(entries, index) is None:
        return entries, index
    below = [_shifted(entry, 1) for entry in entries[index:end]]
    return [*entries[:index], *below, *entries[end:]], index


def _out(entries: list[Entry], index: int, end: int) -> tuple[list[Entry], int]:
    """After the heading it stands under, so that it does not take its neighbours with it."""
    depth = _depth(entries[index])
    if depth == 0:
        return entries, index
    after = end
    while after < len(entries) and _depth(entries[after]) >= depth:
        after += 1
    run = [_shifted(entry, -1) for entry in entries[index:end]]
    rest = entries[end:after]
    return [*entries[:index], *rest, *run, *entries[after:]], index + len(rest)


def _levelled(entries: Sequence[Entry]) -> list[Entry]:
    found = depths(tuple(entries))
    return [entry | {"depth": str(depth)} for entry, depth in zip(entries, found, strict=True)]


def _end(entries: Sequence[Entry], index: int) -> int:
    """The first place after a column and all below it."""
    end = index + 1
    while end < len(entries) and _depth(entries[end]) > _depth(entries[index]):
        end += 1
    return end


def _sibling_before(entries: Sequence[Entry], index: int) -> int | None:
    depth = _depth(entries[index])
    for before in range(index - 1, -1, -1):
        if _depth(entries[before]) == depth:
            return before
        if _depth(entries[before]) < depth:
            return None
    return None


def _shifted(entry: Entry, by: int) -> Entry:
    return entry | {"depth": str(_depth(entry) + by)}


def _depth(entry: Entry) -> int:
    return _whole(entry.get("depth", ""))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
