"""What the pages of 提醒方案 show: which plans there are, and what one comes to in dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.models import Notice
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks import permissions
from tasks.issuing.deadline_effects import Outlook, outlook
from tasks.ladder.plan import Plan
from tasks.models import Assignment, Obligation, ReminderPolicy
from tasks.reminders import policies
from tasks.reminders.policies import Holding
from tasks.scheduling.dates import Dates, dates_of, until

EXAMPLE_DAYS = 30  # from today, where there is no deadline to show a plan by
SHOWN = 6  # obligations of a notice whose dates are shown
VERSIONS = 20
NOTICES = 50


@dataclass(frozen=True)
class Line:
    """One plan in the list; ``url`` where this person may change it."""

    name: str
    holding: Holding
    url: str


@dataclass(frozen=True)
class Ahead:
    """A deadline with the reminders that the plan gives it."""

    name: str
    outlook: Outlook


def lines(user: Staff) -> list[Line]:
    """The system's plan, and those of the bureaus in whose name this person issues."""
    system = reverse("tasks:policy_system") if permissions.can_plan(user, None) else ""
    found = [Line("系统", policies.holding(None), system)]
    for bureau in user.bureaus_where(Permission.ISSUE):
        url = reverse("tasks:policy_bureau", args=[bureau.pk])
        found.append(Line(str(bureau), policies.holding(bureau), url))
    return found


def of_notices(user: Staff) -> list[ReminderPolicy]:
    """The latest plans of single notices of this person's bureaus that are in force."""
    own = user.bureaus_where(Permission.ISSUE)
    newest: dict[tuple[int, int], ReminderPolicy] = {}
    found = ReminderPolicy.objects.filter(bureau__in=own, notice__isnull=False)
    ordered = found.select_related("bureau", "notice").defer("notice__body", "notice__reading_json")
    for policy in ordered.order_by("version"):
        newest[policy.bureau_id, policy.notice_id] = policy
    in_force = [policy for policy in newest.values() if not policy.follows]
    return sorted(in_force, key=lambda policy: policy.made_at, reverse=True)[:NOTICES]


def issuer_of(user: Staff, notice: Notice) -> Bureau | None:
    """In whose name this person asks by the notice: its own bureau, or one that has split it."""
    own = user.bureaus_where(Permission.ISSUE)
    if notice.bureau in own:
        return notice.bureau
    asked = Obligation.objects.filter(notice=notice, issuer__in=own).order_by("issuer__path")
    first = asked.select_related("issuer").first()
    return first.issuer if first else None


def versions(bureau: Bureau | None, notice: Notice | None) -> list[ReminderPolicy]:
    return list(ReminderPolicy.objects.of(bureau, notice).select_related("made_by")[:VERSIONS])


def open_count(bureau: Bureau, notice: Notice) -> int:
    """How many assignments another plan would rearrange."""
    owed = Assignment.objects.with_bureau().filter(due_at__isnull=False)
    return owed.filter(obligation__issuer=bureau, obligation__notice=notice).count()


def ahead(
    bureau: Bureau | None,
    notice: Notice | None,
    plan: Plan,
    *,
    now: datetime,
    calendar: WorkCalendar,
) -> list[Ahead]:
    """The dates that the plan gives the notice's open deadlines, or those of an example."""
    found = list(_deadlines(bureau, notice, now)) if notice else []
    if not found:
        day = calendar.next_workday_on_or_after(local_day(now) + timedelta(days=EXAMPLE_DAYS))
        name = f"示例：截止时间为{day:%Y年%-m月%-d日}的事项"
        found = [(name, until(day, calendar=calendar, said="示例"))]
    return [
        Ahead(name, outlook(dates, now=now, calendar=calendar, plan=plan)) for name, dates in found
    ]


def _deadlines(bureau: Bureau | None, notice: Notice, now: datetime) -> Iterable[tuple[str, Dates]]:
    issued = Obligation.objects.filter(notice=notice, issuer=bureau, state="issued", due_at__gt=now)
    for one in issued.order_by("due_at", "pk")[:SHOWN]:
        yield str(one), Dates(one.due_at, one.strict_on, one.target_at, one.review_on)
    if not issued.exists():
        for clause in notice.clauses.confirmed().filter(due_at__gt=now)[:SHOWN]:
            yield clause.deliverable, dates_of(clause)
