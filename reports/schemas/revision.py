"""A person's corrections of a proposed form: what each column holds, how often, how much."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reports.schemas.choices import Choice
from reports.schemas.columns import Column, ColumnKind, Per
from reports.schemas.definition import Definition, FormDefinition
from reports.schemas.kinds import NUMBERS


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
        of_kind(column, choice.kind),
        per=choice.per,
        required=choice.required,
        max_chars=choice.max_chars,
    )


def of_kind(column: Column, kind: ColumnKind) -> Column:
    """The column with another kind, without what only its old kind could have; usual answers that
    were suggested become the choices of a choice.

    Raises DefinitionError where the kind needs what the column does not have, such as 元 or 万元.
    """
    if kind is column.kind:
        return column
    made = _bare(column)
    choices = tuple(map(Choice, column.suggest)) if kind is ColumnKind.CHOICE else ()
    if kind in NUMBERS and column.is_number:
        return replace(
            made,
            kind=kind,
            decimals=column.decimals,
            at_most=column.at_most,
            formula=column.formula,
        )
    return replace(made, kind=kind, choices=choices)


def _bare(column: Column) -> Column:
    """Without what depends on the kind."""
    return replace(
        column,
        kind=ColumnKind.TEXT,
        choices=(),
        multiple=False,
        decimals=None,
        at_most="",
        formula="",
        aggregate=None,
        rate=None,
    )


def limited(definition: Definition, max_chars: int | None) -> Definition:
    """An outline with another limit of 字数; a table has none of its own."""
    if isinstance(definition, FormDefinition):
        return definition
    return replace(definition, max_chars=max_chars)
