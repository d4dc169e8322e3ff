"""Whether the parts of a table's definition fit together: every name names something."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reports.schemas.checks import Check
from reports.schemas.columns import Column, Per
from reports.schemas.formula import Ref, parse, refs
from reports.schemas.ids import check_id
from reports.schemas.json_fields import DefinitionError
from reports.schemas.kinds import LISTED, ColumnKind, RowMode
from reports.schemas.layout import placed
from reports.schemas.outlines import check_unique
from reports.schemas.rows import Row

if TYPE_CHECKING:
    from reports.schemas.definition import FormDefinition

MOST_ROWS = 2000
MOST_STEPS = 20  # formulas that lead from one to the next
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def check(definition: "FormDefinition") -> None:
    """Raises DefinitionError that says what does not fit."""
    leaves = definition.leaf_columns()
    if not any(leaf.is_entered for leaf in leaves):
        raise DefinitionError("报表定义有误：表中没有可以填写的栏目。")
    fields = [field.id for field in (*definition.head_fields, *definition.foot_fields)]
    check_unique([*_ids(definition.columns), *(row.id for row in definition.rows), *fields])
    _check_mode(definition, leaves)
    _check_total(definition, leaves)
    for row in definition.rows:
        _check_row(definition, row)
    known = {leaf.id: leaf for leaf in leaves}
    for leaf in leaves:
        _check_column(leaf, known)
    rows = {row.id: row for row in definition.rows}
    _check_circles({leaf.id: leaf.formula for leaf in leaves})
    _check_circles({row.id: row.formula for row in definition.rows})
    for one in definition.checks:
        _check_check(one, known, rows)


def _check_mode(definition: "FormDefinition", leaves: Iterable[Column]) -> None:
    mode, labels = definition.row_mode, len(definition.label_columns())
    printed = [leaf for leaf in leaves if leaf.given or leaf.kind is ColumnKind.MEASURE]
    if mode in LISTED:
        if not definition.rows:
            raise _wrong("固定行的表没有列出各行")
        if not labels:
            raise _wrong("固定行的表没有行名栏")
        if len(definition.rows) > MOST_ROWS:
            raise _wrong(f"固定行超过{MOST_ROWS}行")
    elif definition.rows:
        raise _wrong("只有固定行的表才能列出各行")
    elif printed:
        raise _wrong(f"栏目“{printed[0].label}”要预先印好，只能用在固定行的表里")
    if mode is RowMode.BY_REGION and labels != 1:
        raise _wrong("按地区填报的表应有且只有一个地区栏")
    if mode in {RowMode.REPEAT, RowMode.KEY_VALUE} and labels:
        raise _wrong("只有固定行或按地区的表才能有行名栏")
    if mode is RowMode.KEY_VALUE:
        _check_boxes(definition)
    elif definition.layout:
        raise _wrong("只有表格式的登记表才能有版式")


def _check_boxes(definition: "FormDefinition") -> None:
    if any(column.children or column.per is not Per.UNIT for column in definition.columns):
        raise _wrong("登记表的每一项都应由单位填一次，不能有上下层表头")
    if definition.total:
        raise _wrong("登记表没有合计行")
    if not definition.layout:
        return
    placed(definition.layout)
    shown = [box.field for boxes in definition.layout for box in boxes if box.field]
    check_unique(shown)
    ids = {column.id for column in definition.columns}
    if strange := sorted(set(shown) ^ ids):
        raise _wrong(f"版式与填写项不一致：{'、'.join(strange)}")


def _check_total(definition: "FormDefinition", leaves: tuple[Column, ...]) -> None:
    if definition.total and leaves[0].is_number:
        raise _wrong("有合计行的表，第一栏不能是数字")


def _check_row(definition: "FormDefinition", row: Row) -> None:
    check_id(row.id, f"行“{row.label}”")
    where = f"行“{row.label}”"
    leaves = {leaf.id: leaf for leaf in definition.leaf_columns()}
    if len(row.labels) > len(definition.label_columns()):
        raise _wrong(f"{where}的名称多于行名栏")
    for id_, _ in row.given:
        if id_ not in leaves or not (leaves[id_].given or leaves[id_].kind is ColumnKind.SERIAL):
            raise _wrong(f"{where}印好的内容不在预先印好的栏目里：{id_}")
    for id_ in row.crossed:
        if id_ not in leaves:
            raise _wrong(f"{where}不填的栏目{id_}不存在")
    rows = {one.id: one for one in definition.rows}
    named = [*refs(parse(row.formula))] if row.formula else []
    named += [Ref(row.rate.numerator), Ref(row.rate.denominator)] if row.rate else []
    for ref in named:
        if ref.column or ref.name not in rows or rows[ref.name].heading:
            raise _wrong(f"{where}的公式里没有这样的行：{_spelled(ref)}")
    for leaf in leaves.values():
        definition.cell(row, leaf)


def _check_column(column: Column, known: Mapping[str, Column]) -> None:
    where = f"栏目“{column.label}”"
    if column.spans_with:
        beside = known.get(column.spans_with)
        if not (column.given and beside and beside.kind is ColumnKind.ROW_LABEL):
            raise _wrong(f"{where}只有预先印好的才能与行名栏{column.spans_with}同高")
    if column.at_most and not _NUMBER.fullmatch(column.at_most):
        most = known.get(column.at_most)
        if most is None or not most.is_number:
            raise _wrong(f"{where}的上限{column.at_most}不是数字，也不是数字栏目")
    named = [*refs(parse(column.formula))] if column.formula else []
    named += [Ref(column.rate.numerator), Ref(column.rate.denominator)] if column.rate else []
    for ref in named:
        other = known.get(ref.name)
        if ref.column or other is None or not other.is_number:
            raise _wrong(f"{where}的公式里没有这样的数字栏目：{_spelled(ref)}")
        if column.per is Per.UNIT and other.per is Per.ROW:
            raise _wrong(f"{where}每个单位填一次，公式里不能有逐行填写的“{other.label}”")


def _check_check(one: Check, columns: Mapping[str, Column], rows: Mapping[str, Row]) -> None:
    where = f"核对关系“{one.expression}”"
    found = set()
    for ref in one.comparison().refs:
        name = ref.column or ref.name
        if ref.column and (ref.name not in rows or rows[ref.name].heading):
            raise _wrong(f"{where}中没有这样的行：{ref.name}")
        if name in columns and columns[name].is_number:
            found.add("cell" if ref.column else "column")
        elif not ref.column and name in rows and not rows[name].heading:
            found.add("row")
        else:
            raise _wrong(f"{where}中没有这样的数字栏目或行：{_spelled(ref)}")
    if not found:
        raise _wrong(f"{where}没有提到任何栏目或行")
    if len(found) > 1:
        raise _wrong(f"{where}只能都用栏目、都用行或都用单元格")
    _check_named(where, one.rows, rows, is_open=found == {"column"})
    _check_named(where, one.columns, columns, is_open=found == {"row"})


def _check_named(
    where: str, ids: Iterable[str], known: Mapping[str, object], *, is_open: bool
) -> None:
    for id_ in ids:
        if not is_open or id_ not in known:
            raise _wrong(f"{where}的适用范围有误：{id_}")


def _check_circles(formulas: Mapping[str, str]) -> None:
    """Raises DefinitionError when a formula leads back to itself, or over too many steps."""
    steps: dict[str, int] = {}

    def count(id_: str, above: tuple[str, ...]) -> int:
        if id_ in above:
            raise _wrong(f"公式互相引用，算不出来：{'、'.join(above)}")
        if id_ not in steps:
            formula = formulas.get(id_)
            below = refs(parse(formula)) if formula else []
            steps[id_] = max((count(ref.name, (*above, id_)) + 1 for ref in below), default=0)
        if max(steps[id_], len(above)) > MOST_STEPS:
            raise _wrong(f"公式一个引用一个，超过{MOST_STEPS}层")
        return steps[id_]

    for id_ in formulas:
        count(id_, ())


def _ids(columns: Iterable[Column]) -> list[str]:
    return [id_ for column in columns for id_ in (column.id, *_ids(column.children))]


def _spelled(ref: Ref) -> str:
    return f"{ref.name}.{ref.column}" if ref.column else ref.name


def _wrong(what: str) -> DefinitionError:
    return DefinitionError(f"报表定义有误：{what}。")
