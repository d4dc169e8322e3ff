"""All that the desk counts without listing it, by one statement; and when it was looked at last."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from bureaus.models import Staff
from bureaus.roles import Permission
from bureaus.shell.paging import GLANCE, Asked, Counted, counted_at_once
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Assignment, Delivery, DeskLook
from tasks.pages import working_days
from tasks.pages.desk import figures, waiting

FEW = 99  # mails that could not be delivered: each is looked up in three tables


def count(
    user: Staff, *, now: datetime, calendar: WorkCalendar
) -> tuple[dict[str, Counted], dict[str, Any]]:
    """The figures by name, and ``looked_at`` and ``before_at``."""
    last = DeskLook.objects.filter(person=OuterRef("pk"))
    return counted_at_once(
        Staff.objects.filter(pk=user.pk),
        {**_of_own(user, now, calendar), **working_days.asked(user, now=now, calendar=calendar)},
        looked_at=Subquery(last.values("looked_at")),
        before_at=Subquery(last.values("before_at")),
    )


def _of_own(user: Staff, now: datetime, calendar: WorkCalendar) -> Asked:
    mine = Assignment.objects.waiting_for(user)
    asked: Asked = {
        "later": (mine.later(now), GLANCE),
        "overdue": (mine.without_later(now).overdue(now), GLANCE),
    }
    if user.bureaus_where(Permission.RECEIVE):
        asked["asking"] = (waiting.asking(user), 0)
    if user.bureaus_where(Permission.ISSUE):
        failed = Delivery.objects.visible_to(user).filter(state=Delivery.State.FAILED)
        # there with what to do about each, and those that are still tried
        asked["undelivered"] = (failed, FEW)
        return asked | figures.asked_of_coordinator(user, now=now)
    if user.bureaus_where(Permission.READ):
        return asked | figures.asked_of_member(user, now=now, calendar=calendar)
    return asked
