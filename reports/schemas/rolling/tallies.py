"""What the same cell of many units comes to, by the rule of its column."""

from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from typing import Any

from reports.schemas.content.figures import Figures, quotient
from reports.schemas.content.values import is_no_value_mark, rounded, value_of
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.formula import Missing, Value, evaluate, parse
from reports.schemas.definition.kinds import Aggregate, Per, RowMode

_EXACT = Context(prec=60)  # figures have 15 digits each, before and behind the point
MOST_STRAYS = 50  # that are named; more are counted
_FIGURES = frozenset({Aggregate.SUM, Aggregate.MAX, Aggregate.MIN})


class Tally:
    """One cell over many units. Blank and 无 are left out, never taken as 0."""

    __slots__ = ("_has_mark", "_value", "count", "rule", "said", "strays")

    def __init__(self, rule: Aggregate) -> None:
        self.rule = rule
        self.count = 0  # cells that say something
        self.said: list[tuple[str, str]] = []  # texts to be joined, each with its unit
        self.strays: list[tuple[str, str]] = []  # no numbers where there should be some
        self._value: Decimal | None = None
        self._has_mark = False

    @property
    def value(self) -> Value:
        """The figure, or why there is none."""
        if self.rule is Aggregate.COUNT:
            return Decimal(self.count)
        if self.rule not in _FIGURES:
            return Missing.BLANK
        if self._value is not None:
            return self._value
        return Missing.MARK if self._has_mark else Missing.BLANK

    @property
    def mark(self) -> Missing:
        """Has anybody said 无, and nobody anything else?"""
        return Missing.MARK if self._has_mark and not self.said else Missing.BLANK

    def add(self, unit: str, text: str, value: Value) -> None:
        """Take in the cell of a unit: what was written, and the figure it is."""
        is_figure = isinstance(value, Decimal)
        if value is Missing.MARK or (text and not is_figure and is_no_value_mark(text)):
            self._has_mark = True
            return
        self.count += bool(text)
        if self.rule is Aggregate.JOIN:
            if text:
                self.said.append((unit, text))
        elif self.rule not in _FIGURES:
            return
        elif isinstance(value, Decimal):
            self._take(value)
        elif value is Missing.FAULT and text:
            self.strays.append((unit, text))

    def take_in(self, other: "Tally") -> None:
        """Add what other units came to; they come after these."""
        self.count += other.count
        self.said += other.said
        self.strays += other.strays
        self._has_mark = self._has_mark or other._has_mark
        if other._value is not None:
            self._take(other._value)

    def _take(self, value: Decimal) -> None:
        if self._value is None:
            self._value = value
        elif self.rule is Aggregate.MAX:
            self._value = max(self._value, value)
        elif self.rule is Aggregate.MIN:
            self._value = min(self._value, value)
        else:
            self._value = _EXACT.add(self._value, value)


Place = tuple[str, str]  # row and column; the row is "" where there is one figure a column


class Tallies:
    """Every cell of a form over many units; of a form of repeated rows every column.

    A figure that is computed, or a rate, is not here: `figure` works it out from the totals.
    """

    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition
        self.columns = {leaf.id: leaf for leaf in definition.leaf_columns()}
        self.cells: dict[Place, Tally] = {}
        self.regions: dict[str, str] = {}
        self._counted = [leaf for leaf in self.columns.values() if _is_counted(leaf, definition)]
        self._computes = any(leaf.is_computed for leaf in self._counted)

    @property
    def has_figures(self) -> bool:
        """Is there any column whose cells come to something?"""
        return any(leaf.aggregation is not Aggregate.JOIN for leaf in self._counted)

    def add(self, unit: str, content: Mapping[str, Any]) -> None:
        """Take in what a unit reported."""
        if not self._counted:
            return
        for place, column, text, value in self._written(content):
            tally = self.cells.get(place)
            if tally is None:
                tally = self.cells[place] = Tally(column.aggregation)
            tally.add(unit, text, value)

    def take_in(self, other: "Tallies") -> None:
        """Add what other units came to."""
        for code, label in other.regions.items():
            self.regions.setdefault(code, label)
        for place, tally in other.cells.items():
            mine = self.cells.get(place)
            if mine is None:
                mine = self.cells[place] = Tally(tally.rule)
            mine.take_in(tally)

    def figure(self, column: Column) -> Value:
        """What a column of a form of repeated rows comes to; rates and formulas of the totals."""
        rule = column.aggregation
        if column.rate is not None and rule is Aggregate.RATE:
            expression = quotient(column)
        elif column.formula and rule in {Aggregate.SUM, Aggregate.RATE}:
            expression = parse(column.formula)
        else:
            tally = self.cells.get(("", column.id))
            if tally is not None and rule is not Aggregate.JOIN:
                return tally.value
            return Decimal(0) if rule is Aggregate.COUNT else Missing.BLANK
        value = evaluate(expression, lambda ref: self.figure(self.columns[ref.name]))
        return rounded(column, value) if isinstance(value, Decimal) else value

    def stray_notes(self) -> list[str]:
        """A sentence for every cell in which somebody wrote what is no number."""
        notes = []
        for (row, column_id), tally in self.cells.items():
            if not tally.strays:
                continue
            named = [f"{unit}“{text}”" for unit, text in tally.strays[:MOST_STRAYS]]
            more = f"等{len(tally.strays)}处" if len(tally.strays) > MOST_STRAYS else ""
            where = f"“{self.row_label(row)}”的" if row else ""
            notes.append(
                f"{where}“{self.columns[column_id].label}”中不是数字、未计入合计的："
                f"{'、'.join(named)}{more}。"
            )
        return notes

    def row_label(self, id_: str) -> str:
        """What the row with this id is called."""
        if id_ in self.regions:
            return self.regions[id_]
        return next((row.label for row in self.definition.rows if row.id == id_), id_)

    def _written(self, content: Mapping[str, Any]) -> Iterator[tuple[Place, Column, str, Value]]:
        mode = self.definition.row_mode
        figures = Figures(self.definition, content) if self._computes else None
        units = [leaf for leaf in self._counted if leaf.per is Per.UNIT]
        for column in units:
            text = str(content.get("unit", {}).get(column.id, ""))
            yield ("", column.id), column, text, self._value(figures, "", column, text)
        rows = [leaf for leaf in self._counted if leaf.per is Per.ROW]
        if mode is RowMode.REPEAT:
            for index, texts in enumerate(content.get("rows", []) if rows else []):
                for column in rows:
                    text = texts.get(column.id, "")
                    yield ("", column.id), column, text, self._value(figures, index, column, text)
        elif self.definition.is_keyed:
            yield from self._keyed(content, rows)

    def _keyed(
        self, content: Mapping[str, Any], columns: list[Column]
    ) -> Iterator[tuple[Place, Column, str, Value]]:
        for region in content.get("regions", []):
            self.regions.setdefault(region["code"], region["label"])
        rows = {row.id: row for row in self.definition.rows_of(content)}
        figures = Figures(self.definition, content) if self._computes else None
        for key, row in rows.items():
            texts = content.get("items", {}).get(key, {})
            for column in columns:
                if not column.is_computed and not self.definition.asks(row, column):
                    continue
                in_force = self.definition.cell(row, column)
                text = texts.get(column.id, "")
                value = self._value(figures, key, in_force, text)
                yield (key, column.id), in_force, text, value

    def _value(self, figures: Figures | None, key: int | str, column: Column, text: str) -> Value:
        if figures is not None and column.is_computed:
            return figures.cell(key, column.id)
        return value_of(column, text) if column.is_number else Missing.BLANK


def _is_counted(leaf: Column, definition: FormDefinition) -> bool:
    """Do the cells of this column come to something? Rates come from the totals of others."""
    if leaf.is_printed:
        return False
    rule = leaf.aggregation
    if leaf.is_computed:
        return rule in {Aggregate.MAX, Aggregate.MIN}
    if definition.row_mode is RowMode.REPEAT and rule is Aggregate.JOIN:
        return False  # the rows themselves stand in the roll-up
    if definition.is_keyed and leaf.is_number:
        return True  # a row may have a rule of its own
    return rule in _FIGURES or rule in {Aggregate.COUNT, Aggregate.JOIN}
