"""Random legal walks by eight threads at once end in rows that agree with their trail.

Every assignment is walked by two threads at the same time, so that they get in each other's way.
"""

import random
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from audit import verification
from audit.models import AuditEvent
from tasks import permissions
from tasks.actions import transitions
from tasks.actions.counts import mending
from tasks.errors import SomebodyWasFaster, TransitionDenied
from tasks.models import Assignment, DeadlineChange
from tasks.states import ENDED, MOVES, Status
from tests import factories, threads
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
STEPS = 6
LABELS = {move.label for move in MOVES.values()}
RARE = {"withdraw", "pass_on", "decline"}  # else most walks would be over at once


def walks() -> int:
    """One writer at a time on SQLite: a tenth says there what it can say."""
    return 1000 if connection.vendor == "postgresql" else 96


def issued(count: int) -> list[int]:
    """That many assignments, of provinces with codes of their own."""
    provinces = [
        factories.province(str(100001 + number), f"第{number}省") for number in range(count)
    ]
    obligation = factories.obligation(*provinces)
    return list(obligation.assignments.values_list("pk", flat=True))


def crew(keys: list[int]) -> dict[int, list]:
    """For every assignment the people of its bureau and the coordinator above, posts loaded."""
    above = factories.coordinator()
    found = {}
    for task in Assignment.objects.for_detail().filter(pk__in=keys):
        roles = {factories.ACTORS[verb] for verb in MOVES} - {factories.Role.COORDINATOR}
        people = [factories.staff(role, task.bureau) for role in sorted(roles)]
        found[task.pk] = [*people, above]
    assert all(person.held_posts for people in found.values() for person in people)
    return found


def walk(keys: list[int], people: dict[int, list], seed: int) -> Counter:
    """One walk along each assignment; what came of each step is counted."""
    dice, outcome = random.Random(seed), Counter()  # noqa: S311  (a game, not a secret)
    for key in keys:
        for step in range(STEPS):
            task = Assignment.objects.for_detail().get(pk=key)
            legal = [
                (verb, person)
                for person in people[key]
                for verb in permissions.open_moves(person, task)
                if verb not in RARE or dice.random() < 0.1
            ]
            if not legal:
                break
            verb, person = dice.choice(legal)
            at = NOW + timedelta(days=dice.randrange(60), minutes=step)
            try:
                transitions.move(task, verb, now=at, reason="随机", by=person)
                outcome["moved"] += 1
            except SomebodyWasFaster:
                outcome["overtaken"] += 1
            except TransitionDenied as denied:
                outcome[f"denied: {denied}"] += 1
    return outcome


def test_walks_of_many_at_once_leave_rows_that_agree_with_their_trail():
    keys = issued(walks() // 2)
    people = crew(keys)
    shares = [keys[number // 2 :: THREADS // 2] for number in range(THREADS)]

    outcomes = threads.at_once(
        [partial(walk, share, people, seed) for seed, share in enumerate(shares, start=1)],
        seconds=300,
    )

    assert [type(outcome) for outcome in outcomes] == [Counter] * THREADS, outcomes
    total = sum(outcomes, Counter())
    assert set(total) <= {"moved", "overtaken"}
    assert total["moved"] == AuditEvent.objects.filter(verb__in=LABELS).count()
    assert total["moved"] > len(keys)
    for task in Assignment.objects.for_detail().filter(pk__in=keys):
        assert_agrees(task)
    assert list(verification.faults()) == []
    assert list(mending.differences()) == []


def assert_agrees(task: Assignment) -> None:
    events = list(AuditEvent.objects.about(task).order_by("pk"))
    assert all(event.verb in LABELS for event in events)
    path = [tuple(event.detail["status"]) for event in events]
    assert [old for old, _ in path] == ["pending", *(new for _, new in path)][: len(path)]
    assert task.status == (path[-1][1] if path else Status.PENDING)
    verbs = Counter(event.verb for event in events)
    rounds = verbs["退回补正"] + verbs["更正重报"]
    assert task.round_number == 1 + rounds
    changes = DeadlineChange.objects.filter(assignment=task)
    assert [change.version for change in changes] == list(range(2, task.deadline_version + 1))
    assert (task.closed_at is not None) == (task.status in (Status.CLOSED, Status.STRUCK))
    assert (task.struck_at is not None) == (task.status == Status.STRUCK)
    assert (task.accepted_at is not None) == (verbs["签收"] > 0)
    if task.status in (Status.SUBMITTED, Status.RECEIVING, Status.CLOSED, Status.STRUCK):
        assert task.submitted_at is not None
        assert task.filled_by is not None
    if task.status in ENDED or not task.is_owed:
        assert not task.milestones.armed().exists()
    else:
        versions = set(task.milestones.armed().values_list("deadline_version", flat=True))
        assert versions <= {task.deadline_version}
