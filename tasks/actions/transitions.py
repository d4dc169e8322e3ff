"""Every change of an assignment's status."""

from datetime import datetime
from typing import Any

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from tasks import permissions
from tasks.actions import milestones
from tasks.errors import SomebodyWasFaster
from tasks.models import Assignment
from tasks.states import MOVES, WITH_BUREAU


@transaction.atomic
def move(
    assignment: Assignment, verb: str, *, now: datetime, reason: str = "", by: Staff
) -> Assignment:
    """Do one verb of the table: claim the row by its old status, stamp it, record it.

    Raises TransitionDenied where post, status or reason do not allow it, SomebodyWasFaster
    where another person moved it in between. Reminders stop and start with the status.
    """
    permissions.check_move(by, assignment, verb, reason=reason)
    step, old = MOVES[verb], assignment.status
    changes = {"status": step.target, **_stamps(assignment, verb, now=now, reason=reason, by=by)}
    claimed = Assignment.objects.filter(pk=assignment.pk, status=old).update(**changes)
    if not claimed:
        raise SomebodyWasFaster
    for field, value in changes.items():
        setattr(assignment, field, value)
    _adjust_reminders(assignment, old, now=now)
    trail.record(
        step.label,
        assignment,
        chain=assignment.at(step.side).code,
        detail={
            "status": [old, str(step.target)],
            "deadline_version": assignment.deadline_version,
            **({"reason": reason.strip()} if reason.strip() else {}),
        },
        at=now,
        by=by,
    )
    return assignment


def _stamps(
    assignment: Assignment, verb: str, *, now: datetime, reason: str, by: Staff
) -> dict[str, Any]:
    match verb:
        case "accept":
            return {"accepted_at": now, "accepted_by": by}
        case "hand_in":
            return {"filled_by": by}
        case "submit" if assignment.submitted_at is None:
            return {"submitted_at": now, "submitted_by": by, "return_reason": ""}
        case "submit":  # the first hand-in keeps its time: late is recorded, never hidden
            return {"resubmitted_at": now, "return_reason": ""}
        case "close":
            return {"closed_at": now, "closed_by": by}
        case "return_" | "review_back" | "approval_back":
            return {"return_reason": reason.strip()}
    return {}


def _adjust_reminders(assignment: Assignment, old: str, *, now: datetime) -> None:
    was_owed, is_owed = old in WITH_BUREAU, assignment.is_owed
    if was_owed and not is_owed:
        milestones.disarm(assignment)
    elif is_owed and not was_owed:
        milestones.arm([assignment], now=now)
