"""Tables from ruled lines: the grid they draw, merged cells, and the text inside each cell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notices.readers.flat_tables import Cell, flatten
from notices.readers.layout.lines import Glyph, lines

MAX_RULES = 8_000
"""Pieces of lines on a page beyond which it is a drawing, and no table is looked for."""
MAX_LINES = 1_000
"""The same for whole lines of one direction."""
MAX_PLACES = 3_000
"""Rows times columns beyond which a grid is a drawing."""
_LINES_OF_A_COLUMN = 7
"""Lines beyond which the one row of a grid is no row of a table."""
_SNAP = 3.0
"""Points by which lines may miss each other and still meet."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of a page, horizontal (top == bottom) or vertical (x0 == x1)."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Table:
    """A table with text: the edges of its columns, its place, its rows of cells."""

    xs: tuple[float, ...]
    top: float
    bottom: float
    rows: tuple[tuple[Cell, ...], ...]
    region: int = 0
    """Which part of the page it belongs to, in the order of reading."""

    def text(self) -> str:
        """Tab-separated lines as `notices.readers.flat_tables` writes them."""
        return flatten(self.rows)


def continues_table(above: Table, below: Table) -> bool:
    """Whether two tables on consecutive pages have the same columns."""
    return len(above.xs) == len(below.xs) and all(
        abs((a - above.xs[0]) - (b - below.xs[0])) <= _SNAP
        for a, b in zip(above.xs, below.xs, strict=True)
    )


def find(glyphs: list[Glyph], rules: Sequence[Rule]) -> tuple[list[Table], list[Glyph]]:
    """The tables of a page, and the characters that stand in none of them."""
    if len(rules) > MAX_RULES:
        return [], glyphs
    across = _merged([r for r in rules if r.is_horizontal], horizontal=True)
    down = _merged([r for r in rules if not r.is_horizontal], horizontal=False)
    if max(len(across), len(down)) > MAX_LINES:
        return [], glyphs
    tables: list[Table] = []
    rest = glyphs
    for group_across, group_down in _groups(across, down):
        grid = _grid(group_across, group_down)
        if grid is not None:
            inside, outside = grid.split(rest)
            if not inside:
                rest = outside
            elif not grid.frames_columns(inside):
                rest = outside
                tables.append(grid.table(inside))
    return tables, rest


def _merged(rules: list[Rule], *, horizontal: bool) -> list[Rule]:
    """Pieces of one line put together; a line drawn as a thin box is its middle."""
    spans = sorted(
        ((r.top + r.bottom) / 2, r.x0, r.x1) if horizontal else ((r.x0 + r.x1) / 2, r.top, r.bottom)
        for r in rules
    )
    by_place: dict[float, list[tuple[float, float]]] = {}
    place = float("-inf")
    for middle, start, end in spans:
        if middle - place > _SNAP:
            place = middle
        by_place.setdefault(place, []).append((start, end))
    return [
        Rule(start, place, end, place) if horizontal else Rule(place, start, place, end)
        for place, near in by_place.items()
        for start, end in _joined(near)
    ]


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    pieces: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if pieces and start - pieces[-1][1] <= _SNAP:
            pieces[-1] = pieces[-1][0], max(pieces[-1][1], end)
        else:
            pieces.append((start, end))
    return pieces


def _groups(across: list[Rule], down: list[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Lines that meet each other, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, v in enumerate(down, len(across)):
        for i, h in enumerate(across):
            if h.x0 - _SNAP <= v.x0 <= h.x1 + _SNAP and v.top - _SNAP <= h.top <= v.bottom + _SNAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate((*across, *down)):
        groups[root(i)][i >= len(across)].append(rule)
    return groups.values()


def _grid(across: list[Rule], down: list[Rule]) -> "_Grid | None":
    """The grid of a group of lines; None for a frame, a heading's underline, a drawing."""
    if len(across) < 2 or not down:
        return None
    # The outermost verticals are often left out: the horizontals then reach beyond the others.
    xs = _places([v.x0 for v in down] + [min(h.x0 for h in across), max(h.x1 for h in across)])
    ys = _places([h.top for h in across])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MAX_PLACES:
        return None
    return _Grid(across, down, xs, ys)


def _places(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SNAP:
            out.append(value)
    return out


class _Grid:
    """Places between ruled lines; two without a line between them belong to one cell."""

    def __init__(
        self, across: list[Rule], down: list[Rule], xs: list[float], ys: list[float]
    ) -> None:
        self.xs, self.ys = xs, ys
        self.areas = self._areas(
            _Cover([(h.top, h.x0, h.x1) for h in across]),
            _Cover([(v.x0, v.top, v.bottom) for v in down]),
        )

    def _areas(self, across: "_Cover", down: "_Cover") -> dict[tuple[int, int], tuple[int, int]]:
        """Of each place (row, column) the first place of its merged area."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        area: dict[tuple[int, int], tuple[int, int]] = {}
        for r in range(rows):
            for c in range(columns):
                if (r, c) in area:
                    continue
                wide = tall = 1
                middle = (self.ys[r] + self.ys[r + 1]) / 2
                while c + wide < columns and not down.has(self.xs[c + wide], middle):
                    wide += 1
                middle = (self.xs[c] + self.xs[c + 1]) / 2
                while r + tall < rows and not across.has(self.ys[r + tall], middle):
                    tall += 1
                for i in range(r, r + tall):
                    for j in range(c, c + wide):
                        area.setdefault((i, j), (r, c))
        return area

    def split(self, glyphs: list[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
        """The characters inside the grid and those outside."""
        inside: list[Glyph] = []
        outside: list[Glyph] = []
        for g in glyphs:
            x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
            within = self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]
            (inside if within else outside).append(g)
        return inside, outside

    def frames_columns(self, inside: list[Glyph]) -> bool:
        """Whether it is no table but rules around and between columns of type."""
        if len(self.ys) > 2:
            return False
        columns: dict[int, list[Glyph]] = defaultdict(list)
        for g in inside:
            columns[bisect_right(self.xs, (g.x0 + g.x1) / 2)].append(g)
        return len(columns) > 1 and all(
            len(lines(column)) >= _LINES_OF_A_COLUMN for column in columns.values()
        )

    def table(self, inside: list[Glyph]) -> Table:
        """The table with the characters put into their cells."""
        content: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for g in inside:
            row = bisect_right(self.ys, (g.top + g.bottom) / 2) - 1
            column = bisect_right(self.xs, (g.x0 + g.x1) / 2) - 1
            place = min(row, len(self.ys) - 2), min(column, len(self.xs) - 2)
            content[self.areas[place]].append(g)
        # Merged areas that overlap (an L of lines) would shift the columns of a table of spans,
        # so each place is a cell of its own, and merged ones are empty but for the first.
        rows = [
            tuple(Cell(_text(content.get((r, c), []))) for c in range(len(self.xs) - 1))
            for r in range(len(self.ys) - 1)
        ]
        return Table(tuple(self.xs), self.ys[0], self.ys[-1], tuple(rows))


def _text(glyphs: list[Glyph]) -> str:
    """The lines of a cell, with the blanks of a full sign's width before the first of them."""
    printed = [g for g in glyphs if g.text.strip()]
    if not printed:
        return ""
    top = min(printed, key=lambda g: g.top)
    start = min(g.x0 for g in printed if g.top < top.bottom)
    before = [
        g for g in glyphs if g.text == "\u3000" and g.x1 <= start + _SNAP and g.top < top.bottom
    ]
    return "\u3000" * len(before) + "\n".join(line.text for line in lines(glyphs))


class _Cover:
    """Asks whether a line stands at a place; lines are given as (place, from, to)."""

    def __init__(self, spans: list[tuple[float, float, float]]) -> None:
        self.by_place: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
        for span in spans:
            self.by_place[round(span[0] / _SNAP)].append(span)

    def has(self, place: float, at: float) -> bool:
        key = round(place / _SNAP)
        return any(
            abs(span[0] - place) <= _SNAP and span[1] <= at <= span[2]
            for near in (key - 1, key, key + 1)
            for span in self.by_place.get(near, ())
        )
