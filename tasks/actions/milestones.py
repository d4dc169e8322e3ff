"""Arming and disarming the reminders of assignments; part of the action that changes them."""

from collections.abc import Container, Sequence
from datetime import date, datetime

from notices.calendar import work_calendar
from tasks import ladder, policies
from tasks.models import Assignment, Delivery, Milestone
from tasks.plan import Plan
from tasks.querysets import MilestoneQuerySet

BATCH = 500
Rung = tuple[int, int, str]  # of an assignment and a deadline version: its kind


def arm(
    assignments: Sequence[Assignment], *, now: datetime, sparing: Container[Rung] = frozenset()
) -> int:
    """Write the moments still ahead for each assignment's deadline. Undated ones get none.

    Which they are says the plan that holds for its obligation. Writing a moment that already
    stands arms it again, so a returned form is reminded of anew; but not those of ``sparing``.
    """
    calendar, plans = work_calendar(), policies.of_assignments(assignments)
    ladders: dict[tuple[date, date, Plan], list[tuple[str, datetime]]] = {}  # many share a deadline
    rows = []
    for assignment in assignments:
        if not (assignment.target_at and assignment.due_at):
            continue
        plan = plans[assignment.obligation_id]
        days = ladder.local_day(assignment.target_at), ladder.local_day(assignment.due_at)
        if (*days, plan) not in ladders:
            ladders[*days, plan] = plan.moments(*days, calendar=calendar, after=now)
        for kind, at in ladders[*days, plan]:
            if (assignment.pk, assignment.deadline_version, kind) in sparing:
                continue
            rows.append(
                Milestone(
                    assignment=assignment,
                    deadline_version=assignment.deadline_version,
                    kind=kind,
                    at=at,
                )
            )
    Milestone.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["assignment", "deadline_version", "kind"],
        update_fields=["state", "at"],
    )
    return len(rows)


def rearm(assignments: Sequence[Assignment], *, now: datetime, catching_up: bool = False) -> None:
    """Another plan or calendar for the same deadline: what has fired already is not fired again.

    ``catching_up``: what was still to come, and now should have been already, comes at once.
    """
    of_ladder = Milestone.objects.of_ladder().filter(assignment__in=assignments)
    fired = of_ladder.filter(state__in=(Milestone.State.FIRED, Milestone.State.SUPERSEDED))
    past = frozenset(fired.values_list("assignment", "deadline_version", "kind"))
    waiting = list(of_ladder.armed().values_list("pk", flat=True)) if catching_up else []
    of_ladder.armed().update(state=Milestone.State.VOID)
    arm(assignments, now=now, sparing=past)
    passed_over = Milestone.objects.filter(pk__in=waiting, state=Milestone.State.VOID)
    passed_over.update(state=Milestone.State.ARMED, at=now)


def disarm(assignments: Sequence[Assignment]) -> None:
    """Nothing more is sent for these: armed moments and unsent mails become void."""
    _void(assignments, Milestone.objects.all())


def disarm_ladder(assignments: Sequence[Assignment]) -> None:
    """The same where only the deadline is another: an urge on its way still goes out."""
    _void(assignments, Milestone.objects.of_ladder())


def _void(assignments: Sequence[Assignment], among: MilestoneQuerySet) -> None:
    for start in range(0, len(assignments), BATCH):
        theirs = among.filter(assignment__in=assignments[start : start + BATCH])
        theirs.armed().update(state=Milestone.State.VOID)
        void_unsent(theirs)


def void_unsent(milestones: MilestoneQuerySet) -> None:
    """A worker that is sending one right now will still write down that it went out."""
    unsent = Delivery.objects.unsent().filter(milestone__in=milestones)
    unsent.update(state=Delivery.State.VOID)
