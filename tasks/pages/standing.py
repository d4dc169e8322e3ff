"""Where an assignment stands, as pages say it: the way, whose turn it is, its dates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from audit.models import AuditEvent
from bureaus.kept import versions
from bureaus.kept.holding import Holding
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission, Role, roles_with
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI, local_day
from tasks.models import Assignment
from tasks.pages import history
from tasks.querysets.assignments import attach_kept
from tasks.states import EDITABLE, ENDED, MOVES, OWNERS, WITH_RECEIVER, Status

PEOPLE = ("accepted_by", "filled_by", "submitted_by", "closed_by")
NAMED = 3  # of the people of a post
WAY = ("下发", "签收", "填报", "审核", "签发报送", "核收")
PLACE = {
    Status.PENDING: 1,
    Status.ACCEPTED: 2,
    Status.FILLING: 2,
    Status.RETURNED: 2,
    Status.REVIEW: 3,
    Status.APPROVAL: 4,
    Status.CORRECTING: 2,
    Status.SUBMITTED: 5,
    Status.RECEIVING: 5,
    Status.CLOSED: 6,
    Status.STRUCK: 6,
    Status.DECLINED: 1,
    Status.PASSED_ON: 0,
    Status.WITHDRAWN: 0,
}
# What leads on from a status, as the line below the title says it.
FORWARD = {
    Status.PENDING: MOVES["accept"].label,
    **dict.fromkeys(EDITABLE, MOVES["hand_in"].label),
    Status.REVIEW: MOVES["pass_review"].label,
    Status.APPROVAL: MOVES["submit"].label,
    **dict.fromkeys(WITH_RECEIVER, MOVES["close"].label),
    Status.DECLINED: "转办或答复退办",
}


@dataclass(frozen=True)
class Turn:
    """Whose step is next: at which bureau, what it is called, and who holds a post for it.

    ``count``: how many they are; ``people`` are named to those who may know, three at most.
    """

    bureau: Bureau
    label: str
    roles: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def place(self) -> str:
        """Where it lies: 浙江省市场监管局审核人 王某 等2人"""
        post = f"{self.bureau}{'、'.join(self.roles)}"
        if not self.count:
            return f"{post}（岗位尚无人员）"
        if not self.people:
            return f"{post} {self.count}人"
        return f"{post} {self.people[0]}" + (f" 等{self.count}人" if self.count > 1 else "")


@dataclass(frozen=True)
class Day:
    """One of the dates of an assignment. ``clock`` is empty where the whole day counts."""

    label: str
    day: date
    clock: str
    note: str


def turn(assignment: Assignment, user: Staff, *, on: date | None = None) -> Turn | None:
    """Who acts next; None where nothing is left to do. With a day, deputies for the absent.

    Those above the bureau that writes are told the post there, not the names.
    """
    status = Status(assignment.status)
    owner = OWNERS[status]
    if owner is None or status in ENDED:
        return None
    side, permission = owner
    bureau = assignment.at(side)
    names = _NAMES.get((permission, bureau.pk, on), lambda: _who_may(permission, bureau, on))
    reads = any(user.may(Permission.READ, at=at) for at in (bureau, assignment.bureau))
    return Turn(
        bureau=bureau,
        label=FORWARD[status],
        roles=[Role(role).label for role in roles_with(permission)],
        people=names[:NAMED] if reads else [],
        count=len(names),
    )


_NAMES: Holding[list[str]] = Holding(versions.PEOPLE)


def _who_may(permission: Permission, bureau: Bureau, on: date | None) -> list[str]:
    holding = Staff.objects.who_may(permission, at=bureau, on=on).order_by("pk")
    return list(holding.values_list("name", flat=True))


def is_mine(user: Staff, assignment: Assignment) -> bool:
    """Is the next step this person's?"""
    owner = OWNERS[Status(assignment.status)]
    if owner is None or assignment.status in ENDED:
        return False
    return user.may_at(owner[1], assignment.key_at(owner[0]))


def badge(assignment: Assignment, user: Staff) -> str:
    """The kind of status badge, as templates/_components/badge.html takes it."""
    if assignment.status in ENDED:
        return "closed"
    if assignment.status == Status.RETURNED:
        return "returned"
    return "mine" if is_mine(user, assignment) else "plain"


@dataclass(frozen=True)
class Said:
    """Why it stands where it stands, in the words of whoever moved it there."""

    heading: str
    text: str


HEADINGS = {
    Status.PENDING: "不同意退办的理由",
    Status.ACCEPTED: "不同意退办的理由",
    Status.FILLING: "退回修改（撤回）的原因",
    Status.RETURNED: "退回补正的原因",
    Status.CORRECTING: "更正重报的原因",
    Status.DECLINED: "退办的原因",
    Status.PASSED_ON: "转办的原因",
    Status.WITHDRAWN: "撤销的原因",
}


def said(assignment: Assignment, user: Staff) -> Said | None:
    """None where nothing was; what a bureau says inside is for its own people."""
    heading = HEADINGS.get(Status(assignment.status))
    if heading is None or not assignment.return_reason:
        return None
    is_inside = assignment.status == Status.FILLING
    if is_inside and not user.may(Permission.READ, at=assignment.bureau):
        return None
    return Said(heading, assignment.return_reason)


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


def way(
    assignment: Assignment,
    user: Staff,
    *,
    now: datetime,
    decided: Sequence[AuditEvent] | None = None,
) -> dict[str, Any]:
    """``steps``, ``turn`` and ``held`` for templates/tasks/_way.html: where it lies in words, or
    nothing where it has ended. One query, none where all that was ``decided`` is given."""
    _name_people(assignment)
    moved = history.moves(assignment, decided)
    found = turn(assignment, user, on=local_day(now))
    since = moved[0].at if moved else _came(assignment)
    return {
        "steps": steps(assignment, reviewed=history.reviewed(moved)),
        "turn": found,
        "held": _held(found, since) if found else "",
    }


def _name_people(assignment: Assignment) -> None:
    """All who have stamped it: nobody asks for more than their names."""
    attach_kept([assignment], PEOPLE)


def _came(assignment: Assignment) -> datetime | None:
    """Of what has not been moved yet: when it was issued."""
    is_new = assignment.status == Status.PENDING
    return assignment.obligation.issued_at if is_new else None


def _held(found: Turn, since: datetime | None) -> str:
    place = f"在{found.place}处"
    return f"{place}，{since.astimezone(SHANGHAI):%-m月%-d日 %-H:%M}起" if since else place


def dates(assignment: Assignment) -> list[Day]:
    """The dates of an assignment in the order of their weight, each with what it is for."""
    made = []
    if assignment.due_at:
        made.append(_moment("截止时间", assignment.due_at, "过了这一刻仍未报送即为逾期"))
    if assignment.strict_on:
        is_last = assignment.due_at and assignment.strict_on == local_day(assignment.due_at)
        note = "与截止时间为同一天" if is_last else "按原文最严的理解，最迟在这一天报出"
        made.append(Day("最严读法", assignment.strict_on, "", note))
    if assignment.target_at:
        made.append(
            _moment("目标日", assignment.target_at, "截止前最后一个工作日，提醒按这一天推算")
        )
    if assignment.review_on:
        note = "没有确定的截止时间，到这一天复核一次进展"
        made.append(Day("复核日", assignment.review_on, "", note))
    return made


def _moment(label: str, at: datetime, note: str) -> Day:
    local = at.astimezone(SHANGHAI)
    clock = "24时" if local.time() == END_OF_DAY else f"{local:%H:%M}"
    return Day(label, local.date(), clock, note)
