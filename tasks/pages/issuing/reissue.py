"""What the page 下发 shows where a notice passes on what a bureau above has asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from notices.models import Notice
from notices.text.deadlines.office_time import local_day
from tasks.issuing.from_above import open_tasks
from tasks.issuing.same_duty import steps, unmatched
from tasks.issuing.steps import Step
from tasks.models import Assignment
from tasks.scheduling.schedule import Schedule
from tasks.states import Status


@dataclass(frozen=True)
class Line:
    """A task from above, and what the notice asks below for it; ``step`` None: nothing."""

    task: Assignment
    step: Step | None
    said: str

    @property
    def due_on(self) -> date | None:
        return local_day(self.task.due_at) if self.task.due_at else None

    @property
    def is_later(self) -> bool:
        return self.step is not None and self.step.is_later

    @property
    def is_pending(self) -> bool:
        """It is accepted before it can be split."""
        return self.task.status == Status.PENDING

    @property
    def split_url(self) -> str:
        """转发分解 of the task that is there, by the day of this notice."""
        url = reverse("tasks:split", args=[self.task.pk])
        day = self.step.due_at if self.step else None
        return f"{url}?due_on={local_day(day).isoformat()}" if day else url


@dataclass(frozen=True)
class Reissue:
    """Nothing to be said where there are no lines."""

    lines: list[Line]

    @property
    def is_later(self) -> bool:
        return any(line.is_later for line in self.lines)


def reissue(
    notice: Notice,
    schedules: Iterable[Schedule],
    *,
    chosen: set[int],
    now: datetime,
) -> Reissue:
    """Beside one another: the clauses that are ticked, on the days they would go out with."""
    tasks, schedules = open_tasks(notice), list(schedules)
    if not tasks or not schedules:
        return Reissue([])
    calendar = schedules[0].calendar
    asked = [
        (each.clause, each.period(row), each.dates(row).due_at)
        for each in schedules
        if each.clause.pk in chosen
        for row in each.chosen
    ]
    found = steps(asked, tasks)
    rest = unmatched(tasks, found)
    return Reissue(
        [Line(step.task, step, step.said(now, calendar)) for step in found]
        + [Line(task, None, "本件没有对应的事项") for task in rest]
    )
