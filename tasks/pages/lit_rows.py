"""Assignments with their light, as list pages show them."""

from collections.abc import Iterable
from datetime import datetime

from bureaus.models import Staff
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import light
from tasks.models import Assignment
from tasks.pages.standing import badge


def lit(
    assignments: Iterable[Assignment], *, now: datetime, calendar: WorkCalendar, user: Staff
) -> list[Assignment]:
    """The same rows, each with ``.light`` for this moment, ``.badge`` for ``user``, ``.due_on``."""
    return [light_up(row, now=now, calendar=calendar, user=user) for row in assignments]


def light_up(
    assignment: Assignment, *, now: datetime, calendar: WorkCalendar, user: Staff
) -> Assignment:
    """One row of ``lit``, for those who read more rows than they can hold."""
    assignment.light = light(assignment, now=now, calendar=calendar)
    assignment.badge = badge(assignment, user)
    assignment.due_on = local_day(assignment.due_at) if assignment.due_at else None
    return assignment
