"""Assignments with their light, as list pages show them."""

from collections.abc import Iterable
from datetime import datetime

from bureaus.models import Staff
from notices.text.workdays import WorkCalendar
from tasks.ladder import local_day
from tasks.lights import light
from tasks.models import Assignment
from tasks.standing import badge


def lit(
    assignments: Iterable[Assignment], *, now: datetime, calendar: WorkCalendar, user: Staff
) -> list[Assignment]:
    """The same rows, each with ``.light`` for this moment, ``.badge`` for ``user``, ``.due_on``."""
    found = list(assignments)
    for assignment in found:
        assignment.light = light(assignment, now=now, calendar=calendar)
        assignment.badge = badge(assignment, user)
        assignment.due_on = local_day(assignment.due_at) if assignment.due_at else None
    return found
