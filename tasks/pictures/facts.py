"""What a curve shows: what was handed in and what was due by which day, as a table too. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate


@dataclass(frozen=True)
class HandedIn:
    """How many came in on a day, and how many of them late."""

    day: date
    count: int
    late: int = 0


@dataclass(frozen=True)
class Row:
    """A line of the table: what came in on a day, all until then, all that was due until then."""

    day: date
    count: int
    late: int
    total: int
    due: int


@dataclass(frozen=True)
class Facts:
    """What the picture shows. ``asked``: all that is asked, ``due``: how many by which day."""

    issued_on: date
    today: date
    asked: int
    handed_in: Sequence[HandedIn]
    due: Mapping[date, int]
    deadlines: Sequence[date]
    targets: Sequence[date]
    unit: str = "个单位"

    @property
    def total(self) -> int:
        return sum(day.count for day in self.handed_in)

    @property
    def late(self) -> int:
        return sum(day.late for day in self.handed_in)


def rows(facts: Facts) -> list[Row]:
    """Every day on which something came in or was due."""
    days = sorted({each.day for each in facts.handed_in} | {*facts.due})
    came = {each.day: each for each in facts.handed_in}
    counts = [came.get(day, HandedIn(day, 0)) for day in days]
    totals = accumulate(each.count for each in counts)
    dues = accumulate(facts.due.get(day, 0) for day in days)
    return [
        Row(each.day, each.count, each.late, total, due)
        for each, total, due in zip(counts, totals, dues, strict=True)
    ]
