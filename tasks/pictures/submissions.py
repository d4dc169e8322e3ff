"""What the curve of an obligation or of a notice shows; the database counts by day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.text.deadlines.office_time import SHANGHAI, local_day
from tasks.models import Assignment, Obligation
from tasks.pictures.curve import Curve, curve
from tasks.pictures.facts import Facts, HandedIn
from tasks.querysets.assignments import AssignmentQuerySet, reported
from tasks.states import ObligationState


def of_obligation(
    obligation: Obligation, owed: AssignmentQuerySet, *, asked: int, now: datetime
) -> Curve:
    """Of the units that one may see, of which ``asked`` are expected to report."""
    return _drawn([obligation], owed, asked=asked, now=now)


def of_notice(obligations: Sequence[Obligation], user: Staff, *, now: datetime) -> Curve | None:
    """Of what one's own bureaus have asked; else the days alone of what one owes oneself.

    None where nothing has gone out.
    """
    issued = [one for one in obligations if one.state == ObligationState.ISSUED]
    if not issued:
        return None
    own = {bureau.pk for bureau in user.bureaus_where(Permission.READ)}
    asked = [one for one in issued if one.issuer_id in own]
    if not asked:
        return curve(_facts(issued, [], {}, asked=0, now=now))
    owed = Assignment.objects.visible_to(user).filter(obligation__in=asked)
    return _drawn(asked, owed, asked=None, now=now, unit="项任务")


def _drawn(
    obligations: Sequence[Obligation],
    owed: AssignmentQuerySet,
    *,
    asked: int | None,
    now: datetime,
    unit: str = "个单位",
) -> Curve:
    due = _due(owed)
    expected = sum(due.values()) if asked is None else asked
    dated = {day: count for day, count in due.items() if day is not None}
    return curve(_facts(obligations, _handed_in(owed), dated, asked=expected, now=now, unit=unit))


def _facts(
    obligations: Sequence[Obligation],
    handed_in: Sequence[HandedIn],
    due: dict[date, int],
    *,
    asked: int,
    now: datetime,
    unit: str = "个单位",
) -> Facts:
    return Facts(
        issued_on=min(local_day(one.issued_at) for one in obligations),
        today=local_day(now),
        asked=asked,
        handed_in=handed_in,
        due=due,
        deadlines=_days(one.due_at for one in obligations),
        targets=_days(one.target_at for one in obligations),
        unit=unit,
    )


def _days(moments: Iterable[datetime | None]) -> list[date]:
    return sorted({local_day(moment) for moment in moments if moment is not None})


def _handed_in(owed: AssignmentQuerySet) -> list[HandedIn]:
    """By the day of the office on which it was handed in first."""
    counted = (
        owed.filter(reported(), submitted_at__isnull=False)
        .order_by()
        .values(day=TruncDate("submitted_at", tzinfo=SHANGHAI))
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(is_late=True)))
        .order_by("day")
    )
    return [HandedIn(row["day"], row["count"], row["late"]) for row in counted]


def _due(owed: AssignmentQuerySet) -> dict[date | None, int]:
    """How many are asked by which day; None: without a deadline."""
    counted = (
        owed.expected()
        .order_by()
        .values(day=TruncDate("due_at", tzinfo=SHANGHAI))
        .annotate(count=Count("pk"))
    )
    return {row["day"]: row["count"] for row in counted}
