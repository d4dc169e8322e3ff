"""How much is due on each of the next days, as squares with a number. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import sqrt

CELL_WIDTH, CELL_HEIGHT = 52, 60  # pixels where there is room: letters keep their size
LABEL_AT = 17  # base line of the day's label
SQUARE_MIDDLE = 39
SMALLEST, LARGEST = 20, 34
WEEK = 7


@dataclass(frozen=True)
class LoadDay:
    """``mark``: 休 or 班 where the day is not what its weekday says; ``is_past``: before today."""

    day: date
    count: int
    is_rest: bool
    is_past: bool
    is_today: bool
    mark: str = ""


@dataclass(frozen=True)
class Square:
    """One day: its cell by the upper left corner, and in it a square of ``side``; 0: nothing."""

    of: LoadDay
    x: int
    y: int
    side: int

    @property
    def width(self) -> int:
        return CELL_WIDTH

    @property
    def height(self) -> int:
        return CELL_HEIGHT

    @property
    def middle(self) -> int:
        return self.x + CELL_WIDTH // 2

    @property
    def left(self) -> float:
        return self.middle - self.side / 2

    @property
    def top(self) -> float:
        return self.y + SQUARE_MIDDLE - self.side / 2

    @property
    def label_y(self) -> int:
        return self.y + LABEL_AT

    @property
    def figure_y(self) -> int:
        return self.y + SQUARE_MIDDLE + 4  # half the height of a figure


@dataclass(frozen=True)
class Load:
    """The squares by week, and what they come to in words."""

    squares: list[Square]
    width: int
    height: int

    @property
    def busy(self) -> list[LoadDay]:
        return [square.of for square in self.squares if square.of.count]

    @property
    def in_words(self) -> str:
        if not self.busy:
            return "没有到期的任务事项"
        most = max(day.count for day in self.busy)
        total = sum(day.count for day in self.busy)
        when = "、".join(f"{day.day:%-m月%-d日}" for day in self.busy if day.count == most)
        return f"{len(self.busy)}天有任务事项到期，共{total}项；最多的是{when}，{most}项"


def load(days: Collection[LoadDay]) -> Load:
    """``days`` are whole weeks from a Monday. The area of a square goes with its number."""
    most = max((day.count for day in days), default=0)
    squares = [
        Square(
            of=day,
            x=number % WEEK * CELL_WIDTH,
            y=number // WEEK * CELL_HEIGHT,
            side=_side(day.count, most),
        )
        for number, day in enumerate(days)
    ]
    rows = -(-len(squares) // WEEK)
    return Load(squares, width=WEEK * CELL_WIDTH, height=rows * CELL_HEIGHT)


def _side(count: int, most: int) -> int:
    """Never so small that its number does not go in."""
    return round(max(SMALLEST, LARGEST * sqrt(count / most))) if count else 0
