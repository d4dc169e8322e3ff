"""Columns of type: where a page is set in two or more, the order in which they are read.

A page of a 公报 or of a newspaper: across the page a heading or a table, below it columns, and so
on. What is told apart by a clear strip is only a column of type where it looks like running text;
the columns of tables, lists and signatures stand side by side as well.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notices.readers.layout.lines import Glyph, TextLine, lines
from notices.readers.layout.tables import Table

_STEP = 3.0
"""Points by which a strip between columns is looked for."""
_MOST_STEPS = 1_000
_MOST_COVERED = 300_000
_MOST_GLYPHS = 20_000
"""Characters of a page beyond which no columns are looked for; a page of a newspaper has half."""
_MOST_STRIPS = 24
"""Strips of a page that are looked at closely."""
_DEPTH = 6
_LEAST_STRIP = 0.8
"""Ems between columns."""
_WIDEST_STRIP = 8.0
_LEAST_TALL = 3.5
"""Ems of height from which a clear strip may part columns."""
_LEAST_KNOWN = 2.0
"""The same at a place where columns were parted before."""
_LEAST_WIDE = 8.0
"""Ems that a column of running text is wide at least,"""
_LEAST_SHARE = 0.22
"""and its share of what it is a part of."""
_SLACK = 1.8
"""Ems by which a full line may end before the column does."""
_CLOSE = 1.75
"""Times the distance of lines that two lines of a column are apart at most."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that is read before the next one begins; `column` as of a line."""

    glyphs: list[Glyph]
    tables: list[Table]
    column: int = 0


@dataclass(frozen=True, slots=True)
class _Strip:
    """Where nothing is printed."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def regions(glyphs: Sequence[Glyph], tables: Sequence[Table], known: list[float]) -> list[Region]:
    """The parts of a page in the order of reading; one where it has no columns.

    `known` holds the places of strips on earlier pages of the document, where two lines are enough
    on a page that the text did not fill, and takes those of this page.
    """
    if len(glyphs) > _MOST_GLYPHS:
        return [Region(list(glyphs), list(tables))]
    page = _Page(known)
    return list(page.split([g for g in glyphs if g.size > 0], list(tables), 0, _DEPTH))


class _Page:
    def __init__(self, known: list[float]) -> None:
        self.known = known

    def split(
        self, glyphs: list[Glyph], tables: list[Table], column: int, depth: int
    ) -> Iterator[Region]:
        """What is above the columns, each column, what is below; `depth` bounds the parts."""
        strip = self.gutter(glyphs, tables) if depth else None
        if strip is None:
            if glyphs or tables or not column:
                yield Region(glyphs, tables, column)
            return
        middle = strip.middle
        inside = [g for g in glyphs if strip.top < _y(g) < strip.bottom]
        held = [t for t in tables if strip.top < (t.top + t.bottom) / 2 < strip.bottom]
        yield from self.split(
            [g for g in glyphs if _y(g) <= strip.top],
            [t for t in tables if (t.top + t.bottom) / 2 <= strip.top],
            column,
            depth - 1,
        )
        for side in (0, 1):
            yield from self.split(
                [g for g in inside if (_x(g) > middle) == bool(side)],
                [t for t in held if ((t.xs[0] + t.xs[-1]) / 2 > middle) == bool(side)],
                10 * column + side + 1,
                depth - 1,
            )
        yield from self.split(
            [g for g in glyphs if _y(g) >= strip.bottom],
            [t for t in tables if (t.top + t.bottom) / 2 >= strip.bottom],
            column,
            depth - 1,
        )

    def gutter(self, glyphs: list[Glyph], tables: list[Table]) -> _Strip | None:
        """The tallest clear strip with running text on both sides."""
        printed = [g for g in glyphs if g.text.strip()]
        if len(printed) < 2 * _LEAST_WIDE:
            return None
        em = median(g.size for g in printed)
        tall = (_LEAST_KNOWN if self.known else _LEAST_TALL) * em
        seen: list[_Strip] = []
        for strip in sorted(_strips(printed, tables, em, tall), key=lambda s: s.top - s.bottom):
            if any(_is_within(strip, other) for other in seen):
                continue
            seen.append(strip)
            is_known = any(abs(strip.middle - place) <= em for place in self.known)
            found = _between_columns(printed, strip, em, is_known=is_known)
            if found is not None:
                if not is_known:
                    self.known.append(strip.middle)
                return found
            if len(seen) == _MOST_STRIPS:
                return None
        return None


def _strips(printed: list[Glyph], tables: list[Table], em: float, tall: float) -> list[_Strip]:
    """The clear strips inside the printed area, as wide as they are over their whole height."""
    left, right = min(g.x0 for g in printed), max(g.x1 for g in printed)
    top, bottom = min(g.top for g in printed), max(g.bottom for g in printed)
    boxes = [(g.x0, g.x1, g.top, g.bottom) for g in printed]
    boxes += [(t.xs[0], t.xs[-1], t.top, t.bottom) for t in tables]
    steps = int((right - left) / _STEP) + 1
    if steps > _MOST_STEPS:
        return []
    covered: list[list[tuple[float, float]]] = [[] for _ in range(steps)]
    work = 0
    for x0, x1, y0, y1 in boxes:
        first, last = int((max(x0, left) - left) / _STEP), int((min(x1, right) - left) / _STEP)
        work += max(last - first, 0) + 1
        if work > _MOST_COVERED:
            return []
        for i in range(first, min(last, steps - 1) + 1):
            covered[i].append((y0, y1))
    margin = int(_LEAST_SHARE * steps * 0.8)
    clear = [_clear(spans, top, bottom, tall) for spans in covered]
    runs = [(i, *run) for i in range(margin, steps - margin) for run in clear[i]]
    runs.sort(key=lambda run: run[1] - run[2])
    return list(_widened(runs[: 40 * _MOST_STRIPS], clear, left, em))


def _clear(
    spans: list[tuple[float, float]], top: float, bottom: float, least: float
) -> list[tuple[float, float]]:
    """What of a step's height nothing covers."""
    out, at = [], top
    for y0, y1 in sorted(spans):
        if y0 - at >= least:
            out.append((at, y0))
        at = max(at, y1)
    return [*out, (at, bottom)] if bottom - at >= least else out


def _widened(
    runs: list[tuple[int, float, float]],
    clear: list[list[tuple[float, float]]],
    left: float,
    em: float,
) -> Iterator[_Strip]:
    done: dict[tuple[float, float], list[tuple[int, int]]] = defaultdict(list)
    for i, top, bottom in runs:
        if any(first <= i <= last for first, last in done[top, bottom]):
            continue

        def holds(at: int, top: float = top, bottom: float = bottom) -> bool:
            return any(a <= top + em and b >= bottom - em for a, b in clear[at])

        first = last = i
        while first > 0 and holds(first - 1):
            first -= 1
        while last < len(clear) - 1 and holds(last + 1):
            last += 1
        done[top, bottom].append((first, last))
        wide = (last - first + 1) * _STEP
        if wide + 2 * _STEP >= _LEAST_STRIP * em:
            yield _Strip(left + first * _STEP, left + (last + 1) * _STEP, top, bottom)


def _is_within(strip: _Strip, other: _Strip) -> bool:
    return (
        other.x0 <= strip.x0
        and strip.x1 <= other.x1
        and other.top - 1 <= strip.top
        and strip.bottom <= other.bottom + 1
    )


def _between_columns(
    printed: list[Glyph], strip: _Strip, em: float, *, is_known: bool
) -> _Strip | None:
    """The strip, without a head or foot of the page beside it, if it parts columns of type."""
    inside = [g for g in printed if strip.top <= _y(g) <= strip.bottom]
    left = lines(g for g in inside if _x(g) < strip.middle)
    right = lines(g for g in inside if _x(g) >= strip.middle)
    if (not is_known and (len(left) < 3 or len(right) < 2)) or not left or not right:
        return None
    top, bottom = _trimmed(left, right, strip)
    left = [line for line in left if top <= (line.top + line.bottom) / 2 <= bottom]
    right = [line for line in right if top <= (line.top + line.bottom) / 2 <= bottom]
    is_tail = is_known and len(left) > 1 and right
    if not left or not right or not (is_tail or _are_columns(left, right, printed, em)):
        return None
    return _Strip(strip.x0, strip.x1, top, bottom)


def _trimmed(left: list[TextLine], right: list[TextLine], strip: _Strip) -> tuple[float, float]:
    """Top and bottom of the columns: they begin where both do, without a lone line at an end of
    both that stands apart, as the head of a page does."""
    top, bottom = strip.top, strip.bottom
    pitch = _pitch([*_distances(left), *_distances(right)])
    if abs(left[0].top - right[0].top) > 1.2 * pitch:
        top = max(left[0].top, right[0].top)
        left = [line for line in left if line.bottom > top]
    if pitch and len(left) > 1 and len(right) > 1:
        if all(side[1].top - side[0].top > 2 * pitch for side in (left, right)):
            top = max(side[0].bottom for side in (left, right))
        if all(side[-1].top - side[-2].top > 2 * pitch for side in (left, right)):
            bottom = min(side[-1].top for side in (left, right))
    return top, bottom


def _are_columns(
    left: list[TextLine], right: list[TextLine], printed: list[Glyph], em: float
) -> bool:
    """Whether both sides are as wide and dense as running text, and one of them is full of it."""
    whole = max(g.x1 for g in printed) - min(g.x0 for g in printed)
    ends = max(line.x1 for line in left), max(g.x1 for g in printed)
    starts = min(line.x0 for line in left), min(line.x0 for line in right)
    wide = ends[0] - starts[0], ends[1] - starts[1]
    if min(wide) < max(_LEAST_WIDE * em, _LEAST_SHARE * whole):
        return False
    gap = starts[1] - ends[0]
    if not _LEAST_STRIP * em * 0.9 <= gap <= max(_WIDEST_STRIP * em, 0.12 * whole):
        return False
    pitch = _pitch([*_distances(left), *_distances(right)])
    full = tuple(
        _full(side, start, end)
        for side, start, end in zip((left, right), starts, ends, strict=True)
    )
    shares = full[0] / len(left), full[1] / len(right)
    if not all(_is_dense(side, pitch) for side in (left, right)):
        return False
    if len(left) < 4 or len(right) < 4:
        short = min(len(left), len(right)) >= 3 and min(shares) >= 0.6
        return short or (len(left) >= 6 and shares[0] >= 0.5)
    strong = max(zip(shares, full, strict=True))
    return strong[0] >= 0.4 and strong[1] >= 3


def _full(side: list[TextLine], start: float, end: float) -> int:
    """How many lines go on to the end of the column."""
    return sum(
        line.x1 >= end - _SLACK * line.size and line.x1 - line.x0 >= 0.6 * (end - start)
        for line in side
    )


def _distances(side: list[TextLine]) -> list[float]:
    return [b.top - a.top for a, b in pairwise(side)]


def _pitch(distances: list[float]) -> float:
    """The distance of lines: of the closer half the middle one."""
    return sorted(distances)[len(distances) // 4] if distances else 0.0


def _is_dense(side: list[TextLine], pitch: float) -> bool:
    distances = _distances(side)
    return 5 * sum(d <= _CLOSE * pitch for d in distances) >= 3 * len(distances)


def _x(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2


def _y(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2
