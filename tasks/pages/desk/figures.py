"""The four figures above the desk, each with the list that it counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from bureaus.models import Staff
from bureaus.roles import Permission
from bureaus.shell.paging import Counted, counted
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import shining
from tasks.models import Assignment
from tasks.states import Status

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Figure:
    """``query``: the question to the ledger whose rows it counts."""

    word: str
    figure: Counted
    query: str
    light: str = ""
    unit: str = "件"

    @property
    def url(self) -> str:
        return f"{reverse('tasks:ledger')}?{self.query}"


def of_coordinator(
    user: Staff, *, to_receive: Counted, overdue: Counted, now: datetime
) -> list[Figure]:
    """What waits to be received, and how far those are who report."""
    seen = Assignment.objects.visible_to(user)
    pending = seen.filter(status=Status.PENDING).without_later(now)
    week = seen.due_between(now, now + WEEK)
    received = "whose=mine&status=submitted&status=receiving"
    return [
        Figure("待核收", to_receive, received),
        Figure("未签收", counted(pending), "status=pending"),
        Figure("7日内到期", counted(week), "light=week", "soon"),
        Figure("逾期未报", overdue, "light=overdue", "overdue"),
    ]


def of_member(
    user: Staff, *, waiting: Counted, overdue: Counted, now: datetime, calendar: WorkCalendar
) -> list[Figure]:
    """What waits for whoever fills in, reviews or approves, and what of it is pressing."""
    mine = Assignment.objects.waiting_for(user)
    week = mine.due_between(now, now + WEEK)
    if user.bureaus_where(Permission.FILL):
        back = counted(mine.came_back(user))
        second = Figure("退回", back, "whose=mine&light=back")
    else:
        soon = counted(shining(mine, "soon", now=now, calendar=calendar))
        second = Figure("临期", soon, "whose=mine&light=soon", "soon")
    return [
        Figure("等我办理", waiting, "whose=mine"),
        second,
        Figure("7日内到期", counted(week), "whose=mine&light=week", "soon"),
        Figure("逾期", overdue, "whose=mine&light=overdue", "overdue"),
    ]
