"""核对变动: what a copy that was taken over says otherwise of duties that were confirmed before."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from notices.actions import checking
from notices.checking.decisions import Decision
from notices.errors import NoticeError
from notices.models import ClauseChange, Notice
from notices.states import ClauseState
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI
from tasks.actions import amending, receipts
from tasks.issuing.clause_changes import Settlement, issued_by, moves
from tasks.models import Obligation
from tasks.scheduling.counted import counts_from
from tasks.states import CountsFrom


@transaction.atomic
def settle(
    notice: Notice,
    *,
    decisions: Mapping[int, Decision],
    changes: Mapping[int, Settlement],
    now: datetime,
    by: Staff,
) -> list[Obligation]:
    """Decide every new duty and every change of a filed notice, all or nothing.

    Adopted: the clause gets the new deadline, and what was issued by it is amended, which tells
    the bureaus and arms their reminders anew; a duty that is gone is withdrawn. Returns the
    obligations that were changed. Raises NoticeError where a change is left undecided or another
    person was faster, and what ``amending`` raises.
    """
    checking.decide(notice, decisions=decisions, now=now, by=by)
    open_rows = ClauseChange.objects.select_for_update(of=("self",)).select_related("clause")
    rows = list(open_rows.filter(clause__notice=notice, decision="").order_by("pk"))
    if {row.pk for row in rows} != changes.keys():
        raise NoticeError("待确认的变动有了变化，请刷新页面后重新核对")
    touched: list[Obligation] = []
    for row in rows:
        choice = changes[row.pk]
        if choice.is_adopted:
            touched += _adopt(row, choice.reason, now=now, by=by)
        row.decision = (
            ClauseChange.Decision.ADOPTED if choice.is_adopted else ClauseChange.Decision.KEPT
        )
        row.decided_at, row.decided_by = now, by
        row.save()
        _record(row, choice, notice, now=now, by=by)
    return touched


def _adopt(change: ClauseChange, reason: str, *, now: datetime, by: Staff) -> list[Obligation]:
    clause, obligations = change.clause, issued_by(change.clause)
    if change.kind == ClauseChange.Kind.GONE:
        clause.state = ClauseState.REJECTED
        clause.save(update_fields=["state"])
        return [amending.withdraw(one, reason=reason, now=now, by=by) for one in obligations]
    for name in ClauseChange.DEADLINE:
        setattr(clause, name, getattr(change, f"new_{name}"))
    clause.needs_confirming = False
    clause.save()
    concerned = [one for one in obligations if moves(change, one)]
    if counts_from(clause) != CountsFrom.DAY:
        return [receipts.count_again(one, reason=reason, now=now, by=by) for one in concerned]
    local = change.new_due_at.astimezone(SHANGHAI) if change.new_due_at else None
    return [
        amending.amend(
            one,
            local.date() if local else None,
            at=local.time() if local else END_OF_DAY,
            reason=reason,
            now=now,
            by=by,
        )
        for one in concerned
    ]


def _record(
    row: ClauseChange, choice: Settlement, notice: Notice, *, now: datetime, by: Staff
) -> None:
    detail = {
        "clause": row.clause.position,
        "kind": row.kind,
        "due_at": [row.old_due_at, row.new_due_at],
        "adopted": choice.is_adopted,
        "reason": choice.reason,
    }
    trail.record("确认变动", notice, chain=notice.bureau.code, detail=detail, at=now, by=by)
