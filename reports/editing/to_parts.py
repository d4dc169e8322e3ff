"""The rows, fields, relations and boxes that a draft makes."""

import re
from collections.abc import Sequence

from reports.editing.draft import BOXES, CHECKS, ON, ROWS, Draft, Entry
from reports.editing.faults import Reading
from reports.editing.to_columns import aggregate_of, choices_of, lines_of, rate_of
from reports.schemas.definition.checks import Check
from reports.schemas.definition.columns import Column
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Level, Position
from reports.schemas.definition.layout import Box, Layout
from reports.schemas.definition.rows import Row
from reports.schemas.definition.totals import Total

_MOST_GRID = 200  # rows of boxes


def rows_of(
    entries: Sequence[Entry], leaves: Sequence[Column], reading: Reading
) -> tuple[Row, ...]:
    """The fixed rows of a table with these columns."""
    found = [
        _row(entry, f"{ROWS}.{number}", leaves, reading) for number, entry in enumerate(entries)
    ]
    return tuple(row for row in found if row is not None)


def fields_of(entries: Sequence[Entry], part: str, reading: Reading) -> tuple[Field, ...]:
    """The fields above or below the table."""
    found = []
    for number, entry in enumerate(entries):
        place = f"{part}.{number}"
        kind = reading.choice(entry, place, "kind", FieldKind, FieldKind.TEXT)
        if not entry.get("label"):
            reading.wrong(f"{place}.label", "请填写名称。")
            continue
        # Ignored here and below: mypy does not infer a lambda with a default.
        found.append(reading.made(place, lambda e=entry, k=kind: _field(e, k)))  # type: ignore[misc]
    return tuple(field for field in found if field is not None)


def checks_of(entries: Sequence[Entry], reading: Reading) -> tuple[tuple[Check, ...], list[str]]:
    """The relations, and the place of each; an entry in which nothing is written is none."""
    found, places = [], []
    for number, entry in enumerate(entries):
        place = f"{CHECKS}.{number}"
        if not (entry.get("expression") or entry.get("message")):
            continue
        level = reading.choice(entry, place, "level", Level, Level.ERROR)
        check = reading.made(
            place,
            lambda e=entry, level=level: Check(  # type: ignore[misc]
                expression=e.get("expression", ""),
                level=level,
                message=e.get("message", ""),
                rows=_names(e.get("rows", "")),
                columns=_names(e.get("columns", "")),
            ),
        )
        if check is not None:
            found.append(check)
            places.append(place)
    return tuple(found), places


def total_of(draft: Draft, reading: Reading) -> Total | None:
    """The row of totals, where one is wanted."""
    if not draft.text("total"):
        return None
    position = reading.choice(dict(draft.texts), "", "total", Position, Position.LAST)
    return reading.made("total_label", lambda: Total(draft.text("total_label"), position))


def layout_of(draft: Draft, reading: Reading) -> Layout:
    """The grid of boxes; rows that boxes from above fill wholly are empty."""
    placed: list[tuple[int, Box]] = []
    for number, entry in enumerate(draft.part(BOXES)):
        place = f"{BOXES}.{number}"
        row = reading.whole(entry, place, "row", "第几行")
        if row is None or not 1 <= row <= _MOST_GRID:
            reading.wrong(f"{place}.row", f"请填写这一格在第几行（1到{_MOST_GRID}）。")
            continue
        box = _box(entry, place, reading)
        if box is not None:
            placed.append((row, box))
    height = max((row + box.rowspan - 1 for row, box in placed), default=0)
    return tuple(
        tuple(box for row, box in placed if row == number) for number in range(1, height + 1)
    )


def _box(entry: Entry, place: str, reading: Reading) -> Box | None:
    before = len(reading.faults)
    names = {"colspan": "占几列", "rowspan": "占几行", "lines": "高度"}
    numbers = {key: reading.whole(entry, place, key, name) for key, name in names.items()}
    if len(reading.faults) > before:
        return None
    return reading.made(
        place,
        lambda: Box(
            label=entry.get("label", ""),
            field=entry.get("field", ""),
            vertical=entry.get("vertical") == ON,
            closing=lines_of(entry.get("closing", "")),
            **{key: 1 if number is None else number for key, number in numbers.items()},
        ),
    )


def _row(entry: Entry, place: str, leaves: Sequence[Column], reading: Reading) -> Row | None:
    labels = [
        entry.get(f"label.{leaf.id}", "") for leaf in leaves if leaf.kind is ColumnKind.ROW_LABEL
    ]
    while labels and not labels[-1]:
        labels.pop()
    if not any(labels):
        reading.wrong(place, "请填写这一行的名称。")
        return None
    before = len(reading.faults)
    kind = entry.get("kind") and reading.choice(
        entry, place, "kind", ColumnKind, ColumnKind.INTEGER
    )
    rule = aggregate_of(entry, place, reading)
    level = reading.whole(entry, place, "level", "层级")
    decimals = reading.whole(entry, place, "decimals", "小数位数")
    rate = rate_of(entry, rule, place, reading)
    if len(reading.faults) > before:
        return None
    printed = [leaf for leaf in leaves if leaf.given or leaf.kind is ColumnKind.SERIAL]
    return reading.made(
        place,
        lambda: Row(
            id=entry.get("id", ""),
            labels=tuple(labels),
            level=level or 0,
            measure=entry.get("measure", ""),
            kind=kind or None,
            decimals=decimals,
            aggregate=rule,
            rate=rate,
            heading=entry.get("heading") == ON,
            formula=entry.get("formula", ""),
            given=tuple(
                (leaf.id, text) for leaf in printed if (text := entry.get(f"given.{leaf.id}"))
            ),
            crossed=tuple(leaf.id for leaf in leaves if entry.get(f"crossed.{leaf.id}") == ON),
        ),
    )


def _field(entry: Entry, kind: FieldKind) -> Field:
    return Field(
        id=entry.get("id", ""),
        label=entry.get("label", ""),
        kind=kind,
        required=entry.get("required") == ON,
        seal=entry.get("seal") == ON,
        sign=entry.get("sign") == ON,
        choices=choices_of(entry.get("choices", "")) if kind is FieldKind.CHOICE else (),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in re.split(r"[\s、，,;；]+", text) if name)
