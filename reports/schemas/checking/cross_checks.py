"""Judges the checks of a form on what was filled in, each fault with the figures it is about."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.schemas.checking.problems import Problem
from reports.schemas.content.figures import Figures, Key
from reports.schemas.content.places import column_labels, row_names
from reports.schemas.content.values import decimals_of, spelled, to_decimals
from reports.schemas.definition.checks import Check, Comparison
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.formula import (
    Expression,
    Missing,
    Ref,
    divides,
    evaluate,
    in_words,
    refs,
)
from reports.schemas.definition.kinds import Per

Cell = tuple[Key, str]  # row and column; the row "" is what the unit fills in once


def problems(definition: FormDefinition, content: Mapping[str, Any]) -> Iterator[Problem]:
    """Every relation that does not hold, or could not be judged, in the order of the checks."""
    if not definition.checks:
        return
    figures = Figures(definition, content)
    wording = _Wording(column_labels(definition), row_names(definition, content))
    for check in definition.checks:
        comparison = check.comparison()
        for place in _places(check, comparison, figures):
            yield from _Judgement(check, comparison, figures, wording, place).problems()


def _places(
    check: Check, comparison: Comparison, figures: Figures
) -> Iterator[Callable[[Ref], Cell]]:
    """Where the check holds: how to find the cell that each of its names means there."""
    first = comparison.refs[0]
    if first.column:
        yield lambda ref: (ref.name, ref.column)
    elif first.name in figures.columns:
        per_unit = all(figures.columns[ref.name].per is Per.UNIT for ref in comparison.refs)
        for key in [""] if per_unit else figures.keys:
            if (not check.rows or key in check.rows) and not _is_heading(figures, key):
                yield _in_row(figures, key)
    else:
        for column in figures.columns.values():
            named = column.id in check.columns
            counted = column.adds_up and column.is_entered and column.per is Per.ROW
            if named or (counted and not check.columns):
                yield _in_column(column.id)


def _in_row(figures: Figures, key: Key) -> Callable[[Ref], Cell]:
    def cell(ref: Ref) -> Cell:
        return ("" if figures.columns[ref.name].per is Per.UNIT else key, ref.name)

    return cell


def _in_column(column_id: str) -> Callable[[Ref], Cell]:
    return lambda ref: (ref.name, column_id)


def _is_heading(figures: Figures, key: Key) -> bool:
    row = figures.rows.get(str(key)) if figures.definition.is_keyed else None
    return row is not None and row.heading


@dataclass(frozen=True, slots=True)
class _Wording:
    columns: Mapping[str, str]
    rows: Mapping[Key, str]

    def of(self, cell: Cell, *, row: bool) -> str:
        """“数量”, or with its row 第3行“检查”的“数量”."""
        key, column_id = cell
        name = f"“{self.columns[column_id]}”"
        return f"{self.rows[key]}{name}" if row and key in self.rows else name

    def line(self, cell: Cell) -> str:
        """第3行“检查”的, before the names of columns."""
        return self.rows.get(cell[0], "")


@dataclass(frozen=True, slots=True)
class _Judgement:
    """One check at one place."""

    check: Check
    comparison: Comparison
    figures: Figures
    wording: _Wording
    cell: Callable[[Ref], Cell]

    def problems(self) -> Iterator[Problem]:
        gaps = [ref for ref in self.comparison.refs if self._gap(ref) is not None]
        if gaps:
            yield from self._unjudged(gaps)
            return
        left, right = self._value(self.comparison.left), self._value(self.comparison.right)
        if left is None or right is None:  # a division by 0
            return
        if not self.comparison.holds(left, right):
            yield self._problem(self.check.level.value, self._fault(left, right))

    def _unjudged(self, gaps: list[Ref]) -> Iterator[Problem]:
        """A gap that a check for equality meets, unless nothing at all was given there."""
        faults = [ref for ref in gaps if self._gap(ref) is Missing.FAULT]
        silent = len(gaps) == len(self.comparison.refs) or self.comparison.sign != "="
        if silent or faults or self._is_crossed(gaps):
            return
        named = "、".join(f"{self._name(ref)}（{self._said(ref)}）" for ref in gaps)
        relation = f"{self._words(self.comparison.left)}＝{self._words(self.comparison.right)}"
        message = f"{named}不是数字，无法核对{relation}；数为零的请填“0”。"
        yield self._problem("warning", message)

    def _fault(self, left: Decimal, right: Decimal) -> str:
        words, own = self.comparison, self.check.message.strip().rstrip("。")
        said = f"{self._sum(words.left, left)}{words.words}{self._sum(words.right, right)}"
        return f"{said}，请核对{f'：{own}' if own else ''}。"

    def _sum(self, expression: Expression, result: Decimal) -> str:
        """“抽查数”（10）, or “合格数”（8）＋“不合格数”（1）＝9."""
        words = in_words(expression, lambda ref: f"{self._name(ref)}（{self._said(ref)}）")
        if isinstance(expression, Ref) or not refs(expression):
            return words
        return f"{words}＝{to_decimals(result, decimals_of(result)):f}"

    def _words(self, expression: Expression) -> str:
        return in_words(expression, self._name)

    def _name(self, ref: Ref) -> str:
        """A column where the row is the same for all, a row where the column is; else both."""
        key, column_id = self.cell(ref)
        if ref.column:
            return self.wording.of((key, column_id), row=True)
        if ref.name in self.figures.columns:
            return f"“{self.wording.columns[column_id]}”"
        return self.wording.rows[key].removesuffix("的")

    def _said(self, ref: Ref) -> str:
        key, column_id = self.cell(ref)
        value = self.figures.cell(key, column_id)
        if isinstance(value, Decimal):
            return spelled(self._column(ref), value)
        return self.figures.text(key, column_id) or "未填"

    def _problem(self, level: str, message: str) -> Problem:
        definition = self.figures.definition
        cells = [self.cell(ref) for ref in self.comparison.refs]
        cell = next((one for one in cells if self._is_entered(one)), cells[0])
        key, column_id = cell
        if key == "":
            path = f"unit.{column_id}"
        else:
            path = f"{'items' if definition.is_keyed else 'rows'}.{key}.{column_id}"
        label = self.wording.of(cell, row=definition.is_keyed)
        if not definition.is_keyed:
            label = label.strip("“”")
        return Problem(path, label, "error" if level == "error" else "warning", message)

    def _is_entered(self, cell: Cell) -> bool:
        """Is it a cell that somebody writes in, and can mend?"""
        key, column_id = cell
        row = self.figures.rows.get(str(key)) if self.figures.definition.is_keyed else None
        column = self.figures.columns[column_id]
        return column.is_entered and (row is None or self.figures.definition.asks(row, column))

    def _gap(self, ref: Ref) -> Missing | None:
        value = self.figures.cell(*self.cell(ref))
        return value if isinstance(value, Missing) else None

    def _is_crossed(self, gaps: list[Ref]) -> bool:
        """Is one of them a cell that nobody is to fill in?"""
        rows = self.figures.rows
        cells = [self.cell(ref) for ref in gaps]
        return any(str(key) in rows and id_ in rows[str(key)].crossed for key, id_ in cells)

    def _value(self, expression: Expression) -> Decimal | None:
        value = evaluate(expression, lambda ref: self.figures.cell(*self.cell(ref)), strict=True)
        if not isinstance(value, Decimal):
            return None
        return to_decimals(value, self._decimals()) if self._is_rounded() else value

    def _is_rounded(self) -> bool:
        return divides(self.comparison.left) or divides(self.comparison.right)

    def _decimals(self) -> int:
        """The most decimals of the figures that are named, as written or as their columns have."""
        found = [0]
        for ref in self.comparison.refs:
            value = self.figures.cell(*self.cell(ref))
            found.append(self._column(ref).decimals or 0)
            found.append(decimals_of(value) if isinstance(value, Decimal) else 0)
        return max(found)

    def _column(self, ref: Ref) -> Column:
        key, column_id = self.cell(ref)
        if not self.figures.definition.is_keyed:
            return self.figures.columns[column_id]
        return self.figures.column(key, column_id)
