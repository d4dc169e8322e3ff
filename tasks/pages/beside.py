"""What stands beside the ledger of one of its rows: where it is, until when, what comes next."""

from datetime import datetime

from bureaus.models import Staff
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import due_in_words, local_day
from tasks.models import Assignment
from tasks.pages import came_back, history, lit_rows, standing
from tasks.pages.desk.next_steps import next_step

EVENTS = 5  # the page of the task has the others


def context(assignment: Assignment, user: Staff, *, now: datetime) -> dict:
    """For templates/tasks/_beside.html."""
    calendar = work_calendar()
    lit_rows.lit(came_back.mark([assignment], user), now=now, calendar=calendar, user=user)
    events = history.decisions(assignment)[:EVENTS]
    is_mine = standing.is_mine(user, assignment)
    return {
        "assignment": assignment,
        "due": due_in_words(assignment.due_at) if assignment.due_at else "",
        "said": standing.said(assignment, user),
        "turn": standing.turn(assignment, user, on=local_day(now)),
        "step": next_step(user, assignment) if is_mine else None,
        "events": history.lines(events, assignment, user=user),
    }
