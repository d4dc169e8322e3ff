"""A report goes back with its marks, and what becomes of them."""

from datetime import date, timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from reports import permissions
from reports.actions import handing_in, returning
from reports.actions.returning import Mark, let_pass, send_back
from reports.errors import ReportError, SeenBefore
from reports.filling import readable_forms
from reports.filling.asked_forms import forms_of
from reports.filling.return_marks import follow_marks
from reports.models import ReturnMark, Submission
from tasks.errors import NotYourPost, SomebodyWasFaster
from tasks.states import Status
from tests import factories
from tests.factories import fresh, walk
from tests.reports.written import (
    NOW,
    accepted,
    confirm,
    filler,
    handed_in,
    outline,
    reported,
    save,
    table,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=5)
CELL = Mark(1, "rows.1.c4", "请写明文号")
UNIT = Mark(1, "unit.c2", "请补充省领导批示")


@pytest.fixture
def task():
    return reported(factories.assignment(), table(documents=3))


def receiver():
    return factories.coordinator()


def returned(task, *marks, reason="", **fields):
    return send_back(task, "return_", marks=marks, reason=reason, now=NOW, by=receiver(), **fields)


def mend(task, data, *, revision=1):
    save(task, data, revision=revision, now=LATER)
    return confirm(task, now=LATER)


def test_marks_are_kept_with_the_round_they_were_made_in(task):
    returned(task, CELL, UNIT, reason="请补正")

    row = fresh(task)
    assert (row.status, row.round_number, row.return_reason) == (Status.RETURNED, 2, "请补正")
    kept = ReturnMark.objects.order_by("pk")
    assert [(one.path, one.note) for one in kept] == [
        (CELL.path, CELL.note),
        (UNIT.path, UNIT.note),
    ]
    assert {(one.round_number, one.is_internal, one.settled_at) for one in kept} == {
        (1, False, None)
    }
    assert {(one.made_by, one.made_at) for one in kept} == {(receiver(), NOW)}


def test_marks_make_the_reason_where_none_is_given(task):
    returned(task, CELL, UNIT, Mark(1, "rows.0", "请核实"), Mark(1, "", "请统一格式"))

    assert fresh(task).return_reason.splitlines() == [
        "附件1 第2行“文件名称”：请写明文号",
        "附件1“领导同志批示情况”：请补充省领导批示",
        "附件1 第1行：请核实",
        "附件1 全表：请统一格式",
    ]


def test_audit_has_the_marks_beside_a_reason_of_its_own(task):
    returned(task, CELL, reason="请补正")

    event = AuditEvent.objects.filter(verb="退回补正").get()
    assert event.detail["reason"] == "请补正"
    assert event.detail["marks"] == ["附件1 第2行“文件名称”：请写明文号"]


def test_reason_alone_is_enough_and_neither_is_not(task):
    with pytest.raises(ReportError, match="请填写退回原因，或者至少标注一处"):
        returned(task, reason="  ")
    assert fresh(task).status == Status.SUBMITTED

    returned(task, reason="请补正")
    assert fresh(task).status == Status.RETURNED


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (Mark(1, "rows.3.c4", "x"), "标注的位置在报送内容中不存在"),
        (Mark(1, "rows.0.c2", "x"), "标注的位置在报送内容中不存在"),
        (Mark(1, "rows.-1.c4", "x"), "标注的位置在报送内容中不存在"),
        (Mark(1, "sections.s1", "x"), "标注的位置在报送内容中不存在"),
        (Mark(2, "", "x"), "标注的位置在报送内容中不存在"),
        (Mark(1, "unit.c2", " "), "请写明附件1 领导同志批示情况需要怎样补正"),
        (Mark(1, "unit.c2", "长" * 301), "的要求不能超过300字"),
    ],
)
def test_mark_that_points_nowhere_or_says_nothing_stores_nothing(task, mark, message):
    with pytest.raises(ReportError, match=message):
        returned(task, CELL, mark, reason="请补正")

    assert fresh(task).status == Status.SUBMITTED
    assert not ReturnMark.objects.exists()


def test_more_marks_than_one_can_answer_are_refused(task):
    with pytest.raises(ReportError, match="一次最多标注200处"):
        returned(task, *[CELL] * 201)


@pytest.mark.parametrize(
    ("verb", "to", "role"),
    [("review_back", "hand_in", Role.REVIEWER), ("approval_back", "pass_review", Role.APPROVER)],
)
def test_own_reviewer_and_approver_mark_inside_the_bureau(verb, to, role):
    task = handed_in(factories.assignment(), table(documents=3))
    if to == "pass_review":
        walk(task, to, now=NOW)
    by = factories.staff(role, task.bureau)

    send_back(task, verb, marks=[CELL], now=NOW, by=by)

    row, mark = fresh(task), ReturnMark.objects.get()
    assert (row.status, row.round_number) == (Status.FILLING, 1)
    assert (mark.is_internal, mark.round_number) == (True, 1)
    assert list(permissions.last_marks(receiver(), row)) == []
    assert list(permissions.last_marks(filler(task.bureau), row)) == [mark]


def test_section_of_an_outline_is_marked():
    task = factories.assignment(number="2", text=factories.TEXT_APART)
    reported(task, outline("学习两次"), number=2)

    returned(task, Mark(2, "sections.s2", "请写明文件名称"))

    assert fresh(task).return_reason == "附件2“二、出台文件情况”：请写明文件名称"


def test_nil_report_is_marked_only_as_a_whole():
    task = accepted()
    handing_in.hand_in_nil(task, now=NOW, by=filler(task.bureau))
    walk(task, "pass_review", "submit", now=NOW)

    with pytest.raises(ReportError, match="不存在"):
        returned(task, UNIT)
    returned(task, Mark(1, "", "已知你单位有相关文件，请填报"))

    assert fresh(task).status == Status.RETURNED


def test_last_day_of_the_mending_is_the_one_named(task):
    returned(task, CELL, until=date(2026, 4, 10))

    assert fresh(task).due_at.astimezone(factories.SHANGHAI).date() == date(2026, 4, 10)


@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2027, 4, 1), date(9999, 12, 31)])
def test_last_day_must_lie_ahead_within_a_year(task, until):
    with pytest.raises(ReportError, match="补正的最后一天应在今天以后、一年以内"):
        returned(task, CELL, until=until)

    assert fresh(task).status == Status.SUBMITTED


def test_who_may_not_send_back_is_refused_before_the_marks_are_read(task):
    with pytest.raises(NotYourPost, match="没有“核收、退回补正”权限"):
        send_back(task, "return_", marks=[Mark(9, "x", "")], now=NOW, by=filler(task.bureau))

    assert fresh(task).status == Status.SUBMITTED


def test_only_the_verbs_that_send_back_are_taken(task):
    with pytest.raises(ValueError, match="close"):
        send_back(task, "close", reason="x", now=NOW, by=receiver())


def test_whoever_was_faster_leaves_no_marks(task):
    stale = fresh(task)
    walk(task, "close", now=NOW)

    with pytest.raises(SomebodyWasFaster):
        returned(stale, CELL)

    assert not ReturnMark.objects.exists()


def test_nothing_is_decided_on_a_version_nobody_looked_at(task):
    walk(task, "recall", now=NOW)
    mend(task, table(documents=3, foot={"f1": "另一人"}))
    walk(task, "pass_review", "submit", now=LATER)

    with pytest.raises(SeenBefore):
        let_pass(task, "close", looked_at=1, now=LATER, by=receiver())
    with pytest.raises(SeenBefore):
        returned(task, CELL, looked_at=1)

    assert fresh(task).status == Status.SUBMITTED
    let_pass(task, "close", looked_at=2, now=LATER, by=receiver())
    assert fresh(task).status == Status.CLOSED


def test_marks_are_settled_when_the_bureau_hands_in_again_and_stay(task):
    returned(task, CELL, UNIT)

    mend(task, table(documents=3))

    assert [one.settled_at for one in ReturnMark.objects.all()] == [LATER, LATER]


def test_nil_report_settles_the_marks_too(task):
    returned(task, CELL)
    save(task, {}, revision=1, now=LATER)

    handing_in.hand_in_nil(task, now=LATER, by=filler(task.bureau))

    assert ReturnMark.objects.get().settled_at == LATER


def test_marks_of_other_assignments_are_left_alone():
    issued = factories.obligation(factories.province(), factories.province("320000", "江苏省"))
    one, other = (
        reported(factories.owed_by(issued, code), table(documents=3))
        for code in ("330000", "320000")
    )
    returned(one, CELL)
    returned(other, CELL)

    mend(one, table(documents=3))

    assert ReturnMark.objects.get(assignment=other).settled_at is None


def test_return_whose_audit_fails_is_undone_with_its_marks(task, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(returning.transitions.trail, "record", broken)
    with pytest.raises(RuntimeError):
        returned(task, CELL)

    assert fresh(task).status == Status.SUBMITTED
    assert not ReturnMark.objects.exists()


# what becomes of a mark


def became(task) -> list[tuple]:
    person = filler(task.bureau)
    row = type(task).objects.for_detail().get(pk=task.pk)
    marks = permissions.last_marks(person, row)
    found = follow_marks(marks, forms_of(row), readable_forms.recent_versions(person, row))
    return [(one.label, one.path, one.became) for one in found]


def test_mark_follows_its_row_to_where_it_stands_now(task):
    returned(task, CELL, UNIT)
    rows = Submission.objects.get().content["rows"]
    rows[1]["c4"] = "示例文件2（示例〔2026〕2号）"

    save(
        task,
        table(rows=[{"c4": "新文件", "c5": "市政府", "c6": "起草中"}, *rows]),
        revision=1,
        now=LATER,
    )

    assert became(task) == [
        ("第2行 文件名称", "rows.2.c4", "已修改"),
        ("领导同志批示情况", "unit.c2", "未修改"),
    ]


def test_mark_on_a_row_that_was_removed_says_so(task):
    returned(task, CELL, Mark(1, "rows.0", "请核实"))
    rows = Submission.objects.get().content["rows"]

    save(task, table(rows=[rows[0], rows[2]]), revision=1, now=LATER)

    assert became(task) == [
        ("第2行 文件名称", None, "该行已删除"),
        ("第1行", "rows.0", "未修改"),
    ]


def test_mark_on_the_whole_is_answered_by_any_change(task):
    returned(task, Mark(1, "", "请全面核实"))
    assert became(task) == [("全表", "", "未修改")]

    save(task, table(documents=3, foot={"f1": "另一人"}), revision=1, now=LATER)

    assert became(task) == [("全表", "", "已修改")]


def test_what_the_receiver_asked_stays_in_sight_until_the_report_is_out_again(task):
    returned(task, CELL)
    mend(task, table(documents=3))
    by = factories.staff(Role.REVIEWER, task.bureau)
    send_back(task, "review_back", marks=[UNIT], now=LATER, by=by)

    assert [label for label, _, _ in became(task)] == ["第2行 文件名称", "领导同志批示情况"]


def test_marks_of_earlier_rounds_are_history(task):
    returned(task, CELL)
    walk(mend(task, table(documents=3)), "pass_review", "submit", now=LATER)
    send_back(task, "return_", marks=[UNIT], now=LATER, by=receiver())

    assert [label for label, _, _ in became(task)] == ["领导同志批示情况"]
    assert ReturnMark.objects.count() == 2
