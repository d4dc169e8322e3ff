"""以后各期: what stands folded behind the row of the current period of a series."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from notices.text.deadlines.office_time import local_day
from tasks.models import Assignment, Obligation

Series = tuple[int, int, int]  # the keys of a clause, of who asks and of who owes


@dataclass(frozen=True, slots=True)
class Period:
    """One later period; ``pk`` of the assignment, or of the obligation where all units are meant.

    ``name``: the period, or its day where it has no name.
    """

    pk: int
    name: str
    due_on: date


def in_words(periods: Sequence[Period]) -> str:
    """另有 10 期，下一期 2027年1月5日前"""
    return f"另有 {len(periods)} 期，下一期 {periods[0].due_on:%Y年%-m月%-d日}前"


def attach(rows: Sequence[Assignment], *, now: datetime) -> None:
    """Give each row ``later``: the later periods of its series that the same bureau owes and has
    not begun. Of several rows of one series the one that is due last gets them. One query."""
    last: dict[Series, Assignment] = {}
    for row in rows:
        row.later = []
        key = row.obligation.clause_id, row.obligation.issuer_id, row.bureau_id
        if row.due_at and row.obligation.clause_id:
            last[key] = max(last.get(key, row), row, key=lambda one: one.due_at)
    if not last:
        return
    clauses, _, bureaus = zip(*last, strict=True)
    asked = Obligation.objects.filter(clause__in=set(clauses)).later(now)
    found = (
        Assignment.objects.filter(obligation__in=asked.order_by(), bureau__in=set(bureaus))
        .later(now)
        .order_by("due_at", "pk")
        .values_list(
            "obligation__clause",
            "obligation__issuer",
            "bureau",
            "pk",
            "obligation__period",
            "due_at",
        )
    )
    for clause, issuer, bureau, pk, period, due_at in found:
        row = last.get((clause, issuer, bureau))
        if row is not None and row.pk != pk and due_at and due_at > row.due_at:
            row.later.append(_period(pk, period, due_at))
    for row in last.values():
        row.later_said = in_words(row.later) if row.later else ""


def of_obligation(periods: Iterable[Obligation]) -> list[Period]:
    """Those of a series, in order of time."""
    dated = sorted((one for one in periods if one.due_at), key=lambda one: (one.due_at, one.pk))
    return [_period(one.pk, one.period, one.due_at) for one in dated]


def _period(pk: int, name: str, due_at: datetime) -> Period:
    day = local_day(due_at)
    return Period(pk, name or f"{day:%Y年%-m月%-d日}", day)
