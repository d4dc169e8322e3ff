"""What differs between two contents of one form."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.schemas.comparing.row_pairs import Cells, Pair, pair_rows
from reports.schemas.content.content import Content
from reports.schemas.content.places import (
    FOOT,
    ITEMS,
    ROWS,
    WHOLE,
    Place,
    column_labels,
    places,
    row_path,
)
from reports.schemas.definition.definition import Definition, FormDefinition

GAP = "；"


class Kind(StrEnum):
    """What became of a place."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A cell, field or section that differs, or a whole row that came or went.

    ``path`` and ``label`` are those of the new content; of a row that went, of the old one. The
    text of a whole row is that of its cells, joined.
    """

    path: str
    label: str
    old: str
    new: str
    kind: Kind = Kind.CHANGED


def changes(definition: Definition, old: Content, new: Content) -> list[Change]:
    """Every difference, in the order of the form; a row that went stands where it was."""
    before = {place.path: place.text for place in places(definition, old)}
    fixed = [place for place in places(definition, new) if place.part not in (ROWS, WHOLE)]
    return [
        *_changed(before, (place for place in fixed if place.part != FOOT)),
        *_in_rows(definition, old, new),
        *_gone(definition, old, {place.path for place in fixed}),
        *_changed(before, (place for place in fixed if place.part == FOOT)),
    ]


def pairs(definition: Definition, old: Content, new: Content) -> list[Pair]:
    """Which row of the old content is which of the new; none for an outline."""
    if not isinstance(definition, FormDefinition):
        return []
    return pair_rows(_rows(definition, old), _rows(definition, new))


def follow(path: str, known: Sequence[Pair]) -> str | None:
    """Where a place of the old content stands in the new one; None where its row is gone."""
    part, _, rest = path.partition(".")
    if part != ROWS:
        return path
    index, *column = rest.split(".")
    now = next((j for i, j in known if i == int(index)), None)
    return None if now is None else ".".join([row_path(now), *column])


def text_at(definition: Definition, content: Content, path: str) -> str:
    """What is written at a place; of a whole row or the whole form, its texts joined."""
    above = f"{path}." if path else ""
    found = places(definition, content)
    return GAP.join(one.text for one in found if one.text and f"{one.path}.".startswith(above))


def _changed(before: Mapping[str, str], now: Iterable[Place]) -> Iterator[Change]:
    for place in now:
        was = before.get(place.path, "")
        if was != place.text:
            yield Change(place.path, place.label, was, place.text)


def _gone(definition: Definition, old: Content, now: Collection[str]) -> Iterator[Change]:
    """The rows of regions that are no more among those of the table."""
    for place in places(definition, old):
        if place.part == ITEMS and not place.name and place.path not in now:
            text = text_at(definition, old, place.path)
            if text:
                yield Change(place.path, f"原{place.label}", text, "", Kind.REMOVED)


def _in_rows(definition: Definition, old: Content, new: Content) -> Iterator[Change]:
    if not isinstance(definition, FormDefinition):
        return
    before, now = _rows(definition, old), _rows(definition, new)
    labels = column_labels(definition)
    columns = [(column.id, labels[column.id]) for column in definition.row_columns()]
    for i, j in pair_rows(before, now):
        if j is None and i is not None:
            text = GAP.join(filter(None, before[i]))
            yield Change(row_path(i), f"原第{i + 1}行", text, "", Kind.REMOVED)
        elif j is not None and i is None:
            text = GAP.join(filter(None, now[j]))
            yield Change(row_path(j), f"第{j + 1}行", "", text, Kind.ADDED)
        elif i is not None and j is not None:
            for (id_, label), was, text in zip(columns, before[i], now[j], strict=True):
                if was != text:
                    path = f"{row_path(j)}.{id_}"
                    yield Change(path, f"第{j + 1}行 {label}", was, text)


def _rows(definition: FormDefinition, content: Content) -> list[Cells]:
    """The cells of the form's columns, whatever else a row carries."""
    ids = [column.id for column in definition.row_columns()]
    # Ignored: an outline has no rows, which its type does not say.
    rows: Sequence[Mapping[str, str]] = content.get("rows", [])  # type: ignore[assignment]
    return [tuple(row.get(id_, "") for id_ in ids) for row in rows]
