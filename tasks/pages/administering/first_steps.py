"""The first run of a new installation: five steps, each done or not by what the data say."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from bureaus.manual import pages
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Permission, Role
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Obligation
from tasks.reminders.mail import mailbox


@dataclass(frozen=True)
class Step:
    """One step with the page where it is done."""

    label: str
    is_done: bool
    words: str
    url: str


def steps(user: Staff, *, now: datetime, calendar: WorkCalendar) -> list[Step]:
    """For who runs the system, while one of them is not done; four queries."""
    if not user.bureaus_where(Permission.SYSTEM):
        return []
    end = date(local_day(now).year, 12, 31)
    posts = Post.objects.effective()
    staffed = (
        posts.filter(role=Role.COORDINATOR).exists() and posts.filter(role=Role.FILLER).exists()
    )
    found = [
        Step(
            "单位",
            Bureau.objects.filter(parent__isnull=False).exists(),
            "载入机构名录（manage.py load_bureaus）；没有代码的开发区等在这里新增",
            reverse("bureaus:units"),
        ),
        Step(
            "人员",
            staffed,
            "至少要有一名收文管理和一名填报人：新增人员，授予或提出岗位",
            reverse("bureaus:staff"),
        ),
        Step(
            "工作日",
            calendar.last >= end,
            f"录入{end.year}年放假和调休，截止时间和提醒按它推算",
            reverse("bureaus:workdays"),
        ),
        Step(
            "邮件",
            not mailbox.is_used(),
            "在服务器的 .env 设置 EMAIL_URL，重新启动后发一封测试邮件",
            f"{reverse('tasks:undelivered')}#test-mail",
        ),
        Step(
            "第一份通知",
            Obligation.objects.exists(),
            "由收文管理导入公文、核对、下发；您在这里看分工",
            _first_notice(user),
        ),
    ]
    return [] if all(step.is_done for step in found) else found


def _first_notice(user: Staff) -> str:
    if user.bureaus_where(Permission.IMPORT):
        return reverse("notices:import")
    return pages.address(pages.FRONT, "谁做什么")
