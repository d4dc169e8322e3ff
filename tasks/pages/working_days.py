"""What has to be said about the working days: a year not loaded, what moved, what is in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q
from django.urls import reverse

from bureaus.models import Staff
from bureaus.roles import Permission
from bureaus.shell.paging import Asked, Counted
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Assignment, DateMove, DeadlineDoubt
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.scheduling.dates import last_moment

FROM_MONTH = 10  # the State Council announces the next year's rest days in October or November
SHOWN_FOR = timedelta(days=14)  # how long the desk speaks of targets that moved
CAP, ALL = 1000, 100_000


@dataclass(frozen=True)
class Note:
    """One line above the desk, with where to go."""

    words: str
    url: str
    label: str


def asked(user: Staff, *, now: datetime, calendar: WorkCalendar) -> Asked:
    """What has to be counted for ``notes``: for those who run the system or issue."""
    runs = bool(user.bureaus_where(Permission.SYSTEM))
    issuing = user.bureaus_where(Permission.ISSUE)
    found: Asked = {}
    if not (runs or issuing):
        return found
    if _is_late(now, calendar):
        found["beyond"] = (_beyond(user, runs, calendar), CAP)
    # on most days none; what one may see of them is a costly question
    found["moved"] = (DateMove.objects.filter(recount__made_at__gt=now - SHOWN_FOR), 0)
    if issuing:
        mine = DeadlineDoubt.objects.open().filter(obligation__issuer__in=issuing)
        found["doubted"] = (mine.filter(recount__made_at__gt=now - SHOWN_FOR), ALL)
    return found


def notes(
    user: Staff, counts: Mapping[str, Counted], *, now: datetime, calendar: WorkCalendar
) -> list[Note]:
    """``counts``: of what was ``asked``. One query more where targets have moved."""
    found = [
        _gap(user, counts["beyond"], calendar) if counts.get("beyond") else None,
        _moved(user, now=now) if _is_any(counts.get("moved")) else None,
        _doubted(counts["doubted"]) if counts.get("doubted") else None,
    ]
    return [note for note in found if note]


def _is_any(found: Counted | None) -> bool:
    """Counted no further than nought, there is none or there are more."""
    return found is not None and found.is_more


def _is_late(now: datetime, calendar: WorkCalendar) -> bool:
    """From October of the last year that is loaded on."""
    last = calendar.last
    return not (last > date.min and local_day(now) < date(last.year, FROM_MONTH, 1))


def _beyond(user: Staff, runs: bool, calendar: WorkCalendar) -> AssignmentQuerySet:
    """What is open and due after the last year that is loaded."""
    rows = Assignment.objects.not_ended()
    if calendar.last > date.min:
        rows = rows.filter(due_at__gt=last_moment(calendar.last))
    else:
        rows = rows.filter(due_at__isnull=False)
    return rows if runs else rows.visible_to(user)


def _gap(user: Staff, count: Counted, calendar: WorkCalendar) -> Note:
    last = calendar.last
    what = f"{last.year + 1}年节假日安排" if last > date.min else "节假日安排"
    words = f"{what}尚未载入，已有{count}项未办结任务的截止时间落在其后，暂按周末和固定节日推算"
    if user.bureaus_where(Permission.SYSTEM):
        return Note(words, reverse("bureaus:workdays"), "导入安排")
    return Note(f"{words}，请联系系统管理员导入", reverse("tasks:date_moves"), "看说明")


def _moved(user: Staff, *, now: datetime) -> Note | None:
    moves = DateMove.objects.filter(recount__made_at__gt=now - SHOWN_FOR).visible_to(user)
    earlier = Q(new_target_at__lt=F("old_target_at"))
    found = moves.order_by().aggregate(all=Count("pk"), earlier=Count("pk", filter=earlier))
    if not found["all"]:
        return None
    ahead = f"，其中{found['earlier']}个提前" if found["earlier"] else ""
    words = f"工作日历更新后，{found['all']}个事项的目标日有变动{ahead}；截止时间不变"
    return Note(words, reverse("tasks:date_moves"), "看哪些")


def _doubted(count: Counted) -> Note:
    words = f"工作日历更新后，{count}个事项按原文推算的截止时间与现在的不同，需要核定"
    return Note(words, reverse("tasks:date_moves"), "去核定")
