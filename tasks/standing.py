"""Where an assignment stands, as pages say it: the way, whose turn it is, its dates."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from bureaus.models import Bureau, Staff
from bureaus.roles import Role, roles_with
from tasks.ladder import SHANGHAI
from tasks.models import Assignment
from tasks.states import EDITABLE, ENDED, MOVES, OWNERS, Status

WAY = ("下发", "签收", "填报", "审核", "签发报送", "核收")
PLACE = {
    Status.PENDING: 1,
    Status.ACCEPTED: 2,
    Status.FILLING: 2,
    Status.RETURNED: 2,
    Status.REVIEW: 3,
    Status.APPROVAL: 4,
    Status.SUBMITTED: 5,
    Status.CLOSED: 6,
    Status.WITHDRAWN: 0,
}
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Turn:
    """Whose step is next: at which bureau, what it is called, and who holds a post for it."""

    bureau: Bureau
    label: str
    roles: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """One of the dates of an assignment. ``clock`` is empty where the whole day counts."""

    label: str
    day: date
    clock: str
    note: str


def turn(assignment: Assignment) -> Turn | None:
    """Who acts next; None where nothing is left to do."""
    status = Status(assignment.status)
    owner = OWNERS[status]
    if owner is None:
        return None
    side, permission = owner
    bureau = assignment.at(side)
    people = Staff.objects.who_may(permission, at=bureau).order_by("pk")
    return Turn(
        bureau=bureau,
        label=MOVES[_forward(status)].label,
        roles=[Role(role).label for role in roles_with(permission)],
        people=list(people.values_list("name", flat=True)[:3]),
    )


def _forward(status: Status) -> str:
    """The verb that leads on from a status; from all that can be written in it is 提交审核."""
    if status in EDITABLE:
        return "hand_in"
    return next(
        verb for verb, move in MOVES.items() if status in move.sources and not move.needs_reason
    )


def is_mine(user: Staff, assignment: Assignment) -> bool:
    """Is the next step this person's?"""
    owner = OWNERS[Status(assignment.status)]
    return owner is not None and user.may(owner[1], at=assignment.at(owner[0]))


def badge(assignment: Assignment, user: Staff) -> str:
    """The kind of status badge, as templates/_components/badge.html takes it."""
    if assignment.status in ENDED:
        return "closed"
    if assignment.status == Status.RETURNED:
        return "returned"
    return "mine" if is_mine(user, assignment) else "plain"


def steps(assignment: Assignment, *, reviewed: tuple[str, datetime] | None = None) -> list[dict]:
    """The way of an assignment: what is done by whom and when, where it stands, what is to come.

    ``reviewed`` is who passed the review and when; the row itself does not keep it.
    """
    place = PLACE[Status(assignment.status)]
    stamps: list[tuple[Any, datetime | None]] = [
        (assignment.obligation.issuer, assignment.obligation.issued_at),
        (assignment.accepted_by, assignment.accepted_at),
        (assignment.filled_by, None),
        reviewed or ("", None),
        (assignment.submitted_by, assignment.resubmitted_at or assignment.submitted_at),
        (assignment.closed_by, assignment.closed_at),
    ]
    made = []
    for index, (label, (who, at)) in enumerate(zip(WAY, stamps, strict=True)):
        state = "done" if index < place else "current" if index == place else "todo"
        stamp = {"who": who or "", "at": at} if state == "done" else {}
        made.append({"label": label, "state": state, **stamp})
    return made


def dates(assignment: Assignment) -> list[Day]:
    """The dates of an assignment in the order of their weight, each with what it is for."""
    made = []
    if assignment.due_at:
        made.append(_moment("截止时间", assignment.due_at, "过了这一刻仍未报送即为逾期"))
    if assignment.strict_on:
        note = "按原文最严的理解，最迟在这一天报出"
        made.append(Day("最严读法", assignment.strict_on, "", note))
    if assignment.target_at:
        made.append(
            _moment("目标日", assignment.target_at, "截止前最后一个工作日，提醒按这一天推算")
        )
    if assignment.review_on:
        note = "原文没有截止日期，到这一天复核一次进展"
        made.append(Day("复核日", assignment.review_on, "", note))
    return made


def _moment(label: str, at: datetime, note: str) -> Day:
    local = at.astimezone(SHANGHAI)
    clock = "24时" if local.time() == END_OF_DAY else f"{local:%H:%M}"
    return Day(label, local.date(), clock, note)
