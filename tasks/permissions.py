"""May this person do this now? ``can_…`` answers, ``check_…`` raises."""

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.models import Notice
from tasks.errors import IssueRefused, TransitionDenied
from tasks.models import Assignment
from tasks.states import MOVES, Status


def can_move(user: Staff, assignment: Assignment, verb: str) -> bool:
    move = MOVES[verb]
    holds = user.may(move.permission, at=assignment.at(move.side))
    return holds and Status(assignment.status) in move.sources


def check_move(user: Staff, assignment: Assignment, verb: str, *, reason: str = "") -> None:
    """Raise TransitionDenied saying what is missing: the post, the status or the reason."""
    move = MOVES[verb]
    if not user.may(move.permission, at=assignment.at(move.side)):
        raise TransitionDenied(
            f"您在{assignment.at(move.side)}没有“{move.permission.label}”权限，不能{move.label}"
        )
    if Status(assignment.status) not in move.sources:
        raise TransitionDenied(
            f"任务当前为“{assignment.get_status_display()}”，不能{move.label}，请刷新页面"
        )
    if move.needs_reason and not reason.strip():
        raise TransitionDenied(f"请填写{move.label}的原因")


def open_moves(user: Staff, assignment: Assignment) -> list[str]:
    """The verbs this person may use on this assignment now, in the order of the table."""
    return [verb for verb in MOVES if can_move(user, assignment, verb)]


def can_issue(user: Staff, notice: Notice) -> bool:
    return user.may(Permission.ISSUE, at=notice.bureau)


def check_issue(user: Staff, notice: Notice) -> None:
    if not can_issue(user, notice):
        raise IssueRefused(f"您在{notice.bureau}没有“下发”权限")
