"""What the page of one obligation shows: how far its units are, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from bureaus.shell.region_names import short_region
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import light
from tasks.models import Assignment, Obligation
from tasks.querysets.assignments import AssignmentQuerySet, overdue, reported
from tasks.states import RELEASED, WITH_BUREAU


@dataclass(frozen=True)
class Figures:
    """Of the units one may see. ``without_day``: that have entered no day of the event."""

    expected: int
    handed_in: int
    overdue: int
    other_day: int
    without_day: int


def figures(obligation: Obligation, owed: AssignmentQuerySet, now: datetime) -> Figures:
    counts = owed.order_by().aggregate(
        expected=Count("pk", filter=~Q(status__in=RELEASED)),
        handed_in=Count("pk", filter=reported()),
        overdue=Count("pk", filter=overdue(now)),
        without_day=Count("pk", filter=Q(status__in=WITH_BUREAU, event_on=None)),
        other_day=Count("pk", filter=Q(status__in=WITH_BUREAU) & ~Q(due_at=obligation.due_at)),
    )
    return Figures(**counts)


def tabs(counted: Figures, which: str, *, by_bureau: bool = False) -> list[dict]:
    """All units, the missing, the late, and ``by_bureau`` those without their day of the event."""
    shown = [
        ("", "全部", ""),
        ("missing", "未报", counted.expected - counted.handed_in),
        ("overdue", "逾期未报", counted.overdue),
    ]
    shown += [("dayless", "未填起算之日", counted.without_day)] if by_bureau else []
    return [
        {"label": label, "url": f"?show={code}", "active": code == which, "count": count}
        for code, label, count in shown
    ]


def shown(owed: AssignmentQuerySet, which: str, now: datetime) -> AssignmentQuerySet:
    """The rows of one of the tabs."""
    if which == "missing":
        return owed.expected().exclude(reported())
    if which == "overdue":
        return owed.overdue(now)
    return owed.with_bureau().filter(event_on=None) if which == "dayless" else owed


def tiles(owed: AssignmentQuerySet, *, now: datetime, calendar: WorkCalendar) -> list[dict]:
    """The provinces among them, as templates/_components/tiles.html takes them."""
    provinces = owed.filter(bureau__rank=Bureau.Rank.PROVINCE).select_related("bureau")
    return [
        {
            "code": each.bureau.code,
            "label": short_region(each.bureau.region),
            "light": light(each, now=now, calendar=calendar).code,
            "word": each.get_status_display(),
            "url": reverse("tasks:assignment_detail", args=[each.pk]),
        }
        for each in provinces.order_by("bureau_path")
    ]


def parent(obligation: Obligation, user: Staff) -> Assignment | None:
    """The task that was split into it, for those who may see that."""
    if obligation.parent_id is None or obligation.parent is None:
        return None
    own = [bureau.path for bureau in user.bureaus_where(Permission.READ)]
    path = obligation.parent.bureau_path
    return obligation.parent if any(path.startswith(one) for one in own) else None
