"""What a person may do to an assignment now, as buttons: the next verb, and those that ask."""

from dataclasses import dataclass

from django.urls import reverse

from bureaus.models import Staff
from tasks import permissions
from tasks.models import Assignment
from tasks.states import MOVES, Status

BY_FORM = ("start", "hand_in")  # the form's own buttons do these
CONSEQUENCES = {
    "review_back": "退回填报人修改，任务回到“填报中”；截止时间不变。",
    "submit": "签发后即报送核收单位，本单位不能再修改，除非对方退回补正。",
    "approval_back": "退回填报人修改，任务回到“填报中”，改好后重新审核、签发；截止时间不变。",
    "return_": "退回责任单位补正，并重新开始提醒；首次报送时间保留，截止时间不变。",
    "withdraw": "撤销后该单位不再需要报送，尚未发出的提醒一并取消；此项不能恢复。",
}


@dataclass(frozen=True)
class Verb:
    """One button. With a ``consequence`` it asks first; ``kind`` is primary, plain or danger."""

    name: str
    label: str
    url: str
    kind: str
    consequence: str
    needs_reason: bool


def verbs(user: Staff, assignment: Assignment) -> list[Verb]:
    """Plain ones first, the one primary last; none where it is not this person's turn."""
    found = [
        _verb(name, assignment)
        for name in permissions.open_moves(user, assignment)
        if name not in BY_FORM
    ]
    return sorted(found, key=lambda verb: ("danger", "plain", "primary").index(verb.kind))


def may_fill(user: Staff, assignment: Assignment) -> bool:
    return permissions.can_move(user, assignment, "hand_in")


def fill_label(assignment: Assignment) -> str:
    """What the way into the form is called."""
    words = {Status.ACCEPTED: "开始填报", Status.RETURNED: "补正填报"}
    return words.get(Status(assignment.status), "继续填报")


def _verb(name: str, assignment: Assignment) -> Verb:
    move = MOVES[name]
    kind = "danger" if name == "withdraw" else "plain" if move.needs_reason else "primary"
    url = reverse("tasks:assignment_move", args=[assignment.pk, name])
    return Verb(name, move.label, url, kind, CONSEQUENCES.get(name, ""), move.needs_reason)
