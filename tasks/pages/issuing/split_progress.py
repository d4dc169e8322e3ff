"""What an assignment was split into, as pages show it: how far those below are, who is missing."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from bureaus.shell.paging import PAGE
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks import permissions
from tasks.models import Assignment, Obligation
from tasks.pages import lit_rows
from tasks.pages.issuing.just_issued import JustIssued, just_issued
from tasks.querysets.assignments import reported
from tasks.states import WITH_BUREAU, ObligationState

SHOWN = 12  # names in a sentence; the table has them all


@dataclass(frozen=True)
class Below:
    """The split of an assignment. ``later`` counts those still owed by a later day than its own.

    ``page`` are the bureaus asked, in administrative order, each with its light.
    """

    split: Obligation
    page: Page
    total: int
    reported: int
    later: int
    due_on: date | None
    missing: list[Assignment]
    may_change: bool
    may_urge: bool
    may_roll_up: bool
    fresh: list[JustIssued]

    @property
    def open(self) -> int:
        return self.total - self.reported

    @property
    def missing_names(self) -> str:
        return names([row.bureau for row in self.missing])


def below(
    assignment: Assignment,
    user: Staff,
    *,
    made: Obligation | None = None,
    number: int | str = 1,
    now: datetime,
    calendar: WorkCalendar,
) -> Below | None:
    """Page ``number`` of the bureaus below; None where the assignment is not split.

    ``made`` is the split where it is known already.
    """
    split = made or split_of(assignment)
    if split is None:
        return None
    asked = Assignment.objects.below(assignment)
    counts = asked.aggregate(
        total=Count("pk"), reported=Count("pk", filter=reported()), later=_later(assignment)
    )
    paginator = Paginator(asked.for_list().order_by("bureau_path"), PAGE)
    paginator.count = counts["total"]
    page = paginator.get_page(number)
    page.object_list = lit_rows.lit(page.object_list, now=now, calendar=calendar, user=user)
    open_rows = permissions.open_below(assignment) if counts["total"] > counts["reported"] else []
    return Below(
        split=split,
        page=page,
        due_on=local_day(split.due_at) if split.due_at else None,
        missing=list(open_rows),
        may_change=user.may(Permission.ISSUE, at=assignment.bureau),
        may_urge=user.may(Permission.URGE, at=assignment.bureau),
        may_roll_up=permissions.can_read_roll_up(user, split),
        fresh=just_issued([split], user, now=now, calendar=calendar),
        **counts,
    )


def split_of(assignment: Assignment) -> Obligation | None:
    """The obligation that it was split into, while that is asked for."""
    if not assignment.is_split:
        return None
    made = assignment.splits.filter(state=ObligationState.ISSUED)
    found: Obligation | None = made.select_related("issuer", "issued_by", "notice").first()
    return found


def _later(assignment: Assignment) -> Count:
    """Whose day has come to lie after the one above, which was moved to an earlier one since."""
    after = Q(due_at__gt=assignment.due_at) | Q(due_at=None) if assignment.due_at else Q(pk=None)
    return Count("pk", filter=after & Q(status__in=WITH_BUREAU))


def names(bureaus: list[Bureau]) -> str:
    """杭州市市场监管局、宁波市市场监管局等5个单位."""
    shown = "、".join(bureau.short_name for bureau in bureaus[:SHOWN])
    return f"{shown}等{len(bureaus)}个单位" if len(bureaus) > SHOWN else shown
