"""确认把握高的事项: what was read for sure is confirmed at once, before the notice is filed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from notices.actions.checking import check_may
from notices.checking.sure import is_sure
from notices.errors import NoticeError
from notices.models import Clause, Notice
from notices.states import ClauseState, NoticeState


@transaction.atomic
def confirm_sure(
    notice: Notice, *, refused: Collection[int] = (), now: datetime, by: Staff
) -> list[Clause]:
    """Confirm every clause of high 把握 that nobody has decided; returns them.

    ``refused`` are the pks of those that the person has called no obligation and not yet stored.
    A confirmation can be taken back until the notice is filed. Raises NoticeError where the notice
    is not waiting to be checked or nothing is left to be confirmed.
    """
    check_may(by, notice)
    _lock(notice)
    attachments = list(notice.attachments.all())
    waiting = notice.clauses.reports().filter(state=ClauseState.PROPOSED).exclude(pk__in=refused)
    clauses = [clause for clause in waiting if is_sure(clause, attachments)]
    if not clauses:
        raise NoticeError("把握高的事项都已核对，其余请逐项核对")
    _move(notice, clauses, ClauseState.CONFIRMED)
    _record("确认把握高的事项", notice, clauses, now=now, by=by)
    return clauses


@transaction.atomic
def take_back(notice: Notice, clause_id: int, *, now: datetime, by: Staff) -> Clause:
    """撤销确认: the clause is undecided again. Raises NoticeError where it is not confirmed."""
    check_may(by, notice)
    _lock(notice)
    confirmed = notice.clauses.reports().filter(state=ClauseState.CONFIRMED)
    clause: Clause | None = confirmed.filter(pk=clause_id).first()
    if clause is None:
        raise NoticeError("该事项没有确认，不用撤销")
    _move(notice, [clause], ClauseState.PROPOSED)
    _record("撤销确认事项", notice, [clause], now=now, by=by)
    return clause


def _lock(notice: Notice) -> None:
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state != NoticeState.TO_CHECK:
        raise NoticeError("该文件已经核对过，请刷新页面")


def _move(notice: Notice, clauses: list[Clause], state: ClauseState) -> None:
    notice.clauses.filter(pk__in=[clause.pk for clause in clauses]).update(state=state)


def _record(verb: str, notice: Notice, clauses: list[Clause], *, now: datetime, by: Staff) -> None:
    detail = {"clauses": [clause.position for clause in clauses]}
    trail.record(verb, notice, chain=notice.bureau.code, detail=detail, at=now, by=by)
