"""现在办: what waits for a person, each row with the verb of its next step; what came of one item
from many units is one row."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import prefetch_related_objects

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Assignment, Delivery, Extension
from tasks.pages import came_back, later_periods, lit_rows
from tasks.pages.desk.groups import Group
from tasks.pages.desk.next_steps import next_step
from tasks.querysets.assignments import attach_kept
from tasks.states import WITH_BUREAU, ExtensionState

SHOWN = 10  # rows
TOLD = 200  # messages of one absence: what they tell of is new
FAR = timedelta.max


def told_since(user: Staff, since: datetime | None) -> set[int]:
    """The tasks of which this person was told after ``since``; none where one never looked."""
    if since is None:
        return set()
    told = Delivery.objects.messages_for(user).filter(
        milestone__event__isnull=False, sent_at__gt=since
    )
    return set(told.values_list("milestone__assignment", flat=True)[:TOLD])


def tasks(user: Staff, *, now: datetime, told: set[int]) -> list[Assignment]:
    """What came back, what is new and what has the nearest target of all that is no report to
    receive: ``SHOWN`` of each at most, a query each."""
    waiting = Assignment.objects.to_do_by(user).without_later(now)
    found: list[Assignment] = []
    if user.bureaus_where(Permission.FILL):
        found += waiting.came_back(user).in_order()[:SHOWN]
    if told:
        found += waiting.filter(pk__in=told).in_order()[:SHOWN]
    # ``not_ended`` says which index has the order
    found += waiting.not_ended().in_order()[:SHOWN]
    return list({row.pk: row for row in found}.values())


def asking(user: Staff):
    """The requests for 延期 that wait for this person's answer, the first to run out first."""
    asked = Extension.objects.filter(
        state=ExtensionState.ASKED,
        receiver__in=user.bureaus_where(Permission.RECEIVE),
        assignment__status__in=WITH_BUREAU,
    )
    return asked.order_by("due_at", "pk")


def dress(
    rows: Sequence[Assignment],
    among: Sequence[Group],
    *,
    user: Staff,
    told: set[int],
    now: datetime,
    calendar: WorkCalendar,
) -> list[Assignment | Group]:
    """All of them, ready for templates/tasks/_todo.html and in the order in which they are shown.

    A group of one unit is that unit's row. Read along with all of them at once: obligations and
    units, later periods, why something came back.
    """
    every = [*rows, *(row for group in among for row in group.rows)]
    read_along(every)
    lit_rows.lit(every, now=now, calendar=calendar, user=user)
    alone = [group.alone() for group in among if group.is_single]
    single = [*rows, *alone]
    later_periods.attach(single, now=now)
    for row in came_back.mark(single, user):
        row.is_new = row.pk in told
        row.step = getattr(row, "step", None) or next_step(user, row)
    many = [group for group in among if not group.is_single]
    for group in many:
        group.is_new = bool(told.intersection(group.keys))
    return sorted([*single, *many], key=lambda row: _order(row, now))


def read_along(rows: Sequence[Assignment]) -> None:
    """What lines show, of rows from several lists."""
    attach_kept(rows, ("bureau",))
    prefetch_related_objects(rows, *Assignment.objects.lines())


def _order(row: Assignment | Group, now: datetime) -> tuple:
    """Returned, overdue, new, the rest; each nearest target first, undated last."""
    first = row.rows[0] if isinstance(row, Group) else row
    came, late = getattr(row, "came_back", None), first.light.code == "overdue"
    rank = 0 if came else 1 if late else 2 if row.is_new else 3
    left = first.target_at - now if first.target_at else FAR
    return rank, left, first.bureau_path, first.pk


def late(
    found: Iterable[Group], *, now: datetime, calendar: WorkCalendar, user: Staff
) -> list[Group]:
    """Groups of what others owe, with their lights; nothing of it is this person's step."""
    shown = list(found)
    every = [row for group in shown for row in group.rows]
    read_along(every)
    lit_rows.lit(every, now=now, calendar=calendar, user=user)
    return shown
