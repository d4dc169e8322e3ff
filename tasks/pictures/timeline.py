"""Days along a line: where each stands, and labels that do not run into each other. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

HAN, OTHER = 13, 7  # widths of characters at 12.5 px, on the safe side
GAP = 8  # between labels of one level
FIRST_HAN = "\u2e80"

ISSUED, TODAY, TARGET, DUE = "issued", "today", "target", "due"
WORDS = {ISSUED: "下发", TODAY: "今天", TARGET: "目标日", DUE: "截止"}


@dataclass(frozen=True)
class Mark:
    """A day that matters: ``kind`` is a key of WORDS; ``is_named`` where it gets a label."""

    kind: str
    day: date
    is_named: bool = True


@dataclass(frozen=True)
class Placed:
    """A mark on its line: ``x`` of the day, its label's left end and level from 0; -1: no label."""

    mark: Mark
    x: float
    label: str = ""
    label_x: float = 0
    level: int = -1


@dataclass(frozen=True)
class Line:
    """From ``first`` to ``last`` day, drawn from ``left`` to ``right``."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day stands, to a tenth; days beyond the ends stand at them."""
        whole = (self.last - self.first).days
        share = min(max((day - self.first).days, 0), whole) / whole
        return round(self.left + share * (self.right - self.left), 1)


def line(days: Iterable[date], *, left: float, right: float) -> Line:
    """One that holds all these days, of which there is at least one."""
    found = sorted(days)
    last = max(found[-1], found[0] + timedelta(days=1))
    return Line(found[0], last, left, right)


def placed(marks: Collection[Mark], on: Line, *, today: date, width: float) -> list[Placed]:
    """Each mark with its label on the first level where it does not meet the one before."""
    ends: list[float] = []
    found = [Placed(mark, on.at(mark.day)) for mark in marks if not mark.is_named]
    for mark in sorted((mark for mark in marks if mark.is_named), key=lambda each: each.day):
        x = on.at(mark.day)
        label = f"{WORDS[mark.kind]} {day_said(mark.day, today)}"
        long = width_of(label)
        start = round(min(max(x - long / 2, 0), max(width - long, 0)), 1)
        level = next((at for at, end in enumerate(ends) if end + GAP <= start), len(ends))
        ends[level : level + 1] = [start + long]
        found.append(Placed(mark, x, label, start, level))
    return found


def day_said(day: date, today: date) -> str:
    """3月31日; with its year where that is not the present one."""
    said = f"{day.month}月{day.day}日"
    return said if day.year == today.year else f"{day.year}年{said}"


def width_of(text: str) -> int:
    return sum(HAN if char >= FIRST_HAN else OTHER for char in text)
