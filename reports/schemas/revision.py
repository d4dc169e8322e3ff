"""A person's corrections of a proposed form: what each column holds, how often, how much."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reports.schemas.columns import Column, ColumnKind, Per
from reports.schemas.definition import Definition, FormDefinition


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a person decided on one column that is filled in."""

    kind: ColumnKind
    per: Per
    required: bool
    max_chars: int | None


def revised(definition: FormDefinition, choices: Mapping[str, ColumnChoice]) -> FormDefinition:
    """The same header with these choices; columns without a choice stay as they are."""
    columns = tuple(_revised(column, choices) for column in definition.columns)
    return replace(definition, columns=columns)


def _revised(column: Column, choices: Mapping[str, ColumnChoice]) -> Column:
    if column.children:
        children = tuple(_revised(child, choices) for child in column.children)
        return replace(column, children=children)
    choice = choices.get(column.id)
    if choice is None:
        return column
    return replace(
        column,
        kind=choice.kind,
        per=choice.per,
        required=choice.required,
        max_chars=choice.max_chars,
    )


def limited(definition: Definition, max_chars: int | None) -> Definition:
    """An outline with another limit of 字数; a table has none of its own."""
    if isinstance(definition, FormDefinition):
        return definition
    return replace(definition, max_chars=max_chars)
