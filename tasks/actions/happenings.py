"""填写起算之日: the day of what deadlines wait for (活动结束, 检查完成), entered once."""

from datetime import date, datetime

from django.db import transaction

from audit import trail
from bureaus import paths
from bureaus.calendar import YEARS
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.text.deadlines.rules import RelativeDeadline
from notices.text.deadlines.workdays import WorkCalendar
from tasks import permissions
from tasks.actions import deadlines, news
from tasks.errors import IssueRefused
from tasks.models import Obligation
from tasks.permissions import for_absentee
from tasks.scheduling.counted import event_of, on_event, rule_of
from tasks.scheduling.dates import Dates, moment_in_words
from tasks.states import CountsFrom, DeadlineCause, ObligationState


@transaction.atomic
def set_day(obligation: Obligation, day: date, *, now: datetime, by: Staff) -> int:
    """Give all that waits for the same event of a notice the deadline that this day brings.

    What was split from it without a day of its own goes along; what a bureau above asked does not.
    Another day may be set later; both stand in the history. What is handed in, or has a day of its
    own from an extension, stays. Returns how many obligations were dated. Raises IssueRefused for a
    day that makes no sense, the same day again, one whose deadline is past already or after that of
    the task that was split, and for what is withdrawn.
    """
    permissions.check_amend(by, obligation)
    if obligation.state != ObligationState.ISSUED:
        raise IssueRefused(f"该事项{obligation.get_state_display()}，不能再更改")
    if obligation.counts_from != CountsFrom.EVENT or rule_of(obligation.clause) is None:
        raise IssueRefused("该事项的时限不从事件起算，请用“更改时限”")
    event, calendar = event_of(obligation.clause), work_calendar()
    _check_day(obligation, day, event)
    _check_above(obligation, on_event(obligation.clause, day, calendar))
    waiting = [each for each in _waiting(obligation) if event_of(each.clause) == event]
    for each in waiting:
        _date(each, day, calendar, now=now, by=by)
    return len(waiting)


def _check_day(obligation: Obligation, day: date, event: str) -> None:
    if day.year not in YEARS:
        raise IssueRefused(f"请填写{YEARS[0]}到{YEARS[-1]}年之间的日期")
    if day == obligation.event_on:
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
    """Of the same notice and issuer, and what was split from it without a day of its own."""
    alike = Obligation.objects.select_for_update(of=("self",)).filter(
        paths.subtree("issuer__path", obligation.issuer.path),
        notice=obligation.notice_id,
        counts_from=CountsFrom.EVENT,
        state=ObligationState.ISSUED,
    )
    rows = alike.select_related("issuer", "clause", "notice").order_by("pk")
    return [row for row in rows if rule_of(row.clause) is not None]


def _date(
    obligation: Obligation, day: date, calendar: WorkCalendar, *, now: datetime, by: Staff
) -> None:
    dates, old = on_event(obligation.clause, day, calendar), obligation.due_at
    if dates.due_at is None and isinstance(rule_of(obligation.clause), RelativeDeadline):
        raise IssueRefused("原文按小时计算，只有日期推算不出截止时间，请用“更改时限”另定日期")
    if dates.due_at and dates.due_at < now:
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
