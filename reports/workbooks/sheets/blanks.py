"""Where on a sheet something is to be filled in, and what stands printed around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Per
from reports.schemas.definition.outlines import OutlineDefinition, Section
from reports.workbooks.sheets.styles import Box

_OF_FIELDS = {FieldKind.DATE: ColumnKind.DATE, FieldKind.MONTH: ColumnKind.MONTH}


@dataclass(frozen=True, slots=True)
class Spot:
    """A box to be filled in: its path in the content and the column that says with what."""

    path: str
    box: Box
    column: Column


@dataclass(slots=True)
class Spots:
    """Filled while a sheet is drawn; `printed` is the text at the top left of each printed box."""

    entered: list[Spot] = field(default_factory=list)
    printed: list[tuple[Box, str]] = field(default_factory=list)


def field_column(one: Field) -> Column:
    """A field above or below the table, as a column would be."""
    return Column(one.id, one.label, _OF_FIELDS.get(one.kind, ColumnKind.TEXT), per=Per.UNIT)


def section_column(one: Section) -> Column:
    """A section of an outline, as a column would be."""
    return Column(one.id, one.full_heading, ColumnKind.LONGTEXT, per=Per.UNIT)


def columns_by_path(definition: Definition, content: Mapping[str, Any]) -> "ColumnsByPath":
    """What each path of the form holds; `content` gives the regions of a table by region."""
    if isinstance(definition, OutlineDefinition):
        sections = {f"sections.{one.id}": section_column(one) for one in definition.sections}
        return ColumnsByPath(None, {}, sections)
    found = {f"head.{one.id}": field_column(one) for one in definition.head_fields}
    found |= {f"foot.{one.id}": field_column(one) for one in definition.foot_fields}
    found |= {f"unit.{one.id}": one for one in definition.unit_columns()}
    return ColumnsByPath(definition, dict(content), found)


@dataclass(frozen=True, slots=True)
class ColumnsByPath:
    """Looks up the column in force at a path; KeyError where the form has no such place."""

    definition: FormDefinition | None
    content: dict[str, Any]
    fixed: dict[str, Column]

    def __getitem__(self, path: str) -> Column:
        part, _, rest = path.partition(".")
        key, _, column_id = rest.partition(".")
        if self.definition is None or part not in {"rows", "items"}:
            return self.fixed[path]
        column = self.definition.column(column_id)
        if part == "rows":
            return column
        rows = {row.id: row for row in self.definition.rows_of(self.content)}
        return self.definition.cell(rows[key], column)
