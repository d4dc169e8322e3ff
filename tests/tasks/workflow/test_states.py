"""The table of moves, checked whole against the rules as the office states them."""

from copy import copy

import pytest
from django.db import transaction

from bureaus.models import Bureau
from bureaus.roles import Role
from tasks import permissions
from tasks.actions import transitions
from tasks.errors import NotYourPost, TransitionDenied
from tasks.models import Assignment
from tasks.states import (
    EDITABLE,
    ENDED,
    HANDED_IN,
    MOVES,
    OPEN,
    OWNERS,
    RELEASED,
    WITH_BUREAU,
    WITH_RECEIVER,
    Status,
)
from tests import factories

EDITED = "accepted filling returned correcting"
ALL_OWED = f"pending {EDITED} review approval"
# verb: (whose post, which roles, {status it leads to: statuses it starts from})
RULES = {
    "accept": ("own", "coordinator filler", {"accepted": "pending"}),
    "decline": ("own", "coordinator filler", {"declined": "pending accepted"}),
    "start": ("own", "filler", {"filling": "accepted"}),
    "hand_in": ("own", "filler", {"review": EDITED}),
    "report_nil": ("own", "filler", {"review": EDITED}),
    "pass_review": ("own", "reviewer", {"approval": "review"}),
    "review_back": ("own", "reviewer", {"filling": "review"}),
    "submit": ("own", "approver", {"submitted": "approval"}),
    "approval_back": ("own", "approver", {"filling": "approval"}),
    "recall": ("own", "approver", {"filling": "submitted"}),
    "take_up": ("receiver", "coordinator", {"receiving": "submitted"}),
    "close": ("receiver", "coordinator", {"closed": "submitted receiving"}),
    "return_": ("receiver", "coordinator", {"returned": "submitted receiving"}),
    "correct": ("own", "filler", {"correcting": "closed"}),
    "strike_off": ("receiver", "coordinator", {"struck": "closed"}),
    "insist": ("issuer", "coordinator", {"pending": "declined"}),
    "pass_on": ("issuer", "coordinator", {"passed_on": "pending accepted declined"}),
    "withdraw": (
        "issuer",
        "coordinator",
        {"withdrawn": f"{ALL_OWED} submitted receiving declined"},
    ),
}
STATUSES = f"{ALL_OWED} submitted receiving closed struck declined passed_on withdrawn".split()
SIDES = ("own", "receiver", "issuer", "other_province", "own_prefecture")
DENIED = "denied"


def expected(side: str, role: str) -> dict[tuple[str, str], str]:
    """The answer to every verb in every status for this role at this bureau."""
    answers = {}
    for verb, (whose, roles, ways) in RULES.items():
        target_of = {source: target for target, from_ in ways.items() for source in from_.split()}
        may = whose == side and role in roles.split()
        for status in STATUSES:
            answers[status, verb] = target_of.get(status, DENIED) if may else DENIED
    return answers


def bureau_at(side: str, task: Assignment) -> Bureau:
    if side == "other_province":
        return factories.province("320000", "江苏省")
    if side == "own_prefecture":
        return factories.prefecture(task.bureau)
    return {"own": task.bureau, "receiver": task.receiver, "issuer": task.issuer}[side]


def test_rules_know_every_verb_status_and_role():
    roles = {role for _, roles, _ in RULES.values() for role in roles.split()}

    assert set(RULES) == set(MOVES)
    assert sorted(STATUSES) == sorted(Status.values) == sorted(OWNERS)
    assert roles < set(Role.values)


def test_groups_of_statuses_do_not_overlap_and_leave_none_out():
    groups = [WITH_BUREAU, WITH_RECEIVER, (Status.DECLINED,), ENDED]

    assert sorted(status for group in groups for status in group) == sorted(Status)
    assert sorted([*OPEN, *ENDED]) == sorted(Status)
    assert set(EDITABLE) < set(WITH_BUREAU)
    assert set(HANDED_IN) == {*WITH_RECEIVER, Status.CLOSED, Status.STRUCK}
    assert set(HANDED_IN).isdisjoint(RELEASED)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("side", SIDES)
def test_every_verb_in_every_status_answers_as_the_rules_say(side, role):
    task = factories.assignment()
    Assignment.objects.update(receiver=factories.internal_unit())  # not also the issuer
    task = Assignment.objects.for_detail().get()
    person = factories.staff(Role(role), bureau_at(side, task))

    answers, shown = {}, {}
    for status in STATUSES:
        Assignment.objects.filter(pk=task.pk).update(status=status)
        row = Assignment.objects.for_detail().get(pk=task.pk)
        offered = permissions.open_moves(person, row)
        for verb in MOVES:
            answers[status, verb] = tried(row, verb, person)
            shown[status, verb] = verb in offered

    wanted = expected(side, role)
    assert answers == wanted
    assert shown == {case: answer != DENIED for case, answer in wanted.items()}


def tried(stored: Assignment, verb: str, person) -> str:
    """What one verb does to a row that has just been read; the row is as before then."""
    status, row = stored.status, copy(stored)
    with transaction.atomic():
        try:
            transitions.move(row, verb, now=factories.NOW, reason="示例原因", by=person)
            answer = str(factories.fresh(row).status)
        except (NotYourPost, TransitionDenied):
            answer = DENIED if factories.fresh(row).status == status else "denied, yet changed"
        transaction.set_rollback(True)
    return answer


def ends() -> set[Status]:
    """The statuses that no move leaves."""
    return {status for status in Status if not any(status in m.sources for m in MOVES.values())}


def test_ends_are_struck_passed_on_and_withdrawn_and_only_they_have_no_owner():
    assert ends() == {Status.STRUCK, Status.PASSED_ON, Status.WITHDRAWN}
    assert {status for status, owner in OWNERS.items() if owner is None} == ends()


@pytest.mark.parametrize("status", [s for s in Status if OWNERS[s]])
def test_owner_of_a_status_can_lead_it_on(status):
    ways = [
        move
        for move in MOVES.values()
        if status in move.sources and (move.side, move.permission) == OWNERS[status]
    ]

    assert ways
    assert status not in [move.target for move in ways]
    # what a bureau would rather not do needs words, going on does not
    assert all(move.needs_reason for move in ways) == (status == Status.DECLINED)


@pytest.mark.parametrize("status", Status)
def test_every_status_can_reach_the_close_and_the_striking_off_or_is_an_end(status):
    reached, grown = {status}, set()
    while grown != reached:
        grown = set(reached)
        reached |= {m.target for m in MOVES.values() if m.sources & reached}

    assert status in ends() or {Status.CLOSED, Status.STRUCK} <= reached


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.PENDING])
def test_every_status_but_the_first_is_reached_from_the_first(status):
    reached = {Status.PENDING}
    for _ in Status:
        reached |= {m.target for m in MOVES.values() if m.sources & reached}

    assert status in reached
