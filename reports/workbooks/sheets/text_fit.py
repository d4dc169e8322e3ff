"""Estimates how much room wrapped text needs, since Excel does not fit merged cells itself."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import ceil

_PIXELS_PER_UNIT = 7  # one unit of column width, Calibri 11
_CELL_GAP_PIXELS = 5  # what Excel adds to a column for padding and the grid line
_CELL_PADDING_PIXELS = 6  # taken off the room for text, to be on the safe side
_LINE_SPACING = 1.45  # of the font size; wide enough for the fonts that replace a missing one
_VERTICAL_PADDING_POINTS = 4
_LATIN_EM = 0.56
_ROUNDING = 1e-9
# A mark that may not begin a line pulls the character before it down with it.
_MARKS = "，。、；：？！）》”’」』】〕…—"
_HAN = "\u4e00-\u9fff"  # all of them an em wide
# What is not torn: Chinese that may break anywhere, or a word or character with its marks.
_PIECES = re.compile(rf"([{_HAN}]+)(?![{_MARKS}])|((?:[!-~]+|.)[{_MARKS}]*)", re.DOTALL)


def width_points(widths: Sequence[float]) -> float:
    """Width on paper of columns of these widths (Excel units), in points."""
    pixels = sum(width * _PIXELS_PER_UNIT + _CELL_GAP_PIXELS for width in widths)
    return pixels * 72 / 96


def line_count(text: str, *, width: float, size: float) -> int:
    """Lines the text takes in a column of this width (Excel units) at this font size (points)."""
    room = _room(width, size)
    return sum(_lines_of(paragraph, room, size * 4 / 3) for paragraph in text.split("\n"))


def line_points(size: float) -> float:
    """Height of one line in points."""
    return size * _LINE_SPACING


def text_points(text: str, *, width: float, size: float) -> float:
    """Height in points that shows the whole text."""
    lines = line_count(text, width=width, size=size)
    return lines * line_points(size) + _VERTICAL_PADDING_POINTS


def fitted(*, width: float, size: float) -> Callable[[str], float]:
    """`text_points` of one column, with what its cells have in common worked out once."""
    room, em, line = _room(width, size), size * 4 / 3, line_points(size)
    at_once, one_line = room / em, line + _VERTICAL_PADDING_POINTS

    def points(text: str) -> float:
        if "\n" in text:
            lines = sum(_lines_of(paragraph, room, em) for paragraph in text.split("\n"))
        elif len(text) <= at_once:
            return one_line
        else:
            lines = _lines_of(text, room, em)
        return lines * line + _VERTICAL_PADDING_POINTS

    return points


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


def _room(width: float, size: float) -> float:
    return max(width * _PIXELS_PER_UNIT - _CELL_PADDING_PIXELS, size * 4 / 3)


def _lines_of(paragraph: str, room: float, em: float) -> int:
    if len(paragraph) * em <= room:  # nothing is wider than an em
        return 1
    lines, used, a_line = 1, 0.0, int((room + _ROUNDING) // em)
    for run, piece in _PIECES.findall(paragraph):
        if run:
            fitting = max(0, int((room - used + _ROUNDING) // em))
            rest = len(run) - fitting
            if rest <= 0:
                used += len(run) * em
            else:
                more = ceil(rest / a_line)
                lines, used = lines + more, (rest - (more - 1) * a_line) * em
            continue
        length = _width(piece) * em
        if used + length <= room:
            used += length
        elif length <= room:
            lines, used = lines + 1, length
        else:  # longer than a line: broken anywhere, from a new line
            more = ceil(length / room)
            lines, used = lines + more - (used == 0), length - (more - 1) * room
    return lines


@lru_cache(maxsize=4096)
def _width(piece: str) -> float:
    return sum(_ems(char) for char in piece)


def _ems(char: str) -> float:
    return 1 if unicodedata.east_asian_width(char) in "WFA" else _LATIN_EM
