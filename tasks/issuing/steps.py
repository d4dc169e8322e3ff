"""A report asked of bureaus below beside the task from above that it goes into, day by day."""

from dataclasses import dataclass
from datetime import datetime

from notices.models import Clause
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import workdays_between
from tasks.models import Assignment


@dataclass(frozen=True)
class Step:
    """One report that the notice asks for beside the task from above that it goes into.

    ``due_at`` is the day for the bureaus below; the task's own is ``task.due_at``.
    """

    clause: Clause
    period: str
    due_at: datetime | None
    task: Assignment

    @property
    def is_later(self) -> bool:
        """Would what comes from below come after the office's own deadline?"""
        return self.task.due_at is not None and (
            self.due_at is None or self.due_at > self.task.due_at
        )

    @property
    def is_same(self) -> bool:
        return self.due_at == self.task.due_at

    def said(self, now: datetime, calendar: WorkCalendar) -> str:
        """比上级要求提前 n 天，下级还有 m 天（k 个工作日）."""
        if self.task.due_at is None:
            return "上级没有设截止时间"
        theirs = local_day(self.task.due_at)
        if self.due_at is None:
            return f"上级要求{theirs:%Y年%-m月%-d日}前报送，本件没有设截止时间"
        days = (theirs - local_day(self.due_at)).days
        if self.is_later:
            late = f"{-days}天" if days else "（同一天，钟点更晚）"
            return f"晚于上级要求{late}，本级将无法按时报送"
        early = f"比上级要求提前{days}天" if days else "与上级要求同一天，没有留出汇总、审核的时间"
        return f"{early}，{_left(self.due_at, now, calendar)}"


def _left(due_at: datetime, now: datetime, calendar: WorkCalendar) -> str:
    if due_at < now:
        return "该日期已过"
    day, today = local_day(due_at), local_day(now)
    workdays = workdays_between(today, day, calendar)
    return f"下级还有{(day - today).days}天（{workdays}个工作日）"
