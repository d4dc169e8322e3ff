"""Characters that only have a place on the page, as the runs that an eye sees together."""

import math
from collections.abc import Iterable, Iterator

from notices.readers.layout import lines as layout_lines
from notices.readers.layout.lines import Glyph

_REACH = 4.0
"""Ems from one character to the next of the same run, however it is turned or spaced."""


def shown(glyphs: Iterable[Glyph]) -> Iterator[str]:
    """The runs in the order in which they were written."""
    return _runs(glyph for glyph in glyphs if glyph.text.strip())


def lines(glyphs: Iterable[Glyph]) -> list[str]:
    """The lines of the page from its top; of characters that are not turned."""
    return [line.text for line in layout_lines.lines(glyphs)]


def _runs(glyphs: Iterable[Glyph]) -> Iterator[str]:
    run: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and _distance(last, glyph) > _REACH * min(last.size, glyph.size):
            yield "".join(run)
            run = []
        run.append(glyph.text)
        last = glyph
    yield "".join(run)


def _distance(a: Glyph, b: Glyph) -> float:
    return math.hypot((a.x0 + a.x1 - b.x0 - b.x1) / 2, (a.top + a.bottom - b.top - b.bottom) / 2)
