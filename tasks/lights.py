"""The five lights: what each means and why it is lit. Pure but for the row it looks at.

绿 正常 · 黄 临期 (three working days or fewer to the target) · 红 逾期 · 灰 无时限 · 蓝 已办结.
"""

from dataclasses import dataclass
from datetime import date, datetime

from notices.text.workdays import WorkCalendar
from tasks.ladder import local_day
from tasks.models import Assignment
from tasks.states import ENDED, Status

SOON_WORKDAYS = 3


@dataclass(frozen=True)
class Light:
    """``code``: normal | soon | overdue | undated | done; ``remaining``: working days to due."""

    code: str
    reason: str
    remaining: int | None = None


def light(assignment: Assignment, *, now: datetime, calendar: WorkCalendar) -> Light:
    today = local_day(now)
    if assignment.status in ENDED:
        return Light("done", "已办结" if assignment.status == Status.CLOSED else "已撤销，不再要求")
    if assignment.status == Status.SUBMITTED:
        return Light("normal", "已报送，等待核收")
    if assignment.due_at is None:
        return Light("undated", "原文没有截止日期，不会逾期")
    due_on = local_day(assignment.due_at)
    remaining = workdays_between(today, due_on, calendar)
    if assignment.due_at < now.replace(microsecond=0):
        return Light(
            "overdue", "已过截止时间，尚未报送", -workdays_between(due_on, today, calendar)
        )
    target_on = local_day(assignment.target_at) if assignment.target_at else due_on
    to_target = workdays_between(today, target_on, calendar)
    if to_target <= SOON_WORKDAYS:
        return Light("soon", f"距目标日{to_target}个工作日，不超过{SOON_WORKDAYS}个", remaining)
    return Light("normal", f"距目标日{to_target}个工作日", remaining)


def workdays_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days after ``start`` up to and with ``end``; 0 where ``end`` is not later."""
    count, day = 0, start
    while day < end:
        day = date.fromordinal(day.toordinal() + 1)
        count += calendar.is_workday(day)
    return count
