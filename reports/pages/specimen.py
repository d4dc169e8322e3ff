"""表样: a form as the bureaus will see it, blank; in the editor with the ids of formulas."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.schemas.content.content import blank
from reports.schemas.content.table_lines import Line, lines
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.header import HeaderCell
from reports.schemas.definition.kinds import FieldKind, RowMode
from reports.schemas.definition.layout import PlacedBox
from reports.schemas.definition.rows import Region

# A table by region has its rows from the map, once it is filled in.
REGIONS = (Region("001", "（下级地区甲）"), Region("002", "（下级地区乙）"), Region("003", "……"))
_SPARE = 3  # blank lines of a table of repeated rows


@dataclass(frozen=True)
class Specimen:
    """A blank form, line by line; a key–value form has `boxes` in place of header and lines.

    ``with_ids`` shows those that formulas go by, which only its editor needs.
    """

    definition: FormDefinition
    header: Sequence[Sequence[HeaderCell]]
    columns: Sequence[Column]
    lines: list[Line]
    boxes: Sequence[Sequence[PlacedBox]]
    with_ids: bool = True

    @property
    def has_row_ids(self) -> bool:
        return self.with_ids and bool(self.definition.rows)

    @property
    def head(self) -> list[str]:
        return [_blank_of(field) for field in self.definition.head_fields]

    @property
    def foot(self) -> list[str]:
        return [_blank_of(field) for field in self.definition.foot_fields]


def specimen(definition: FormDefinition, *, with_ids: bool = True) -> Specimen:
    """Nothing is written in it."""
    is_regional = definition.row_mode is RowMode.BY_REGION
    content = blank(definition, regions=REGIONS if is_regional else None)
    return Specimen(
        definition,
        definition.header_grid(),
        definition.leaf_columns(),
        lines(definition, content, spare=_SPARE),
        definition.boxes(),
        with_ids,
    )


def _blank_of(field: Field) -> str:
    if field.kind is FieldKind.DATE:
        return f"{field.label}：　　年　　月　　日"
    if field.choices:
        return f"{field.label}：" + "　".join(f"□{one.label}" for one in field.choices)
    return f"{field.label}：＿＿＿＿＿＿"
