"""Whether the parts of a table's definition fit together: every name names something."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from reports.schemas.definition.checks import Check
from reports.schemas.definition.columns import Column
from reports.schemas.definition.fields import Field
from reports.schemas.definition.formula import Ref, parse, refs
from reports.schemas.definition.json_fields import PREFIX, DefinitionError, check_id, check_unique
from reports.schemas.definition.kinds import LISTED, ColumnKind, Per, RowMode
from reports.schemas.definition.layout import Layout, placed
from reports.schemas.definition.rows import Row
from reports.schemas.definition.totals import Total

MOST_ROWS = 2000
MOST_STEPS = 20  # formulas that lead from one to the next
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Table(Protocol):
    """What is looked at of a FormDefinition, which checks itself as it is made."""

    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def rows(self) -> tuple[Row, ...]: ...
    @property
    def head_fields(self) -> tuple[Field, ...]: ...
    @property
    def foot_fields(self) -> tuple[Field, ...]: ...
    @property
    def row_mode(self) -> RowMode: ...
    @property
    def layout(self) -> Layout: ...
    @property
    def total(self) -> Total | None: ...
    @property
    def checks(self) -> tuple[Check, ...]: ...
    def leaf_columns(self) -> tuple[Column, ...]: ...
    def label_columns(self) -> tuple[Column, ...]: ...
    def cell(self, row: Row, column: Column) -> Column | None: ...


Fault = tuple[str, str]  # the id of what is wrong, and what is wrong with it


def check(definition: Table) -> None:
    """Raises DefinitionError that says what does not fit; its `faults` are all of it."""
    found = tuple((at, f"{what}。") for at, what in _faults(definition))
    if found:
        raise DefinitionError(f"{PREFIX}{found[0][1]}", faults=found)


def _faults(definition: Table) -> Iterator[Fault]:
    leaves = definition.leaf_columns()
    if not any(leaf.is_entered for leaf in leaves):
        yield "", "表中没有可以填写的栏目"
    fields = [field.id for field in (*definition.head_fields, *definition.foot_fields)]
    ids = [*_ids(definition.columns), *(row.id for row in definition.rows), *fields]
    yield from _said("", lambda: check_unique(ids))
    yield from _mode_faults(definition, leaves)
    if definition.total and leaves and leaves[0].is_number:
        yield leaves[0].id, "有合计行的表，第一栏不能是数字"
    known = {leaf.id: leaf for leaf in leaves}
    for row in definition.rows:
        yield from _row_faults(definition, row, known)
    for leaf in leaves:
        yield from _column_faults(leaf, known)
    rows = {row.id: row for row in definition.rows}
    yield from _circles({leaf.id: leaf.formula for leaf in leaves})
    yield from _circles({row.id: row.formula for row in definition.rows})
    for number, one in enumerate(definition.checks):
        for what in _check_faults(one, known, rows):
            yield f"checks.{number}", what


def _mode_faults(definition: Table, leaves: Iterable[Column]) -> Iterator[Fault]:
    mode, labels = definition.row_mode, definition.label_columns()
    printed = [leaf for leaf in leaves if leaf.given or leaf.kind is ColumnKind.MEASURE]
    if mode in LISTED:
        if not definition.rows:
            yield "", "固定行的表没有列出各行"
        if not labels:
            yield "", "固定行的表没有行名栏"
        if len(definition.rows) > MOST_ROWS:
            yield "", f"固定行超过{MOST_ROWS}行"
    elif definition.rows:
        yield "", "只有固定行的表才能列出各行"
    elif printed:
        yield printed[0].id, f"栏目“{printed[0].label}”要预先印好，只能用在固定行的表里"
    if mode is RowMode.BY_REGION and len(labels) != 1:
        yield "", "按地区填报的表应有且只有一个地区栏"
    if mode in {RowMode.REPEAT, RowMode.KEY_VALUE} and labels:
        yield labels[0].id, "只有固定行或按地区的表才能有行名栏"
    if mode is RowMode.KEY_VALUE:
        yield from _box_faults(definition)
    elif definition.layout:
        yield "", "只有表格式的登记表才能有版式"


def _box_faults(definition: Table) -> Iterator[Fault]:
    for column in definition.columns:
        if column.children or column.per is not Per.UNIT:
            yield column.id, "登记表的每一项都应由单位填一次，不能有上下层表头"
    if definition.total:
        yield "", "登记表没有合计行"
    if not definition.layout:
        return
    yield from _said("layout", lambda: placed(definition.layout))
    shown = [box.field for boxes in definition.layout for box in boxes if box.field]
    yield from _said("layout", lambda: check_unique(shown))
    ids = {column.id for column in definition.columns}
    if strange := sorted(set(shown) ^ ids):
        yield "layout", f"版式与填写项不一致：{'、'.join(strange)}"


def _row_faults(definition: Table, row: Row, leaves: Mapping[str, Column]) -> Iterator[Fault]:
    where = f"行“{row.label}”"
    yield from _said(row.id, lambda: check_id(row.id, where))
    if len(row.labels) > len(definition.label_columns()):
        yield row.id, f"{where}的名称多于行名栏"
    for id_, _ in row.given:
        if id_ not in leaves or not (leaves[id_].given or leaves[id_].kind is ColumnKind.SERIAL):
            yield row.id, f"{where}印好的内容不在预先印好的栏目里：{id_}"
    for id_ in row.crossed:
        if id_ not in leaves:
            yield row.id, f"{where}不填的栏目{id_}不存在"
    rows = {one.id: one for one in definition.rows}
    named = [*refs(parse(row.formula))] if row.formula else []
    named += [Ref(row.rate.numerator), Ref(row.rate.denominator)] if row.rate else []
    for ref in named:
        if ref.column or ref.name not in rows or rows[ref.name].heading:
            yield row.id, f"{where}的公式里没有这样的行：{_spelled(ref)}"
    for leaf in leaves.values():
        # Ignored: mypy does not infer a lambda with a default.
        yield from _said(row.id, lambda leaf=leaf: definition.cell(row, leaf))  # type: ignore[misc]


def _column_faults(column: Column, known: Mapping[str, Column]) -> Iterator[Fault]:
    where = f"栏目“{column.label}”"
    if column.spans_with:
        beside = known.get(column.spans_with)
        if not (column.given and beside and beside.kind is ColumnKind.ROW_LABEL):
            yield column.id, f"{where}只有预先印好的才能与行名栏{column.spans_with}同高"
    if column.at_most and not _NUMBER.fullmatch(column.at_most):
        most = known.get(column.at_most)
        if most is None or not most.is_number:
            yield column.id, f"{where}的上限{column.at_most}不是数字，也不是数字栏目"
    named = [*refs(parse(column.formula))] if column.formula else []
    named += [Ref(column.rate.numerator), Ref(column.rate.denominator)] if column.rate else []
    for ref in named:
        other = known.get(ref.name)
        if ref.column or other is None or not other.is_number:
            yield column.id, f"{where}的公式里没有这样的数字栏目：{_spelled(ref)}"
        elif column.per is Per.UNIT and other.per is Per.ROW:
            what = f"{where}每个单位填一次，公式里不能有逐行填写的“{other.label}”"
            yield column.id, what


def _check_faults(
    one: Check, columns: Mapping[str, Column], rows: Mapping[str, Row]
) -> Iterator[str]:
    where = f"核对关系“{one.expression}”"
    found = set()
    for ref in one.comparison().refs:
        name = ref.column or ref.name
        if ref.column and (ref.name not in rows or rows[ref.name].heading):
            yield f"{where}中没有这样的行：{ref.name}"
            return
        if name in columns and columns[name].is_number:
            found.add("cell" if ref.column else "column")
        elif not ref.column and name in rows and not rows[name].heading:
            found.add("row")
        else:
            yield f"{where}中没有这样的数字栏目或行：{_spelled(ref)}"
            return
    if not found:
        yield f"{where}没有提到任何栏目或行"
    if len(found) > 1:
        yield f"{where}只能都用栏目、都用行或都用单元格"
    yield from _named_faults(where, one.rows, rows, is_open=found == {"column"})
    yield from _named_faults(where, one.columns, columns, is_open=found == {"row"})


def _named_faults(
    where: str, ids: Iterable[str], known: Mapping[str, object], *, is_open: bool
) -> Iterator[str]:
    for id_ in ids:
        if not is_open or id_ not in known:
            yield f"{where}的适用范围有误：{id_}"


def _circles(formulas: Mapping[str, str]) -> Iterator[Fault]:
    """A formula that leads back to itself, or over too many steps; the first one found."""
    steps: dict[str, int] = {}

    def count(id_: str, above: tuple[str, ...]) -> int:
        if id_ in above:
            raise _Circle(f"公式互相引用，算不出来：{'、'.join(above)}")
        if id_ not in steps:
            formula = formulas.get(id_)
            below = refs(parse(formula)) if formula else []
            steps[id_] = max((count(ref.name, (*above, id_)) + 1 for ref in below), default=0)
        if max(steps[id_], len(above)) > MOST_STEPS:
            raise _Circle(f"公式一个引用一个，超过{MOST_STEPS}层")
        return steps[id_]

    for id_ in formulas:
        try:
            count(id_, ())
        except _Circle as found:
            yield id_, str(found)
            return


class _Circle(Exception):
    """What is wrong with formulas that lead from one to the next."""


def _said(at: str, look: Callable[[], object]) -> Iterator[Fault]:
    """What a look at one part complains of."""
    try:
        look()
    except DefinitionError as fault:
        yield at, fault.reason.removesuffix("。")


def _ids(columns: Iterable[Column]) -> list[str]:
    return [id_ for column in columns for id_ in (column.id, *_ids(column.children))]


def _spelled(ref: Ref) -> str:
    return f"{ref.name}.{ref.column}" if ref.column else ref.name
