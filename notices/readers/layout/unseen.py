"""Characters of a page that nobody sees: without ink, in the colour of the paper, or covered."""

from collections.abc import Sequence
from dataclasses import dataclass

from notices.readers.layout.slanted import Inked

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
_SAME = 0.04
_MOST_FILLS = 150
"""Filled areas of a page beyond which it is a drawing, in which nothing is looked for."""
_SMALL = 5.0
"""Points below which an area is a line."""
_MOST_COVERED = 0.5
"""Share of the characters beyond which it is more likely that a drawing is not understood."""
_GREY = 0.06


@dataclass(frozen=True, slots=True)
class Fill:
    """An area as it was filled; `colour` is None where it is a picture, a pattern or lets through
    what is below."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: Colour | None

    def has(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def rgb(parts: Sequence[float]) -> Colour | None:
    """Grey, RGB or CMYK in shares of one as red, green, blue; None for anything else."""
    if len(parts) == 1:
        return parts[0], parts[0], parts[0]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


def seen(drawn: Sequence[Inked | Fill], *, has_ground: bool = True) -> list[Inked]:
    """The characters that are seen, given with the filled areas in the order of drawing.

    A character of the colour of what is below it is not seen, nor one that a grey, white or black
    area was laid over; a coloured one may be a text marker. `has_ground` is False where it is not
    known what is below.
    """
    every = [one for one in drawn if isinstance(one, Inked) and one.is_drawn]
    fills = [
        (at, one)
        for at, one in enumerate(drawn)
        if isinstance(one, Fill) and min(one.x1 - one.x0, one.bottom - one.top) >= _SMALL
    ]
    if len(fills) > _MOST_FILLS:
        return every
    kept = [
        one
        for at, one in enumerate(drawn)
        if isinstance(one, Inked) and one.is_drawn and not _is_hidden(one, at, fills, has_ground)
    ]
    return kept if len(kept) >= _MOST_COVERED * len(every) else every


def _is_hidden(one: Inked, at: int, fills: list[tuple[int, Fill]], has_ground: bool) -> bool:
    x, y = (one.glyph.x0 + one.glyph.x1) / 2, (one.glyph.top + one.glyph.bottom) / 2
    ground: Colour | None = WHITE if has_ground else None
    for place, fill in fills:
        if not fill.has(x, y):
            continue
        if place < at:
            ground = fill.colour
        elif fill.colour is not None and max(fill.colour) - min(fill.colour) <= _GREY:
            return True
    if ground is None or one.ink is None:
        return False
    return all(abs(a - b) <= _SAME for a, b in zip(ground, one.ink, strict=True))
