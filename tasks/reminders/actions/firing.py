"""Turning moments that have come into deliveries, many assignments by one transaction."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from bureaus.models import Staff
from tasks.ladder.events import EVENT, NEW
from tasks.ladder.rungs import COORDINATOR, REVIEW_ISSUER, SUPERIOR, URGE, audience
from tasks.models import Assignment, Delivery, Milestone
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.querysets.reminders import MilestoneQuerySet
from tasks.reminders.actions import deliveries, milestones, telling_news
from tasks.reminders.audience import Audience
from tasks.reminders.routes import Routes

AROUND = ("bureau", "receiver", "handler", "filled_by", "obligation__notice")


@dataclass
class Plan:
    """What is to happen with the moments that are due, and the rows that will be written."""

    fired: list[Milestone] = field(default_factory=list)
    superseded: list[Milestone] = field(default_factory=list)
    void: list[Milestone] = field(default_factory=list)
    letters: list[Delivery] = field(default_factory=list)


def due(now: datetime, *, quiet: bool) -> MilestoneQuerySet:
    """The moments that have come; in quiet times only those that these do not hold back: urges,
    events, which go to the inbox, and ends that are set by the hour."""
    found: MilestoneQuerySet = Milestone.objects.due(now)
    return found.at_any_time() if quiet else found


def is_any_due(now: datetime, *, quiet: bool) -> bool:
    """Asked for the first one by the index: a plain EXISTS reads the table where nothing is due."""
    return due(now, quiet=quiet).order_by("at").values("pk").first() is not None


@transaction.atomic
def fire(
    keys: Collection[int],
    *,
    now: datetime,
    quiet: bool = False,
    only: MilestoneQuerySet | None = None,
) -> Plan:
    """Fire what is due for these assignments, but for those another worker has in hand.

    The rows of the deliveries are written with it, so whatever runs twice finds nothing to do.
    ``only``: of what is due just these.
    """
    skip = connection.features.has_select_for_update_skip_locked
    rows = _with_people(keys).select_for_update(of=("self",), skip_locked=skip)
    made = plan(list(rows), due=due(now, quiet=quiet) if only is None else only, now=now)
    if only is None:
        _arm_new(made.fired)
    _set(made.fired, Milestone.State.FIRED)
    _set(made.superseded, Milestone.State.SUPERSEDED)
    _set(made.void, Milestone.State.VOID)
    _void_older(made.fired)
    deliveries.write(made.letters)
    return made


def foresee(keys: Collection[int], *, now: datetime, quiet: bool = False) -> Plan:
    """What ``fire`` would do; writes nothing."""
    return plan(list(_with_people(keys)), due=due(now, quiet=quiet), now=now)


def _with_people(keys: Collection[int]) -> AssignmentQuerySet:
    found: AssignmentQuerySet = Assignment.objects.filter(pk__in=keys).order_by("pk")
    found = found.select_related(*AROUND)
    return found.defer("obligation__notice__body", "obligation__notice__reading_json")


def plan(assignments: Collection[Assignment], *, due: MilestoneQuerySet, now: datetime) -> Plan:
    """The latest rung for each audience and the latest urge of each assignment that still owes.

    Earlier missed rungs are superseded by the later one, never by an urge, nor an urge by them:
    a person's word goes out as it was promised. Who belongs to several audiences is told once.
    What happened is told whatever else is due, each for itself, also of what is not owed.
    """
    made, known = Plan(), {each.pk: each for each in assignments}
    rows = due.filter(assignment__in=known).select_related("event__person")
    found = list(rows.order_by("assignment_id", "at", "pk"))
    for milestone in found:
        milestone.assignment = known[milestone.assignment_id]
    happened = [milestone for milestone in found if milestone.event]
    also = {milestone.event.person_id for milestone in happened if milestone.event}
    people = Audience(assignments, on=timezone.localdate(now), also=also)
    telling: list[tuple[Milestone, list[Staff]]] = []
    of_time = (milestone for milestone in found if not milestone.event)
    for key, theirs in groupby(of_time, lambda milestone: milestone.assignment_id):
        assignment, alike = known[key], _alike(theirs)
        if not assignment.is_owed:
            made.void += [milestone for each in alike.values() for milestone in each]
            continue
        for *earlier, latest in alike.values():
            made.superseded += earlier
            made.fired.append(latest)
        telling += _telling([each[-1] for each in alike.values()], people)
    news = [(each, people.of_event(each.assignment, each.event)) for each in happened]
    made.fired += happened
    routes = Routes(
        {person.pk for _, told in (*telling, *news) for person in told},
        {each.bureau_id for each in assignments},
    )
    for milestone, told in telling:
        made.letters += deliveries.drafts(milestone, routes.of(milestone, told), now=now)
    made.letters += telling_news.letters(news, routes, now=now)
    return made


def _telling(latest: list[Milestone], people: Audience) -> Iterator[tuple[Milestone, list[Staff]]]:
    """Whom each moment of one assignment tells: nobody of two rungs, but of the later one."""
    told: set[int] = set()
    for milestone in sorted(latest, key=lambda each: (each.at, each.pk), reverse=True):
        if milestone.assignment is None:  # only what has happened may be about none
            continue
        found = people.of(milestone.assignment, audience(milestone.kind))
        if group(milestone.kind) != URGE:
            found = [person for person in found if person.pk not in told]
            told |= {person.pk for person in found}
        yield milestone, found


def group(kind: str) -> str:
    """Moments of one group replace one another."""
    return URGE if kind.startswith(URGE) else str(audience(kind))


def _alike(milestones: Iterable[Milestone]) -> dict[str, list[Milestone]]:
    found: dict[str, list[Milestone]] = {}
    for milestone in milestones:
        found.setdefault(group(milestone.kind), []).append(milestone)
    return found


def _set(milestones: list[Milestone], state: Milestone.State) -> None:
    if milestones:
        theirs = Milestone.objects.armed().filter(pk__in=[each.pk for each in milestones])
        theirs.update(state=state)


def _void_older(fired: list[Milestone]) -> None:
    """What still waits to go out for an earlier moment gives way to the one that came now."""
    of_time = [milestone for milestone in fired if milestone.event is None]
    for which, some in groupby(sorted(of_time, key=_group_of), key=_group_of):
        keys = [milestone.assignment_id for milestone in some]
        unsent = Delivery.objects.unsent().filter(milestone__assignment__in=keys)
        unsent.filter(_of_group(which)).update(state=Delivery.State.VOID)


def _arm_new(fired: list[Milestone]) -> None:
    """Where it was issued to many, nobody has armed their ladders yet."""
    new = [each for each in fired if each.event is not None and each.event.of == NEW]
    for at, some in groupby(sorted(new, key=lambda each: each.at), key=lambda each: each.at):
        tasks = [each.assignment for each in some if each.assignment is not None]
        milestones.arm_new([task for task in tasks if task.is_owed], issued_at=at)


def _group_of(milestone: Milestone) -> str:
    return group(milestone.kind)


def _of_group(which: str) -> Q:
    """Deliveries about moments of that group."""
    told_once = (SUPERIOR, COORDINATOR, REVIEW_ISSUER)
    urges = Q(milestone__kind__startswith=URGE)
    others = urges | Q(milestone__kind__startswith=EVENT)
    if kinds := [kind for kind in told_once if group(kind) == which]:
        return Q(milestone__kind__in=kinds)
    return urges if which == URGE else ~others & ~Q(milestone__kind__in=told_once)
