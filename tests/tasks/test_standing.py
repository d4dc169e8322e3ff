from datetime import date

import pytest

from bureaus.roles import Role
from tasks import standing, verbs
from tasks.models import Assignment
from tasks.states import Status
from tests import factories
from tests.factories import NOW, walk

pytestmark = pytest.mark.django_db

TO_SUBMIT = ("accept", "hand_in", "pass_review", "submit")


def at_status(status) -> Assignment:
    task = factories.assignment()
    Assignment.objects.update(status=status)
    return Assignment.objects.for_detail().get(pk=task.pk)


@pytest.mark.parametrize(
    ("status", "label", "roles", "code"),
    [
        (Status.PENDING, "签收", ["收文管理", "填报人"], "330000"),
        (Status.ACCEPTED, "提交审核", ["填报人"], "330000"),
        (Status.FILLING, "提交审核", ["填报人"], "330000"),
        (Status.REVIEW, "审核通过", ["审核人"], "330000"),
        (Status.APPROVAL, "签发报送", ["签发人"], "330000"),
        (Status.SUBMITTED, "核收", ["收文管理"], "100000"),
        (Status.RETURNED, "提交审核", ["填报人"], "330000"),
    ],
)
def test_turn_names_the_next_step_and_who_holds_the_post(status, label, roles, code):
    task = at_status(status)
    for role in Role:
        factories.staff(role, task.bureau)

    turn = standing.turn(task)

    assert (turn.label, turn.roles, turn.bureau.code) == (label, roles, code)
    assert turn.people == [f"测试{role}" for role in roles]


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_ended_one_is_nobodys_turn(status):
    assert standing.turn(at_status(status)) is None


def test_turn_without_anybody_in_the_post_names_nobody():
    assert standing.turn(at_status(Status.REVIEW)).people == []


@pytest.mark.parametrize(
    ("status", "states"),
    [
        (Status.PENDING, "done current todo todo todo todo"),
        (Status.RETURNED, "done done current todo todo todo"),
        (Status.APPROVAL, "done done done done current todo"),
        (Status.SUBMITTED, "done done done done done current"),
        (Status.CLOSED, "done done done done done done"),
    ],
)
def test_steps_show_how_far_it_is(status, states):
    assert [step["state"] for step in standing.steps(at_status(status))] == states.split()


def test_steps_name_who_did_what_and_when():
    task = walk(factories.assignment(), *TO_SUBMIT)

    steps = standing.steps(task, reviewed=("测试审核人", NOW))

    named = [(s["label"], str(s.get("who", "")), s.get("at")) for s in steps]
    assert named == [
        ("下发", "市场监管总局", NOW),
        ("签收", "测试填报人", task.accepted_at),
        ("填报", "测试填报人", None),
        ("审核", "测试审核人", NOW),
        ("签发报送", "测试签发人", task.submitted_at),
        ("核收", "", None),
    ]


@pytest.mark.parametrize(
    ("status", "role", "kind"),
    [
        (Status.FILLING, Role.FILLER, "mine"),
        (Status.FILLING, Role.REVIEWER, "plain"),
        (Status.RETURNED, Role.FILLER, "returned"),
        (Status.CLOSED, Role.FILLER, "closed"),
        (Status.WITHDRAWN, Role.FILLER, "closed"),
    ],
)
def test_badge_says_whether_it_is_mine(status, role, kind):
    task = at_status(status)

    assert standing.badge(task, factories.staff(role, task.bureau)) == kind


def test_dates_come_in_the_order_of_their_weight():
    task = factories.assignment()

    assert [(d.label, d.day, d.clock) for d in standing.dates(task)] == [
        ("截止时间", factories.DUE_ON, "24时"),
        ("最严读法", date(2026, 3, 30), ""),
        ("目标日", date(2026, 3, 30), "17:30"),
    ]


def test_undated_one_has_only_a_day_of_review():
    task = factories.assignment(number="")

    assert [(d.label, d.day) for d in standing.dates(task)] == [("复核日", date(2026, 3, 16))]


def buttons(status, role, side="own") -> list[tuple]:
    task = at_status(status)
    bureau = task.bureau if side == "own" else task.receiver
    found = verbs.verbs(factories.staff(role, bureau), task)
    return [(verb.name, verb.kind, verb.needs_reason) for verb in found]


@pytest.mark.parametrize(
    ("status", "role", "side", "shown"),
    [
        (Status.PENDING, Role.FILLER, "own", [("accept", "primary", False)]),
        (Status.PENDING, Role.REVIEWER, "own", []),
        (Status.FILLING, Role.FILLER, "own", []),
        (
            Status.REVIEW,
            Role.REVIEWER,
            "own",
            [("review_back", "plain", True), ("pass_review", "primary", False)],
        ),
        (
            Status.APPROVAL,
            Role.APPROVER,
            "own",
            [("approval_back", "plain", True), ("submit", "primary", False)],
        ),
        (
            Status.SUBMITTED,
            Role.COORDINATOR,
            "receiver",
            [("withdraw", "danger", True), ("return_", "plain", True), ("close", "primary", False)],
        ),
        (Status.SUBMITTED, Role.COORDINATOR, "own", []),
        (Status.CLOSED, Role.COORDINATOR, "receiver", []),
    ],
)
def test_buttons_are_what_the_person_may_do_now_the_primary_last(status, role, side, shown):
    assert buttons(status, role, side) == shown


def test_every_button_that_asks_first_says_what_follows():
    task = at_status(Status.APPROVAL)

    found = verbs.verbs(factories.staff(Role.APPROVER, task.bureau), task)

    assert all(verb.consequence for verb in found)
    assert [verb.url for verb in found] == [
        f"/assignments/{task.pk}/approval_back/",
        f"/assignments/{task.pk}/submit/",
    ]


@pytest.mark.parametrize(
    ("status", "may", "label"),
    [
        (Status.PENDING, False, "继续填报"),
        (Status.ACCEPTED, True, "开始填报"),
        (Status.FILLING, True, "继续填报"),
        (Status.RETURNED, True, "补正填报"),
        (Status.REVIEW, False, "继续填报"),
    ],
)
def test_way_into_the_form_is_open_while_it_may_be_written(status, may, label):
    task = at_status(status)

    assert verbs.may_fill(factories.staff(Role.FILLER, task.bureau), task) is may
    assert verbs.fill_label(task) == label
    assert not verbs.may_fill(factories.staff(Role.REVIEWER, task.bureau), task)
