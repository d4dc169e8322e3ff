from datetime import timedelta

import pytest

from bureaus.roles import Role
from tasks.actions import issuing, transitions
from tasks.actions.issuing import Terms
from tasks.models import Assignment
from tasks.pages import verbs
from tasks.pages.verbs import Refused
from tasks.reminders.actions import urging
from tasks.scheduling.dates import Dates, last_moment
from tasks.states import MOVES, Status
from tests import factories
from tests.factories import DUE_ON, NOW, walk

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=3)


def at_status(status) -> Assignment:
    task = factories.assignment()
    Assignment.objects.filter(pk=task.pk).update(status=status)
    return Assignment.objects.for_detail().get(pk=task.pk)


def offered(task, role, side="own", **given) -> list[verbs.Verb]:
    at = task.bureau if side == "own" else task.receiver
    return verbs.verbs(factories.staff(role, at), task, now=LATER, **given)


def one(found, name) -> verbs.Verb:
    return next(verb for verb in found if verb.name == name)


# (status, role, side): the rare verbs in the fold, then the buttons with their kinds
SHOWN = {
    (Status.PENDING, Role.FILLER, "own"): "decline | accept:plain accept:primary",
    (Status.PENDING, Role.REVIEWER, "own"): "|",
    (Status.PENDING, Role.COORDINATOR, "receiver"): "pass_on withdraw | urge:plain",
    (Status.ACCEPTED, Role.FILLER, "own"): "decline |",
    (Status.FILLING, Role.FILLER, "own"): "|",
    (Status.FILLING, Role.COORDINATOR, "receiver"): "withdraw | urge:plain",
    (Status.REVIEW, Role.REVIEWER, "own"): "| review_back:plain pass_review:primary",
    (Status.APPROVAL, Role.APPROVER, "own"): "| approval_back:plain submit:primary",
    (Status.SUBMITTED, Role.APPROVER, "own"): "recall |",
    (Status.SUBMITTED, Role.COORDINATOR, "own"): "|",
    (Status.SUBMITTED, Role.COORDINATOR, "receiver"): (
        "withdraw | take_up:plain return_:plain close:primary"
    ),
    (Status.RECEIVING, Role.APPROVER, "own"): "|",
    (Status.RECEIVING, Role.COORDINATOR, "receiver"): "withdraw | return_:plain close:primary",
    (Status.CLOSED, Role.FILLER, "own"): "correct |",
    (Status.CLOSED, Role.COORDINATOR, "receiver"): "strike_off |",
    (Status.DECLINED, Role.FILLER, "own"): "|",
    (Status.DECLINED, Role.COORDINATOR, "receiver"): "withdraw | insist:plain pass_on:primary",
    (Status.STRUCK, Role.COORDINATOR, "receiver"): "|",
    (Status.PASSED_ON, Role.COORDINATOR, "receiver"): "|",
    (Status.WITHDRAWN, Role.COORDINATOR, "receiver"): "|",
}


@pytest.mark.parametrize(("status", "role", "side"), SHOWN)
def test_verbs_are_what_the_person_may_do_now_the_rare_ones_folded(status, role, side):
    found = offered(at_status(status), role, side)

    fold = [verb.name for verb in found if verb.is_rare]
    shown = [f"{verb.name}:{verb.kind}" for verb in found if not verb.is_rare]
    assert " ".join([*fold, "|", *shown]) == SHOWN[status, role, side]
    assert [verb.is_rare for verb in found] == [True] * len(fold) + [False] * len(shown)


def test_every_verb_of_the_table_is_offered_to_somebody_or_belongs_to_the_form():
    named = {word.split(":")[0] for shown in SHOWN.values() for word in shown.split()}

    assert named - {"|", "urge"} | set(verbs.BY_FORM) == set(MOVES)


@pytest.mark.parametrize("name", [name for name in MOVES if name not in verbs.BY_FORM])
def test_every_verb_says_what_follows_or_has_a_page_of_its_own(name):
    silent = {"accept", "pass_review"}  # the ones that can do no harm need no question

    assert name in verbs.CONSEQUENCES or name in verbs.BY_PAGE or name in silent


@pytest.mark.parametrize(("status", "role", "side"), SHOWN)
def test_dialogs_ask_for_a_reason_where_the_table_does(status, role, side):
    found = offered(at_status(status), role, side)

    by_table = {verb.name: verb.needs_reason for verb in found if verb.name != "urge"}
    assert by_table == {
        name: MOVES[name].needs_reason and name not in verbs.BY_PAGE for name in by_table
    }


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (NOW, "2026-03-31"),  # five working days end before the old deadline
        (last_moment(DUE_ON), "2026-04-07"),  # the fifth, past a weekend
    ],
)
def test_last_day_of_a_new_round_is_filled_in(now, day):
    task = at_status(Status.SUBMITTED)
    found = verbs.verbs(factories.coordinator(), task, now=now)

    assert [(ask.name, ask.value) for ask in one(found, "return_").asks] == [
        ("until", day),
        ("reason", ""),
    ]


def test_day_filled_in_is_the_day_that_comes_of_it():
    task = walk(factories.assignment(), "accept", "hand_in", "pass_review", "submit")
    late = last_moment(DUE_ON) + timedelta(days=1)
    shown = one(verbs.verbs(factories.coordinator(), task, now=late), "return_").asks[0].value

    transitions.move(task, "return_", now=late, reason="示例", by=factories.coordinator())

    assert f"{task.due_at:%Y-%m-%d}" == shown


def test_undated_one_is_given_no_day_unless_one_is_named():
    task = walk(factories.assignment(number=""), "accept", "hand_in", "pass_review", "submit")

    ask = one(offered(task, Role.COORDINATOR, "receiver"), "return_").asks[0]

    assert (ask.value, ask.help) == ("", "原任务无时限，不填即不设")


def test_signing_while_bureaus_below_are_open_asks_for_a_reason():
    task = walk(factories.assignment(), "accept")
    issuing.split(
        task,
        bureaus=[factories.prefecture(task.bureau)],
        terms=Terms(Dates(due_at=last_moment(DUE_ON)), need="示例理由"),
        now=NOW,
        by=factories.staff(Role.COORDINATOR, task.bureau),
    )
    walk(task, "hand_in", "pass_review")

    verb = one(offered(task, Role.APPROVER), "submit")

    assert verb.needs_reason
    assert verb.consequence.startswith("下级杭州市市场监管局尚未报送，仍要签发报送的，请填写原因。")


def test_urge_within_the_gap_says_why_not():
    task = factories.assignment()
    urging.urge(task, now=NOW, by=factories.coordinator())

    verb = one(offered(task, Role.COORDINATOR, "receiver"), "urge")

    assert verb.is_blocked
    assert verb.refusal.startswith("24小时内已催办过（测试收文管理 3月2日 9:30）")


def test_refused_verb_stands_open_with_what_was_written():
    task = at_status(Status.SUBMITTED)
    refused = Refused("return_", "示例拒绝", {"until": "2026-13-01", "reason": "缺一栏"})

    found = offered(task, Role.COORDINATOR, "receiver", refused=refused)

    verb = one(found, "return_")
    assert (verb.is_open, verb.is_blocked, verb.refusal) == (True, False, "示例拒绝")
    assert [ask.value for ask in verb.asks] == ["2026-13-01", "缺一栏"]
    assert [other.name for other in found if other.is_open] == ["return_"]


@pytest.mark.parametrize(
    ("status", "may", "label"),
    [
        (Status.PENDING, False, "继续填报"),
        (Status.ACCEPTED, True, "开始填报"),
        (Status.FILLING, True, "继续填报"),
        (Status.RETURNED, True, "补正填报"),
        (Status.CORRECTING, True, "更正填报"),
        (Status.REVIEW, False, "继续填报"),
    ],
)
def test_way_into_the_form_is_open_while_it_may_be_written(status, may, label):
    task = at_status(status)

    assert verbs.may_fill(factories.staff(Role.FILLER, task.bureau), task) is may
    assert verbs.fill_label(task) == label
    assert not verbs.may_fill(factories.staff(Role.REVIEWER, task.bureau), task)
