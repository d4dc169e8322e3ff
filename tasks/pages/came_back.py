"""退回: what was sent back to who fills it in, from above or inside: by whom, when and why.

No column says so: the trail does, and one query reads it for all rows of a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from audit.models import AuditEvent
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.text.deadlines.office_time import SHANGHAI
from tasks.models import Assignment
from tasks.states import MOVES, Status

FROM_ABOVE = "上级退回补正"
INSIDE = {Status.REVIEW: "审核退回", Status.APPROVAL: "签发退回", Status.SUBMITTED: "签发人撤回"}
UNKNOWN = "内部退回"  # where the trail says no more
VERBS = {MOVES[verb].label for verb in ("return_", "review_back", "approval_back", "recall")}
OWN = Assignment._meta.label_lower


@dataclass(frozen=True)
class CameBack:
    """``kind``: 上级退回补正, 审核退回, 签发退回, 签发人撤回; the rest as the trail has it."""

    kind: str
    reason: str
    who: str = ""
    at: datetime | None = None

    @property
    def by(self) -> str:
        """测试审核人 3月2日 11:30"""
        moment = self.at.astimezone(SHANGHAI) if self.at else None
        return f"{self.who} {moment:%-m月%-d日 %-H:%M}" if moment else self.who

    @property
    def in_line(self) -> str:
        """For a cell of a list."""
        return f"{self.kind} {self.by}：{self.reason}".replace(" ：", "：")


def mark(rows: Iterable[Assignment], user: Staff) -> list[Assignment]:
    """The same rows, each with ``came_back``, None where it did not; one query where one did.

    What went back inside a bureau is for its own people.
    """
    found = list(rows)
    back = [row for row in found if _is_back(row, user)]
    said = _said(back) if back else {}
    for row in found:
        row.came_back = None
    for row in back:
        row.came_back = _of(row, said.get(str(row.pk)))
    return found


def _is_back(row: Assignment, user: Staff) -> bool:
    if row.status == Status.RETURNED:
        return True
    is_inside = row.status == Status.FILLING and bool(row.return_reason)
    return is_inside and user.may_at(Permission.READ, row.bureau_id)


def _said(rows: Iterable[Assignment]) -> dict[str, AuditEvent]:
    """The last of these events of each row, by its key."""
    keys = [str(row.pk) for row in rows]
    told = AuditEvent.objects.filter(subject_kind=OWN, subject_key__in=keys, verb__in=VERBS)
    return {event.subject_key: event for event in told.order_by("at", "pk")}


def _of(row: Assignment, event: AuditEvent | None) -> CameBack:
    who, at = (event.actor_name, event.at) if event else ("", None)
    kind = FROM_ABOVE
    if row.status != Status.RETURNED:
        old = event.detail.get("status", [""])[0] if event else ""
        kind = INSIDE.get(old, UNKNOWN)
    return CameBack(kind, row.return_reason, who, at)
