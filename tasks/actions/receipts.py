"""What counts from 签收: the deadline of a bureau once it has signed for its task."""

from datetime import datetime

from django.db import transaction

from bureaus.models import Staff
from notices.calendar import work_calendar
from notices.text.deadlines.workdays import WorkCalendar
from tasks import permissions
from tasks.actions import amending, deadlines
from tasks.models import Assignment, Obligation
from tasks.scheduling.counted import at_issue, on_event, on_receipt, rule_of
from tasks.scheduling.dates import Dates
from tasks.states import FROM_RECEIPT, DeadlineCause


def count_from(assignment: Assignment, *, now: datetime, by: Staff) -> bool:
    """Give a task signed for just now the deadline that its words come to; part of that action.

    False where nothing becomes of it: another deadline holds already (an extension, an amendment),
    or the end that holds without a signature is past, and signing late does not undo it.
    """
    obligation = assignment.obligation
    if obligation.counts_from not in FROM_RECEIPT or assignment.is_past(now):
        return False
    if assignment.deadline_version != obligation.deadline_version:
        return False
    if rule_of(obligation.clause) is None:  # the words name a day by now
        return False
    dates = on_receipt(obligation.clause, now, work_calendar())
    deadlines.change(
        [assignment],
        dates,
        cause=DeadlineCause.RECEIVED,
        reason=dates.explanation,
        now=now,
        by=by,
    )
    return True


@transaction.atomic
def count_again(obligation: Obligation, *, reason: str, now: datetime, by: Staff) -> Obligation:
    """Other words of the clause hold now, which count from 签收, 印发 or an event.

    As if it had gone out with them: who has signed counts from his own signature, an event whose
    day is known from that day. What is handed in, or has a later day of its own, stays.
    """
    rows = Obligation.objects.select_for_update(of=("self",), no_key=True).select_related(
        "issuer", "clause"
    )
    locked: Obligation = rows.get(pk=obligation.pk)
    permissions.check_amend(by, locked)
    calendar, old = work_calendar(), locked.due_at
    dates = _at_issue(locked, calendar)
    owed = list(locked.assignments.to_be_amended().select_for_update(of=("self",)))
    own = set(locked.assignments.with_own_day().values_list("pk", flat=True))
    moved = []
    for row in owed:
        its, was = _of(row, locked, dates, calendar), row.due_at
        if row.pk in own and (was is None or its.due_at is None or was > its.due_at):
            continue
        cause = DeadlineCause.AMENDED
        deadlines.change([row], its, cause=cause, reason=reason, now=now, by=by)
        moved += [(row, was)] if row.due_at != was else []
    deadlines.write(locked, dates)
    amending.record(locked, old, moved, reason=reason, now=now, by=by)
    return locked


def _at_issue(obligation: Obligation, calendar: WorkCalendar) -> Dates:
    if obligation.event_on:
        return on_event(obligation.clause, obligation.event_on, calendar)
    found = at_issue(obligation.clause, now=obligation.issued_at, calendar=calendar)
    if found is None:
        raise ValueError(f"{obligation}: its words count from nothing")
    return found


def _of(row: Assignment, obligation: Obligation, dates: Dates, calendar: WorkCalendar) -> Dates:
    """The dates of one bureau; who signed after the end that holds without it has no other."""
    signed = row.accepted_at
    if dates.counts_from not in FROM_RECEIPT or signed is None:
        return dates
    if dates.due_at is not None and signed > dates.due_at:
        return dates
    return on_receipt(obligation.clause, signed, calendar)
