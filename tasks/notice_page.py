"""What the pages of a filed notice show: obligations with their progress, what is to be issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q

from bureaus import visibility
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.models import Clause, Notice
from notices.text.workdays import WorkCalendar
from tasks import burden, rows
from tasks.dates import Dates, dates_of
from tasks.ladder import LABELS, local_day, moments
from tasks.lights import SOON_WORKDAYS, workdays_between
from tasks.models import Assignment, Obligation
from tasks.states import HANDED_IN, Status


@dataclass(frozen=True)
class Progress:
    """One obligation: how many of the units that this person may see have handed in.

    ``own`` are the assignments of the person's own bureaus; ``light`` a code of the five lights.
    """

    obligation: Obligation
    handed_in: int
    owed: int
    own: list[Assignment]
    due_on: date | None
    remaining: int | None
    light: str
    rolls_up: bool


def progress(
    notice: Notice, user: Staff, *, now: datetime, calendar: WorkCalendar
) -> list[Progress]:
    """In the order of the text. Counts go no further than the person may see."""
    rolls_up = {bureau.pk for bureau in user.bureaus_where(Permission.ROLL_UP)}
    return [
        _progress(obligation, user, now=now, calendar=calendar, rolls_up=rolls_up)
        for obligation in _counted(notice, user)
    ]


def _counted(notice: Notice, user: Staff):
    seen = visibility.visible(user, path="assignments__bureau_path")
    own = Assignment.objects.filter(bureau__in=user.bureaus_where(Permission.READ))
    return (
        Obligation.objects.visible_to(user)
        .filter(notice=notice)
        .select_related("clause")
        .annotate(
            owed=Count("assignments", filter=seen & ~Q(assignments__status=Status.WITHDRAWN)),
            handed_in=Count("assignments", filter=seen & Q(assignments__status__in=HANDED_IN)),
        )
        .prefetch_related(Prefetch("assignments", queryset=own.for_list(), to_attr="own"))
        .order_by("clause__position", "pk")
    )


def _progress(
    obligation: Obligation,
    user: Staff,
    *,
    now: datetime,
    calendar: WorkCalendar,
    rolls_up: set[int],
) -> Progress:
    own = rows.lit(obligation.own, now=now, calendar=calendar, user=user)
    light = _light(obligation, now=now, calendar=calendar)
    if obligation.owed == 1 and own:  # who sees only their own sees the light of their own
        light = own[0].light.code, own[0].light.remaining
    return Progress(
        obligation=obligation,
        handed_in=obligation.handed_in,
        owed=obligation.owed,
        own=own,
        due_on=local_day(obligation.due_at) if obligation.due_at else None,
        light=light[0],
        remaining=light[1],
        rolls_up=obligation.issuer_id in rolls_up,
    )


def _light(
    obligation: Obligation, *, now: datetime, calendar: WorkCalendar
) -> tuple[str, int | None]:
    """The light of all its assignments together, and the working days that are left."""
    if obligation.owed and obligation.handed_in == obligation.owed:
        return "done", None
    if obligation.due_at is None:
        return "undated", None
    today, due_on = local_day(now), local_day(obligation.due_at)
    if obligation.due_at < now.replace(microsecond=0):
        return "overdue", -workdays_between(due_on, today, calendar)
    remaining = workdays_between(today, due_on, calendar)
    return "soon" if remaining <= SOON_WORKDAYS else "normal", remaining


@dataclass(frozen=True)
class Rung:
    """One reminder to come."""

    label: str
    at: datetime


@dataclass(frozen=True)
class Preview:
    """A clause as it would go out: its dates, its reminders, what speaks against issuing it now."""

    clause: Clause
    dates: Dates
    due_on: date | None
    ladder: list[Rung]
    warnings: list[str]
    is_chosen: bool


def previews(
    clauses: Iterable[Clause], chosen: set[int], *, now: datetime, calendar: WorkCalendar
) -> list[Preview]:
    """``chosen`` are the keys of the clauses that are ticked."""
    return [_preview(clause, clause.pk in chosen, now, calendar) for clause in clauses]


def _preview(clause: Clause, is_chosen: bool, now: datetime, calendar: WorkCalendar) -> Preview:
    dates = dates_of(clause)
    ladder: list[Rung] = []
    if dates.target_at and dates.due_at:
        days = local_day(dates.target_at), local_day(dates.due_at)
        rungs = moments(*days, calendar=calendar, after=now)
        ladder = [Rung(LABELS[kind], at) for kind, at in rungs]
    return Preview(
        clause=clause,
        dates=dates,
        due_on=local_day(dates.due_at) if dates.due_at else None,
        ladder=ladder,
        warnings=burden.warnings(dates.due_at, now=now, calendar=calendar),
        is_chosen=is_chosen,
    )


@dataclass(frozen=True)
class Tier:
    """Units of one level to choose from, in administrative order."""

    rank: str
    label: str
    bureaus: list[Bureau]
    chosen: set[int]

    @property
    def chosen_count(self) -> int:
        return sum(bureau.pk in self.chosen for bureau in self.bureaus)


def tiers(bureaus: Iterable[Bureau], chosen: set[int]) -> list[Tier]:
    """By level from the top down, internal units last."""
    found: dict[str, list[Bureau]] = {}
    for bureau in bureaus:
        found.setdefault(bureau.rank, []).append(bureau)
    return [
        Tier(rank, Bureau.Rank(rank).label.removesuffix("单位") + "单位", found[rank], chosen)
        for rank in Bureau.Rank
        if rank in found
    ]
