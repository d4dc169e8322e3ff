"""What went out a moment ago, what follows from it, and how long it can still be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count

from bureaus.models import Staff
from notices.text.deadlines.workdays import WorkCalendar
from tasks import permissions
from tasks.issuing import change_effects
from tasks.issuing.deadline_effects import first_reminder
from tasks.models import Assignment, Obligation
from tasks.reminders import policies
from tasks.reminders.routes import AT_ONCE


@dataclass(frozen=True)
class JustIssued:
    """All that went out by one act; ``obligation`` is one of it, ``minutes`` are left.

    ``is_touched``: somebody has signed for it or begun to act on it, so it stays out.
    ``urgency``: of a notice whose mails leave at once.
    """

    obligation: Obligation
    items: int
    units: int
    tasks: int
    first: datetime | None
    minutes: int
    is_touched: bool
    urgency: str


def just_issued(
    obligations: Iterable[Obligation], user: Staff, *, now: datetime, calendar: WorkCalendar
) -> list[JustIssued]:
    """Of these, what this person may take back, the latest first; nothing is asked where none."""
    fresh = [each for each in obligations if permissions.can_take_back(user, each, now=now)]
    fresh.sort(key=_act, reverse=True)
    return [_of(list(some), now, calendar) for _, some in groupby(fresh, key=_act)]


def _act(obligation: Obligation) -> tuple[datetime, int]:
    return obligation.issued_at, obligation.parent_id or 0


def _of(obligations: list[Obligation], now: datetime, calendar: WorkCalendar) -> JustIssued:
    one = obligations[0]
    rows = Assignment.objects.filter(obligation__in=obligations)
    counts = rows.expected().aggregate(tasks=Count("pk"), units=Count("bureau", distinct=True))
    dates = [change_effects.dates_of(each) for each in obligations]
    plan = policies.holding(one.issuer, one.notice).plan
    return JustIssued(
        obligation=one,
        items=len(obligations),
        first=first_reminder(dates, now=one.issued_at, calendar=calendar, plan=plan),
        minutes=-int((now - one.take_back_until).total_seconds() // 60),
        is_touched=rows.touched().exists(),
        urgency=one.notice.urgency if one.notice.urgency in AT_ONCE else "",
        **counts,
    )
