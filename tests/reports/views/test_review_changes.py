"""The page of a review: what changed since the last report, and all of it on one page."""

from datetime import timedelta

import pytest

from bureaus.roles import Role
from reports.actions import handing_in
from reports.actions.returning import Mark, send_back
from tasks.models import Assignment
from tests import factories
from tests.factories import NOW, walk
from tests.reports.reviewing import login, url
from tests.reports.written import (
    accepted,
    confirm,
    filler,
    handed_in,
    outline,
    reported,
    save,
    table,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def task():
    return reported(factories.assignment(), table(documents=2))


def resubmitted(task) -> Assignment:
    marks = [Mark(1, "rows.0.c4", "请写明文号"), Mark(1, "unit.c2", "请补充")]
    send_back(
        task, "return_", marks=marks, now=NOW + timedelta(hours=4), by=factories.coordinator()
    )
    rows = [
        {"c4": "新文件", "c5": "市政府", "c6": "起草中"},
        {"c4": "示例文件1（示例〔2026〕1号）", "c5": "省政府", "c6": "已印发"},
    ]
    unit = {"c2": "省领导作出批示", "c3": "专题学习12次", "c7": "开展活动5场", "c8": "无"}
    at = NOW + timedelta(hours=5)
    save(task, table(rows=rows, unit=unit), revision=1, now=at)
    confirm(task, now=at)
    return walk(task, "pass_review", "submit", now=at)


def test_changes_since_the_last_report_are_listed_and_marked_in_place(office, task):
    answer = office.get(url(resubmitted(task)))

    (shown,) = answer.context["shown"]
    assert shown.before.number == 1
    assert [(one.change.label, one.change.kind.value, one.is_unasked) for one in shown.changes] == [
        ("组织开展学习情况", "changed", True),
        ("第1行", "added", True),
        ("第2行 文件名称", "changed", False),
        ("原第2行", "removed", True),
    ]
    text = answer.content.decode()
    assert "专题学习<del>2</del><ins>12</ins>次" in text
    assert "示例文件1<ins>（示例〔2026〕1号）</ins>" in text
    assert "<del>示例文件2</del>" in text
    assert "未要求补正" in text


def test_earlier_marks_are_shown_with_what_became_of_them(office, task):
    answer = office.get(url(resubmitted(task)))

    assert [(one.label, one.href, one.became) for one in answer.context["marks"]] == [
        ("第1行 文件名称", "form-1-rows-1-c4", "已修改"),
        ("领导同志批示情况", "form-1-unit-c2", "未修改"),
    ]
    text = answer.content.decode()
    assert 'id="form-1-rows-1-c4"' in text
    assert "补正要求：请写明文号（已修改）" in text


def test_row_that_went_cannot_be_marked_and_the_others_keep_their_places(office, task):
    text = office.get(url(resubmitted(task))).content.decode()

    assert text.count('data-place="1:rows.0.c4"') == 1
    assert text.count('data-place="1:rows.1.c4"') == 1
    assert 'data-place="1:rows.2.c4"' not in text


def test_first_report_has_nothing_to_compare_with(office, task):
    (shown,) = office.get(url(task)).context["shown"]

    assert (shown.before, list(shown.changes)) == (None, [])


def test_receiver_compares_with_what_was_reported_and_not_with_what_went_back_inside(client):
    task = handed_in(factories.assignment(), table())
    walk(task, "review_back")
    save(task, table(foot={"f1": "另一人"}), revision=1)
    confirm(task, now=NOW + timedelta(hours=4))

    login(client, Role.REVIEWER, task.bureau)
    (shown,) = client.get(url(task)).context["shown"]
    assert [one.change.label for one in shown.changes] == ["联系人及联系方式"]

    walk(task, "pass_review", "submit")
    client.force_login(factories.coordinator())
    (shown,) = client.get(url(task)).context["shown"]
    assert (shown.before, list(shown.changes)) == (None, [])


def test_all_forms_stand_on_one_page(office):
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, table())
    save(task, outline("学习两次"), number=2)
    confirm(task)
    walk(task, "pass_review", "submit")

    text = office.get(url(task)).content.decode()

    assert text.index('data-place="1:unit.c2"') < text.index('data-place="2:sections.s1"')
    assert text.count('id="form-2"') == 1


def test_nil_report_is_said_and_can_be_marked_only_as_a_whole(office):
    task = accepted()
    handing_in.hand_in_nil(task, now=NOW, by=filler(task.bureau))
    walk(task, "pass_review", "submit")

    answer = office.get(url(task))

    assert "零报告：该单位报告没有需要报送的情况" in answer.content.decode()
    (group,) = answer.context["groups"]
    assert [choice.value for choice in group.choices] == ["1:"]
    assert office.post(url(task), {"verb": "close", "looked_at": "0"}).status_code == 302


def test_what_was_written_is_shown_as_text_never_as_markup(office, task):
    walk(task, "return_")
    save(task, table(unit={"c2": "<b>x</b>", "c3": "a", "c7": "b", "c8": "c"}), revision=1)
    confirm(task, now=NOW + timedelta(hours=5))
    walk(task, "pass_review", "submit")

    text = office.get(url(task)).content.decode()

    assert "<b>x" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text
