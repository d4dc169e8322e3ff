"""重新推算: targets and reminders of what is still owed follow the working days.

Deadlines are what the words and a person have said; they stay as they are. Where the words count
working days and come to another day now, that is written down for a person to decide.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Replace

from audit import trail
from bureaus.models import CalendarDay
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.actions import doubts
from tasks.models import Assignment, DateMove, Obligation, Recount
from tasks.reminders.actions import milestones
from tasks.scheduling.dates import close_of

BATCH = 500
REACH = timedelta(days=100)  # farther than any rung stands from its day: 60 working days
UNKNOWN = "{}年节假日安排尚未载入，只按周末和固定节日推算，请核对。"
KNOWN = "{}年节假日安排已载入，已按其重新推算。"
DAY = timedelta(days=1)


@transaction.atomic
def recount(now: datetime) -> Recount | None:
    """Work the open dates out anew where the working days are others than last time.

    Returns what was made of it, None where nothing had changed. Two at once do it once.
    """
    days = _days_now()
    if not Recount.objects.exists():
        Recount.objects.create(made_at=now, days_json=json.dumps(days))
        return None
    Recount.objects.select_for_update().order_by("pk").first()
    last = Recount.objects.order_by("-pk")[0]
    if last.days == days:
        return None
    changed = last.days.items() ^ days.items()
    made = Recount.objects.create(
        made_at=now, days_json=json.dumps(days), changed=len({day for day, _ in changed})
    )
    old, new = last.calendar, work_calendar()
    differing = list(_differing(old, new, {date.fromisoformat(day) for day, _ in changed}))
    if differing:
        _move(made, old, new, differing)
        _rearm(differing, now=now)
    _say_known(old, new)
    doubted = doubts.find(made, old, new)
    detail = {"days": made.changed, "moved": made.moves.count(), "doubted": doubted}
    trail.record("按工作日历重新推算", made, detail=detail, at=now, by=None)
    return made


def _days_now() -> dict[str, str]:
    found = CalendarDay.objects.order_by("day").values_list("day", "kind")
    return {day.isoformat(): kind for day, kind in found}


def _differing(old: WorkCalendar, new: WorkCalendar, changed: set[date]) -> Iterator[date]:
    """The days that are worked by one calendar and not by the other, in order."""
    day, last = min(changed).replace(month=1, day=1), max(changed).replace(month=12, day=31)
    while day <= last:
        if old.is_workday(day) != new.is_workday(day):
            yield day
        day += DAY


def _move(made: Recount, old: WorkCalendar, new: WorkCalendar, differing: list[date]) -> None:
    """Give the targets that the old calendar gave as the new one gives them; others stay."""
    first, last = differing[0], differing[-1] + timedelta(days=31)
    between = {"strict_on__range": (first, last), "target_at__isnull": False}
    owed = Assignment.objects.to_be_amended().filter(**between)
    columns = ("strict_on", "due_at", "target_at")
    groups = owed.order_by().values_list("obligation", *columns).annotate(count=Count("pk"))
    moves = []
    for obligation, strict_on, due_at, target_at, count in groups:
        was = close_of(old.last_workday_on_or_before(strict_on), before=due_at)
        becomes = close_of(new.last_workday_on_or_before(strict_on), before=due_at)
        if becomes and target_at == was != becomes:
            moves.append(
                DateMove(
                    recount=made,
                    obligation_id=obligation,
                    assignments=count,
                    due_at=due_at,
                    old_target_at=was,
                    new_target_at=becomes,
                )
            )
    DateMove.objects.bulk_create(moves, batch_size=BATCH)
    for due_at, was, becomes in {(m.due_at, m.old_target_at, m.new_target_at) for m in moves}:
        _write(Assignment.objects.to_be_amended(), between, due_at, was, becomes)
        _write(Obligation.objects.filter(state="issued"), between, due_at, was, becomes)


def _write(
    rows: QuerySet[Any],
    between: dict[str, Any],
    due_at: datetime,
    was: datetime,
    becomes: datetime,
) -> None:
    rows.filter(**between, due_at=due_at, target_at=was).update(target_at=becomes)


def _rearm(differing: list[date], *, now: datetime) -> None:
    """The ladders that may stand on one of these days."""
    owed = Assignment.objects.with_bureau().filter(target_at__isnull=False)
    pairs = owed.order_by().values_list("target_at", "due_at").distinct()
    for target_at, due_at in pairs:
        first, last = local_day(target_at) - REACH, local_day(due_at) + REACH
        if any(first <= day <= last for day in differing):
            alike = list(owed.filter(target_at=target_at, due_at=due_at).order_by("pk"))
            for start in range(0, len(alike), BATCH):
                milestones.rearm(alike[start : start + BATCH], now=now)


def _say_known(old: WorkCalendar, new: WorkCalendar) -> None:
    """The explanations of what is open no longer say that the year is unknown."""
    years = range(new.first.year, new.last.year + 1) if new.first <= new.last else range(0)
    for year in years:
        if old.known(date(year, 1, 1)):
            continue
        said, says = UNKNOWN.format(year), KNOWN.format(year)
        rows = Obligation.objects.filter(state="issued", explanation__contains=said)
        rows.update(explanation=Replace("explanation", Value(said), Value(says)))
