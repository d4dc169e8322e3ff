"""Whose eyes what stands in a form is for, and who decides on it.

A draft belongs to the bureau that writes it. Those above read what the bureau has reported
(签发报送) and nothing else: no draft, no version that went back and forth inside, no mark it made
for itself.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from bureaus.models import Staff
from bureaus.roles import Permission
from reports.errors import EvidenceRefused, FormClosed
from reports.models import Evidence, ReturnMark, SubmissionVersion
from tasks import permissions
from tasks.errors import NotYourPost, TransitionDenied
from tasks.models import Assignment
from tasks.states import EDITABLE, HANDED_IN, MOVES, SEALABLE, VERDICTS, EvidenceKind, Status

# By whether it is a sealed copy: as long as the bureau has it in hand.
REMOVABLE = {False: EDITABLE, True: (*EDITABLE, Status.REVIEW, Status.APPROVAL)}
SENDING_BACK = ("return_", "review_back", "approval_back")


def sees_drafts(user: Staff, assignment: Assignment) -> bool:
    """Does this person read for the bureau that writes? Those above see only what it reported."""
    return user.may(Permission.READ, at=assignment.bureau)


def can_write(user: Staff, assignment: Assignment) -> bool:
    return assignment.status in EDITABLE and user.may(Permission.FILL, at=assignment.bureau)


def check_write(user: Staff, assignment: Assignment) -> None:
    """Raise NotYourPost, or FormClosed saying why nothing is written into the forms now."""
    if not user.may(Permission.FILL, at=assignment.bureau):
        raise NotYourPost(f"您在{assignment.bureau}没有“填报”权限")
    if assignment.status == Status.PENDING:
        raise FormClosed("请先签收任务，再填报")
    if assignment.status not in EDITABLE:
        raise FormClosed(f"任务当前为“{assignment.get_status_display()}”，不能修改填报内容")


def visible_versions(
    user: Staff, assignment: Assignment, versions: Iterable[SubmissionVersion]
) -> list[SubmissionVersion]:
    """Of all versions of an assignment, oldest first, those that this person may read."""
    found = list(versions)
    return found if sees_drafts(user, assignment) else reported_versions(assignment, found)


def reported_versions(
    assignment: Assignment, versions: Iterable[SubmissionVersion]
) -> list[SubmissionVersion]:
    """Those of these versions, oldest first, that left the bureau.

    The last one of a round is the one that was reported; of the present round it is so only once
    the bureau has handed in, and not where it reported nil after all.
    """
    last = {(version.submission_id, version.round_number): version for version in versions}
    is_in = assignment.status in HANDED_IN and not assignment.is_nil
    now = assignment.round_number
    return [one for one in last.values() if is_in or one.round_number < now]


def last_marks(user: Staff, assignment: Assignment) -> QuerySet[ReturnMark]:
    """What was asked in the last return, and inside the bureau, for its own people, since then."""
    last_return = Q(is_internal=False, round_number=assignment.round_number - 1)
    inside = Q(is_internal=True, round_number=assignment.round_number)
    return visible_marks(user, assignment).filter(last_return | inside)


def visible_marks(user: Staff, assignment: Assignment) -> QuerySet[ReturnMark]:
    """Every mark of all returns that this person may read."""
    marks = ReturnMark.objects.filter(assignment=assignment).select_related("made_by")
    return marks if sees_drafts(user, assignment) else marks.filter(is_internal=False)


def evidence_kinds(assignment: Assignment) -> list[EvidenceKind]:
    """What this task takes beside its forms: no more than its directive asks for."""
    return assignment.obligation.evidence_kinds


def can_attach(user: Staff, assignment: Assignment, kind: EvidenceKind) -> bool:
    fits = kind in evidence_kinds(assignment) and assignment.status in _open_for(kind)
    is_nil = kind == EvidenceKind.SEALED and assignment.is_nil
    return fits and not is_nil and user.may(Permission.FILL, at=assignment.bureau)


def check_attach(user: Staff, assignment: Assignment, kind: EvidenceKind) -> None:
    """Raise NotYourPost, or EvidenceRefused saying why this kind is not taken now."""
    permissions.check_fills(user, assignment, f"上传{kind.label}")
    if kind not in evidence_kinds(assignment):
        raise EvidenceRefused(
            f"来文没有要求报送{kind.label}，为减轻基层负担，本任务不接收{kind.label}。"
            f"确需报送的，请{assignment.issuer}在任务事项页“随报材料”中开启"
        )
    if assignment.status in _open_for(kind):
        if kind == EvidenceKind.SEALED and assignment.is_nil:
            raise EvidenceRefused("零报告没有报表，不需要盖章件")
        return
    said = f"任务当前为“{assignment.get_status_display()}”，不能上传{kind.label}"
    if kind == EvidenceKind.SEALED and assignment.status in EDITABLE:
        said = "盖章件要与提交的版本一致：请先提交审核，再打印该版本盖章，扫描后上传"
    elif assignment.status == Status.PENDING:
        said = f"请先签收任务，再上传{kind.label}"
    raise EvidenceRefused(said)


def can_remove(user: Staff, evidence: Evidence) -> bool:
    open_for = REMOVABLE[evidence.kind == EvidenceKind.SEALED]
    is_there = evidence.removed_at is None and evidence.assignment.status in open_for
    return is_there and user.may(Permission.FILL, at=evidence.assignment.bureau)


def check_remove(user: Staff, evidence: Evidence) -> None:
    permissions.check_fills(user, evidence.assignment, "删除材料")
    if evidence.removed_at is not None:
        raise EvidenceRefused("该文件已被删除，请刷新页面")
    if not can_remove(user, evidence):
        status = evidence.assignment.get_status_display()
        raise EvidenceRefused(f"任务当前为“{status}”，已提交的材料不能删除")


def _open_for(kind: EvidenceKind) -> tuple[Status, ...]:
    return SEALABLE if kind == EvidenceKind.SEALED else EDITABLE


def decisions(user: Staff, assignment: Assignment) -> list[str]:
    """The verbs by which this person may decide on the forms now: pass, send back, both, none."""
    verbs = VERDICTS.get(Status(assignment.status), ())
    return [verb for verb in verbs if permissions.can_move(user, assignment, verb)]


def check_decision(assignment: Assignment, verb: str) -> None:
    """Raise TransitionDenied for a verb that does not decide on the forms in this status."""
    if verb not in VERDICTS.get(Status(assignment.status), ()):
        raise TransitionDenied(
            f"任务当前为“{assignment.get_status_display()}”，请按最新状态重新办理"
        )


def check_reviewer(user: Staff, assignment: Assignment) -> None:
    """Raise PermissionDenied where no post of this person ever decides on these forms."""
    moves = [MOVES[verb] for pair in VERDICTS.values() for verb in pair]
    if not any(user.may(move.permission, at=assignment.at(move.side)) for move in moves):
        raise PermissionDenied
