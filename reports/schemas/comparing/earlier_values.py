"""What a unit reported earlier, for the blanks of a form that asks for the same again.

Blanks are matched by what they are called, never by their ids: another notice numbers its columns
anew. Rows of another bureau, merged from below, are not taken over: they are merged again.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from reports.schemas.content import sources
from reports.schemas.content.content import Content, TableContent
from reports.schemas.content.places import ROWS, Place, column_labels, places, row_path
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind, RowMode
from reports.schemas.definition.outlines import OutlineDefinition

ENOUGH = 0.5  # share of the blanks of this form that the earlier one has too
FEWEST = 2  # one name alone says nothing
_ABOUT = re.compile(r"《[^》]*》")
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+|\d+)[、.．)）]")
_MARKS = re.compile(r"[^\w一-鿿]|_")
_DATED = frozenset({ColumnKind.DATE, ColumnKind.MONTH, FieldKind.DATE, FieldKind.MONTH})
_FIXED = frozenset({FieldKind.UNIT})
_GAP = "；"

Slot = tuple[
    str, str, str
]  # the part of the form, what its row is called, what it is called itself
Row = Mapping[str, str]


class Standing(StrEnum):
    """What stands now where something may be taken over."""

    BLANK = "blank"
    SAME = "same"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Then:
    """One thing reported then. ``key`` is the blank it goes into now, rows.2 a row as it was then.

    ``is_stale``: a figure or a day, which is mostly another this time. ``paths``: the blanks that
    hold it now, where it stands already.
    """

    key: str
    label: str
    text: str
    now: str
    standing: Standing
    is_stale: bool = False
    paths: tuple[str, ...] = ()

    @property
    def is_row(self) -> bool:
        return self.key.startswith(f"{ROWS}.")


@dataclass(frozen=True, slots=True)
class _Blank:
    place: Place
    kind: Column | Field | None  # None: a section

    @property
    def is_stale(self) -> bool:
        number = isinstance(self.kind, Column) and self.kind.is_number
        return self.kind is not None and (number or self.kind.kind in _DATED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for, by the names of its blanks; contacts aside, which every form has."""

    kind: str
    names: frozenset[str]


def asked_by(definition: Definition) -> Asked:
    return Asked(definition.kind, frozenset(_names(definition)))


def is_like(mine: Asked, theirs: Asked, *, is_same_notice: bool = False) -> bool:
    """Does the other form ask for much of what this one asks for?"""
    shared = len(mine.names & theirs.names)
    fewest = 1 if is_same_notice else FEWEST
    return mine.kind == theirs.kind and shared >= max(fewest, ENOUGH * len(mine.names))


def offered(
    definition: Definition, content: Content, other: Definition, then: Content
) -> list[Then]:
    """Everything written then for which this form has a blank, in the order of this form."""
    if definition.kind != other.kind:
        return []
    written = _by_slot(other, then)
    found = []
    for slot, blank in _by_slot(definition, content).items():
        old = written.get(slot)
        if old and old.place.text and _fits(blank, old):
            now, text = blank.place.text, old.place.text
            standing = _standing(now, text)
            paths = (blank.place.path,) if standing is Standing.SAME else ()
            label = blank.place.quoted.strip("“”") if blank.kind is None else blank.place.label
            found.append(Then(blank.place.path, label, text, now, standing, blank.is_stale, paths))
    rows = list(_rows(definition, content, other, then))
    at = next((place for place, one in enumerate(found) if one.key.startswith("foot.")), len(found))
    return [*found[:at], *rows, *found[at:]]


def taken(
    definition: Definition,
    content: Content,
    other: Definition,
    then: Content,
    keys: Collection[str],
) -> Content:
    """The content with these things of then in it; rows come after those that stand."""
    result: Any = deepcopy(content)
    for one in offered(definition, content, other, then):
        if one.key not in keys or one.standing is Standing.SAME:
            continue
        if one.is_row:
            index = int(one.key.partition(".")[2])
            row = _mapped(definition, other, cast(TableContent, then)["rows"][index])
            result["rows"].append(row)
        else:
            *steps, last = one.key.split(".")
            part = result
            for step in steps:
                part = part.setdefault(step, {})
            part[last] = one.text
    return cast(Content, result)


def left_out(then: Content) -> int:
    """Rows that came from bureaus below, which are not offered."""
    return sum(1 for row in cast(Mapping[str, Any], then).get(ROWS, []) if sources.code(row))


# --- blanks by their names ---


def _names(definition: Definition) -> set[str]:
    if isinstance(definition, OutlineDefinition):
        return {_plain(section.heading) for section in definition.sections}
    labels = column_labels(definition)
    entered = (*definition.unit_columns(), *definition.row_columns())
    names = {_plain(labels[column.id]) for column in entered}
    return names | {_plain(row.label) for row in definition.rows}


def _by_slot(definition: Definition, content: Content) -> dict[Slot, _Blank]:
    """In the order of the form. What two blanks are called is the name of neither."""
    listed = list(_blanks(definition, content))
    times = Counter(slot for slot, _ in listed)
    return {slot: blank for slot, blank in listed if times[slot] == 1}


def _blanks(definition: Definition, content: Content) -> Iterator[tuple[Slot, _Blank]]:
    """Every blank but those of repeated rows."""
    kinds = _kinds(definition, content)
    for place in places(definition, content):
        if place.path and place.name and place.part != ROWS:
            slot = (place.part, _plain(place.row_label), _plain(place.name))
            yield slot, _Blank(place, kinds.get(place.path))


def _kinds(definition: Definition, content: Content) -> dict[str, Column | Field]:
    if isinstance(definition, OutlineDefinition):
        return {}
    found: dict[str, Column | Field] = {}
    for part, fields in (("head", definition.head_fields), ("foot", definition.foot_fields)):
        found |= {f"{part}.{one.id}": one for one in fields if one.kind not in _FIXED}
    found |= {f"unit.{one.id}": one for one in definition.unit_columns()}
    for row in definition.rows_of(content) if definition.is_keyed else ():
        for column in definition.row_columns():
            found[f"items.{row.id}.{column.id}"] = definition.cell(row, column)
    return found


def _fits(blank: _Blank, old: _Blank) -> bool:
    """Could what was written there be written here? A figure in another measure could not."""
    mine, theirs = blank.kind, old.kind
    if isinstance(mine, Column) and isinstance(theirs, Column):
        return _holds(mine, theirs, old.place.text)
    if isinstance(mine, Field) and isinstance(theirs, Field):
        labels = {choice.label for choice in mine.choices}
        return mine.kind is theirs.kind and (not labels or old.place.text in labels)
    return mine is None and theirs is None


def _holds(mine: Column, theirs: Column, text: str) -> bool:
    if mine.is_number or theirs.is_number:
        return mine.is_number is theirs.is_number and mine.measure == theirs.measure
    if mine.choices:
        return set(text.split("、")) <= {choice.label for choice in mine.choices}
    return (mine.kind in _DATED) is (theirs.kind in _DATED)


# --- repeated rows ---


def _rows(
    definition: Definition, content: Content, other: Definition, then: Content
) -> Iterator[Then]:
    if not (isinstance(definition, FormDefinition) and isinstance(other, FormDefinition)):
        return
    if definition.row_mode is not RowMode.REPEAT or other.row_mode is not RowMode.REPEAT:
        return
    mine = [sources.cells(row) for row in cast(TableContent, content)["rows"]]
    columns = {column.id: column for column in definition.row_columns()}
    for index, row in enumerate(cast(TableContent, then)["rows"]):
        mapped = _mapped(definition, other, row)
        if sources.code(row) or not any(mapped.values()):
            continue
        at = mine.index(mapped) if mapped in mine else None
        said = [(columns[id_], text) for id_, text in mapped.items() if text]
        yield Then(
            row_path(index),
            f"第{index + 1}行",
            _GAP.join(f"{column.label}：{text}" for column, text in said),
            "",
            Standing.BLANK if at is None else Standing.SAME,
            any(column.is_number or column.kind in _DATED for column, _ in said),
            () if at is None else tuple(f"{row_path(at)}.{column.id}" for column, _ in said),
        )


def _mapped(definition: Definition, other: Definition, row: Row) -> dict[str, str]:
    """A row of the other form as a row of this one; columns that it lacks are blank."""
    table, source = cast(FormDefinition, definition), cast(FormDefinition, other)
    names = column_labels(source)
    old = {_plain(names[column.id]): column for column in source.row_columns()}
    labels = column_labels(table)
    mapped = {}
    for column in table.row_columns():
        theirs = old.get(_plain(labels[column.id]))
        text = row.get(theirs.id, "") if theirs else ""
        mapped[column.id] = text if theirs and text and _holds(column, theirs, text) else ""
    return mapped


# --- words ---


def _plain(words: str) -> str:
    """Without marks, numbering and the document it is about: 学习《纲要》情况 asks what
    学习《条例》情况 asks. The time it is about stays: 上月 is not 本月."""
    plain = _ABOUT.sub("", _NUMBER.sub("", words.strip())) or words
    return _MARKS.sub("", unicodedata.normalize("NFKC", plain))


def _standing(now: str, text: str) -> Standing:
    if not now:
        return Standing.BLANK
    return Standing.SAME if now == text else Standing.DIFFERS
