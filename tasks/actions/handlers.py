"""分派承办人: which person of the bureau has an assignment in hand."""

from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from tasks import permissions
from tasks.actions import news
from tasks.errors import SomebodyWasFaster, TransitionDenied
from tasks.models import Assignment
from tasks.permissions import for_absentee


@transaction.atomic
def assign(assignment: Assignment, to: Staff | None, *, now: datetime, by: Staff) -> Assignment:
    """Put it into this person's hand, or nobody's. Reminders go there first.

    Raises TransitionDenied for one without the post of a filler there or who has it already,
    SomebodyWasFaster where it was moved or given to another in between.
    """
    permissions.check_assign(by, assignment)
    if to is not None and not to.may(Permission.FILL, at=assignment.bureau):
        raise TransitionDenied(f"{to}在{assignment.bureau}没有“填报”岗位，不能承办")
    old = assignment.handler
    if old == to:
        raise TransitionDenied(f"承办人已是{to}" if to else "该任务还没有分派承办人")
    _claim(assignment, to)
    news.assigned(assignment, now=now, by=by)
    detail: dict[str, object] = {"handler": [old.name if old else "", to.name if to else ""]}
    trail.record(
        "分派承办人",
        assignment,
        chain=assignment.bureau.code,
        detail=detail | for_absentee(by, Permission.ACCEPT, at=assignment.bureau),
        at=now,
        by=by,
    )
    return assignment


def _claim(assignment: Assignment, to: Staff | None) -> None:
    """Write it, if the row still is as this person has seen it."""
    as_seen = Assignment.objects.filter(
        pk=assignment.pk, status=assignment.status, handler=assignment.handler_id
    )
    if not as_seen.update(handler=to):
        raise SomebodyWasFaster
    assignment.handler = to
