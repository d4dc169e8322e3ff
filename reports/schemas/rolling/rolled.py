"""A form taken together over units: one figure a cell, texts joined with the unit named.

For forms whose rows are the same for all (fixed items, criteria, regions) and key–value forms. What
comes out is a form again, with content, so that web and workbook show it as they show any other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from reports.schemas.content.content import OutlineContent, TableContent, blank
from reports.schemas.content.figures import Figures
from reports.schemas.content.values import spelled
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.formula import Missing, Value
from reports.schemas.definition.kinds import Aggregate, ColumnKind, FieldKind, RowMode
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.definition.rows import Region, Row
from reports.schemas.definition.totals import Total
from reports.schemas.rolling import rates
from reports.schemas.rolling.rates import Found
from reports.schemas.rolling.tallies import Tallies, Tally
from reports.schemas.rolling.units import UnitEntry

MOST_JOINED = 2000  # characters of a cell; more are listed apart
_EXTREMES = {Aggregate.MAX, Aggregate.MIN}
BY, AS_OF = "rolled_by", "rolled_as_of"


@dataclass(frozen=True, slots=True)
class Said:
    """What units wrote into one cell for text, in administrative order."""

    label: str
    texts: Sequence[tuple[str, str]]

    @property
    def joined(self) -> str:
        """A paragraph a unit, with its name."""
        return "\n".join(f"{unit}：{text}" for unit, text in self.texts)


@dataclass(frozen=True, slots=True)
class Rolled:
    """The form and what stands in it. ``apart`` are the texts too long for their cell, ``left_out``
    the columns and rows of which several units make no one value, ``rates`` how each rate was
    worked out."""

    definition: FormDefinition
    content: TableContent
    apart: Sequence[Said]
    left_out: Sequence[str]
    rates: Sequence[str] = ()


def rolls_rows(definition: FormDefinition) -> bool:
    """Do the units' own rows line up one below the other?"""
    return definition.row_mode is RowMode.REPEAT


def roll(definition: FormDefinition, tallies: Tallies, *, by: str, day: str) -> Rolled:
    """What units come to together; ``by`` and ``day`` stand above the table."""
    form = _form(definition)
    content = blank(form, regions=_regions(tallies))
    content["head"] = {BY: by, AS_OF: day}
    apart: list[Said] = []
    for (row, column_id), tally in tallies.cells.items():
        column = _in_force(definition, row, tallies.columns[column_id])
        cells = _cells(content, row)
        if column_id not in cells:
            continue
        text, said = _text(definition, tallies, row, column, tally)
        cells[column_id] = text
        apart += said
    known = _write_rates(definition, form, content, tallies)
    worked_out = list(dict.fromkeys(one.words_of_rate for one in known))
    return Rolled(form, content, apart, _left_out(definition, tallies, known), worked_out)


def roll_outline(definition: OutlineDefinition, entries: Iterable[UnitEntry]) -> list[Said]:
    """Section by section, what each unit wrote; one that wrote nothing there is left out."""
    said: dict[str, list[tuple[str, str]]] = {one.id: [] for one in definition.sections}
    for entry in entries:
        sections = cast(OutlineContent, entry.content)["sections"]
        for id_, texts in said.items():
            if text := sections.get(id_, ""):
                texts.append((entry.name, text))
    return [Said(one.full_heading, said[one.id]) for one in definition.sections]


def _cells(content: TableContent, row: str) -> dict[str, str]:
    return content["items"].get(row, {}) if row else content["unit"]


def _text(
    definition: FormDefinition, tallies: Tallies, row: str, column: Column, tally: Tally
) -> tuple[str, list[Said]]:
    """What a cell says, and the texts that do not fit into it."""
    if tally.rule is not Aggregate.JOIN:
        return text_of_total(column, tally.value), []
    said = Said(_label(definition, tallies, row, column), tally.said)
    if not tally.said:
        return text_of_total(column, tally.mark), []
    joined = said.joined
    if len(joined) <= MOST_JOINED:
        return joined, []
    return f"（{len(tally.said)}个单位填写，见“各单位文字”）", [said]


def text_of_total(column: Column, value: Value) -> str:
    """The figure as it is written in a cell; 无 where all who said something said so."""
    if isinstance(value, Decimal):
        return spelled(column, value)
    return "无" if value is Missing.MARK else ""


def _label(definition: FormDefinition, tallies: Tallies, row: str, column: Column) -> str:
    """How a cell is called where it is listed apart."""
    return f"{tallies.row_label(row)} {column.label}" if row else column.label


def _regions(tallies: Tallies) -> list[Region] | None:
    if tallies.definition.row_mode is not RowMode.BY_REGION:
        return None
    return [Region(code, label) for code, label in sorted(tallies.regions.items())]


def _in_force(definition: FormDefinition, key: str, column: Column) -> Column:
    row = next((one for one in definition.rows if one.id == key), None)
    return definition.cell(row, column)


# --- the form ---


def _form(definition: FormDefinition) -> FormDefinition:
    """The definition as one of what units come to: nothing is asked or checked any more."""
    total = definition.total
    if total is None and definition.row_mode is RowMode.BY_REGION:
        total = Total()
    return replace(
        definition,
        title=f"{definition.title}（汇总）",
        columns=tuple(_column(column) for column in definition.columns),
        head_fields=(Field(BY, "汇总单位", FieldKind.UNIT), Field(AS_OF, "截至")),
        foot_fields=(),
        checks=(),
        total=total,
    )


def _column(column: Column) -> Column:
    if column.children:
        return replace(column, children=tuple(_column(child) for child in column.children))
    if column.is_printed:
        return column
    rule = column.aggregation
    plain = replace(column, required=False, max_chars=None, suggest=(), at_most="")
    if rule is Aggregate.COUNT:
        return replace(
            plain,
            kind=ColumnKind.INTEGER,
            choices=(),
            multiple=False,
            formula="",
            measure="",
            decimals=None,
            own_measure=True,
            aggregate=Aggregate.SUM,
        )
    if rule is Aggregate.JOIN and column.kind is not ColumnKind.DOCUMENT:
        return replace(plain, kind=ColumnKind.LONGTEXT)
    if rule in _EXTREMES:
        return replace(plain, formula="")
    return plain


# --- rates ---


def _write_rates(
    definition: FormDefinition, form: FormDefinition, content: TableContent, tallies: Tallies
) -> list[Found]:
    """Rates that people enter are worked out anew from the totals of their parts."""
    figures = Figures(form, content)
    found = list(rates.found(definition, _rows(definition, tallies)))
    texts = [(one, one.text(figures)) for one in found]
    for one, text in texts:
        if one.column.id in (cells := _cells(content, one.row)):
            cells[one.column.id] = text
    return found


def _rows(definition: FormDefinition, tallies: Tallies) -> Sequence[Row]:
    return [*definition.rows, *(one.row for one in _regions(tallies) or [])]


def _left_out(definition: FormDefinition, tallies: Tallies, known: Sequence[Found]) -> list[str]:
    """Days and choices, and rates of which nobody said what they are rates of."""
    worked_out = {(one.row, one.column.id) for one in known}
    missing = [
        (row, column)
        for row, column in rates.entered(definition, _rows(definition, tallies))
        if (row.id if row else "", column.id) not in worked_out
    ]
    entered = (leaf for leaf in tallies.columns.values() if leaf.is_entered)
    columns = [
        leaf.label
        for leaf in entered
        if leaf.aggregation is Aggregate.NONE
        and (not leaf.is_number or any(column.id == leaf.id for _, column in missing))
    ]
    counted = {leaf.id for leaf in tallies.columns.values() if leaf.adds_up}
    rows = [row.label for row, column in missing if row is not None and column.id in counted]
    return [*columns, *dict.fromkeys(rows)]
