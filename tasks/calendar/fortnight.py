"""The next 14 days as a strip: how much is still owed by the end of each."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse

from notices.text.deadlines.office_time import SHANGHAI, local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.calendar.month import mark
from tasks.querysets.assignments import AssignmentQuerySet

DAYS = 14


@dataclass(frozen=True)
class StripDay:
    """``mark``: 休 or 班 where the day is not what its weekday says; ``url``: the ledger of it."""

    day: date
    count: int
    is_rest: bool
    is_today: bool
    mark: str
    url: str


def fortnight(
    rows: AssignmentQuerySet, *, whose: str, now: datetime, calendar: WorkCalendar
) -> list[StripDay]:
    """From today. ``whose`` is what the ledger is asked besides, to list just ``rows``."""
    today = local_day(now)
    start = datetime.combine(today, time.min, tzinfo=SHANGHAI)
    due = rows.due_between(start, start + timedelta(days=DAYS)).order_by()
    counts: Counter[date] = Counter()
    for moment, count in due.values_list("due_at").annotate(count=Count("*")):
        counts[local_day(moment)] += count
    days = (today + timedelta(days=number) for number in range(DAYS))
    return [
        StripDay(
            day=day,
            count=counts[day],
            is_rest=not calendar.is_workday(day),
            is_today=day == today,
            mark=mark(day, calendar),
            url=f"{reverse('tasks:ledger')}?{whose}light=owed&due_from={day}&due_to={day}",
        )
        for day in days
    ]
