"""Answers printed to be ticked: □是 □否 in a blank makes it a choice of these."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.proposing.header_tree import clean_label

_TICK = re.compile("[□☐○◯▢]")

Rows = Sequence[Sequence[str]]


def has_ticks(cell: str) -> bool:
    """Is there a box to be ticked?"""
    return _TICK.search(cell) is not None


def answers(cells: Sequence[str]) -> tuple[Choice, ...]:
    """是 and 否 of □是 □否; none where there are not two."""
    text = "".join(cell for cell in cells if has_ticks(cell))
    parts = [clean_label(part).strip("、，,；; ") for part in _TICK.split(text)]
    names = list(dict.fromkeys(part for part in parts if part))
    return tuple(map(Choice, names)) if len(names) > 1 else ()


def as_choice(column: Column, choices: tuple[Choice, ...]) -> Column:
    """The column with these answers, where there are any."""
    if not choices:
        return column
    return replace(column, kind=ColumnKind.CHOICE, measure="", choices=choices)


def ticked(columns: Sequence[Column], body: Rows) -> tuple[tuple[Column, ...], Rows]:
    """Columns whose cells hold nothing but such answers made choices, and their cells blanks."""
    leaves = [leaf for column in columns for leaf in column.leaves()]
    found: dict[str, Column] = {}
    blank: set[int] = set()
    for place, leaf in enumerate(leaves):
        cells = [row[place] for row in body if place < len(row) and row[place].strip()]
        choices = answers(cells[:1])
        if choices and all(answers([cell]) == choices for cell in cells):
            found[leaf.id] = as_choice(leaf, choices)
            blank.add(place)
    rows = [["" if i in blank else cell for i, cell in enumerate(row)] for row in body]
    return tuple(_with(column, found) for column in columns), rows


def _with(column: Column, found: dict[str, Column]) -> Column:
    if column.children:
        return replace(column, children=tuple(_with(child, found) for child in column.children))
    return found.get(column.id, column)
