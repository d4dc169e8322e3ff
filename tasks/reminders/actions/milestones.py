"""Arming and disarming the reminders of assignments; part of the action that changes them."""

from collections.abc import Collection, Container, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from notices.calendar import work_calendar
from tasks.channels.registry import INBOX
from tasks.ladder import rungs
from tasks.ladder.plan import Plan
from tasks.ladder.quiet_hours import is_quiet
from tasks.models import Assignment, Delivery, Milestone
from tasks.querysets.reminders import MilestoneQuerySet
from tasks.reminders import policies

BATCH = 500
Rung = tuple[int | None, int, str]  # of an assignment and a deadline version: its kind


def arm(assignments: Sequence[Assignment], *, now: datetime) -> int:
    """Write the moments still ahead for each assignment's deadline. Undated ones get
    their 复核日.

    Which they are says the plan that holds for its obligation. Writing a moment that already
    stands arms it again, so a returned form is reminded of anew. What is given out, or gets this
    deadline, after the hour of its last day is reminded of at once, or nobody would be in time.
    """
    return _arm(assignments, policies.of_assignments(assignments), now=now)


def arm_new(assignments: Sequence[Assignment], *, issued_at: datetime) -> None:
    """The moments of what was issued to many at once, by whoever tells them of it.

    What an act has armed in between, or has fired already, stays.
    """
    of_ladder = Milestone.objects.of_ladder().filter(assignment__in=assignments)
    stand = frozenset(of_ladder.values_list("assignment", "deadline_version", "kind"))
    _arm(assignments, policies.of_assignments(assignments), now=issued_at, sparing=stand)


def rearm(assignments: Sequence[Assignment], *, now: datetime) -> None:
    """Another plan or calendar for the same deadline: what has fired already is not fired again.

    What has come and has not fired yet stays due. What was still to come, and now should have been
    already, comes at once.
    """
    plans = policies.of_assignments(assignments)
    of_ladder = Milestone.objects.of_ladder().filter(assignment__in=assignments)
    waiting = of_ladder.armed().filter(at__gt=now)
    found = list(waiting.values_list("pk", "assignment__obligation", "kind"))
    waiting.update(state=Milestone.State.VOID)
    _arm(assignments, plans, now=now, sparing=_fired(of_ladder))
    kinds = {key: {rung.kind for rung in plan.rungs} for key, plan in plans.items()}
    still_asked = [pk for pk, obligation, kind in found if kind in kinds[obligation]]
    passed_over = Milestone.objects.filter(pk__in=still_asked, state=Milestone.State.VOID)
    passed_over.update(state=Milestone.State.ARMED, at=now)


def _arm(
    assignments: Sequence[Assignment],
    plans: Mapping[int, Plan],
    *,
    now: datetime,
    sparing: Container[Rung] = frozenset(),
) -> int:
    calendar = work_calendar()
    quiet = is_quiet(now, hours=settings.QUIET_HOURS, calendar=calendar)
    ladders: dict[tuple[datetime, datetime, Plan], list[tuple[str, datetime]]] = {}
    rows = []
    for assignment in assignments:
        if not (assignment.target_at and assignment.due_at):
            if assignment.due_at is None and assignment.review_on:
                ahead = rungs.review_moments(assignment.review_on, after=now)
                rows += [_moment(assignment, kind, at) for kind, at in ahead]
            continue
        plan = plans[assignment.obligation_id]
        dates = assignment.target_at, assignment.due_at  # which many share
        if (*dates, plan) not in ladders:
            found = plan.moments(*dates, calendar=calendar, now=now, quiet=quiet)
            ladders[*dates, plan] = found
        rows += [_moment(assignment, kind, at) for kind, at in ladders[*dates, plan]]
    if at_once := [moment.assignment_id for moment in rows if moment.at == now]:
        told = _fired(Milestone.objects.filter(assignment__in=at_once, kind=rungs.LAST_DAY))
        rows = [moment for moment in rows if moment.at > now or _rung(moment) not in told]
    rows = [moment for moment in rows if _rung(moment) not in sparing]
    Milestone.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["assignment", "deadline_version", "kind"],
        update_fields=["state", "at"],
    )
    return len(rows)


def _moment(assignment: Assignment, kind: str, at: datetime) -> Milestone:
    """By the key: each related object set costs as much again, and there are ten a task."""
    key, version = assignment.pk, assignment.deadline_version
    return Milestone(assignment_id=key, deadline_version=version, kind=kind, at=at)


def _rung(moment: Milestone) -> Rung:
    return moment.assignment_id, moment.deadline_version, moment.kind


def _fired(among: MilestoneQuerySet) -> frozenset[Rung]:
    """Those which have been turned into deliveries, or gave way to one that was."""
    fired = among.filter(state__in=(Milestone.State.FIRED, Milestone.State.SUPERSEDED))
    return frozenset(fired.values_list("assignment", "deadline_version", "kind"))


def disarm(assignments: Sequence[Assignment]) -> None:
    """Nothing more is sent for these: armed moments and unsent mails become void."""
    _void(assignments, Milestone.objects.all())


def call_off(keys: Collection[int]) -> None:
    """Nothing more is sent for these assignments, and what lies in inboxes about them is void.

    A few statements, however many they are.
    """
    theirs = Milestone.objects.filter(assignment__in=keys)
    theirs.armed().update(state=Milestone.State.VOID)
    void_unsent(theirs)
    messages = Delivery.objects.filter(channel=INBOX, milestone__in=theirs)
    messages.update(state=Delivery.State.VOID)


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
