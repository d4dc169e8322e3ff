"""What a change of an obligation would do, told before it is done."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from notices.text.deadlines.workdays import WorkCalendar
from tasks.issuing.deadline_effects import Outlook, outlook
from tasks.ladder.plan import Plan
from tasks.models import Assignment, Obligation
from tasks.reminders import policies
from tasks.scheduling.dates import Dates, until
from tasks.states import HANDED_IN, OPEN, WITH_RECEIVER, ObligationState


@dataclass(frozen=True)
class Amendment:
    """更改时限: assignments whose deadline moves, those that keep a later day of their own, those
    handed in and left alone; ``later_below``: splits whose day would lie after the new one."""

    moving: int
    keeping: int
    untouched: int
    later_below: int
    outlook: Outlook


def of_amending(
    obligation: Obligation, day: date | None, *, now: datetime, calendar: WorkCalendar
) -> Amendment:
    dates = until(day, calendar=calendar, said=f"{obligation.issuer}更改时限")
    owed = obligation.assignments.to_be_amended()
    moving = owed.moving_with(obligation, dates.due_at).count()
    splits = Obligation.objects.filter(parent__obligation=obligation, state=ObligationState.ISSUED)
    later = Q(due_at__gt=dates.due_at) | Q(due_at=None) if dates.due_at else Q(pk=None)
    return Amendment(
        moving=moving,
        keeping=owed.count() - moving,
        untouched=obligation.assignments.handed_in().count(),
        later_below=splits.filter(later).count(),
        outlook=outlook(dates, now=now, calendar=calendar, plan=_plan(obligation)),
    )


@dataclass(frozen=True)
class Withdrawal:
    """撤销: assignments that end, those of them handed in and not yet received, those closed
    already, and what bureaus below were asked: so many splits with so many assignments."""

    ending: int
    waiting: int
    done: int
    splits: int
    below: int


def of_withdrawing(obligation: Obligation) -> Withdrawal:
    own = obligation.assignments.order_by().aggregate(
        ending=Count("pk", filter=Q(status__in=OPEN)),
        waiting=Count("pk", filter=Q(status__in=WITH_RECEIVER)),
        done=Count("pk", filter=Q(status__in=set(HANDED_IN) - set(WITH_RECEIVER))),
    )
    splits = Obligation.objects.below(obligation)
    open_below = Assignment.objects.filter(obligation__in=splits, status__in=OPEN)
    return Withdrawal(**own, splits=splits.count(), below=open_below.count())


def of_adding(obligation: Obligation, *, now: datetime, calendar: WorkCalendar) -> Outlook:
    """补发: the dates and reminders for units that are asked only now."""
    return outlook(dates_of(obligation), now=now, calendar=calendar, plan=_plan(obligation))


def dates_of(obligation: Obligation) -> Dates:
    """Those that it has now."""
    return Dates(
        due_at=obligation.due_at,
        strict_on=obligation.strict_on,
        target_at=obligation.target_at,
        review_on=obligation.review_on,
        explanation=obligation.explanation,
    )


def _plan(obligation: Obligation) -> Plan:
    return policies.holding(obligation.issuer, obligation.notice).plan
