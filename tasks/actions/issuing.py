"""下发: a confirmed clause, or a task to be split, becomes one assignment for each bureau."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.actions import addressees
from notices.models import Clause, Notice
from notices.states import ClauseState, NoticeState
from notices.text.deadlines.office_time import local_day
from tasks import permissions
from tasks.actions import news
from tasks.errors import IssueRefused
from tasks.issuing import burden, evidence_asked
from tasks.models import Assignment, Obligation
from tasks.permissions import for_absentee
from tasks.reminders.actions import events, milestones
from tasks.scheduling.dates import SOON_RANGE, SOON_WORKDAYS, Dates
from tasks.states import WITH_BUREAU, EvidenceKind, ObligationState

NEED_MISSING = "向下级转发前，请说明确需报送的理由（已有数据能满足的，不要求下级填报）"


@dataclass(frozen=True)
class Terms:
    """How an obligation goes out: dates, period, when it counts as 临期, why it is needed.

    ``evidence``: what is taken beside the forms; None for what the directive asks for.
    """

    dates: Dates
    period: str = ""
    soon_workdays: int = SOON_WORKDAYS
    need: str = ""
    evidence: tuple[EvidenceKind, ...] | None = None


@transaction.atomic
def issue(
    clause: Clause, *, bureaus: Iterable[Bureau], terms: Terms, now: datetime, by: Staff
) -> Obligation:
    """Issue one clause (one period of it) to the bureaus: one assignment each, reminders armed.

    Raises IssueRefused where the notice is not filed, the clause not confirmed, this period
    already issued, no bureau chosen or one that is not the issuer's to ask, or 是否确需报送 is to
    be answered and is not; nothing is stored then.
    """
    notice, chosen = clause.notice, list(dict.fromkeys(bureaus))
    permissions.check_issue(by, notice)
    _check(clause, terms.period)
    _check_bureaus(notice.bureau, chosen)
    check_soon(terms.soon_workdays)
    if burden.is_passed_down(notice) and not terms.need.strip():
        raise IssueRefused(NEED_MISSING)
    obligation = _obligation(
        terms,
        notice=notice,
        clause=clause,
        issuer=notice.bureau,
        title=clause.deliverable,
        quote=clause.quote,
        attachment_numbers=clause.attachment_numbers,
        evidence=_evidence(clause, terms),
        issued_at=now,
        issued_by=by,
    )
    _send(obligation, chosen, now=now, by=by)
    _record("下发", obligation, chosen, now=now, by=by)
    return obligation


@transaction.atomic
def split(
    assignment: Assignment, *, bureaus: Iterable[Bureau], terms: Terms, now: datetime, by: Staff
) -> Obligation:
    """转发分解: ask bureaus below for their part of an assignment, by its own or an earlier day.

    It keeps the assignment's period and what is taken beside the forms, whatever ``terms`` say. An
    assignment is split once; more bureaus are added with ``add``. Raises IssueRefused where the
    assignment is not being worked on, is split already, a bureau does not lie directly below or is
    not in use, counties take no part, 是否确需报送 is not answered, or the date lies after the
    assignment's.
    """
    row = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("obligation__notice", "obligation__clause", "bureau")
        .get(pk=assignment.pk)
    )
    chosen = list(dict.fromkeys(bureaus))
    permissions.check_split(by, row)
    _check_below(row, chosen)
    _check_terms(row, terms)
    if row.splits.filter(state=ObligationState.ISSUED).exists():
        raise IssueRefused("该任务已经分解过，可在原分解中增加单位")
    asked = row.obligation
    obligation = _obligation(
        replace(terms, period=asked.period),
        parent=row,
        notice=asked.notice,
        clause=asked.clause,
        issuer=row.bureau,
        title=asked.title,
        quote=asked.quote,
        attachment_numbers=asked.attachment_numbers,
        evidence=asked.evidence,
        issued_at=now,
        issued_by=by,
    )
    _send(obligation, chosen, now=now, by=by)
    _record("转发分解", obligation, chosen, now=now, by=by)
    return obligation


@transaction.atomic
def add(
    obligation: Obligation,
    *,
    bureaus: Iterable[Bureau],
    reason: str = "",
    now: datetime,
    by: Staff,
) -> list[Assignment]:
    """补发: the same obligation to more bureaus, on the deadline that it has now.

    ``reason``: why they get it, as they are told.
    """
    chosen = list(dict.fromkeys(bureaus))
    locked = (
        Obligation.objects.select_for_update(of=("self",))
        .select_related("notice", "issuer", "parent__bureau")
        .get(pk=obligation.pk)
    )
    permissions.check_amend(by, locked)
    if locked.state == ObligationState.WITHDRAWN:
        raise IssueRefused("该事项已撤销，不能再下发")
    _check_bureaus(locked.issuer, chosen)
    has_it = locked.assignments.filter(bureau__in=chosen).select_related("bureau").first()
    if has_it:
        raise IssueRefused(f"{has_it.bureau}已有这项任务，不能重复下发")
    if locked.parent:
        _check_still_owed(locked.parent)
        _check_below(locked.parent, chosen)
    made = _send(locked, chosen, reason=reason, now=now, by=by)
    _record("补发", locked, chosen, now=now, by=by)
    return made


def _evidence(clause: Clause, terms: Terms) -> str:
    read = [each.kind for each in evidence_asked.by(clause)]
    return evidence_asked.joined(read if terms.evidence is None else terms.evidence)


def _check(clause: Clause, period: str) -> None:
    locked = Notice.objects.select_for_update().get(pk=clause.notice_id)
    if locked.state != NoticeState.FILED:
        raise IssueRefused("文件尚未核对入库，请先在“核对”页确认识别结果")
    if clause.state != ClauseState.CONFIRMED:
        raise IssueRefused(f"事项“{clause.deliverable}”尚未确认，不能下发")
    out = clause.obligations.filter(parent=None).exclude(state=ObligationState.WITHDRAWN)
    if out.filter(period=period).exists():
        which = f"（{period}）" if period else ""
        raise IssueRefused(f"事项“{clause.deliverable}”{which}已经下发过，不能重复下发")


def _check_bureaus(issuer: Bureau, bureaus: list[Bureau]) -> None:
    if not bureaus:
        raise IssueRefused("请至少选择一个接收单位")
    for bureau in bureaus:
        if bureau.pk == issuer.pk or not bureau.path.startswith(issuer.path):
            raise IssueRefused(f"{bureau}不是{issuer}的下级单位，不能向它下发")
        if not bureau.is_active:
            raise IssueRefused(f"{bureau}已停用，不能向它下发")


def check_soon(workdays: int) -> None:
    """Raise IssueRefused where an office may not call it 临期 so many working days ahead."""
    if workdays not in SOON_RANGE:
        raise IssueRefused(f"临期线应为{SOON_RANGE[0]}到{SOON_RANGE[-1]}个工作日")


def _check_below(row: Assignment, bureaus: list[Bureau]) -> None:
    if not bureaus:
        raise IssueRefused("请至少选择一个接收单位")
    for bureau in bureaus:
        if bureau.parent_id != row.bureau_id:
            raise IssueRefused(f"{bureau}不是{row.bureau}的直接下级，不能分解给它")
        if not bureau.is_active:
            raise IssueRefused(f"{bureau}已停用，不能分解给它")
    permissions.check_reaches_below(row.bureau)


def _check_still_owed(row: Assignment) -> None:
    """What is handed in already asks nothing more of anybody below."""
    if row.status not in WITH_BUREAU:
        raise IssueRefused(f"本级任务当前为“{row.get_status_display()}”，不能再向下级补发")


def _check_terms(row: Assignment, terms: Terms) -> None:
    if not terms.need.strip():
        raise IssueRefused(NEED_MISSING)
    mine, theirs = row.due_at, terms.dates.due_at
    if mine is not None and (theirs is None or theirs > mine):
        limit = f"{local_day(mine):%Y年%-m月%-d日}"
        raise IssueRefused(f"下级的截止时间不能晚于本级的截止时间{limit}")


def _obligation(terms: Terms, **fields: object) -> Obligation:
    dates = terms.dates
    made: Obligation = Obligation.objects.create(
        due_at=dates.due_at,
        strict_on=dates.strict_on,
        target_at=dates.target_at,
        review_on=dates.review_on,
        explanation=dates.explanation,
        period=terms.period,
        soon_workdays=terms.soon_workdays,
        need=terms.need.strip(),
        **fields,
    )
    return made


def _send(
    obligation: Obligation, bureaus: list[Bureau], *, reason: str = "", now: datetime, by: Staff
) -> list[Assignment]:
    made: list[Assignment] = Assignment.objects.bulk_create(
        [_assignment(obligation, bureau) for bureau in bureaus], batch_size=500
    )
    addressees.add(obligation.notice, bureaus)
    if len(made) <= events.FEW:  # else the moment of each new task does so, with the next tick
        milestones.arm(made, now=now)
    news.issued(made, bureaus, reason=reason, now=now, by=by)
    return made


def _record(
    verb: str, obligation: Obligation, bureaus: list[Bureau], *, now: datetime, by: Staff
) -> None:
    detail: dict[str, object] = {
        "bureaus": [bureau.code for bureau in bureaus],
        "due_at": obligation.due_at,
        "deadline_version": obligation.deadline_version,
    }
    if obligation.evidence:
        detail["evidence"] = obligation.evidence.split(",")
    if obligation.need:
        detail["need"] = obligation.need
    detail |= for_absentee(by, Permission.ISSUE, at=obligation.issuer)
    trail.record(verb, obligation, chain=obligation.issuer.code, detail=detail, at=now, by=by)


def _assignment(obligation: Obligation, bureau: Bureau) -> Assignment:
    return Assignment(
        obligation=obligation,
        bureau=bureau,
        bureau_path=bureau.path,
        receiver=obligation.issuer,
        due_at=obligation.due_at,
        strict_on=obligation.strict_on,
        target_at=obligation.target_at,
        review_on=obligation.review_on,
        deadline_version=obligation.deadline_version,
    )
