"""The day that the words of a notice come to by a calendar, where it hangs on the working days.

N个工作日内, days that end on a day of rest, and 春节前 come to another day, or to one at all, once
the rest days of a new year are announced. A day that the notice names itself does not.
"""

from datetime import date, timedelta

from django.conf import settings

from notices.checking.decisions import rule_of
from notices.models import Clause, Notice
from notices.text.deadlines.computing import Bases, compute
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.rules import HolidayDeadline, RecurringDeadline, RelativeDeadline
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Obligation
from tasks.scheduling.periods import periods

AROUND = timedelta(days=31)  # farther than any holiday puts the end of a period off


def day_of(obligation: Obligation, calendar: WorkCalendar) -> date | None:
    """None where the words give no day yet, or none that a calendar could change."""
    rule = _rule(obligation.clause)
    if rule is None:
        return None
    if isinstance(rule, RecurringDeadline):
        return _of_period(rule, obligation, calendar)
    bases = _bases(obligation.notice)
    found = compute(rule, bases, calendar, office_closes=settings.OFFICE_CLOSES)
    return local_day(found.due_at) if found.due_at else None


def _rule(clause: Clause) -> HolidayDeadline | RecurringDeadline | RelativeDeadline | None:
    kept = clause.deadline
    if kept.get("kind") == "relative":
        return RelativeDeadline.from_json(kept)
    if "holiday" in kept:
        return HolidayDeadline.from_json(kept)
    rule = rule_of(clause)
    return rule if rule and rule.rolls else None


def _bases(notice: Notice) -> Bases:
    return Bases(notice.written_on, notice.printed_on, notice.published_on)


def _of_period(
    rule: RecurringDeadline, obligation: Obligation, calendar: WorkCalendar
) -> date | None:
    """Of the report on the obligation's own period."""
    if obligation.due_at is None:
        return None
    day, clause = local_day(obligation.due_at), obligation.clause
    each = periods(
        rule,
        words=clause.quote + clause.deliverable,
        start=day - AROUND,
        stop=day + AROUND,
        calendar=calendar,
        closes=settings.OFFICE_CLOSES,
    )
    found = (one.dates.due_at for one in each if one.label == obligation.period)
    due_at = next(found, None)
    return local_day(due_at) if due_at else None
