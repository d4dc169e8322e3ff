"""What has to be said about the working days: a year not loaded, what moved, what is in doubt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q
from django.urls import reverse

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from bureaus.shell.paging import counted
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Assignment, DateMove, DeadlineDoubt
from tasks.scheduling.dates import last_moment

FROM_MONTH = 10  # the State Council announces the next year's rest days in October or November
SHOWN_FOR = timedelta(days=14)  # how long the desk speaks of targets that moved
CAP = 1000


@dataclass(frozen=True)
class Note:
    """One line above the desk, with where to go."""

    words: str
    url: str
    label: str


def notes(user: Staff, *, now: datetime, calendar: WorkCalendar) -> list[Note]:
    """For those who run the system or issue; four queries at most."""
    runs = bool(user.bureaus_where(Permission.SYSTEM))
    issuing = user.bureaus_where(Permission.ISSUE)
    if not (runs or issuing):
        return []
    found = [_gap(user, runs=runs, now=now, calendar=calendar), _moved(user, now=now)]
    if issuing:
        found.append(_doubted(issuing, now=now))
    return [note for note in found if note]


def _gap(user: Staff, *, runs: bool, now: datetime, calendar: WorkCalendar) -> Note | None:
    """From October on, where something open is due after the last year that is loaded."""
    last = calendar.last
    if last > date.min and local_day(now) < date(last.year, FROM_MONTH, 1):
        return None
    beyond = Assignment.objects.not_ended()
    if last > date.min:
        beyond = beyond.filter(due_at__gt=last_moment(last))
    else:
        beyond = beyond.filter(due_at__isnull=False)
    count = counted(beyond if runs else beyond.visible_to(user), CAP)
    if not count:
        return None
    what = f"{last.year + 1}年节假日安排" if last > date.min else "节假日安排"
    words = f"{what}尚未载入，已有{count}项未办结任务的截止时间落在其后，暂按周末和固定节日推算"
    if runs:
        return Note(words, reverse("bureaus:workdays"), "导入安排")
    return Note(f"{words}，请联系系统管理员导入", reverse("tasks:date_moves"), "看说明")


def _moved(user: Staff, *, now: datetime) -> Note | None:
    recent = DateMove.objects.filter(recount__made_at__gt=now - SHOWN_FOR)
    if not recent.exists():  # on most days; what one may see of them is a costly question
        return None
    moves = recent.visible_to(user)
    earlier = Q(new_target_at__lt=F("old_target_at"))
    found = moves.order_by().aggregate(all=Count("pk"), earlier=Count("pk", filter=earlier))
    if not found["all"]:
        return None
    ahead = f"，其中{found['earlier']}个提前" if found["earlier"] else ""
    words = f"工作日历更新后，{found['all']}个事项的目标日有变动{ahead}；截止时间不变"
    return Note(words, reverse("tasks:date_moves"), "看哪些")


def _doubted(issuing: Collection[Bureau], *, now: datetime) -> Note | None:
    mine = DeadlineDoubt.objects.open().filter(obligation__issuer__in=issuing)
    count = mine.filter(recount__made_at__gt=now - SHOWN_FOR).count()
    if not count:
        return None
    words = f"工作日历更新后，{count}个事项按原文推算的截止时间与现在的不同，需要核定"
    return Note(words, reverse("tasks:date_moves"), "去核定")
