"""催办: the receiver asks again. It goes out with the next tick, once, whatever the ladder does."""

from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from tasks import permissions
from tasks.errors import TransitionDenied
from tasks.ladder.rungs import URGE
from tasks.lights import far_ahead
from tasks.models import Assignment, Milestone, Urge, UrgeSheet
from tasks.models.reminder import NOTE_LENGTH
from tasks.permissions import for_absentee
from tasks.reminders.actions.urge_sheets import open_sheet


@transaction.atomic
def urge(
    assignment: Assignment,
    *,
    note: str = "",
    sheet: UrgeSheet | None = None,
    now: datetime,
    by: Staff,
) -> Urge:
    """Remind whoever has the next step, beside the ladder: undated and long overdue ones too.

    It goes on a 催办单 of its own, or on the ``sheet`` that this bureau gets anyway.
    Raises TransitionDenied by another than the receiver, for what is not with the bureau, within
    URGE_GAP_HOURS of the last time, for a note that is too long, and without one where the target
    is far ahead (为基层减负).
    """
    row: Assignment = (
        Assignment.objects.select_for_update(of=("self",)).for_detail().get(pk=assignment.pk)
    )
    earlier = Urge.objects.about([row])
    permissions.check_urge(by, row, last=earlier.first(), now=now)
    if len(note.strip()) > NOTE_LENGTH:
        raise TransitionDenied(f"催办附言不能超过{NOTE_LENGTH}个字，请删减")
    left = far_ahead(row, now=now, calendar=work_calendar())
    if left and not note.strip():
        raise TransitionDenied(f"离目标日还有{left}个工作日，提前催办的请在附言中写明原因")
    milestone = Milestone.objects.create(
        assignment=row,
        deadline_version=row.deadline_version,
        kind=f"{URGE}{earlier.count() + 1}",
        at=now,
    )
    sheet = sheet or open_sheet(row.receiver, row.bureau, note=note.strip(), now=now, by=by)
    made: Urge = Urge.objects.create(
        milestone=milestone, sheet=sheet, due_at=row.due_at, note=note.strip(), made_by=by
    )
    detail = for_absentee(by, Permission.URGE, at=row.receiver)
    detail |= {"sheet": str(sheet)} | ({"reason": made.note} if made.note else {})
    trail.record("催办", row, chain=row.receiver.code, detail=detail, at=now, by=by)
    return made
