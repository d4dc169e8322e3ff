"""The columns of a proposed table, from its header tree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.proposing import guesses
from reports.schemas.proposing.header_tree import HeaderNode

_SUGGESTIONS = {"当前进展": ("起草中", "征求意见", "送审", "已印发")}
_LONG_NAMES = ("名称", "标题", "地址")
_ONCE = {ColumnKind.SERIAL, ColumnKind.LONGTEXT, ColumnKind.REMARK, ColumnKind.CONTACT}
_NAMED = re.compile(r"(.{2,})(?:名称|标题|题目|名)")
_ENTRY = re.compile("案|事件|项目")
"""What a row of a table is about, each with its own texts."""
_PARTY = re.compile("当事人|企业|单位|机构|人员|个人|产品|商品")
"""Who or what belongs to one entry."""


def columns_of(nodes: Sequence[HeaderNode]) -> tuple[Column, ...]:
    """Ids count from the left: c1 for a column, g1 for a heading, whatever they are called."""
    leaf_ids = (f"c{number}" for number in count(1))
    group_ids = (f"g{number}" for number in count(1))
    return tuple(_column(node, leaf_ids, group_ids) for node in nodes)


def leaves_of(nodes: Sequence[HeaderNode]) -> list[HeaderNode]:
    """The nodes over single columns, left to right."""
    return [leaf for node in nodes for leaf in node.leaves()]


def split_by_unit(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Repetition, decided for the whole table: a row fills in every column, unless all but one
    spanned group are long texts about the unit and the group lists what the unit has several of
    (文件名称, 发文主体 under 文件情况): then its columns are the rows, the texts are written once.

    A group of what belongs to each entry (当事人: 名称, 地址) is no such list.
    """
    lists = [column for column in columns if _is_list(column)]
    beside = [leaf for column in columns if column not in lists for leaf in column.leaves()]
    kinds = {leaf.kind for leaf in beside}
    is_once = ColumnKind.LONGTEXT in kinds and kinds <= _ONCE
    if len(lists) != 1 or not is_once or any(_ENTRY.search(leaf.label) for leaf in beside):
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
    """Short texts under a heading that speaks of what the first of them names."""
    kinds = [leaf.kind for leaf in column.leaves()]
    short = {ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.MONTH}
    if len(kinds) < 2 or ColumnKind.TEXT not in kinds or not set(kinds) <= short:
        return False
    named = _NAMED.fullmatch(column.children[0].label)
    listed = named is not None and named[1] in column.label
    return listed and not _ENTRY.search(column.label) and not _PARTY.search(column.label)


def _list_column(column: Column) -> Column:
    """An entry without its first cell, the name, is no entry."""
    first, *others = column.children
    return replace(column, children=(replace(first, required=not first.children), *others))


def _unit_column(column: Column) -> Column:
    children = tuple(_unit_column(child) for child in column.children)
    required = not children and column.kind is ColumnKind.LONGTEXT
    return replace(column, per=Per.UNIT, children=children, required=required)
