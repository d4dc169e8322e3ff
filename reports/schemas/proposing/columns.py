"""The columns of a proposed table, from its header tree."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.proposing import guesses
from reports.schemas.proposing.header_tree import HeaderNode

_SUGGESTIONS = {"当前进展": ("起草中", "征求意见", "送审", "已印发")}
_LONG_NAMES = ("名称", "标题", "地址")


def columns_of(nodes: Sequence[HeaderNode]) -> tuple[Column, ...]:
    """Ids count from the left: c1 for a column, g1 for a heading, whatever they are called."""
    leaf_ids = (f"c{number}" for number in count(1))
    group_ids = (f"g{number}" for number in count(1))
    return tuple(_column(node, leaf_ids, group_ids) for node in nodes)


def leaves_of(nodes: Sequence[HeaderNode]) -> list[HeaderNode]:
    """The nodes over single columns, left to right."""
    return [leaf for node in nodes for leaf in node.leaves()]


def split_by_unit(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Makes one spanned group of short texts beside long texts the rows, the rest per unit.

    Such a group (文件名称, 发文主体, 当前进展) is a list, as long as the unit has entries; the long
    texts beside it are written once. In any other table every column is per row.
    """
    lists = [column for column in columns if _is_list(column)]
    beside = [column for column in columns if column not in lists]
    has_long_text = any(
        leaf.kind is ColumnKind.LONGTEXT for column in beside for leaf in column.leaves()
    )
    if len(lists) != 1 or not has_long_text:
        return tuple(columns)
    return tuple(
        _list_column(column) if column in lists else _unit_column(column) for column in columns
    )


def _column(node: HeaderNode, leaf_ids: Iterator[str], group_ids: Iterator[str]) -> Column:
    if node.children:
        id_ = next(group_ids)
        children = tuple(_column(child, leaf_ids, group_ids) for child in node.children)
        return Column(id_, node.label, children=children)
    id_ = next(leaf_ids)
    guess = guesses.of_column(node.label)
    return Column(
        id_,
        node.label or f"（第{id_[1:]}栏，待补栏名）",
        kind=guess.kind,
        measure=guess.measure,
        choices=guess.choices,
        suggest=_SUGGESTIONS.get(node.label, ()),
        width=20 if node.label.endswith(_LONG_NAMES) else None,
    )


def _is_list(column: Column) -> bool:
    kinds = [leaf.kind for leaf in column.leaves()]
    short = {ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.MONTH}
    return len(kinds) > 1 and ColumnKind.TEXT in kinds and set(kinds) <= short


def _list_column(column: Column) -> Column:
    """An entry without its first cell, the name, is no entry."""
    first, *others = column.children
    return replace(column, children=(replace(first, required=not first.children), *others))


def _unit_column(column: Column) -> Column:
    children = tuple(_unit_column(child) for child in column.children)
    required = not children and column.kind is ColumnKind.LONGTEXT
    return replace(column, per=Per.UNIT, children=children, required=required)
