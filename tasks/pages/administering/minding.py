"""The desk of the administrators: what calls for something, each a figure with its list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from audit import job_runs
from audit.models import JobRun, Verification
from bureaus.filters import NO_FILLER, Care, people_with, units_with
from bureaus.manual.terms import TERMS
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Permission
from bureaus.shell.paging import Counted, counted
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Delivery
from tasks.pages.working_days import FROM_MONTH

P = Permission
MINDING = (P.STAFF, P.SYSTEM, P.GRANT, P.AUDIT)
SILENT = timedelta(minutes=10)  # of a tick that comes every minute
VERIFIED_FOR = timedelta(days=31)


@dataclass(frozen=True)
class Matter:
    """Something to look after: how much of it, or what of it; what to do, where."""

    word: str
    figure: Counted | str
    todo: str
    url: str
    unit: str = ""

    def __bool__(self) -> bool:
        return bool(self.figure)


def minds(user: Staff) -> bool:
    """Does this person hold a post of administration?"""
    return any(user.bureaus_where(each) for each in MINDING)


def matters(user: Staff, *, now: datetime, calendar: WorkCalendar) -> list[Matter]:
    """All that this person's posts look after, also where there is nothing to do now.

    As many queries however many people and units there are.
    """
    held = {each for each in MINDING if user.bureaus_where(each)}
    found: list[Matter] = []
    if P.GRANT in held:
        found.append(_asked(user))
    if held & {P.STAFF, P.GRANT, P.SYSTEM}:
        found += _people(user, held, now)
    if held & {P.STAFF, P.SYSTEM}:
        found.append(_without_filler(user))
    if P.SYSTEM in held:
        found += _system(now, calendar)
    if P.AUDIT in held:
        found.append(_audit(now))
    return found


def _asked(user: Staff) -> Matter:
    rows = Post.objects.asked_for().administered_by(user, P.GRANT)
    url = reverse("bureaus:posts_asked")
    return Matter("待确认岗位", counted(rows), "确认，或写明原因答复不同意", url, "项")


CARES = (
    (Care.LOCKED, "已锁定的账号", {P.STAFF, P.GRANT}, "核实是本人的，打开该人员点“解除锁定”"),
    (
        Care.UNUSED,
        "发出密码14天没有启用的账号",
        {P.STAFF, P.SYSTEM},
        "问本人：要用的重置密码，不用的停用",
    ),
    (Care.NO_POST, "没有岗位的账号", {P.STAFF, P.SYSTEM, P.GRANT}, "授予或提出岗位，不用的停用"),
    (
        Care.UNREACHABLE,
        "邮箱收不到提醒的人员",
        {P.STAFF, P.SYSTEM},
        "登记或更正邮箱；更正后在“未送达”重新发送",
    ),
)


def _people(user: Staff, held: set[Permission], now: datetime) -> Iterator[Matter]:
    rows, here = Staff.objects.visible_to(user), reverse("bureaus:staff")
    for care, word, posts, todo in CARES:
        if held & posts:
            found = counted(people_with(care, rows, now=now))
            yield Matter(word, found, todo, f"{here}?show={care.value}", "人")


def _without_filler(user: Staff) -> Matter:
    rows = units_with(NO_FILLER, Bureau.objects.administered_by(user, P.STAFF, P.SYSTEM))
    url = f"{reverse('bureaus:units')}?show={NO_FILLER}"
    return Matter(
        "没有填报人的单位", counted(rows), "收到任务没有人办，请新增人员、授予岗位", url, "个"
    )


def _system(now: datetime, calendar: WorkCalendar) -> Iterator[Matter]:
    failed = counted(Delivery.objects.going_out().filter(state=Delivery.State.FAILED))
    yield Matter("未送达的提醒", failed, "逐条看原因和办法", reverse("tasks:undelivered"), "条")
    missing = _missing_year(local_day(now), calendar)
    yield Matter("工作日历", missing, "国务院办公厅公布后导入", reverse("bureaus:workdays"))
    yield Matter("系统状况", _silence(now), "看哪一部分停了、怎么办", reverse("health:page"))


def _missing_year(today: date, calendar: WorkCalendar) -> str:
    """This year's working days, and from October on those of the next."""
    wanted = today.year + (today.month >= FROM_MONTH)
    if calendar.last >= date(wanted, 12, 31):
        return ""
    year = today.year if calendar.last < date(today.year, 12, 31) else wanted
    return f"{year}年尚未录入"


def _silence(now: datetime) -> str:
    last = JobRun.objects.filter(name=job_runs.TICK).first()
    if last is None:
        return "提醒程序从未运行"
    if now - last.ended_at <= SILENT:
        return ""
    return f"提醒程序从{timezone.localtime(last.ended_at):%-m月%-d日%H:%M}起没有运行"


def _audit(now: datetime) -> Matter:
    last, figure = Verification.objects.first(), ""
    if last is None:
        figure = "从未校验"
    elif last.fault_count:
        figure = f"上次校验有{last.fault_count}处异常"
    elif now - last.made_at > VERIFIED_FOR:
        figure = f"上次校验在{timezone.localtime(last.made_at):%Y年%-m月%-d日}"
    return Matter(
        "审计链",
        figure,
        f"点“校验审计链”，至少每月一次：{TERMS['审计链'].meaning}",
        reverse("bureaus:audit"),
    )
