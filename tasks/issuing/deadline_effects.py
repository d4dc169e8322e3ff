"""What a deadline brings with it: the reminders to come, and what makes it a burden."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.issuing import burden
from tasks.ladder.plan import USUAL, Plan
from tasks.ladder.quiet_hours import is_quiet
from tasks.ladder.rungs import label
from tasks.scheduling.dates import Dates


@dataclass(frozen=True)
class Rung:
    """One reminder to come. Not known: the year's holidays are not announced, or not loaded."""

    label: str
    at: datetime
    is_known: bool = True


@dataclass(frozen=True)
class Outlook:
    """The dates as they would hold, with their reminders, and what speaks against them."""

    dates: Dates
    due_on: date | None
    ladder: list[Rung]
    warnings: list[str]


def first_reminder(
    dates: Iterable[Dates], *, now: datetime, calendar: WorkCalendar, plan: Plan
) -> datetime | None:
    """The first reminder of several that go out together; None where none of them is reminded."""
    ahead = (outlook(each, now=now, calendar=calendar, plan=plan).ladder for each in dates)
    return min((rung.at for ladder in ahead for rung in ladder), default=None)


def outlook(dates: Dates, *, now: datetime, calendar: WorkCalendar, plan: Plan = USUAL) -> Outlook:
    ladder: list[Rung] = []
    if dates.target_at and dates.due_at:
        quiet = is_quiet(now, hours=settings.QUIET_HOURS, calendar=calendar)
        days = dates.target_at, dates.due_at
        rungs = plan.moments(*days, calendar=calendar, now=now, quiet=quiet)
        ladder = [Rung(label(kind), at, calendar.known(local_day(at))) for kind, at in rungs]
    return Outlook(
        dates=dates,
        due_on=local_day(dates.due_at) if dates.due_at else None,
        ladder=ladder,
        warnings=burden.warnings(dates.due_at, now=now, calendar=calendar),
    )
