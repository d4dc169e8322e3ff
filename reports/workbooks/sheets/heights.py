"""How high the lines of a table must be, and the sheet rows they take."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from reports.workbooks.sheets.text_fit import line_points, row_points

# Far below Excel's 409.5: a row is never broken over pages, so a tall one that does not fit on
# the rest of a page leaves it empty. A line that needs more takes several rows, merged.
MAX_ROW_POINTS = 200.0


@dataclass(frozen=True, slots=True)
class Need:
    """The lines from `first` to `last` must together be at least `points` high."""

    first: int
    last: int
    points: float


def line_heights(count: int, needs: Iterable[Need], *, least: float, size: float) -> list[float]:
    """The height of each line in points, in whole lines of text of this size.

    What a merged cell still lacks is shared out among the lines it reaches over.
    """
    heights = [least] * count
    line = line_points(size)
    for need in sorted(needs, key=lambda need: need.last - need.first):
        reached = range(need.first, need.last + 1)
        missing = need.points - sum(heights[index] for index in reached)
        if missing > 0:
            for index in reached:
                heights[index] += missing / len(reached)
    return [ceil(points / line) * line for points in heights]


def place_lines(
    sheet: Worksheet, top: int, heights: Iterable[float], *, size: float
) -> list[tuple[int, int]]:
    """Sets the heights of the sheet rows from `top` on; the first and last row of each line."""
    spans = []
    for points in heights:
        parts = row_points(points, size=size, most=MAX_ROW_POINTS)
        for row, height in enumerate(parts, start=top):
            sheet.row_dimensions[row].height = height
        spans.append((top, top + len(parts) - 1))
        top += len(parts)
    return spans
