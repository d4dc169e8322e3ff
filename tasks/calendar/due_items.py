"""What is due on which day, one item an obligation: 3,200 rows of one table are one line.

The database groups; no row of an assignment is loaded.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Min
from django.urls import reverse

from bureaus.models import Bureau
from notices.text.deadlines.office_time import SHANGHAI, local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import Light, by_moments
from tasks.models import Obligation
from tasks.querysets.assignments import AssignmentQuerySet, reported

URGENCY = ("overdue", "soon", "normal", "undated", "done", "ended")
GROUP = ("obligation_id", "obligation__soon_workdays", "due_at", "status")
STAMPS = ("accepted_at", "submitted_at", "resubmitted_at", "struck_at")
LIT_BY = ("status", "due_at", "target", "obligation__soon_workdays")


@dataclass
class DueItem:
    """One obligation and one due day: how many bureaus owe it, how many have reported.

    ``light`` is that of the most urgent of them, ``due_at`` the earliest last moment of that day.
    Where ``count`` is 1, ``assignment_id`` and ``bureau_id`` are those of the one row.
    ``obligation`` and ``bureau`` are there after ``name``.
    """

    obligation_id: int
    day: date
    due_at: datetime
    light: Light
    assignment_id: int
    bureau_id: int
    count: int = 0
    reported: int = 0
    version: int = 1
    closed_at: datetime | None = None  # of the last one
    changed_at: datetime | None = None  # the last stamp of any of them
    obligation: Obligation = field(init=False)
    bureau: Bureau | None = field(init=False, default=None)

    @property
    def is_single(self) -> bool:
        return self.count == 1

    @property
    def url(self) -> str:
        if self.is_single:
            return reverse("tasks:assignment_detail", args=[self.assignment_id])
        return reverse("tasks:obligation_detail", args=[self.obligation_id])

    @property
    def units(self) -> str:
        return f"{self.count}个单位"

    @property
    def share(self) -> str:
        return f"{self.units}，已报{self.reported}"


def due_items(
    assignments: AssignmentQuerySet,
    first: date,
    last: date,
    *,
    now: datetime,
    calendar: WorkCalendar,
) -> list[DueItem]:
    """What is due from ``first`` to ``last``: by day, the most urgent and the largest first."""
    return grouped(assignments.expected(), first, last, now=now, calendar=calendar)


def grouped(
    assignments: AssignmentQuerySet,
    first: date,
    last: date,
    *,
    now: datetime,
    calendar: WorkCalendar,
) -> list[DueItem]:
    """The same of just these assignments, what is asked no more among them."""
    groups = (
        assignments.filter(due_at__gte=_start(first), due_at__lt=_start(last + timedelta(days=1)))
        .order_by()
        .values(*GROUP)
        .annotate(
            count=Count("pk"),
            reported=Count("pk", filter=reported()),
            target=Min("target_at"),
            version=Max("deadline_version"),
            closed=Max("closed_at"),
            **{name: Max(name) for name in STAMPS},
            assignment=Min("pk"),
            bureau=Min("bureau_id"),
        )
    )
    found: dict[tuple[int, date], DueItem] = {}
    lit = by_moments(now, calendar)
    for group in groups:
        _add(found, group, lit(*(group[key] for key in LIT_BY)))
    return sorted(found.values(), key=_order)


def name(items: Collection[DueItem]) -> None:
    """Give each item its obligation and, where it is single, its bureau.

    Two queries of their own: joined to the groups, titles would be carried through every row.
    """
    obligations = (
        Obligation.objects.select_related("notice")
        .only("title", "period", "due_at", "issued_at", "notice__title", "notice__doc_number")
        .in_bulk({item.obligation_id for item in items})
    )
    bureaus = Bureau.objects.only("short_name").in_bulk(
        {item.bureau_id for item in items if item.is_single}
    )
    for item in items:
        item.obligation = obligations[item.obligation_id]
        item.bureau = bureaus.get(item.bureau_id) if item.is_single else None


def _add(found: dict[tuple[int, date], DueItem], group: dict, lit: Light) -> None:
    key = (group["obligation_id"], local_day(group["due_at"]))
    item = found.get(key)
    if item is None:
        item = found[key] = DueItem(
            *key,
            due_at=group["due_at"],
            light=lit,
            assignment_id=group["assignment"],
            bureau_id=group["bureau"],
        )
    item.light = min(item.light, lit, key=_urgency)
    item.due_at = min(item.due_at, group["due_at"])
    item.assignment_id = min(item.assignment_id, group["assignment"])  # whatever came first
    item.count += group["count"]
    item.reported += group["reported"]
    item.version = max(item.version, group["version"])
    item.closed_at = _latest(item.closed_at, group["closed"])
    item.changed_at = _latest(item.changed_at, item.closed_at, *(group[name] for name in STAMPS))


def _latest(*moments: datetime | None) -> datetime | None:
    return max(filter(None, moments), default=None)


def _order(item: DueItem) -> tuple:
    return item.day, _urgency(item.light), -item.count, item.obligation_id


def _urgency(lit: Light) -> int:
    return URGENCY.index(lit.code)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)
