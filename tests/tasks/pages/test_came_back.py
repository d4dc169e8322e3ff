"""What came back: from whom, when, why; told apart from a draft, and inside only to its people."""

import pytest

from bureaus.roles import Role
from tasks.pages import came_back
from tasks.states import Status
from tests import factories
from tests.factories import NOW, TO_SUBMIT, fresh, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

WAYS = {
    "审核退回": ("accept", "hand_in", "review_back"),
    "签发退回": ("accept", "hand_in", "pass_review", "approval_back"),
    "签发人撤回": (*TO_SUBMIT, "recall"),
    "上级退回补正": (*TO_SUBMIT, "return_"),
}
WHO = {"审核退回": "测试审核人", "上级退回补正": "测试收文管理"}


def marked(task, person):
    return came_back.mark([fresh(task)], person)[0].came_back


@pytest.mark.parametrize("kind", WAYS)
def test_return_says_what_it_is_from_whom_when_and_why(kind):
    task = walk(factories.assignment(), *WAYS[kind])

    found = marked(task, factories.staff(Role.FILLER, task.bureau))

    who = WHO.get(kind, "测试签发人")
    assert (found.kind, found.who, found.reason) == (kind, who, "示例原因")
    assert found.in_line == f"{kind} {who} 3月2日 11:30：示例原因"


@pytest.mark.parametrize("kind", WAYS)
def test_those_above_read_only_their_own_return(kind):
    task = walk(factories.assignment(), *WAYS[kind])

    found = marked(task, factories.coordinator())

    assert (found is not None) is (kind == "上级退回补正")


@pytest.mark.parametrize("way", [("accept",), ("accept", "start"), TO_SUBMIT, WAYS["审核退回"]])
def test_draft_and_what_was_handed_in_again_did_not_come_back(way):
    task = walk(factories.assignment(), *way)
    if way == WAYS["审核退回"]:
        walk(task, "hand_in")

    assert marked(task, factories.staff(Role.FILLER, task.bureau)) is None


def test_answered_refusal_is_no_return_once_the_draft_is_begun():
    task = walk(factories.assignment(), "decline", "insist", "accept", "start")

    assert (fresh(task).return_reason, fresh(task).status) == ("", Status.FILLING)
    assert marked(task, factories.staff(Role.FILLER, task.bureau)) is None


def test_last_of_several_returns_counts():
    task = walk(factories.assignment(), *WAYS["审核退回"])
    walk(task, "hand_in", "pass_review", "approval_back", now=NOW.replace(hour=15))

    found = marked(task, factories.staff(Role.FILLER, task.bureau))

    assert (found.kind, found.by) == ("签发退回", "测试签发人 3月2日 15:30")


@pytest.mark.parametrize("count", [1, 12])
def test_one_query_for_all_rows(django_assert_num_queries, count):
    task = factories.assignment()
    rows = [task, *(each.assignments.get() for each in factories.copies(task.obligation, count))]
    for row in rows:
        walk(row, *WAYS["审核退回"])
    person = factories.staff(Role.FILLER, task.bureau)
    person.may_at("read", task.bureau_id)  # the posts are read by now

    with django_assert_num_queries(1):
        found = came_back.mark(rows, person)

    assert [row.came_back.kind for row in found] == ["审核退回"] * (count + 1)


def test_ledger_and_task_show_it(enter):
    task = walk(factories.assignment(), *WAYS["审核退回"])
    client = enter(factories.staff(Role.FILLER, task.bureau))

    assert "审核退回 测试审核人 3月2日 11:30：示例原因" in client.get("/ledger/").content.decode()
    text = client.get(f"/assignments/{task.pk}/").content.decode()
    assert "审核退回（测试审核人 3月2日 11:30）</h2>" in text


def test_ledger_of_those_above_says_nothing_of_it(office):
    task = walk(factories.assignment(), *WAYS["审核退回"])

    assert "审核退回" not in office.get("/ledger/").content.decode()
    assert "示例原因" not in office.get(f"/assignments/{task.pk}/").content.decode()
