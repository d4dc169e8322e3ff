from datetime import date, timedelta

import pytest

from bureaus.models import Delegation, Staff
from bureaus.roles import Role
from tasks.models import Assignment
from tasks.pages import standing
from tasks.states import ENDED, Status
from tests import factories
from tests.factories import NOW, TO_SUBMIT, fresh, walk

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


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
        (Status.RECEIVING, "核收", ["收文管理"], "100000"),
        (Status.RETURNED, "提交审核", ["填报人"], "330000"),
        (Status.CORRECTING, "提交审核", ["填报人"], "330000"),
        (Status.DECLINED, "转办或答复退办", ["收文管理"], "100000"),
    ],
)
def test_turn_names_the_next_step_and_who_holds_the_post(status, label, roles, code):
    task = at_status(status)
    for role in Role:
        factories.staff(role, task.bureau)

    turn = standing.turn(task, factories.staff(Role.FILLER, task.bureau))

    assert (turn.label, turn.roles, turn.bureau.code) == (label, roles, code)
    assert turn.people == [f"测试{role}" for role in roles]


@pytest.mark.parametrize("status", ENDED)
def test_ended_one_is_nobodys_turn(status):
    assert standing.turn(at_status(status), factories.coordinator()) is None


def test_turn_names_the_deputy_of_whoever_is_away():
    task = at_status(Status.REVIEW)
    away = factories.staff(Role.REVIEWER, task.bureau)
    deputy = factories.staff(Role.FILLER, task.bureau)
    Delegation.objects.create(
        absentee=away,
        deputy=deputy,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        made_at=NOW,
        made_by=away,
    )

    assert standing.turn(task, away, on=NOW.date()).people == ["测试填报人"]
    assert standing.turn(task, away).people == ["测试审核人"]


def test_turn_without_anybody_in_the_post_names_nobody():
    task = at_status(Status.REVIEW)

    turn = standing.turn(task, factories.staff(Role.FILLER, task.bureau))

    assert (turn.people, turn.place) == ([], "浙江省市场监管局审核人（岗位尚无人员）")


def reviewers(bureau, count):
    for number in range(count):
        person = factories.staff(Role.REVIEWER, bureau, username=f"reviewer{number}")
        Staff.objects.filter(pk=person.pk).update(name=f"审核{number}")


@pytest.mark.parametrize(
    ("count", "inside", "above"),
    [
        (1, "审核人 审核0", "审核人 1人"),
        (2, "审核人 审核0 等2人", "审核人 2人"),
        (5, "审核人 审核0 等5人", "审核人 5人"),
    ],
)
def test_who_has_it_is_named_inside_and_only_its_post_above(count, inside, above):
    task = at_status(Status.REVIEW)
    reviewers(task.bureau, count)

    mine = standing.turn(task, factories.staff(Role.FILLER, task.bureau))
    theirs = standing.turn(task, factories.coordinator())

    assert mine.place == f"浙江省市场监管局{inside}"
    assert (theirs.place, theirs.people) == (f"浙江省市场监管局{above}", [])


def test_who_waits_for_it_to_be_received_reads_who_has_it():
    task = at_status(Status.SUBMITTED)
    factories.coordinator()

    turn = standing.turn(task, factories.staff(Role.FILLER, task.bureau))

    assert turn.place == "市场监管总局收文管理 测试收文管理"


def test_way_says_where_it_is_and_since_when():
    task = factories.assignment()
    person = factories.staff(Role.FILLER, task.bureau)

    def held(row):
        return standing.way(fresh(row), person, now=LATER)["held"]

    issued = f"{task.obligation.issued_at.astimezone(factories.SHANGHAI):%-m月%-d日 %-H:%M}"
    assert held(task).endswith(f"测试填报人处，{issued}起")
    walk(task, "accept", now=NOW + timedelta(hours=1))
    assert held(task) == "在浙江省市场监管局填报人 测试填报人处，3月2日 10:30起"
    walk(task, "hand_in", now=NOW + timedelta(hours=2))
    factories.staff(Role.REVIEWER, task.bureau)
    assert held(task) == "在浙江省市场监管局审核人 测试审核人处，3月2日 11:30起"
    walk(task, "pass_review", "submit", "close", now=NOW + timedelta(hours=3))
    assert held(task) == ""


@pytest.mark.parametrize(
    ("status", "states"),
    [
        (Status.PENDING, "done current todo todo todo todo"),
        (Status.RETURNED, "done done current todo todo todo"),
        (Status.APPROVAL, "done done done done current todo"),
        (Status.SUBMITTED, "done done done done done current"),
        (Status.RECEIVING, "done done done done done current"),
        (Status.CLOSED, "done done done done done done"),
        (Status.CORRECTING, "done done current todo todo todo"),
        (Status.STRUCK, "done done done done done done"),
        (Status.DECLINED, "done current todo todo todo todo"),
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
        (Status.STRUCK, Role.FILLER, "closed"),
        (Status.PASSED_ON, Role.FILLER, "closed"),
        (Status.WITHDRAWN, Role.FILLER, "closed"),
        (Status.CORRECTING, Role.FILLER, "mine"),
        (Status.DECLINED, Role.FILLER, "plain"),
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


@pytest.mark.parametrize(
    ("verbs", "heading"),
    [
        (("decline",), "退办的原因"),
        (("decline", "insist"), "不同意退办的理由"),
        ((*TO_SUBMIT, "return_"), "退回补正的原因"),
        ((*TO_SUBMIT, "recall"), "退回修改（撤回）的原因"),
        ((*TO_SUBMIT, "close", "correct"), "更正重报的原因"),
        (("withdraw",), "撤销的原因"),
    ],
)
def test_reason_stands_under_what_it_was_given_for(verbs, heading):
    task = walk(factories.assignment(), *verbs)

    said = standing.said(task, factories.staff(Role.FILLER, task.bureau))

    assert (said.heading, said.text) == (heading, "示例原因")


def test_reason_given_inside_the_bureau_is_not_for_those_above():
    task = walk(factories.assignment(), "accept", "hand_in", "review_back")

    assert standing.said(task, factories.coordinator()) is None
    assert standing.said(task, factories.staff(Role.APPROVER, task.bureau)).text == "示例原因"


def test_reason_of_a_return_is_gone_with_the_next_report():
    task = walk(factories.assignment(), *TO_SUBMIT, "return_", *TO_SUBMIT[1:])

    assert standing.said(task, factories.coordinator()) is None
