"""What a rate is a rate of: units' rates are never added up, they are worked out from the sums.

By the form itself (numerator and denominator, or a check 合格率＝合格数÷抽查数×100), else by the
words of columns or rows beside it, where these leave no choice: 合格率 of 合格数 and 抽查数. A rate
of which that is not known, or not whether it is a percent, is left to a person.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.schemas.content.figures import Figures, quotient
from reports.schemas.content.places import column_labels
from reports.schemas.content.values import RATE_DECIMALS, spelled, to_decimals
from reports.schemas.definition.aggregates import Rate, is_rate
from reports.schemas.definition.checks import Check
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.formula import (
    Constant,
    Expression,
    Operation,
    Ref,
    Value,
    divides,
    evaluate,
    in_words,
)
from reports.schemas.definition.kinds import NUMBERS, Aggregate, ColumnKind, Per
from reports.schemas.definition.rows import Row

_SIZES = {"%": Decimal(100), "％": Decimal(100), "‰": Decimal(1000)}
_MEASURE = re.compile(r"[（(【\[][^（()）】\]]*[）)】\]]|其中[:：]?|\s")
_RATE = re.compile(r"率$")
_COUNT = re.compile(r"(?:的?(?:批次|批|家|户|户次|件|起|项|个|人|人次|台|份|次))?(?:数量|数|量)?$")
# Of what a share is usually taken; where two columns of a table say one of these, nobody knows.
_WHOLE = re.compile(
    r"(?:监督)?抽查|(?:监督)?检查|(?:监督)?抽检|监测|检验|检测|抽样|抽验|应.{1,4}|.{0,4}总|合计|总计|受理|计划.{0,4}|任务"
    r"|目标|发现(?:的)?问题"
)


@dataclass(frozen=True, slots=True)
class Found:
    """How one cell of a rate is worked out; ``words`` say it: “合格数”÷“抽查数”×100. ``name`` is
    the row or column that speaks of it."""

    row: str
    column: Column
    expression: Expression
    words: str
    name: str

    @property
    def words_of_rate(self) -> str:
        """合格率＝“合格数”÷“抽查数”×100"""
        return f"{self.name}＝{self.words}"

    def text(self, figures: Figures) -> str:
        """The rate as it is written; blank where one of its figures is missing."""
        value = evaluate(self.expression, _at(figures, self.row, self.column.id))
        if not isinstance(value, Decimal):
            return ""
        places = 0 if self.column.kind is ColumnKind.INTEGER else self.column.decimals
        return spelled(self.column, to_decimals(value, RATE_DECIMALS if places is None else places))


def found(definition: FormDefinition, rows: Sequence[Row]) -> Iterator[Found]:
    """Every cell of a rate that people enter and of which it is known what it is a rate of."""
    names = column_labels(definition) | {row.id: row.label for row in rows}
    for row, column in entered(definition, rows):
        expression = _expression(definition, rows, row, column)
        if expression is not None:
            words = in_words(expression, lambda ref: _name(ref, names))
            is_row = row is not None and _speaks_of_rate(row.labels[-1], row.measure, row.kind)
            name = row.label if row is not None and is_row else names[column.id]
            yield Found(row.id if row else "", column, expression, words, name)


def entered(definition: FormDefinition, rows: Sequence[Row]) -> Iterator[tuple[Row | None, Column]]:
    """Every cell with a figure that cannot be added up, the column as it holds there."""
    for leaf in definition.leaf_columns():
        if not leaf.is_entered or not leaf.is_number:
            continue
        for row in [None] if leaf.per is Per.UNIT else rows:
            if row is not None and not definition.asks(row, leaf):
                continue
            column = definition.cell(row, leaf)
            if column.aggregation in {Aggregate.RATE, Aggregate.NONE}:
                yield row, column


def _at(figures: Figures, row: str, column_id: str) -> Callable[[Ref], Value]:
    """A name is a cell, else a column on this row, else a row in this column."""

    def look(ref: Ref) -> Value:
        if ref.column:
            return figures.cell(ref.name, ref.column)
        if ref.name in figures.columns:
            return figures.cell(row, ref.name)
        return figures.cell(ref.name, column_id)

    return look


def _name(ref: Ref, names: Mapping[str, str]) -> str:
    name = f"“{names.get(ref.name, ref.name)}”"
    return f"{name}的“{names.get(ref.column, ref.column)}”" if ref.column else name


def _expression(
    definition: FormDefinition, rows: Sequence[Row], row: Row | None, column: Column
) -> Expression | None:
    if column.aggregation is Aggregate.RATE:
        return quotient(column) if column.rate else None
    checks = (_of_check(check, row, column) for check in definition.checks)
    by_check = next((one for one in checks if one is not None), None)
    return by_check or _by_words(definition, rows, row, column)


# --- by a check of the form ---


def _of_check(check: Check, row: Row | None, column: Column) -> Expression | None:
    """The other side of an equation that has this cell alone on one side and a quotient beside."""
    comparison = check.comparison()
    if comparison.sign != "=":
        return None
    sides = ((comparison.left, comparison.right), (comparison.right, comparison.left))
    for alone, other in sides:
        if isinstance(alone, Ref) and divides(other) and _is_cell(alone, check, row, column):
            return other
    return None


def _is_cell(ref: Ref, check: Check, row: Row | None, column: Column) -> bool:
    if ref.column:
        return row is not None and (ref.name, ref.column) == (row.id, column.id)
    if ref.name == column.id:
        return not check.rows or (row is not None and row.id in check.rows)
    of_row = row is not None and ref.name == row.id
    return of_row and (not check.columns or column.id in check.columns)


# --- by the words beside it ---

_Named = tuple[str, str]  # id and label


def _by_words(
    definition: FormDefinition, rows: Sequence[Row], row: Row | None, column: Column
) -> Expression | None:
    size = _SIZES.get(column.measure)
    if size is None:
        return None
    if row is not None and _speaks_of_rate(row.labels[-1], row.measure, row.kind):
        groups, label = _row_groups(rows, row), row.labels[-1]
    else:
        groups, label = _column_groups(definition, row, column), column.label
    for group in groups:
        rate = _rate(label, group)
        if rate is not None:
            share = Operation("/", Ref(rate.numerator), Ref(rate.denominator))
            return Operation("*", share, Constant(size))
    return None


def _speaks_of_rate(label: str, measure: str, kind: ColumnKind | None) -> bool:
    return kind is ColumnKind.PERCENT or is_rate(label, measure)


def _rate(label: str, group: Sequence[_Named]) -> Rate | None:
    """One column or row of the part, and one of the whole; None where there are more, or none."""
    stem = _plain(label)
    if not _RATE.search(stem):
        return None
    stem = _RATE.sub("", stem)
    bare = [(id_, _COUNT.sub("", _plain(one))) for id_, one in group]
    parts = [id_ for id_, one in bare if one == stem]
    wholes = [id_ for id_, one in bare if one != stem and _WHOLE.fullmatch(one)]
    return Rate(parts[0], wholes[0]) if len(parts) == len(wholes) == 1 else None


def _plain(label: str) -> str:
    return _MEASURE.sub("", label)


def _row_groups(rows: Sequence[Row], row: Row) -> Iterator[Sequence[_Named]]:
    """The rows beside it under the same label or heading, then all."""
    counted = [one for one in rows if not one.heading and one.kind is not ColumnKind.PERCENT]
    if len(row.labels) > 1:
        yield [(one.id, one.labels[-1]) for one in counted if one.labels[:-1] == row.labels[:-1]]
    yield [(one.id, one.labels[-1]) for one in counted if one in _under_heading(rows, row)]
    yield [(one.id, one.labels[-1]) for one in counted]


def _under_heading(rows: Sequence[Row], row: Row) -> list[Row]:
    group: list[Row] = []
    for one in rows:
        if one.heading:
            if row in group:
                break
            group = []
        else:
            group.append(one)
    return group


def _column_groups(
    definition: FormDefinition, row: Row | None, column: Column
) -> Iterator[Sequence[_Named]]:
    """The columns under the same heading, the innermost first, then all."""

    def above(columns: Sequence[Column]) -> list[Sequence[Column]]:
        for one in columns:
            if any(leaf.id == column.id for leaf in one.leaves()):
                return [columns, *above(one.children)]
        return [columns]

    for columns in reversed([group for group in above(definition.columns) if group]):
        leaves = (leaf for one in columns for leaf in one.leaves())
        in_force = [definition.cell(row, leaf) for leaf in leaves if leaf.per is column.per]
        yield [
            (leaf.id, leaf.label)
            for leaf in in_force
            if leaf.kind in NUMBERS and leaf.aggregation is Aggregate.SUM
        ]
