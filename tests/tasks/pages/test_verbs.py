from datetime import timedelta

import pytest

from bureaus.roles import Role
from tasks.actions import transitions
from tasks.models import Assignment
from tasks.pages import verbs
from tasks.pages.verbs import Refused
from tasks.reminders.actions import urging
from tasks.scheduling.dates import last_moment
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
    (Status.REVIEW, Role.REVIEWER, "own"): "| review:primary",
    (Status.APPROVAL, Role.APPROVER, "own"): "| review:primary",
    (Status.SUBMITTED, Role.APPROVER, "own"): "recall |",
    (Status.SUBMITTED, Role.COORDINATOR, "own"): "|",
    (Status.SUBMITTED, Role.COORDINATOR, "receiver"): "withdraw | take_up:plain review:primary",
    (Status.RECEIVING, Role.APPROVER, "own"): "|",
    (Status.RECEIVING, Role.COORDINATOR, "receiver"): "withdraw | review:primary",
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


def test_every_verb_of_the_table_is_offered_to_somebody_or_belongs_to_form_or_review():
    named = {word.split(":")[0] for shown in SHOWN.values() for word in shown.split()}

    elsewhere = {*verbs.BY_FORM, *verbs.BY_REVIEW}
    assert named - {"|", "urge", "review"} | elsewhere == set(MOVES)
    assert named & elsewhere == set()  # no verdict where the content does not stand


@pytest.mark.parametrize(
    ("status", "role", "side", "label"),
    [
        (Status.REVIEW, Role.REVIEWER, "own", "去审核"),
        (Status.APPROVAL, Role.APPROVER, "own", "去签发"),
        (Status.SUBMITTED, Role.COORDINATOR, "receiver", "去核收"),
        (Status.RECEIVING, Role.COORDINATOR, "receiver", "去核收"),
    ],
)
def test_whoever_judges_is_led_to_the_content(status, role, side, label):
    task = at_status(status)

    verb = one(offered(task, role, side), "review")

    assert (verb.label, verb.url, verb.is_page) == (label, f"/assignments/{task.pk}/review/", True)


@pytest.mark.parametrize("name", [name for name in MOVES if name not in verbs.BY_FORM])
def test_every_verb_says_what_follows_or_has_a_page_of_its_own(name):
    silent = {"accept", "pass_review"}  # the ones that can do no harm need no question

    assert name in verbs.CONSEQUENCES or name in verbs.BY_PAGE or name in silent


@pytest.mark.parametrize(("status", "role", "side"), SHOWN)
def test_dialogs_ask_for_a_reason_where_the_table_does(status, role, side):
    found = offered(at_status(status), role, side)

    by_table = {verb.name: verb.needs_reason for verb in found if verb.name in MOVES}
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
    task = at_status(Status.CLOSED)
    found = verbs.verbs(factories.staff(Role.FILLER, task.bureau), task, now=now)

    assert [(ask.name, ask.value) for ask in one(found, "correct").asks] == [
        ("until", day),
        ("reason", ""),
    ]


def test_day_filled_in_is_the_day_that_comes_of_it():
    task = walk(factories.assignment(), "accept", "hand_in", "pass_review", "submit", "close")
    filler = factories.staff(Role.FILLER, task.bureau)
    late = last_moment(DUE_ON) + timedelta(days=1)
    shown = one(verbs.verbs(filler, task, now=late), "correct").asks[0].value

    transitions.move(task, "correct", now=late, reason="示例", by=filler)

    assert f"{task.due_at:%Y-%m-%d}" == shown


def test_undated_one_is_given_no_day_unless_one_is_named():
    to_close = ("accept", "hand_in", "pass_review", "submit", "close")
    task = walk(factories.assignment(number=""), *to_close)

    ask = one(offered(task, Role.FILLER), "correct").asks[0]

    assert (ask.value, ask.help) == ("", "原任务无时限，不填即不设")


def test_urge_within_the_gap_says_why_not():
    task = factories.assignment()
    urging.urge(task, now=NOW, by=factories.coordinator())

    verb = one(offered(task, Role.COORDINATOR, "receiver"), "urge")

    assert verb.is_blocked
    assert verb.refusal.startswith("24小时内已催办过（测试收文管理 3月2日 9:30）")


def test_refused_verb_stands_open_with_what_was_written():
    task = at_status(Status.CLOSED)
    refused = Refused("correct", "示例拒绝", {"until": "2026-13-01", "reason": "缺一栏"})

    found = offered(task, Role.FILLER, refused=refused)

    verb = one(found, "correct")
    assert (verb.is_open, verb.is_blocked, verb.refusal) == (True, False, "示例拒绝")
    assert [ask.value for ask in verb.asks] == ["2026-13-01", "缺一栏"]
    assert [other.name for other in found if other.is_open] == ["correct"]


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
