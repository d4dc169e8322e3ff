"""What was written into one version of a form, carried into another by the ids of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from reports.schemas.checking.validation import check
from reports.schemas.content import contributions, sources
from reports.schemas.content.content import Content, blank, normalise
from reports.schemas.content.places import Place, asked_ids, places
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.kinds import ColumnKind, FieldKind, RowMode
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.definition.rows import Region

_CHOSEN = (ColumnKind.CHOICE, ColumnKind.YES_NO, FieldKind.CHOICE)


@dataclass(frozen=True, slots=True)
class Carried:
    """The content in the new form, and the places of the old one whose text has none there."""

    content: Content
    left: tuple[Place, ...]


def carried(old: Definition, content: Content, new: Definition) -> Carried:
    """Every text goes to the same column, row and field by id; none is dropped: it is in `left`.

    So is a text that cannot stand where it would come: one that is no number in what is a column
    of numbers now, one that is no answer to choose any more. Too long a text stays, to be cut.
    """
    if isinstance(old, OutlineDefinition) or isinstance(new, OutlineDefinition):
        return Carried(*_outline(old, content, new))
    kept, left = _table(old, cast(Mapping[str, Any], content), new)
    made = normalise(new, kept)
    unfit = _unfit(old, new, made)
    for place in unfit:
        _put(made, place.path, "")
    return Carried(normalise(new, made), (*left, *unfit))


def _outline(
    old: Definition, content: Content, new: Definition
) -> tuple[Content, tuple[Place, ...]]:
    """Sections by their ids; a table and an outline have nothing in common."""
    kept: dict[str, Any] = cast(dict[str, Any], blank(new))
    ids = kept.get("sections", {})
    left = []
    for place in _written(old, content):
        part, _, id_ = place.path.partition(".")
        if part == "sections" and id_ in ids:
            ids[id_] = place.text
        else:
            left.append(place)
    return cast(Content, kept), tuple(left)


def _table(
    old: FormDefinition, content: Mapping[str, Any], new: FormDefinition
) -> tuple[dict[str, Any], tuple[Place, ...]]:
    named = content.get("regions", [])
    regions = [Region(one["code"], one["label"]) for one in named]
    is_regional = new.row_mode is RowMode.BY_REGION
    kept = cast(dict[str, Any], blank(new, regions=regions if is_regional else None))
    if new.row_mode is RowMode.REPEAT:
        marks = [row.get(sources.MARK) for row in content.get("rows", [])]
        kept["rows"] = [{sources.MARK: mark} if mark else {} for mark in marks]
    if contributions.KEY in content:
        kept[contributions.KEY] = content[contributions.KEY]
    open_paths = _open(new, kept)
    left = []
    for place in _written(old, cast(Content, content)):
        if place.path in open_paths:
            _put(kept, place.path, place.text)
        else:
            left.append(place)
    return kept, tuple(left)


def _open(new: FormDefinition, kept: Mapping[str, Any]) -> set[str]:
    """The paths at which the new form has something to be written."""
    fields = {
        f"{part}.{field.id}"
        for part, given in (("head", new.head_fields), ("foot", new.foot_fields))
        for field in given
    }
    unit = {f"unit.{column.id}" for column in new.unit_columns()}
    rows = {
        f"rows.{index}.{column.id}"
        for index in range(len(kept["rows"]))
        for column in new.row_columns()
    }
    items = {f"items.{row.id}.{id_}" for row in new.rows_of(kept) for id_ in asked_ids(new, row)}
    return fields | unit | rows | (items if new.is_keyed else set())


def _written(definition: Definition, content: Content) -> list[Place]:
    return [place for place in places(definition, content) if place.name and place.text]


def _unfit(old: FormDefinition, new: FormDefinition, made: Content) -> tuple[Place, ...]:
    """Texts that are wrong where they are because what is asked there is another kind of thing."""
    before, after = _kinds(old), _kinds(new)
    wrong = {
        problem.path for problem in check(replace(new, checks=()), made) if problem.level == "error"
    }
    return tuple(
        place
        for place in _written(new, made)
        if place.path in wrong and _is_other(place.path.rpartition(".")[2], before, after)
    )


def _is_other(id_: str, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    return before.get(id_) != after.get(id_) or after.get(id_) in _CHOSEN


def _kinds(definition: FormDefinition) -> dict[str, object]:
    fields = (*definition.head_fields, *definition.foot_fields)
    return {column.id: column.kind for column in definition.leaf_columns()} | {
        field.id: field.kind for field in fields
    }


def _put(content: Any, path: str, text: str) -> None:
    *steps, last = path.split(".")
    for step in steps:
        content = content[int(step)] if isinstance(content, list) else content[step]
    content[last] = text
