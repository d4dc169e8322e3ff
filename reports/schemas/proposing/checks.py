"""Relations that a header or the line below a table states: 合计 over 其中, ①=②+③+④."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from reports.schemas.definition.checks import Check
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import Level

_WHOLE = re.compile(r"合\s*计|总\s*计|小\s*计")
_CIRCLE = "①-⑳"
_RELATION = re.compile(rf"([{_CIRCLE}])\s*[=＝]\s*([{_CIRCLE}](?:\s*[+＋\-－−]\s*[{_CIRCLE}])+)")


def column_checks(columns: Sequence[Column], line: str = "") -> tuple[Check, ...]:
    """What can be read off; a relation that only the layout suggests is a warning."""
    return (*_stated(columns, line), *_suggested(columns))


def has_marks(columns: Sequence[Column]) -> bool:
    """Are figures named ① ② ③ in the header?"""
    return any(
        re.search(f"[{_CIRCLE}]", column.label) or has_marks(column.children) for column in columns
    )


def _stated(columns: Sequence[Column], line: str) -> Iterator[Check]:
    """逻辑关系 ①=②+③+④; a mark on a heading stands for the first column below it."""
    marked = dict(_marks(columns))
    for found in _RELATION.finditer(line):
        marks = re.findall(f"[{_CIRCLE}]", found[0])
        if all(mark in marked for mark in marks):
            names = [marked[mark] for mark in marks]
            signs = unicodedata.normalize("NFKC", re.sub(rf"[{_CIRCLE}\s]", "", found[2]))
            right = names[1] + "".join(
                f" {sign} {name}" for sign, name in zip(signs, names[2:], strict=True)
            )
            yield Check(f"{names[0]} = {right}", message=re.sub(r"\s", "", found[0]))


def _marks(columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    for column in columns:
        leaf = column.leaves()[0]
        mark = re.search(f"[{_CIRCLE}]", column.label)
        if mark and leaf.is_number:
            yield mark[0], leaf.id
        yield from _marks(column.children)


def _suggested(columns: Sequence[Column]) -> Iterator[Check]:
    """合计 | 其中: 餐馆 快餐店 …: the first is the sum of the others beside it."""
    for column in columns:
        leaves = column.leaves()
        whole, parts = leaves[0], leaves[1:]
        is_flat = all(one.depth() <= 2 for one in column.children)
        if column.children and is_flat and len(parts) > 1 and _WHOLE.fullmatch(whole.label):
            if all(leaf.is_number and leaf.measure == whole.measure for leaf in leaves):
                right = " + ".join(part.id for part in parts)
                message = f"“{whole.label}”一般是其余各栏之和"
                yield Check(f"{whole.id} = {right}", Level.WARNING, message)
        else:
            yield from _suggested(column.children)
