"""What the page of a filed notice shows: what it asks for, how far that is, and what is to come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.models import Clause, Notice
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks import permissions
from tasks.lights import workdays_between
from tasks.models import Assignment, Obligation
from tasks.pages import lit_rows as rows
from tasks.querysets.assignments import overdue, reported
from tasks.states import RELEASED, ObligationState

NONE = {"owed": 0, "handed_in": 0, "overdue": 0}
NOTICE_FIRST = F("parent").asc(nulls_first=True)  # then what it was split into
FEW = 4  # periods that are all shown; of more, those that call for something


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

    @property
    def is_withdrawn(self) -> bool:
        return self.obligation.state == ObligationState.WITHDRAWN


@dataclass
class Group:
    """What one clause became at one bureau's word: an obligation, or one a period."""

    clause: Clause | None
    title: str
    issuer: str
    rows: list[Progress] = field(default_factory=list)

    @property
    def is_series(self) -> bool:
        return len(self.rows) > 1

    @property
    def open(self) -> list[Progress]:
        """Those that call for something, and the next to come; all where there are few."""
        if len(self.rows) <= FEW:
            return self.rows
        asked = [row for row in self.rows if not row.is_withdrawn and row.light != "done"]
        ahead = [row for row in asked if row.light in ("normal", "undated")][:1]
        return [row for row in asked if row.light in ("overdue", "soon") or row in ahead]

    @property
    def folded(self) -> list[Progress]:
        shown = {row.obligation.pk for row in self.open}
        return [row for row in self.rows if row.obligation.pk not in shown]

    @property
    def done(self) -> int:
        return sum(row.light == "done" and not row.is_withdrawn for row in self.rows)

    @property
    def asked(self) -> int:
        return sum(not row.is_withdrawn for row in self.rows)


def progress(
    notice: Notice, user: Staff, *, now: datetime, calendar: WorkCalendar
) -> list[Progress]:
    """In the order of the text, then of time. Counts go no further than the person may see.

    What was taken back is as if it had not gone out.
    """
    shown = Obligation.objects.concerning(user).filter(notice=notice)
    shown = shown.exclude(state=ObligationState.TAKEN_BACK)
    counts = _counts(shown, user, now)
    return [
        _progress(each, counts.get(each.pk, NONE), user, now, calendar)
        for each in _with_own(shown, user)
    ]


def groups(found: Iterable[Progress]) -> list[Group]:
    """By clause and issuer, in the order given."""
    made: dict[tuple[int | None, int], Group] = {}
    for row in found:
        obligation = row.obligation
        key = obligation.clause_id, obligation.issuer_id
        issuer = str(obligation.issuer) if obligation.parent_id else ""
        made.setdefault(key, Group(obligation.clause, obligation.title, issuer)).rows.append(row)
    return list(made.values())


def mark_unlisted(
    clauses: Iterable[Clause], found: Iterable[Progress], unissued: Iterable[Clause]
) -> None:
    """Give each clause ``is_unlisted``: no line of the page is about it, for this reader."""
    own = (row.obligation for row in found if not row.obligation.parent_id)
    listed = {one.clause_id for one in own} | {clause.pk for clause in unissued}
    for clause in clauses:
        clause.is_unlisted = clause.pk not in listed


def _counts(
    obligations: QuerySet[Obligation], user: Staff, now: datetime
) -> dict[int, dict[str, int]]:
    """Of the units that this person may see: how many owe it, have handed it in, are late."""
    rows = Assignment.objects.visible_to(user).filter(obligation__in=obligations)
    counted = (
        rows.order_by()
        .values("obligation")
        .annotate(
            owed=Count("pk", filter=~Q(status__in=RELEASED)),
            handed_in=Count("pk", filter=reported()),
            overdue=Count("pk", filter=overdue(now)),
        )
    )
    return {row.pop("obligation"): row for row in counted}


def _with_own(obligations: QuerySet[Obligation], user: Staff) -> QuerySet[Obligation]:
    own = Assignment.objects.filter(bureau__in=user.bureaus_where(Permission.READ))
    return (
        obligations.select_related("clause", "issuer")
        .prefetch_related(Prefetch("assignments", queryset=own.for_list(), to_attr="own"))
        .order_by("clause__position", NOTICE_FIRST, F("due_at").asc(nulls_last=True), "pk")
    )


def _progress(
    obligation: Obligation,
    counts: dict[str, int],
    user: Staff,
    now: datetime,
    calendar: WorkCalendar,
) -> Progress:
    own = rows.lit(obligation.own, now=now, calendar=calendar, user=user)
    light = _light(obligation, counts, now=now, calendar=calendar)
    if counts["owed"] == 1 and own:  # who sees only their own sees the light of their own
        light = own[0].light.code, own[0].light.remaining
    return Progress(
        obligation=obligation,
        handed_in=counts["handed_in"],
        owed=counts["owed"],
        own=own,
        due_on=local_day(obligation.due_at) if obligation.due_at else None,
        light=light[0],
        remaining=light[1],
        rolls_up=permissions.can_read_roll_up(user, obligation),
    )


def _light(
    obligation: Obligation, counts: dict[str, int], *, now: datetime, calendar: WorkCalendar
) -> tuple[str, int | None]:
    """The light of all its assignments together, and the working days that are left."""
    if counts["owed"] and counts["handed_in"] == counts["owed"]:
        return "done", None
    today = local_day(now)
    due_on = local_day(obligation.due_at) if obligation.due_at else None
    if counts["overdue"]:
        is_past = due_on is not None and obligation.due_at < now
        return "overdue", -workdays_between(due_on, today, calendar) if is_past else None
    if due_on is None:
        return "undated", None
    if obligation.due_at < now.replace(microsecond=0):  # what is missing has a later day of its own
        return "soon", None
    to_target = workdays_between(today, local_day(obligation.target_at), calendar)
    code = "soon" if to_target <= obligation.soon_workdays else "normal"
    return code, workdays_between(today, due_on, calendar)
