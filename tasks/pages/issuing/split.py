"""What the page 转发分解 shows: whom one can ask, and by which earlier day."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import QuerySet

from bureaus.models import Bureau
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Assignment
from tasks.scheduling.dates import Dates, until

EARLIER = 3  # working days before one's own target: to merge, to review and to sign


def whom(assignment: Assignment) -> QuerySet[Bureau]:
    """The bureaus directly below that are in use, zones among them, and have not been asked yet."""
    asked = Assignment.objects.filter(
        obligation__parent=assignment, obligation__state="issued"
    ).values("bureau")
    direct = Bureau.objects.active().territorial().filter(parent=assignment.bureau)
    return direct.exclude(pk__in=asked).order_by("path")


def first_day(assignment: Assignment, *, now: datetime, calendar: WorkCalendar) -> date | None:
    """EARLIER working days before the target, yet not before the next working day from now.

    None where the assignment has no deadline.
    """
    if assignment.due_at is None:
        return None
    target_on = local_day(assignment.target_at or assignment.due_at)
    earlier = calendar.add_workdays(target_on, -EARLIER)
    return min(max(earlier, calendar.add_workdays(local_day(now), 1)), local_day(assignment.due_at))


def dates_of(assignment: Assignment, day: date | None, *, calendar: WorkCalendar) -> Dates:
    """The dates of that day; without one the bureau's own day of review holds below too."""
    dates = until(day, calendar=calendar, said=f"{assignment.bureau}转发分解")
    return dates if day else replace(dates, review_on=assignment.review_on)
