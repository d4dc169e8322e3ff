"""Eight at once on one obligation: who moves, who gives other days, who adds bureaus, who folds and
mends. In the end the counts are true, and nobody waited for the counts."""

import random
from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest

from tasks import permissions
from tasks.actions import amending, extensions, issuing, transitions
from tasks.actions.counts import folding, mending
from tasks.errors import NotYourPost, TaskError
from tasks.models import Assignment, Obligation, UnitCount
from tasks.states import MOVES
from tests import factories, threads
from tests.factories import NOW

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("workdays"),
]
UNITS, LATER, TURNS = 20, 10, 40


def provinces(first: int, count: int) -> list:
    return [factories.province(str(100001 + n), f"第{n}省") for n in range(first, first + count)]


def moving(keys: list[int], people: dict[int, list], seed: int) -> Counter:
    dice, found = random.Random(seed), Counter()  # noqa: S311
    for _ in range(TURNS):
        task = Assignment.objects.for_detail().get(pk=dice.choice(keys))
        legal = [
            (verb, person)
            for person in people[task.bureau_id]
            for verb in permissions.open_moves(person, task)
            if verb not in ("withdraw", "pass_on", "decline") or dice.random() < 0.05
        ]
        at = NOW + timedelta(days=dice.randrange(60), hours=2)
        if legal:
            verb, person = dice.choice(legal)
            found[done(transitions.move, task, verb, now=at, reason="随机", by=person)] += 1
        if dice.random() < 0.2:
            wish = {"until": date(2026, 5, dice.randint(1, 28)), "reason": "示例"}
            filler = people[task.bureau_id][0]
            found[done(extensions.request, task, **wish, now=NOW, by=filler)] += 1
    return found


def amending_it(obligation: Obligation, by, seed: int) -> Counter:
    dice, found = random.Random(seed), Counter()  # noqa: S311
    for _ in range(TURNS // 2):
        day = dice.choice([None, *(date(2026, 4, n) for n in range(1, 29))])
        found[done(amending.amend, obligation, day, reason="示例", now=NOW, by=by)] += 1
    return found


def adding(obligation: Obligation, bureaus: list, by) -> Counter:
    return Counter(
        done(issuing.add, obligation, bureaus=[bureau], now=NOW, by=by) for bureau in bureaus
    )


def putting_together() -> Counter:
    found = Counter()
    for _ in range(TURNS):
        folding.fold()
        found[f"{len(list(mending.differences()))} differences"] += 1
    return found


def done(deed, *given, **named) -> str:
    try:
        deed(*given, **named)
    except (TaskError, NotYourPost):
        return "refused"
    return "done"


def test_eight_at_once_leave_counts_that_are_true():
    first, more = provinces(0, UNITS), provinces(UNITS, LATER)
    obligation = factories.obligation(*first)
    keys = list(obligation.assignments.values_list("pk", flat=True))
    above = factories.coordinator()
    roles = sorted({factories.ACTORS[verb] for verb in MOVES} - {factories.Role.COORDINATOR})
    people = {
        one.pk: [*sorted((factories.staff(role, one) for role in roles), key=fills_first), above]
        for one in first
    }

    outcomes = threads.at_once(
        [
            *(partial(moving, keys, people, seed) for seed in range(4)),
            partial(amending_it, obligation, above, 5),
            partial(adding, obligation, more, above),
            putting_together,
            putting_together,
        ],
        seconds=300,
    )

    assert [type(outcome) for outcome in outcomes] == [Counter] * 8, outcomes
    assert all(outcome["done"] > 5 for outcome in outcomes[:6])
    # also between the deeds, at whatever moment it was looked at
    assert outcomes[6:] == [Counter({"0 differences": TURNS})] * 2
    assert list(mending.differences()) == []
    assert obligation.assignments.count() == UNITS + LATER
    folding.fold()
    assert list(mending.differences()) == []
    keyed = Counter(UnitCount.objects.values_list("level", "path", "day", "due_at"))
    assert max(keyed.values()) == 1


def fills_first(person) -> bool:
    return person.held_posts[0].role != factories.Role.FILLER
