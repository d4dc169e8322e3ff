"""The header of a table as rows of cells with spans, for Excel and for HTML alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.schemas.columns import Column


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One cell of the header; row and column count from 0 at the top left."""

    label: str
    row: int
    column: int
    rowspan: int
    colspan: int


def header_depth(columns: Sequence[Column]) -> int:
    """The number of header rows."""
    return max((column.depth() for column in columns), default=0)


def header_grid(columns: Sequence[Column]) -> tuple[tuple[HeaderCell, ...], ...]:
    """One tuple of cells a header row; a column without children reaches down to the last row."""
    depth = header_depth(columns)
    rows: list[list[HeaderCell]] = [[] for _ in range(depth)]

    def place(column: Column, row: int, left: int) -> int:
        span = len(column.leaves())
        rowspan = 1 if column.children else depth - row
        rows[row].append(HeaderCell(column.label, row, left, rowspan, span))
        for child in column.children:
            left = place(child, row + 1, left)
        return left if column.children else left + 1

    left = 0
    for column in columns:
        left = place(column, 0, left)
    return tuple(tuple(row) for row in rows)
