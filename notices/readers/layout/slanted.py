"""What is printed across the text and is no part of it: slanted watermarks and round seals."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from notices.readers.layout.lines import Glyph

_LEVEL = 3.0
"""Degrees by which text may be turned and still be a line of the page, as on a crooked scan."""
_BETWEEN = 2
"""Characters at the top of a seal that may stand upright, between slanted ones."""
_LEAST_OF_RING = 4
"""Characters that stand at angles of their own and so make a ring."""


@dataclass(frozen=True, slots=True)
class Inked:
    """A character with the angle it is printed at, in degrees; `colour` (red, green, blue) where it
    has one that is no grey."""

    glyph: Glyph
    angle: float
    colour: tuple[float, ...] | None = None
    ink: tuple[float, float, float] | None = None
    """Red, green and blue in shares of one as they come out on white; None where not known."""
    is_drawn: bool = True
    """False for characters that only lie there to be searched for or copied."""

    @property
    def is_level(self) -> bool:
        return abs(self.angle) <= _LEVEL


def angle_of(a: float, b: float) -> float:
    """The angle at which a matrix turns text, from its first two numbers."""
    return math.degrees(math.atan2(b, a))


def colour_of(parts: Sequence[float]) -> tuple[float, ...] | None:
    """The colour if it is one: grey, black and white are none. Parts are RGB, CMYK or grey."""
    hue = parts[:3] if len(parts) >= 3 else ()
    return tuple(parts) if hue and max(hue) - min(hue) > 0.1 * max(map(abs, hue)) else None


def level(found: Sequence[Inked]) -> list[Inked]:
    """The characters of lines, given in the order in which they were drawn."""
    between = _between(found)
    rings = _rings(found)
    return [
        one
        for i, one in enumerate(found)
        if one.is_level
        and i not in between
        and not (one.colour is not None and _is_inside(one.glyph, rings.get(one.colour)))
    ]


def _between(found: Sequence[Inked]) -> set[int]:
    """The few level ones between slanted ones of their own size and colour: the top of a ring."""
    slanted = [i for i, one in enumerate(found) if not one.is_level]
    out: set[int] = set()
    for i, j in pairwise(slanted):
        ends = found[i], found[j]
        inner = range(i + 1, j)
        if len(inner) <= _BETWEEN and all(_are_alike(found[k], end) for k in inner for end in ends):
            out.update(inner)
    return out


def _are_alike(one: Inked, other: Inked) -> bool:
    near = abs(one.glyph.size - other.glyph.size) <= 0.6 * max(one.glyph.size, other.glyph.size)
    return one.colour == other.colour and near


_Area = tuple[float, float, float, float]


def _rings(found: Sequence[Inked]) -> dict[tuple[float, ...] | None, _Area]:
    """The area of the seal of each colour; one drawing of text has one colour of seals."""
    slanted = defaultdict(list)
    for one in found:
        if not one.is_level and one.colour is not None:
            slanted[one.colour].append(one)
    return {
        colour: (
            min(one.glyph.x0 for one in ring),
            min(one.glyph.top for one in ring),
            max(one.glyph.x1 for one in ring),
            max(one.glyph.bottom for one in ring),
        )
        for colour, ring in slanted.items()
        if len({round(one.angle / _LEVEL) for one in ring}) >= _LEAST_OF_RING
    }


def _is_inside(glyph: Glyph, area: _Area | None) -> bool:
    if area is None:
        return False
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
