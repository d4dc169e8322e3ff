"""Which cells of printed row labels are merged: equal ones downwards, short rows sideways."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.rows import Row


@dataclass(frozen=True, slots=True)
class Span:
    """How many rows and columns a cell covers; 0 and 0 where it is covered itself."""

    rowspan: int
    colspan: int


_ONE, _COVERED = Span(1, 1), Span(0, 0)


def label_spans(definition: FormDefinition, rows: Sequence[Row]) -> dict[str, list[Span]]:
    """For every row label column, and every given column that goes with one, a span a row."""
    labels, leaves = definition.label_columns(), definition.leaf_columns()
    depths = {column.id: depth for depth, column in enumerate(labels)}
    reaches = [_reach(leaves, labels, depth) for depth in range(len(labels))]
    found = {
        column.id: [_label_span(rows, index, depth, reaches) for index in range(len(rows))]
        for depth, column in enumerate(labels)
    }
    for leaf in leaves:
        if leaf.spans_with:
            depth = depths[leaf.spans_with]
            found[leaf.id] = [_beside_span(rows, index, depth) for index in range(len(rows))]
    return found


def _reach(leaves: Sequence[Column], labels: Sequence[Column], depth: int) -> int:
    """How many row label columns stand side by side from this one on."""
    start = leaves.index(labels[depth])
    beside = zip(leaves[start:], labels[depth:], strict=False)
    return (
        next((n for n, (leaf, label) in enumerate(beside) if leaf is not label), 0)
        or len(labels) - depth
    )


def _label_span(rows: Sequence[Row], index: int, depth: int, reaches: Sequence[int]) -> Span:
    own = len(rows[index].labels)
    if own <= depth:
        return _COVERED if depth - own + 1 < reaches[own - 1] else _ONE
    run = _run(rows, index, depth)
    return Span(run, reaches[depth] if own == depth + 1 else 1) if run else _COVERED


def _beside_span(rows: Sequence[Row], index: int, depth: int) -> Span:
    if len(rows[index].labels) <= depth:
        return _ONE
    run = _run(rows, index, depth)
    return Span(run, 1) if run else _COVERED


def _run(rows: Sequence[Row], index: int, depth: int) -> int:
    """How many rows from this one on share its label; 0 where the row above does already."""
    if index and _is_same(rows[index - 1], rows[index], depth):
        return 0
    last = index
    while last + 1 < len(rows) and _is_same(rows[last], rows[last + 1], depth):
        last += 1
    return last - index + 1


def _is_same(above: Row, row: Row, depth: int) -> bool:
    """Do both stand under one label at this depth, and reach as far to the right with it?"""
    shared = above.labels[: depth + 1]
    if above.heading or row.heading or shared != row.labels[: depth + 1]:
        return False
    is_last = len(above.labels) == depth + 1
    return bool(shared[-1].strip()) and is_last is (len(row.labels) == depth + 1)
