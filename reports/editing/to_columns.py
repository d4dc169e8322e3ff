"""The columns that a draft makes: a tree out of a list with depths."""

import re
from collections.abc import Sequence
from typing import Any

from reports.editing.draft import COLUMNS, ON, Entry, depths, is_heading
from reports.editing.faults import Reading
from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import MAX_HEADER_ROWS, Column
from reports.schemas.definition.kinds import NUMBERS, Aggregate, ColumnKind, Per

_CHOSEN = (ColumnKind.CHOICE, ColumnKind.YES_NO)
_BETWEEN = re.compile(r"[\n、]")


def columns_of(
    entries: Sequence[Entry], reading: Reading, *, is_boxed: bool = False
) -> tuple[Column, ...]:
    """The roots; what could not be made is left out, and its fault is in `reading`.

    In a form of boxes every column is filled in once.
    """
    depth = depths(tuple(entries))
    if depth and max(depth) >= MAX_HEADER_ROWS:
        reading.wrong(
            f"{COLUMNS}.{depth.index(MAX_HEADER_ROWS)}", f"表头不能超过{MAX_HEADER_ROWS}行。"
        )
        return ()

    def children(start: int, level: int) -> tuple[Column, ...]:
        """The columns of this level from `start` on, up to the first that stands higher."""
        found, index = [], start
        while index < len(entries) and depth[index] >= level:
            if depth[index] == level:
                found.append(column(index))
            index += 1
        return tuple(one for one in found if one is not None)

    def column(index: int) -> Column | None:
        entry, place = entries[index], f"{COLUMNS}.{index}"
        if not entry.get("label"):
            reading.wrong(f"{place}.label", "请填写栏目名称。")
            return None
        if not is_heading(depth, index):
            return _leaf(entry, place, reading, is_boxed=is_boxed)
        below = children(index + 1, depth[index] + 1)
        if not below:
            return None
        return reading.made(
            place, lambda: Column(entry.get("id", ""), entry["label"], children=below)
        )

    return children(0, 0)


def choices_of(text: str) -> tuple[Choice, ...]:
    """One a line or parted by 、; 一级=A has a code. Raises DefinitionError."""
    found = []
    for part in _BETWEEN.split(text):
        name, sign, code = part.strip().rpartition("=")
        if part.strip():
            found.append(Choice(name.strip(), code.strip()) if sign else Choice(code))
    return tuple(found)


def rate_of(entry: Entry, rule: Aggregate | None, place: str, reading: Reading) -> Rate | None:
    """Numerator and denominator of a rate; of no other rule."""
    if rule is not Aggregate.RATE or not (entry.get("numerator") or entry.get("denominator")):
        return None
    return reading.made(
        f"{place}.numerator",
        lambda: Rate(entry.get("numerator", ""), entry.get("denominator", "")),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that are not blank."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def aggregate_of(entry: Entry, place: str, reading: Reading) -> Aggregate | None:
    """The rule that was chosen; None leaves it to the kind."""
    if not entry.get("aggregate"):
        return None
    return reading.choice(entry, place, "aggregate", Aggregate, Aggregate.NONE)


def _leaf(entry: Entry, place: str, reading: Reading, *, is_boxed: bool) -> Column | None:
    """A setting that the kind does not have is kept in the draft and not looked at."""
    before = len(reading.faults)
    kind = reading.choice(entry, place, "kind", ColumnKind, ColumnKind.TEXT)
    per = reading.choice(entry, place, "per", Per, Per.ROW)
    is_given = entry.get("given") == ON
    settings: dict[str, Any] = {
        "id": entry.get("id", ""),
        "label": entry["label"],
        "kind": kind,
        "per": Per.UNIT if is_boxed else per,
        "required": entry.get("required") == ON,
        "max_chars": reading.whole(entry, place, "max_chars", "字数上限"),
        "suggest": lines_of(entry.get("suggest", "")),
        "width": reading.number(entry, place, "width", "列宽"),
        "measure": entry.get("measure", ""),
        "decimals": reading.whole(entry, place, "decimals", "小数位数"),
        "given": is_given,
        "own_measure": entry.get("own_measure") == ON,
        "spans_with": entry.get("spans_with", "") if is_given else "",
        "aggregate": (rule := aggregate_of(entry, place, reading)),
        "rate": rate_of(entry, rule, place, reading),
    }
    if kind in NUMBERS:
        settings |= {name: entry.get(name, "") for name in ("at_most", "formula")}
    if kind in _CHOSEN:
        settings |= _chosen(entry, kind, place, reading)
    if len(reading.faults) > before:
        return None
    return reading.made(place, lambda: Column(**settings))


def _chosen(entry: Entry, kind: ColumnKind, place: str, reading: Reading) -> dict[str, Any]:
    """Usual answers of what was a text before are the answers to choose from."""
    answers = entry.get("choices") or (kind is ColumnKind.CHOICE and entry.get("suggest")) or ""
    choices = reading.made(f"{place}.choices", lambda: choices_of(answers))
    return {"choices": choices or (), "multiple": entry.get("multiple") == ON}
