"""What counts from 签收: the deadline of a bureau once it has signed for its task."""

from datetime import datetime

from bureaus.models import Staff
from notices.calendar import work_calendar
from tasks.actions import deadlines
from tasks.models import Assignment
from tasks.scheduling.counted import on_receipt
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
