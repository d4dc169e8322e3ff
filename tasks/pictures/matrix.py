"""Units by obligations: one row a unit, one column an obligation or period, a light in each cell.

In administrative order; nothing is summed over units and nothing sorted by how far they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import WORDS, by_moments
from tasks.models import Assignment, Obligation
from tasks.pictures import folding
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.states import ObligationState, Status

MOST_COLUMNS = 24  # of more, those whose deadline is the latest


@dataclass(frozen=True)
class Cell:
    """``light`` a code, empty where nothing is due yet; ``word`` says it, ``said`` stands beside.

    Where nothing is asked all are empty.
    """

    light: str = ""
    word: str = ""
    said: str = ""
    url: str = ""


@dataclass(frozen=True)
class Column:
    """``name``: the period of a series, else the title."""

    obligation: Obligation
    name: str
    due: str


@dataclass(frozen=True)
class Row:
    bureau: Bureau
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Matrix:
    """``units``: how many there are; ``is_folded``: a row is a part of the tree; ``cut``: columns
    that are left out."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    units: int
    is_folded: bool
    cut: int = 0

    @property
    def lights(self) -> list[tuple[str, str]]:
        """The lights that occur, with their words, in the order of the legend."""
        used = {cell.light for row in self.rows for cell in row.cells}
        return [(code, word) for code, word in WORDS.items() if code in used]


def matrix(
    obligations: Sequence[Obligation], user: Staff, *, now: datetime, calendar: WorkCalendar
) -> Matrix | None:
    """Of what one's own bureaus have asked of more than one unit; None where that is nothing."""
    own = {bureau.pk for bureau in user.bureaus_where(Permission.READ)}
    asked = [
        one for one in obligations if one.state == ObligationState.ISSUED and one.issuer_id in own
    ]
    if not asked:
        return None
    columns, cut = _columns(asked, now)
    shown = [column.obligation for column in columns]
    rows = Assignment.objects.visible_to(user).filter(obligation__in=shown)
    units = rows.aggregate(units=Count("bureau", distinct=True))["units"]
    if units < 2:
        return None
    is_folded = units > folding.MOST
    lines = _folded(rows, shown, now) if is_folded else _each(rows, shown, now, calendar)
    return Matrix(columns, lines, units, is_folded, cut)


def _columns(asked: Sequence[Obligation], now: datetime) -> tuple[list[Column], int]:
    """In the order given; of many those that are due last, for the first of a series are done."""
    by_day = sorted(asked, key=lambda one: (one.due_at is None, one.due_at or one.issued_at))
    kept = {one.pk for one in by_day[-MOST_COLUMNS:]}
    columns = [
        Column(one, one.period or one.title, _due(one, now)) for one in asked if one.pk in kept
    ]
    return columns, len(asked) - len(columns)


def _due(obligation: Obligation, now: datetime) -> str:
    if obligation.due_at is None:
        return "无时限"
    day = local_day(obligation.due_at)
    year = "" if day.year == local_day(now).year else f"{day.year}-"
    return f"{year}{day.month}-{day.day}"


def _each(
    rows: AssignmentQuerySet, shown: Sequence[Obligation], now: datetime, calendar: WorkCalendar
) -> list[Row]:
    lit = by_moments(now, calendar)
    soon = {one.pk: one.soon_workdays for one in shown}
    cells: dict[tuple[int, int], Cell] = {}
    bureaus: dict[int, Bureau] = {}
    found = rows.select_related("bureau").only(
        "obligation", "bureau__short_name", "status", "due_at", "target_at"
    )
    for row in found.order_by("bureau_path", "pk"):
        light = lit(row.status, row.due_at, row.target_at, soon[row.obligation_id])
        bureaus[row.bureau_id] = row.bureau
        cells[row.bureau_id, row.obligation_id] = Cell(
            light=light.code,
            word=light.word,
            said=Status(row.status).label,
            url=reverse("tasks:assignment_detail", args=[row.pk]),
        )
    return [
        Row(bureau, [cells.get((key, one.pk), Cell()) for one in shown])
        for key, bureau in bureaus.items()
    ]


def _folded(rows: AssignmentQuerySet, shown: Sequence[Obligation], now: datetime) -> list[Row]:
    found = folding.shares(rows, shown[0].issuer, now=now)
    return [
        Row(part, [_share_cell(found.get((one.pk, part.path))) for one in shown])
        for part in folding.named(found)
    ]


def _share_cell(share: folding.Share | None) -> Cell:
    if share is None:
        return Cell()
    return Cell(light=share.light, word=share.in_words, said=share.said)
