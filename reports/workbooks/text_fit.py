"""Estimates how much room wrapped text needs, since Excel does not fit merged cells itself."""

import re
import unicodedata
from collections.abc import Sequence
from math import ceil

MAX_EXCEL_ROW_POINTS = 409.5  # "Row height: 409 points" (Excel specifications and limits)
_PIXELS_PER_UNIT = 7  # one unit of column width, Calibri 11
_CELL_GAP_PIXELS = 5  # what Excel adds to a column for padding and the grid line
_CELL_PADDING_PIXELS = 6  # taken off the room for text, to be on the safe side
_LINE_SPACING = 1.45  # of the font size; wide enough for the fonts that replace a missing one
_VERTICAL_PADDING_POINTS = 4
_LATIN_EM = 0.56
# A mark that may not begin a line pulls the character before it down with it.
_UNBREAKABLE = re.compile(r"(?:[!-~]+|.)[，。、；：？！）》”’」』】〕…—]*", re.DOTALL)


def width_points(widths: Sequence[float]) -> float:
    """Width on paper of columns of these widths (Excel units), in points."""
    pixels = sum(width * _PIXELS_PER_UNIT + _CELL_GAP_PIXELS for width in widths)
    return pixels * 72 / 96


def line_count(text: str, *, width: float, size: float) -> int:
    """Lines the text takes in a column of this width (Excel units) at this font size (points)."""
    room = max(width * _PIXELS_PER_UNIT - _CELL_PADDING_PIXELS, size * 4 / 3)
    return sum(_lines_of(paragraph, room, size * 4 / 3) for paragraph in text.split("\n"))


def line_points(size: float) -> float:
    """Height of one line in points."""
    return size * _LINE_SPACING


def text_points(text: str, *, width: float, size: float) -> float:
    """Height in points that shows the whole text."""
    lines = line_count(text, width=width, size=size)
    return lines * line_points(size) + _VERTICAL_PADDING_POINTS


def row_points(points: float, *, size: float, most: float) -> list[float]:
    """Heights of the rows, none above `most`, that together are at least `points` high.

    All but the last are a whole number of lines, so that a page break, which always falls
    between rows, does not cut a line of the text merged over them.
    """
    line = line_points(size)
    lines_a_row = int(most // line)
    rows = ceil(points / (lines_a_row * line))
    even = ceil(points / rows / line) * line
    return [even] * (rows - 1) + [points - even * (rows - 1)]


def _lines_of(paragraph: str, room: float, em: float) -> int:
    lines, used = 1, 0.0
    for piece in _UNBREAKABLE.findall(paragraph):
        length = sum(_ems(char) for char in piece) * em
        if used + length <= room:
            used += length
        elif length <= room:
            lines, used = lines + 1, length
        else:  # longer than a line: broken anywhere, from a new line
            more = ceil(length / room)
            lines, used = lines + more - (used == 0), length - (more - 1) * room
    return lines


def _ems(char: str) -> float:
    return 1 if unicodedata.east_asian_width(char) in "WFA" else _LATIN_EM
