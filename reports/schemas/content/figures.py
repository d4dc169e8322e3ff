"""The figures of a filled-in table: those written, those computed and the totals, each once."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from reports.schemas.content.values import is_no_value_mark, rounded, value_of
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.formula import (
    Constant,
    Expression,
    Missing,
    Operation,
    Ref,
    Value,
    divides,
    evaluate,
    parse,
)
from reports.schemas.definition.kinds import Aggregate, ColumnKind, Per, RowMode
from reports.schemas.definition.rows import Row

Key = int | str  # the index of a repeated row, the id of any other

_HUNDRED = Constant(Decimal(100))


class Figures:
    """Looks figures up by row and column and keeps what it has computed."""

    def __init__(self, definition: FormDefinition, content: Mapping[str, Any]) -> None:
        self.definition, self._content = definition, content
        self.columns = {leaf.id: leaf for leaf in definition.leaf_columns()}
        self.rows: dict[str, Row] = {row.id: row for row in definition.rows_of(content)}
        self._known: dict[tuple[Key | None, str], Value] = {}

    @property
    def keys(self) -> list[Key]:
        """The rows in their order, headings included."""
        if self.definition.is_keyed:
            return list(self.rows)
        return list(range(len(self._content.get("rows", []))))

    def column(self, key: Key, column_id: str) -> Column:
        """The column as it holds in that row."""
        return self.definition.cell(self.rows.get(str(key)), self.columns[column_id])

    def text(self, key: Key, column_id: str) -> str:
        """What was written, or is printed from the definition, in a cell."""
        column = self.columns[column_id]
        if column.per is Per.UNIT:
            return str(self._content.get("unit", {}).get(column_id, ""))
        row = self.rows.get(str(key)) if self.definition.is_keyed else None
        if row is not None and column.is_printed:
            return _printed(row, column, self.definition)
        return str(self._texts(key).get(column_id, ""))

    def cell(self, key: Key, column_id: str) -> Value:
        """The figure of one cell, in the measure of its column there."""
        place = (key, column_id)
        if place not in self._known:
            self._known[place] = self._cell(key, column_id)
        return self._known[place]

    def unit(self, column_id: str) -> Value:
        """The figure of a column that the unit fills in once."""
        return self.cell("", column_id)

    def total(self, column_id: str) -> Value:
        """The figure of a column in the row of totals, after the rule of the column.

        Rows that are parts (其中), sums of others or of another kind are not counted again; blank
        cells and 无 are left out, never taken as 0. A rate is computed from the totals.
        """
        place = (None, column_id)
        if place not in self._known:
            self._known[place] = self._total(self.columns[column_id])
        return self._known[place]

    def _cell(self, key: Key, column_id: str) -> Value:
        column, row = self.columns[column_id], self.rows.get(str(key))
        if column.per is Per.UNIT:
            formula = parse(column.formula) if column.formula else None
            value = value_of(column, self.text(key, column_id))
            return value if formula is None else self._computed(column, formula, self._in_row(""))
        if row is None or not self.definition.is_keyed:
            return self._in_force(key, column, column.formula)
        if row.heading:
            return Missing.BLANK
        if column_id in row.crossed:
            return Missing.MARK
        in_force = self.definition.cell(row, column)
        is_rate = row.kind is ColumnKind.PERCENT
        if row.formula and not (is_rate or divides(parse(row.formula))) and _is_rate(in_force):
            return self._of_sums(in_force, key)
        if row.formula and not column.given and (is_rate or not column.formula):
            return self._computed(
                in_force, parse(row.formula), lambda ref: self.cell(ref.name, column_id)
            )
        if column.formula and is_rate and column.kind is not ColumnKind.PERCENT:
            return Missing.BLANK  # rates of several columns make no sum
        return self._in_force(key, in_force, column.formula)

    def _of_sums(self, column: Column, key: Key) -> Value:
        """A rate on a row that adds up others: rates of several rows make no sum."""
        if column.rate is not None:
            return self._computed(column, quotient(column), self._in_row(key))
        return Missing.BLANK

    def _in_force(self, key: Key, column: Column, formula: str) -> Value:
        if formula:
            return self._computed(column, parse(formula), self._in_row(key))
        return value_of(column, self.text(key, column.id))

    def _in_row(self, key: Key) -> Callable[[Ref], Value]:
        return lambda ref: self.cell(key, ref.name)

    def _computed(
        self, column: Column, expression: Expression, figure: Callable[[Ref], Value]
    ) -> Value:
        value = evaluate(expression, figure)
        return rounded(column, value) if isinstance(value, Decimal) else value

    def _total(self, column: Column) -> Value:
        rule = column.aggregation
        if column.per is Per.UNIT:
            return self.unit(column.id) if column.is_number else Missing.BLANK
        if rule is Aggregate.COUNT:
            return Decimal(sum(1 for text in self._counted_texts(column) if _says(text)))
        if not column.is_number or rule in {Aggregate.NONE, Aggregate.JOIN}:
            return Missing.BLANK
        if column.rate is not None and rule is Aggregate.RATE:
            return self._computed(column, quotient(column), self._of_totals)
        if column.formula and rule in {Aggregate.SUM, Aggregate.RATE}:
            return self._computed(column, parse(column.formula), self._of_totals)
        values = [self.cell(key, column.id) for key in self._counted(column)]
        numbers = [value for value in values if isinstance(value, Decimal)]
        if not numbers:
            return Missing.MARK if Missing.MARK in values else Missing.BLANK
        if rule is Aggregate.MAX:
            return max(numbers)
        return min(numbers) if rule is Aggregate.MIN else sum(numbers, Decimal(0))

    def _of_totals(self, ref: Ref) -> Value:
        return self.total(ref.name)

    def _counted(self, column: Column) -> list[Key]:
        """The rows that go into the totals of a column."""
        if self.definition.row_mode in {RowMode.REPEAT, RowMode.BY_REGION}:
            return self.keys
        return [
            row.id
            for row in self.rows.values()
            if not (row.heading or row.formula or row.level)
            and self.definition.cell(row, column).aggregation is column.aggregation
        ]

    def _counted_texts(self, column: Column) -> list[str]:
        return [self.text(key, column.id) for key in self._counted(column)]

    def _texts(self, key: Key) -> Mapping[str, str]:
        part = self._content.get("items" if self.definition.is_keyed else "rows", {})
        if isinstance(key, int):
            found: Mapping[str, str] = part[key]
            return found
        return part.get(key, {}) if isinstance(part, Mapping) else {}


def _printed(row: Row, column: Column, definition: FormDefinition) -> str:
    if column.kind is ColumnKind.MEASURE:
        return row.measure
    if column.kind is ColumnKind.ROW_LABEL:
        labels = [one.id for one in definition.label_columns()]
        index = labels.index(column.id)
        return row.labels[index] if index < len(row.labels) else ""
    return row.given_text(column.id)


def quotient(column: Column) -> Expression:
    """The numerator ÷ the denominator of a rate, × 100 where it is a percent."""
    assert column.rate is not None  # noqa: S101  the caller looked
    quotient = Operation("/", Ref(column.rate.numerator), Ref(column.rate.denominator))
    return Operation("*", quotient, _HUNDRED) if column.kind is ColumnKind.PERCENT else quotient


def _is_rate(column: Column) -> bool:
    """Is it entered, and of what cannot be added up?"""
    rates = {Aggregate.NONE, Aggregate.RATE}
    return column.is_number and column.is_entered and column.aggregation in rates


def _says(text: str) -> bool:
    return bool(text) and not is_no_value_mark(text)
