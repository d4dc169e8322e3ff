"""下发: a confirmed clause becomes an obligation and one assignment for each bureau."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from notices.actions import addressees
from notices.models import Clause, Notice
from notices.states import ClauseState, NoticeState
from tasks import permissions
from tasks.actions import milestones
from tasks.dates import Dates
from tasks.errors import IssueRefused
from tasks.models import Assignment, Obligation


@transaction.atomic
def issue(
    clause: Clause, *, bureaus: Iterable[Bureau], dates: Dates, now: datetime, by: Staff
) -> Obligation:
    """Issue one clause to the bureaus: exactly one assignment each, with its reminders armed.

    Raises IssueRefused where the notice is not filed, the clause not confirmed, already
    issued, or no bureau is chosen; nothing is stored then.
    """
    notice, chosen = clause.notice, list(dict.fromkeys(bureaus))
    permissions.check_issue(by, notice)
    _check(clause, chosen)
    obligation = Obligation.objects.create(
        notice=notice,
        clause=clause,
        issuer=notice.bureau,
        title=clause.deliverable,
        quote=clause.quote,
        attachment_numbers=clause.attachment_numbers,
        due_at=dates.due_at,
        strict_on=dates.strict_on,
        target_at=dates.target_at,
        review_on=dates.review_on,
        explanation=dates.explanation,
        issued_at=now,
        issued_by=by,
    )
    made = Assignment.objects.bulk_create(
        [_assignment(obligation, bureau) for bureau in chosen], batch_size=500
    )
    addressees.add(notice, chosen)
    milestones.arm(made, now=now)
    trail.record(
        "下发",
        obligation,
        chain=notice.bureau.code,
        detail={
            "bureaus": [bureau.code for bureau in chosen],
            "due_at": dates.due_at,
            "deadline_version": obligation.deadline_version,
        },
        at=now,
        by=by,
    )
    return obligation


def _check(clause: Clause, bureaus: list[Bureau]) -> None:
    locked = Notice.objects.select_for_update().get(pk=clause.notice_id)
    if locked.state != NoticeState.FILED:
        raise IssueRefused("文件尚未核对入库，请先在“核对”页确认识别结果")
    if clause.state != ClauseState.CONFIRMED:
        raise IssueRefused(f"事项“{clause.deliverable}”尚未确认，不能下发")
    if clause.obligations.exclude(state="withdrawn").exists():
        raise IssueRefused(f"事项“{clause.deliverable}”已经下发过，不能重复下发")
    if not bureaus:
        raise IssueRefused("请至少选择一个接收单位")


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
