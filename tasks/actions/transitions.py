"""Every change of an assignment's status."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from notices.text.page.secrecy import refuse_marked
from tasks import permissions
from tasks.actions import amending, counts, deadlines, news, receipts
from tasks.errors import SomebodyWasFaster, TransitionDenied
from tasks.models import Assignment, Extension
from tasks.permissions import for_absentee
from tasks.reminders.actions import milestones
from tasks.scheduling.dates import Dates, resubmission
from tasks.states import (
    HANDED_IN,
    MOVES,
    RELEASED,
    WITH_BUREAU,
    Condition,
    DeadlineCause,
    ExtensionState,
)

NEW_ROUND = {"return_": DeadlineCause.RETURNED, "correct": DeadlineCause.CORRECTED}


@transaction.atomic
def move(
    assignment: Assignment,
    verb: str,
    *,
    now: datetime,
    reason: str = "",
    until: date | None = None,
    also: Mapping[str, Any] | None = None,
    by: Staff,
) -> Assignment:
    """Do one verb of the table: claim the row by its old status, stamp it, record it.

    ``until`` is the last day of a new round, for 退回补正 and 更正重报; ``also`` goes into the
    audit event besides. Raises TransitionDenied where post, status, condition, reason or day do
    not allow the verb, SomebodyWasFaster where the row was moved, filled in or given another
    deadline in between. Reminders follow the status; what was split from an assignment that is
    asked for no more is withdrawn with it.
    """
    permissions.check_move(by, assignment, verb, reason=reason)
    refuse_marked(reason, "填写的内容中")
    step, old, old_due = MOVES[verb], assignment.status, assignment.due_at
    new_round = _new_dates(assignment, verb, until, now)
    acting = for_absentee(by, step.permission, at=assignment.at(step.side))
    if verb == "submit":
        news.hold_count(assignment)
    detail = _detail(assignment, verb, reason) | acting | dict(also or {})
    stamps = _stamps(assignment, verb, now=now, reason=reason, by=by)
    with counts.kept([assignment]):
        _claim(assignment, {"status": step.target, **stamps})
    if new_round:
        deadlines.change(
            [assignment], new_round, cause=NEW_ROUND[verb], reason=reason, now=now, by=by
        )
        detail["due_at"] = [old_due, new_round.due_at]
    if verb == "accept" and receipts.count_from(assignment, now=now, by=by):
        detail["due_at"] = [old_due, assignment.due_at]
    _adjust_reminders(assignment, old, now=now)
    trail.record(
        step.label,
        assignment,
        chain=assignment.at(step.side).code,
        detail=detail
        | {
            "status": [old, str(step.target)],
            "deadline_version": assignment.deadline_version,
        },
        at=now,
        by=by,
    )
    passed_to = (also or {}).get("passed_to", "")
    told = {"old_due": old_due, "reason": reason, "passed_to": passed_to}
    news.moved(assignment, verb, **told, now=now, by=by)
    if step.target in RELEASED:
        amending.withdraw_below(assignment, reason=reason, now=now, by=by)
    return assignment


def _claim(assignment: Assignment, changes: dict[str, Any]) -> None:
    """Write the changes, if the row still is as this person has seen it."""
    claimed = Assignment.objects.filter(
        pk=assignment.pk,
        status=assignment.status,
        filled_by=assignment.filled_by_id,
        deadline_version=assignment.deadline_version,
        round_number=assignment.round_number,
    ).update(**changes)
    if not claimed:
        raise SomebodyWasFaster
    for field, value in changes.items():
        setattr(assignment, field, value)


def _new_dates(
    assignment: Assignment, verb: str, until: date | None, now: datetime
) -> Dates | None:
    """The deadline of the round that this verb begins; None where the present one stays."""
    if verb not in NEW_ROUND:
        return None
    first = max(local_day(now), local_day(assignment.due_at or now))
    if until is not None and until < first:
        limit = f"{first:%Y年%-m月%-d日}"
        raise TransitionDenied(f"重新报送的最后一天不能早于今天和原截止时间，即{limit}")
    dates = resubmission(assignment.due_at, until, now=now, calendar=work_calendar())
    return dates if dates and dates.due_at != assignment.due_at else None


def _detail(assignment: Assignment, verb: str, reason: str) -> dict[str, Any]:
    detail: dict[str, Any] = {"reason": reason.strip()} if reason.strip() else {}
    if MOVES[verb].condition == Condition.CHILDREN_IN:
        open_below = permissions.open_below(assignment)
        if below := {row.bureau.code: row.bureau.short_name for row in open_below}:
            detail["open_below"] = below
    return detail


def _stamps(
    assignment: Assignment, verb: str, *, now: datetime, reason: str, by: Staff
) -> dict[str, Any]:
    match verb:
        case "accept":
            return {"accepted_at": now, "accepted_by": by}
        case "start":
            return {"return_reason": ""}  # why it was not to be declined is settled
        case "hand_in" | "report_nil":
            handler = assignment.handler_id or by.pk
            return {"filled_by": by, "is_nil": verb == "report_nil", "handler_id": handler}
        case "submit":
            return _submitted(assignment, now, by)
        case "recall":
            return _recalled(assignment, reason)
        case "close":
            return {"closed_at": now, "closed_by": by, "return_reason": ""}
        case "strike_off":
            return {"struck_at": now, "struck_by": by}
        case "return_" | "correct":
            return {
                "round_number": assignment.round_number + 1,
                "is_correction": verb == "correct",
                "return_reason": reason.strip(),
                "closed_at": None,
                "closed_by": None,
            }
        case "review_back" | "approval_back" | "decline" | "insist" | "pass_on" | "withdraw":
            return {"return_reason": reason.strip()}
    return {}


def _submitted(assignment: Assignment, now: datetime, by: Staff) -> dict[str, Any]:
    """The first hand-in keeps its time: late is recorded, never hidden by a later round."""
    late = assignment.is_past(now)
    if assignment.submitted_at is None:
        stamps: dict[str, Any] = {"submitted_at": now, "submitted_by": by, "is_late": late}
    else:
        late = late or assignment.is_resubmitted_late
        stamps = {"resubmitted_at": now, "is_resubmitted_late": late}
    return stamps | {"return_reason": ""}


def _recalled(assignment: Assignment, reason: str) -> dict[str, Any]:
    """What was taken back was not handed in; a first round that was, stays so, and how late."""
    if assignment.resubmitted_at is not None:
        earlier = assignment.is_resubmitted_late and assignment.round_number > 2
        stamps: dict[str, Any] = {"resubmitted_at": None, "is_resubmitted_late": earlier}
    else:
        stamps = {"submitted_at": None, "submitted_by": None, "is_late": False}
    return stamps | {"return_reason": reason.strip()}


def _adjust_reminders(assignment: Assignment, old: str, *, now: datetime) -> None:
    was_owed, is_owed = old in WITH_BUREAU, assignment.is_owed
    if was_owed and not is_owed:
        milestones.disarm([assignment])
    elif is_owed and not was_owed:
        milestones.arm([assignment], now=now)
    if assignment.status in (*HANDED_IN, *RELEASED):
        asked = Extension.objects.filter(assignment=assignment, state=ExtensionState.ASKED)
        asked.update(state=ExtensionState.TAKEN_BACK)
