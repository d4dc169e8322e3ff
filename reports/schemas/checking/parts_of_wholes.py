"""Which figure is a part (其中) of which, by the words of headers and rows."""

import re
from collections.abc import Iterable, Iterator, Sequence

from reports.schemas.content.figures import Figures, Key
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.definition.rows import parts

_PART = re.compile(r"[\s（(【\[]*其\s*中")
_WHOLE = re.compile(r"合\s*计|总\s*计|小\s*计|总\s*数|总\s*量|总\s*体")
_COUNTED = {ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.MONEY}
_RATE = re.compile(r"率|比例|占比|平均|均价|单价|指数")


def is_part(label: str) -> bool:
    """Does it begin with 其中?"""
    return bool(_PART.match(label))


def is_counted(column: Column) -> bool:
    """Is it a number or an amount, of which there can be parts?"""
    is_rate = column.measure in {"%", "％", "‰"} or bool(_RATE.search(column.label))
    return column.kind in _COUNTED and not is_rate


def column_pairs(columns: Sequence[Column]) -> Iterator[tuple[Column, Column]]:
    """Each leaf column that is a part, with its whole: the last before it that is no part.

    检查数 | 其中：不合格数, and 检查数 with a heading 其中 over several columns beside it.
    """
    whole: Column | None = None
    for column in columns:
        leaves = [leaf for leaf in column.leaves() if is_counted(leaf)]
        if is_part(column.label):
            if whole is not None:
                yield from ((leaf, whole) for leaf in leaves)
        elif column.children:
            yield from column_pairs(column.children)
            whole = leaves[0] if leaves and _WHOLE.search(leaves[0].label) else None
        elif leaves:
            whole = column


def row_pairs(figures: Figures) -> Iterator[tuple[Key, Key]]:
    """The same of the rows, by their levels or by what is printed or written first in them."""
    if not figures.definition.is_keyed:
        yield from _by_names((key, _written_name(figures, key)) for key in figures.keys)
        return
    rows = list(figures.rows.values())
    if any(row.level for row in rows):
        for whole, found in parts(rows).items():
            yield from ((part.id, whole) for part in found if not part.formula)
        return
    names = ((row.id, "" if row.heading else row.labels[-1]) for row in rows)
    yield from _by_names(names)


def _by_names(named: Iterable[tuple[Key, str]]) -> Iterator[tuple[Key, Key]]:
    """A row without a name is a heading and ends what is above it."""
    whole: Key | None = None
    for key, name in named:
        if not is_part(name):
            whole = key if name else None
        elif whole is not None:
            yield key, whole


def _written_name(figures: Figures, key: Key) -> str:
    """What stands in the first column of text of a repeated row."""
    for column in figures.columns.values():
        if column.is_entered and not column.is_number and column.per is Per.ROW:
            return figures.text(key, column.id)
    return ""
