"""Rebuilds the tree of a table header from its rows as flattened text, where spans are blank cells.

A blank to the right of a label that has a label somewhere below it belongs to that label's
horizontal span; a label with nothing but blanks below it reaches down (a vertical span). Works
for any number of header rows. Readers that repeat a label over its span are understood too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HAN_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class HeaderNode:
    """A label and what it spans; without children it stands over one column of cells.

    A column that has no label at all in the source has the label "".
    """

    label: str
    children: tuple["HeaderNode", ...] = ()

    def leaves(self) -> tuple["HeaderNode", ...]:
        """The nodes over single columns, left to right."""
        if not self.children:
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves())


def clean_label(text: str) -> str:
    """The label on one line, without the gaps that wrapping and spacing leave between Han."""
    return _HAN_GAP.sub("", " ".join(text.split()))


def header_tree(rows: Sequence[Sequence[str]]) -> tuple[HeaderNode, ...]:
    """The roots of the header, left to right; empty when there is no label at all."""
    cells = [[clean_label(cell) for cell in row] for row in rows]
    width = max((i + 1 for row in cells for i, cell in enumerate(row) if cell), default=0)
    grid = [(row + [""] * width)[:width] for row in cells]
    _blank_repeats(grid)
    return _nodes(grid, 0, 0, width)


def _blank_repeats(grid: list[list[str]]) -> None:
    """Blanks the copies of a label that some readers put into every cell of a merge."""
    whole = [list(row) for row in grid]
    for r in range(len(whole) - 1, -1, -1):
        for c in range(len(whole[r])):
            under = r > 0 and whole[r][c] == whole[r - 1][c]
            beside = c > 0 and all(above[c] == above[c - 1] for above in whole[: r + 1])
            if under or (beside and r < len(whole) - 1):
                grid[r][c] = ""


def _nodes(grid: list[list[str]], top: int, left: int, right: int) -> tuple[HeaderNode, ...]:
    """The nodes whose labels start at row `top` within the columns left..right."""
    if top == len(grid):
        return tuple(HeaderNode("") for _ in range(left, right))
    nodes: list[HeaderNode] = []
    start = left
    while start < right:
        label = grid[top][start]
        end = start + 1
        while label and end < right and not grid[top][end] and _has_label(grid, top + 1, end):
            end += 1
        children = _nodes(grid, top + 1, start, end)
        if not label:  # the row says nothing here: what stands below moves up
            nodes.extend(children)
        elif not _has_label(grid, top + 1, *range(start, end)):
            nodes.append(HeaderNode(label))
        else:
            # 检查户数 over a blank, 餐馆, 快餐店: the blank is the column of the label itself
            named = (child if child.label else HeaderNode(label) for child in children)
            nodes.append(HeaderNode(label, tuple(named)))
        start = end
    return tuple(nodes)


def _has_label(grid: list[list[str]], top: int, *columns: int) -> bool:
    return any(row[column] for row in grid[top:] for column in columns)
