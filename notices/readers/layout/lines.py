"""Lines of print from placed characters.

Shared by the formats that know only where a character stands (PDF, OFD). Lengths are points
(1/72 inch), measured from the page's top left corner.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notices.readers.layout.radicals import unified


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the box it is printed in; `size` is the height of its type."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of print; `size` is the middle one of its type sizes."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    region: int = 0
    """Which part of the page it belongs to, in the order of reading."""
    column: int = 0
    """Which column of type, from the left; 0 for lines as wide as the page."""


_SPACE = 0.5
"""A gap wider than this many ems is a blank: writers set 1/4 em between Han and Latin unasked."""
_WIDE_SPACE = 2.0
_WORD_SPACE = 0.2
"""The same between two Latin letters."""
_SAME_PLACE = 0.3
"""A character this many ems from its twin is one character printed twice to look bold."""


def lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The characters put together to lines, from the top; blanks where there are gaps."""
    found = map(_line, rows(glyphs))
    return [line for line in found if line is not None]


def rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The characters that stand beside each other, from the left; the rows from the top."""
    found: list[list[Glyph]] = []
    centre = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.x0)):
        middle = (glyph.top + glyph.bottom) / 2
        if not found or middle - centre > 0.5 * max(glyph.size, found[-1][-1].size):
            found.append([])
            centre = middle
        found[-1].append(glyph)
    return [sorted(row, key=lambda g: g.x0) for row in found]


def _line(row: list[Glyph]) -> TextLine | None:
    printed = _once([g for g in row if g.text.strip()])
    if not printed:
        return None
    size = median(g.size for g in printed)
    blanks = [g.x0 for g in row if not g.text.strip()]
    gaps = [b.x0 - a.x1 for a, b in pairwise(printed)]
    # Words set wide apart letter by letter, as the red heading, are no row of single letters.
    spread = max(median(gaps), 0.0) if len(gaps) >= 4 else 0.0
    text = printed[0].text
    for (a, b), gap in zip(pairwise(printed), gaps, strict=True):
        explicit = bisect_right(blanks, a.x0) < bisect_right(blanks, b.x0)
        text += _blank(a, b, gap - spread, explicit) + b.text
    return TextLine(
        unified(text),
        printed[0].x0,
        min(g.top for g in printed),
        max(g.x1 for g in printed),
        max(g.bottom for g in printed),
        size,
    )


def _once(row: list[Glyph]) -> list[Glyph]:
    """The row without characters that were printed a second time on the same place."""
    kept: list[Glyph] = []
    for glyph in row:
        near = kept[-3:]
        if not any(
            g.text == glyph.text and abs(g.x0 - glyph.x0) < _SAME_PLACE * glyph.size for g in near
        ):
            kept.append(glyph)
    return kept


def _blank(a: Glyph, b: Glyph, gap: float, explicit: bool) -> str:
    em = max(a.size, b.size)
    if gap > _WIDE_SPACE * em:
        return "  "
    latin = a.text.isascii() and b.text.isascii() and a.text.isalnum() and b.text.isalnum()
    return " " if explicit or gap > (_WORD_SPACE if latin else _SPACE) * em else ""
