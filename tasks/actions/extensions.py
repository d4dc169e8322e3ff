"""延期: a later date is asked for before the deadline, and the receiver decides.

Source: 应在办理时限到期前按程序办理延期；没有办理延期的，按原定时间考核. While it is undecided the
old date counts, and it stays in the history when a later one is granted.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from notices.text.page.secrecy import refuse_marked
from tasks import permissions
from tasks.actions import deadlines, news
from tasks.errors import SomebodyWasFaster, TransitionDenied
from tasks.models import Assignment, Extension
from tasks.permissions import for_absentee
from tasks.reminders.actions import events
from tasks.scheduling.dates import last_moment, until
from tasks.states import DeadlineCause, ExtensionState


@transaction.atomic
def request(
    assignment: Assignment, *, until: date, reason: str, now: datetime, by: Staff
) -> Extension:
    """Ask for a later day. Raises TransitionDenied after the deadline, without reason, twice."""
    row = _locked(assignment)
    permissions.check_extend(by, row, now=now)
    refuse_marked(reason, "填写的内容中")
    asked_until = last_moment(until)
    _check_day(row, asked_until)
    if not reason.strip():
        raise TransitionDenied("请填写申请延期的理由")
    if row.extensions.filter(state=ExtensionState.ASKED).exists():
        raise TransitionDenied("已有一份延期申请等待答复，不能重复申请")
    extension = Extension.objects.create(
        assignment=row,
        receiver_id=row.receiver_id,
        due_at=row.due_at,
        asked_until=asked_until,
        reason=reason.strip(),
        asked_at=now,
        asked_by=by,
    )
    said = {"asked_until": asked_until, "reason": reason.strip()}
    news.extension_asked(extension, now=now, by=by)
    _record("申请延期", row, Permission.FILL, said, now=now, by=by)
    return extension


@transaction.atomic
def decide(
    extension: Extension,
    *,
    is_granted: bool,
    until_day: date | None = None,
    opinion: str = "",
    now: datetime,
    by: Staff,
) -> Extension:
    """Grant it, up to the day asked for or another, or refuse it with an opinion.

    Raises TransitionDenied for a day gone by or not after the present end, SomebodyWasFaster where
    it is answered or taken back already.
    """
    row = _locked(extension.assignment)
    permissions.check_decide_extension(by, row)
    refuse_marked(opinion, "填写的内容中")
    if not _waiting(extension).exists():
        raise SomebodyWasFaster
    day, old = until_day or local_day(extension.asked_until), row.due_at
    if is_granted:
        _check_granted(row, day, now=now)
    elif not opinion.strip():
        raise TransitionDenied("请填写不同意的理由")
    state = ExtensionState.GRANTED if is_granted else ExtensionState.REFUSED
    changes = {
        "state": state,
        "granted_until": last_moment(day) if is_granted else None,
        "opinion": opinion.strip(),
        "decided_at": now,
        "decided_by": by,
    }
    _claim(extension, changes)
    if is_granted:
        deadlines.change(
            [row],
            until(day, calendar=work_calendar(), said="同意延期"),
            cause=DeadlineCause.EXTENDED,
            reason=extension.reason,
            now=now,
            by=by,
        )
    news.extension_answered(extension, row, now=now, by=by)
    moved: dict[str, object] = {"due_at": [old, row.due_at]} if is_granted else {}
    said = {"reason": opinion.strip()} if opinion.strip() else {}
    _record(f"{state.label}延期", row, Permission.RECEIVE, moved | said, now=now, by=by)
    return extension


@transaction.atomic
def take_back(extension: Extension, *, now: datetime, by: Staff) -> Extension:
    """The bureau does without it after all."""
    row = _locked(extension.assignment)
    permissions.check_fills(by, row, "收回延期申请")
    _claim(extension, {"state": ExtensionState.TAKEN_BACK})
    events.settle_request(row)
    _record("收回延期申请", row, Permission.FILL, {}, now=now, by=by)
    return extension


def _locked(assignment: Assignment) -> Assignment:
    found: Assignment = (
        Assignment.objects.select_for_update(of=("self",)).for_detail().get(pk=assignment.pk)
    )
    return found


def _waiting(extension: Extension) -> QuerySet[Extension]:
    return Extension.objects.filter(pk=extension.pk, state=ExtensionState.ASKED)


def _claim(extension: Extension, changes: Mapping[str, object]) -> None:
    if not _waiting(extension).update(**changes):
        raise SomebodyWasFaster
    for field, value in changes.items():
        setattr(extension, field, value)


def _check_granted(row: Assignment, day: date, *, now: datetime) -> None:
    _check_day(row, last_moment(day))
    if day < local_day(now):
        raise TransitionDenied("申请延至的日期已过，同意时请另定一个日期")


def _check_day(row: Assignment, moment: datetime) -> None:
    """Later than now owed; where a bureau above has its own date, not later than that one."""
    if row.due_at is None or moment <= row.due_at:
        raise TransitionDenied("延期后的日期应晚于现在的截止时间")
    above = row.obligation.parent
    if above is not None and above.due_at is not None and moment > above.due_at:
        limit = f"{local_day(above.due_at):%Y年%-m月%-d日}"
        raise TransitionDenied(f"延期后的日期不能晚于上级任务的截止时间{limit}")


def _record(
    verb: str,
    row: Assignment,
    permission: Permission,
    detail: dict[str, object],
    *,
    now: datetime,
    by: Staff,
) -> None:
    at = row.receiver if permission == Permission.RECEIVE else row.bureau
    detail |= {"deadline_version": row.deadline_version}
    detail |= for_absentee(by, permission, at=at)
    trail.record(verb, row, chain=at.code, detail=detail, at=now, by=by)
