"""更改时限 and 撤销事项: what the issuer does to an obligation after it went out."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.models import Notice
from notices.text.deadlines.office_time import END_OF_DAY, local_day
from tasks import permissions
from tasks.actions import counts, deadlines, issuing, news
from tasks.errors import IssueRefused
from tasks.models import Assignment, Extension, Obligation
from tasks.permissions import for_absentee
from tasks.reminders.actions import milestones
from tasks.scheduling.dates import last_moment, until
from tasks.states import (
    ENDED,
    CountsFrom,
    DeadlineCause,
    ExtensionState,
    ObligationState,
    Status,
)

FROM_ABOVE = "上级已撤销："  # before the reason, once however deep it goes


@transaction.atomic
def amend(
    obligation: Obligation,
    day: date | None,
    *,
    at: time = END_OF_DAY,
    reason: str,
    now: datetime,
    by: Staff,
) -> Obligation:
    """Another last day, or None for no deadline at all; the old one stays in the history.

    ``at`` is the day's last moment.

    What is handed in already is not touched, and an assignment that has a later day of its own,
    from an extension or a return, keeps it. What bureaus below were asked by such an assignment is
    theirs to change. Raises IssueRefused without a reason, for the same day, or for one after the
    end of the task that was split.
    """
    locked = _locked(obligation, by)
    if not reason.strip():
        raise IssueRefused("请填写更改时限的原因")
    check_day(locked, day, at=at)
    old = locked.due_at
    dates = until(day, calendar=work_calendar(), said=f"{locked.issuer}更改时限", at=at)
    owed = locked.assignments.to_be_amended().moving_with(locked, dates.due_at)
    rows = list(owed.select_for_update(of=("self",)))
    before = [row.due_at for row in rows]
    deadlines.change(
        rows,
        dates,
        cause=DeadlineCause.AMENDED,
        reason=reason,
        now=now,
        by=by,
    )
    deadlines.write(locked, dates)
    moved = list(zip(rows, before, strict=True))
    record(locked, old, moved, reason=reason, now=now, by=by)
    return locked


def record(
    obligation: Obligation,
    old: datetime | None,
    moved: Sequence[tuple[Assignment, datetime | None]],
    *,
    reason: str,
    now: datetime,
    by: Staff,
) -> None:
    """Tell who is concerned, and the trail, of a deadline that was ``old``; ``moved``: the rows
    with theirs. Part of an action."""
    detail = {
        "due_at": [old, obligation.due_at],
        "reason": reason.strip(),
        "deadline_version": obligation.deadline_version,
        **for_absentee(by, Permission.ISSUE, at=obligation.issuer),
    }
    news.deadline_moved(moved, reason=reason, now=now, by=by)
    chain = obligation.issuer.code
    trail.record("更改时限", obligation, chain=chain, detail=detail, at=now, by=by)


@transaction.atomic
def withdraw(obligation: Obligation, *, reason: str, now: datetime, by: Staff) -> Obligation:
    """撤销 the whole obligation and what was split from it; what is done already stays done."""
    locked = _locked(obligation, by)
    if not reason.strip():
        raise IssueRefused("请填写撤销的原因")
    _withdraw(locked, reason=reason.strip(), now=now, by=by)
    return locked


@transaction.atomic
def set_soon(notice: Notice, workdays: int, *, now: datetime, by: Staff) -> Notice:
    """Another 临期线, for all that the notice asks, counted in working days before the target."""
    permissions.check_issue(by, notice)
    issuing.check_soon(workdays)
    asked = Obligation.objects.filter(notice=notice, parent=None)
    old = sorted(set(asked.values_list("soon_workdays", flat=True)))
    asked.update(soon_workdays=workdays)
    detail = {"soon_workdays": [old, workdays]}
    trail.record("调整临期线", notice, chain=notice.bureau.code, detail=detail, at=now, by=by)
    return notice


def check_day(obligation: Obligation, day: date | None, *, at: time = END_OF_DAY) -> None:
    """Raise IssueRefused where the deadline cannot become that day."""
    moment = last_moment(day, at) if day else None
    is_fixed = moment is not None and obligation.counts_from != CountsFrom.DAY
    if moment == obligation.due_at and not is_fixed:  # one day for all in place of what counts
        raise IssueRefused("新的截止时间与现在的相同")
    above = obligation.parent.due_at if obligation.parent else None
    if above is not None and (moment is None or moment > above):
        limit = f"{local_day(above):%Y年%-m月%-d日}"
        raise IssueRefused(f"截止时间不能晚于上级任务的截止时间{limit}")


def withdraw_below(assignment: Assignment, *, reason: str, now: datetime, by: Staff) -> None:
    """What was split from an assignment of which nothing is asked any more; part of its action."""
    _withdraw_all(Obligation.objects.filter(parent=assignment), reason=reason, now=now, by=by)


def _withdraw(obligation: Obligation, *, reason: str, now: datetime, by: Staff) -> None:
    rows = obligation.assignments.select_for_update(of=("self",)).exclude(status__in=ENDED)
    open_rows = list(rows.select_related("bureau"))
    milestones.disarm(open_rows)
    mine = Assignment.objects.filter(obligation=obligation).exclude(status__in=ENDED)
    asked = Extension.objects.filter(assignment__obligation=obligation, state=ExtensionState.ASKED)
    asked.update(state=ExtensionState.TAKEN_BACK)
    counts.released(open_rows)
    mine.update(status=Status.WITHDRAWN, return_reason=reason)
    obligation.state = ObligationState.WITHDRAWN
    obligation.save(update_fields=["state"])
    news.withdrawn(open_rows, reason=reason, now=now, by=by)
    detail = {"bureaus": [row.bureau.code for row in open_rows], "reason": reason}
    trail.record(
        "撤销事项",
        obligation,
        chain=obligation.issuer.code,
        detail=detail | for_absentee(by, Permission.ISSUE, at=obligation.issuer),
        at=now,
        by=by,
    )
    below = Obligation.objects.filter(parent__obligation=obligation)
    _withdraw_all(below, reason=reason, now=now, by=by)


def _withdraw_all(splits: QuerySet[Obligation], *, reason: str, now: datetime, by: Staff) -> None:
    said = reason.strip() if reason.startswith(FROM_ABOVE) else f"{FROM_ABOVE}{reason.strip()}"
    out = splits.filter(state=ObligationState.ISSUED).select_related("issuer").order_by("pk")
    for split in out.select_for_update(of=("self",), no_key=True):  # nobody adds a bureau meanwhile
        _withdraw(split, reason=said, now=now, by=by)


def _locked(obligation: Obligation, by: Staff) -> Obligation:
    locked: Obligation = (
        Obligation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("issuer", "parent")
        .get(pk=obligation.pk)
    )
    permissions.check_amend(by, locked)
    if locked.state != ObligationState.ISSUED:
        raise IssueRefused(f"该事项{locked.get_state_display()}，不能再更改")
    return locked
