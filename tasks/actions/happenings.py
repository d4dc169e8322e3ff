"""填写起算之日: the day of what deadlines wait for (活动结束, 检查完成), entered once.

By the issuer for all bureaus, or, where the issuer leaves it to them, by each for itself.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from audit import trail
from bureaus import paths
from bureaus.calendar import YEARS
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.rules import RelativeDeadline
from notices.text.deadlines.workdays import WorkCalendar
from tasks import permissions
from tasks.actions import deadlines, news
from tasks.errors import IssueRefused, TransitionDenied
from tasks.models import Assignment, Obligation
from tasks.permissions import for_absentee
from tasks.scheduling.counted import event_of, on_event, rule_of
from tasks.scheduling.dates import Dates, moment_in_words
from tasks.states import CountsFrom, DeadlineCause, ObligationState

AHEAD = timedelta(days=31)  # that a bureau may enter a day before it has come


@transaction.atomic
def set_day(obligation: Obligation, day: date, *, now: datetime, by: Staff) -> int:
    """Give all that waits for the same event of a notice the deadline that this day brings.

    What was split from it without a day of its own goes along; what a bureau above asked does not.
    Another day may be set later; both stand in the history. What is handed in, or has a day of its
    own from an extension, stays, as does what is left to each bureau. Returns how many obligations
    were dated. Raises IssueRefused for a day that makes no sense, the same day again, one whose
    deadline is past already or after that of the task that was split, and for what is withdrawn.
    """
    _check_counts(obligation, by)
    if obligation.event_by_bureau:
        raise IssueRefused("起算之日由各单位填写；要统一填写的，请先改为由下发单位填写")
    calendar = work_calendar()
    _check_day(obligation, day, obligation.event_on)
    _check_above(obligation, on_event(obligation.clause, day, calendar))
    waiting = [each for each in _waiting(obligation) if not each.event_by_bureau]
    for each in waiting:
        _date(each, day, calendar, now=now, by=by)
    return len(waiting)


@transaction.atomic
def choose_who(obligation: Obligation, *, by_bureau: bool, now: datetime, by: Staff) -> int:
    """Who enters the day of the event: its issuer for all, or each bureau its own.

    For all that the issuer asks in this notice and that waits for the same event; how many they
    are. What was split below is its own issuer's to hand down. Raises IssueRefused once a day is
    entered: by then it counts for somebody.
    """
    _check_counts(obligation, by)
    same = [one for one in _waiting(obligation) if one.issuer_id == obligation.issuer_id]
    for one in same:
        if one.event_on or one.assignments.filter(event_on__isnull=False).exists():
            raise IssueRefused("起算之日已经有人填写，不能再改由谁填写；请用“更改时限”另定日期")
    for one in same:
        one.event_by_bureau = by_bureau
        one.save(update_fields=["event_by_bureau"])
        detail = {
            "event_by": "各单位" if by_bureau else "下发单位",
            **for_absentee(by, Permission.ISSUE, at=one.issuer),
        }
        trail.record(
            "改定起算之日由谁填写", one, chain=one.issuer.code, detail=detail, at=now, by=by
        )
    return len(same)


@transaction.atomic
def set_own_day(
    assignment: Assignment, day: date, *, reason: str = "", now: datetime, by: Staff
) -> int:
    """Give what one bureau owes, and what it split without handing the choice down, the deadline
    that its own day brings; nobody else's changes.

    All its tasks of the notice that wait for the same event are dated; returns how many. Another
    day needs a ``reason``, and both stay in the history. A day whose deadline is past is taken: the
    task is overdue then. Raises NotYourPost, IssueRefused for a day that makes no sense, one more
    than AHEAD to come, one that ends after the task above, and TransitionDenied where nothing is
    owed or an extension or a return holds.
    """
    asked, today = assignment.obligation, local_day(now)
    permissions.check_own_day(by, assignment)
    event, calendar = event_of(asked.clause), work_calendar()
    _check_day(asked, day, assignment.event_on)
    if day > today + AHEAD:
        raise IssueRefused(f"{event}之日还在{AHEAD.days}天以后，请临近时或发生后再填写")
    if assignment.event_on and not reason.strip():
        raise IssueRefused(f"{event}之日已经填过，更改请写明原因")
    _check_above(asked, on_event(asked.clause, day, calendar))
    rows = _own_waiting(assignment)
    if assignment.pk not in {row.pk for row in rows}:
        raise TransitionDenied("该任务已按延期或补正另定截止时间，不再从起算之日推算")
    for row in rows:
        _date_own(row, day, calendar, reason=reason.strip(), now=now, by=by)
    return len(rows)


def _own_waiting(assignment: Assignment) -> list[Assignment]:
    """What the bureau still owes of the notice that counts from its own day of the same event."""
    asked = assignment.obligation
    alike = [one.pk for one in _waiting(asked) if one.issuer_id == asked.issuer_id]
    own = Assignment.objects.filter(obligation__in=alike, bureau=assignment.bureau_id)
    left = own.filter(obligation__event_by_bureau=True).to_be_amended()
    has_own = Assignment.objects.with_own_day().filter(pk__in=left.order_by().values("pk"))
    rows = left.exclude(pk__in=has_own.order_by().values("pk")).select_for_update(of=("self",))
    return list(rows.select_related("obligation__clause", "obligation__notice", "bureau"))


def _date_own(
    row: Assignment, day: date, calendar: WorkCalendar, *, reason: str, now: datetime, by: Staff
) -> None:
    old, event_was = row.due_at, row.event_on
    dates = _on_event(row.obligation, day, calendar)
    said = f"{dates.explanation}更改原因：{reason}" if reason else dates.explanation
    deadlines.change([row], dates, cause=DeadlineCause.HAPPENED, reason=said, now=now, by=by)
    row.event_on = day
    row.save(update_fields=["event_on"])
    detail = {
        "event_on": [event_was, day],
        "due_at": [old, dates.due_at],
        "deadline_version": row.deadline_version,
        "reason": reason,
        **for_absentee(by, Permission.FILL, at=row.bureau),
    }
    trail.record("填写起算之日", row, chain=row.bureau.code, detail=detail, at=now, by=by)
    if row.due_at != old:
        news.deadline_moved([(row, old)], reason=reason or said, now=now, by=by)
    below = Obligation.objects.select_for_update(of=("self",), no_key=True).filter(
        parent=row,
        counts_from=CountsFrom.EVENT,
        event_by_bureau=False,
        state=ObligationState.ISSUED,
    )
    for one in below.select_related("issuer", "clause", "notice"):
        for each in [one, *_below_of(one)]:
            _date(each, day, calendar, is_past_taken=True, now=now, by=by)


def _below_of(obligation: Obligation) -> Sequence[Obligation]:
    """What was split further below from it and is left to nobody there."""
    found = Obligation.objects.below(obligation).filter(
        counts_from=CountsFrom.EVENT, event_by_bureau=False
    )
    return list(found.select_related("issuer", "clause", "notice"))


def _check_counts(obligation: Obligation, by: Staff) -> None:
    permissions.check_amend(by, obligation)
    if obligation.state != ObligationState.ISSUED:
        raise IssueRefused(f"该事项{obligation.get_state_display()}，不能再更改")
    if obligation.counts_from != CountsFrom.EVENT or rule_of(obligation.clause) is None:
        raise IssueRefused("该事项的时限不从事件起算，请用“更改时限”")


def _check_day(obligation: Obligation, day: date, old: date | None) -> None:
    event = event_of(obligation.clause)
    if day.year not in YEARS:
        raise IssueRefused(f"请填写{YEARS[0]}到{YEARS[-1]}年之间的日期")
    if day == old:
        raise IssueRefused(f"{event}之日已经填为{day:%Y年%-m月%-d日}，没有变化")
    written = obligation.notice.written_on
    if written and day < written:
        raise IssueRefused(f"{event}之日不能早于来文的成文日期{written:%Y年%-m月%-d日}")


def _check_above(obligation: Obligation, dates: Dates) -> None:
    above = obligation.parent.due_at if obligation.parent else None
    if above and dates.due_at and dates.due_at > above:
        limit = moment_in_words(above)
        raise IssueRefused(f"按这一天推算，截止时间晚于上级任务的截止时间{limit}")


def _waiting(obligation: Obligation) -> list[Obligation]:
    """Of the same notice, issuer and event, and what was split from it without a day of its own."""
    event = event_of(obligation.clause)
    alike = Obligation.objects.select_for_update(of=("self",), no_key=True).filter(
        paths.subtree("issuer__path", obligation.issuer.path),
        notice=obligation.notice_id,
        counts_from=CountsFrom.EVENT,
        state=ObligationState.ISSUED,
    )
    rows = alike.select_related("issuer", "clause", "notice").order_by("pk")
    return [row for row in rows if rule_of(row.clause) and event_of(row.clause) == event]


def _on_event(obligation: Obligation, day: date, calendar: WorkCalendar) -> Dates:
    """Raises IssueRefused for words that a day says too little for."""
    dates = on_event(obligation.clause, day, calendar)
    if dates.due_at is None and isinstance(rule_of(obligation.clause), RelativeDeadline):
        raise IssueRefused("原文按小时计算，只有日期推算不出截止时间，请用“更改时限”另定日期")
    return dates


def _date(
    obligation: Obligation,
    day: date,
    calendar: WorkCalendar,
    *,
    is_past_taken: bool = False,
    now: datetime,
    by: Staff,
) -> None:
    dates, old = _on_event(obligation, day, calendar), obligation.due_at
    if dates.due_at and dates.due_at < now and not is_past_taken:
        until = moment_in_words(dates.due_at)
        raise IssueRefused(f"按这一天推算，截止时间{until}已经过去，请用“更改时限”另定日期")
    owed = obligation.assignments.to_be_amended().filter(due_at=old)
    rows = list(owed.select_for_update(of=("self",)))
    before = [row.due_at for row in rows]
    deadlines.change(
        rows,
        dates,
        cause=DeadlineCause.HAPPENED,
        reason=dates.explanation,
        now=now,
        by=by,
    )
    obligation.event_on = day
    deadlines.write(obligation, dates)
    detail = {
        "event_on": day,
        "due_at": [old, dates.due_at],
        "deadline_version": obligation.deadline_version,
        **for_absentee(by, Permission.ISSUE, at=obligation.issuer),
    }
    news.deadline_moved(zip(rows, before, strict=True), reason=dates.explanation, now=now, by=by)
    trail.record(
        "填写起算之日", obligation, chain=obligation.issuer.code, detail=detail, at=now, by=by
    )
