"""The header of a table as rows of cells with spans, for Excel and for HTML alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind


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

    def place(siblings: Sequence[Column], row: int, left: int) -> None:
        for _, same in groupby(siblings, key=_own_cell):
            run = list(same)
            span = sum(len(column.leaves()) for column in run)
            rowspan = 1 if run[0].children else depth - row
            rows[row].append(HeaderCell(run[0].label, row, left, rowspan, span))
            place(run[0].children, row + 1, left)
            left += span

    place(columns, 0, 0)
    return tuple(tuple(row) for row in rows)


def _own_cell(column: Column) -> str:
    """Row labels side by side that are called the same share one cell; others have their own."""
    return f"={column.label}" if column.kind is ColumnKind.ROW_LABEL else column.id
