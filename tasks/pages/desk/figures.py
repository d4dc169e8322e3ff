"""The four figures above the desk, each with the list that it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from bureaus.models import Staff
from bureaus.roles import Permission
from bureaus.shell.paging import GLANCE, Asked, Counted
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


def asked_of_coordinator(user: Staff, *, now: datetime) -> Asked:
    """What has to be counted for ``of_coordinator``."""
    seen = Assignment.objects.visible_to(user)
    return {
        "pending": (seen.filter(status=Status.PENDING).without_later(now), GLANCE),
        "week": (seen.due_between(now, now + WEEK), GLANCE),
    }


def of_coordinator(
    counts: Mapping[str, Counted], *, to_receive: Counted, overdue: Counted
) -> list[Figure]:
    """What waits to be received, and how far those are who report."""
    received = "whose=mine&status=submitted&status=receiving"
    return [
        Figure("待核收", to_receive, received),
        Figure("未签收", counts["pending"], "status=pending"),
        Figure("7日内到期", counts["week"], "light=week", "soon"),
        Figure("逾期未报", overdue, "light=overdue", "overdue"),
    ]


def asked_of_member(user: Staff, *, now: datetime, calendar: WorkCalendar) -> Asked:
    """What has to be counted for ``of_member``."""
    mine = Assignment.objects.waiting_for(user)
    if user.bureaus_where(Permission.FILL):
        pressing = mine.came_back(user)
    else:
        pressing = shining(mine, "soon", now=now, calendar=calendar)
    return {"pressing": (pressing, GLANCE), "week": (mine.due_between(now, now + WEEK), GLANCE)}


def of_member(
    user: Staff, counts: Mapping[str, Counted], *, waiting: Counted, overdue: Counted
) -> list[Figure]:
    """What waits for whoever fills in, reviews or approves, and what of it is pressing."""
    if user.bureaus_where(Permission.FILL):
        second = Figure("退回", counts["pressing"], "whose=mine&light=back")
    else:
        second = Figure("临期", counts["pressing"], "whose=mine&light=soon", "soon")
    return [
        Figure("等我办理", waiting, "whose=mine"),
        second,
        Figure("7日内到期", counts["week"], "whose=mine&light=week", "soon"),
        Figure("逾期", overdue, "whose=mine&light=overdue", "overdue"),
    ]
