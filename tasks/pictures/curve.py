"""What was handed in by which day, against what was asked by which: a curve of steps. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from tasks.pictures import timeline
from tasks.pictures.facts import Facts, Row, rows
from tasks.pictures.timeline import DUE, ISSUED, TARGET, TODAY, Line, Mark, Placed

WIDTH = 280
LEFT, RIGHT = 34, 270  # of the days; at the left the figures of the scale
TOP, BOTTOM = 30, 126  # of the curve; above it what its lines mean
BARE = 12  # where the line of days lies without a curve
LEVEL = 17
FEW = 3  # deadlines that all get a label; of more the next one and the last


@dataclass(frozen=True)
class Sign:
    """A mark as drawn: at ``x``, with a leader of ``lead`` down to a label, if it has one."""

    kind: str
    x: float
    label: str = ""
    label_x: float = 0
    label_y: int = 0
    lead: int = 0


@dataclass(frozen=True)
class Curve:
    """Lines as paths of an SVG of ``WIDTH``; without ``has_curve`` the days alone."""

    facts: Facts
    signs: list[Sign]
    handed_in: str
    due: str
    axis_y: int
    height: int
    rows: list[Row]
    has_curve: bool
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP

    @property
    def up(self) -> int:
        """From the line of days to the top of the curve."""
        return TOP - BOTTOM

    @property
    def in_words(self) -> str:
        facts = self.facts
        said = [f"应报{facts.asked}{facts.unit}，已报{facts.total}"] if self.has_curve else []
        if self.has_curve and facts.late:
            said[0] += f"，其中迟报{facts.late}"
        said += [sign.label for sign in self.signs if sign.label]
        if not facts.deadlines and not facts.due:
            said.append("没有截止时间")
        return "；".join(said)


def curve(facts: Facts) -> Curve:
    """Of one unit alone no curve is drawn: it has handed in or not."""
    has_curve = facts.asked > 1
    marks = _marks(facts)
    days = [mark.day for mark in marks] + [*facts.due]
    days += [day.day for day in facts.handed_in]
    on = timeline.line(days, left=LEFT if has_curve else 10, right=RIGHT)
    placed = timeline.placed(marks, on, today=facts.today, width=WIDTH)
    axis = BOTTOM if has_curve else BARE
    levels = max((each.level for each in placed), default=-1) + 1
    return Curve(
        facts=facts,
        signs=[_sign(each, axis) for each in placed],
        handed_in=_steps(_handed_in(facts), on, facts, until=facts.today),
        due=_steps(facts.due, on, facts, until=on.last) if facts.due else "",
        axis_y=axis,
        height=axis + 10 + levels * LEVEL,
        rows=rows(facts),
        has_curve=has_curve,
        left=LEFT if has_curve else 10,
    )


def _sign(placed: Placed, axis: int) -> Sign:
    if not placed.label:
        return Sign(placed.mark.kind, placed.x)
    lead = 10 + placed.level * LEVEL
    return Sign(placed.mark.kind, placed.x, placed.label, placed.label_x, axis + lead + 11, lead)


def _handed_in(facts: Facts) -> dict[date, int]:
    return {each.day: each.count for each in facts.handed_in}


def _marks(facts: Facts) -> list[Mark]:
    """The day of issue, today, the deadlines and targets; of many the next and the last are named.

    Targets without a name are not drawn: beside a deadline each they say nothing more.
    """
    marks = [Mark(ISSUED, facts.issued_on), Mark(TODAY, facts.today)]
    for kind, days in ((TARGET, facts.targets), (DUE, facts.deadlines)):
        found = sorted(set(days))
        named = {*found} if len(found) <= FEW else _next_and_last(found, facts.today)
        drawn = found if kind == DUE else sorted(named)
        marks += [Mark(kind, day, day in named) for day in drawn]
    return marks


def _next_and_last(days: Sequence[date], today: date) -> set[date]:
    return {next((day for day in days if day >= today), days[-1]), days[-1]}


def _steps(counts: Mapping[date, int], on: Line, facts: Facts, *, until: date) -> str:
    """Up on each day by what came in on it; level from day to day and as far as ``until``."""
    path = f"M{on.left:g} {BOTTOM}"
    days = sorted(counts)
    for day, total in zip(days, accumulate(counts[day] for day in days), strict=True):
        share = min(total / facts.asked, 1) if facts.asked else 0
        path += f"H{on.at(day):g}V{round(BOTTOM - share * (BOTTOM - TOP), 1):g}"
    return f"{path}H{on.at(max([until, *days])):g}"
