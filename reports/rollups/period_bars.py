"""报送率 and 及时率 of each unit by period, as small pictures of one size. Pure arithmetic.

Each column is a period. A frame is full where all that was due has come in; a bar across it stands
at the share that came in time. What is not due yet has no rate and so no height: it is grey.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.rollups.rates import Tally
from reports.rollups.statistics import UnitLine, UnitTable

WIDTH, HEIGHT = 280, 100
LEFT, RIGHT = 40, 276
TOP, BOTTOM = 10, 78
WIDEST = 40  # a column; few of them do not fill the picture
SHARE = Fraction(7, 10)  # of the room of a column that its frame takes
OVER = 1.5  # by which the bar of the share in time stands out of its frame
NOT_ASKED, NOT_DUE, RATED = "not-asked", "not-due", "rated"


@dataclass(frozen=True)
class Bar:
    """One period of one unit. ``filled`` is the height of what has come in; ``timely_y`` where
    the share in time stands, None where nothing has a deadline."""

    name: str
    tally: Tally
    kind: str
    x: float
    width: float
    filled: float = 0
    timely_y: float | None = None

    @property
    def filled_y(self) -> float:
        return round(BOTTOM - self.filled, 1)

    @property
    def timely_from(self) -> float:
        return round(self.x - OVER, 1)

    @property
    def timely_to(self) -> float:
        return round(self.x + self.width + OVER, 1)

    @property
    def said(self) -> str:
        if self.kind == NOT_ASKED:
            return f"{self.name}：没有下发"
        if self.kind == NOT_DUE:
            return f"{self.name}：未到期"
        rates = f"报送率{self.tally.completeness_said}，及时率{self.tally.timeliness_said}"
        return f"{self.name}：{rates}"


@dataclass(frozen=True)
class Panel:
    """A unit's picture: under it the names of the first and, where they do not meet, the last."""

    line: UnitLine
    bars: Sequence[Bar]

    @property
    def first(self) -> str:
        return self.bars[0].name if self.bars else ""

    @property
    def last_x(self) -> float:
        """Where the name of the last period ends: under its column, but past that of the first."""
        return max(self.bars[-1].timely_to, LEFT + _room(self.first) + _room(self.bars[-1].name))

    @property
    def last(self) -> str:
        if len(self.bars) < 2 or self.last_x > WIDTH:
            return ""
        return self.bars[-1].name

    @property
    def in_words(self) -> str:
        return "；".join(bar.said for bar in self.bars)


def panels(table: UnitTable) -> list[Panel]:
    """One a unit, in the order of the table; no panel adds units up."""
    return [Panel(line, _bars(table.columns, line.cells)) for line in table.lines]


def _bars(names: Sequence[str], cells: Iterable[Tally]) -> list[Bar]:
    pitch = min(Fraction(RIGHT - LEFT, max(len(names), 1)), Fraction(WIDEST))
    width = float(round(pitch * SHARE, 1))
    found = []
    for number, (name, tally) in enumerate(zip(names, cells, strict=True)):
        x = float(round(LEFT + pitch * number + pitch * (1 - SHARE) / 2, 1))
        found.append(_bar(name, tally, x, width))
    return found


def _bar(name: str, tally: Tally, x: float, width: float) -> Bar:
    if not tally.expected:
        return Bar(name, tally, NOT_ASKED, x, width)
    if tally.completeness is None:
        return Bar(name, tally, NOT_DUE, x, width)
    timely = tally.timeliness
    return Bar(
        name,
        tally,
        RATED,
        x,
        width,
        filled=_height(tally.completeness),
        timely_y=None if timely is None else round(BOTTOM - _height(timely), 1),
    )


def _height(share: Fraction) -> float:
    return float(round(share * (BOTTOM - TOP), 1))


def _room(name: str) -> int:
    """What a name takes at 12.5 px, with a gap after it."""
    return sum(13 if char >= "\u2e80" else 7 for char in name) + 6
