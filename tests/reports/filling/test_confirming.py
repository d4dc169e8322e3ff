"""确认无误: handing in waits once for a word on what is doubtful, and the word stays with it."""

from datetime import datetime, timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from reports.actions import handing_in
from reports.actions.returning import Mark, send_back
from reports.errors import FormDoubtful
from reports.filling.asked_forms import forms_of
from reports.models import Confirmation, Submission, SubmissionVersion
from reports.pages.doubts import confirmed
from reports.schemas.checking.doubts import Kind
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind
from tasks.models import Obligation
from tasks.states import Status
from tests import factories
from tests.factories import fresh, walk
from tests.reports.filled_templates import filled
from tests.reports.importing import asked, downloaded, take_in
from tests.reports.written import NOW, confirm, filler, save

pytestmark = pytest.mark.django_db

FORM = FormDefinition(
    "检查情况表",
    (
        Column("name", "单位名称"),
        Column("a", "检查数", ColumnKind.INTEGER),
        Column("b", "其中：不合格", ColumnKind.INTEGER),
    ),
    annex_no="附件1",
)
LATER = NOW + timedelta(hours=5)


def rows(*texts):
    return {"rows": [dict(zip(["name", "a", "b"], row, strict=True)) for row in texts]}


WRONG = rows(("甲", "-3", ""), ("乙", "5", "8"))


@pytest.fixture
def task():
    return asked(FORM)


def hand_in(task, *keys, now=NOW):
    return handing_in.hand_in(task, confirmed=keys, now=now, by=filler(task.bureau))


def questions(task, *keys, now=NOW):
    with pytest.raises(FormDoubtful) as doubtful:
        hand_in(task, *keys, now=now)
    return doubtful.value.questions


def revision(task):
    return Submission.objects.get(assignment=task).revision


def returned(task, *marks):
    task = walk(task, "pass_review", "submit", now=NOW)
    by = factories.coordinator()
    return send_back(task, "return_", marks=marks, reason="请补正", now=NOW, by=by)


def test_draft_is_saved_without_a_word(task):
    assert save(task, WRONG).revision == 1


def test_what_is_doubtful_is_asked_and_nothing_is_handed_in(task):
    save(task, WRONG)

    found = questions(task)

    assert [(one.doubt.kind, one.place) for one in found] == [
        (Kind.NEGATIVE, "附件1 第1行“检查数”"),
        (Kind.PART, "附件1 第2行“其中：不合格”"),
    ]
    assert fresh(task).status == Status.FILLING
    assert not Confirmation.objects.exists()
    assert not SubmissionVersion.objects.exists()


def test_one_answer_of_two_leaves_the_other(task):
    save(task, WRONG)
    first, second = questions(task)

    assert questions(task, first.key) == [second]
    assert questions(task, "1", "no such key") == [first, second]


def test_answers_are_kept_with_the_hand_in_and_told_in_the_audit(task):
    save(task, WRONG)
    keys = [one.key for one in questions(task)]

    assert hand_in(task, *keys).status == Status.REVIEW

    kept = list(Confirmation.objects.all())
    assert [(one.path, one.place) for one in kept] == [
        ("rows.0.a", "附件1 第1行“检查数”"),
        ("rows.1.b", "附件1 第2行“其中：不合格”"),
    ]
    assert {(one.confirmed_by, one.confirmed_at) for one in kept} == {(filler(task.bureau), NOW)}
    event = AuditEvent.objects.filter(verb="提交审核").latest("pk")
    assert event.detail["confirmed"] == [
        "附件1 第1行“检查数”（负数）",
        "附件1 第2行“其中：不合格”（其中大于总数）",
    ]


def test_same_figures_are_not_asked_about_again_and_changed_ones_are(task):
    save(task, WRONG)
    confirm(task)
    returned(task, Mark(1, "rows.1.name", "请写全称"))
    changed = rows(("新", "1", "0"), ("甲", "-3", ""), ("乙公司", "5", "9"))
    save(task, changed, revision=1, now=LATER)

    found = questions(task, now=LATER)

    assert [(one.doubt.kind, one.doubt.path) for one in found] == [(Kind.PART, "rows.2.b")]
    hand_in(task, *[one.key for one in found], now=LATER)
    last = Confirmation.objects.filter(is_last=True)
    assert [(one.path, one.confirmed_at) for one in last] == [
        ("rows.1.a", NOW),
        ("rows.2.b", LATER),
    ]
    assert Confirmation.objects.filter(is_last=False).count() == 2


def test_hand_in_without_doubts_leaves_nothing_to_be_shown(task):
    save(task, WRONG)
    confirm(task)
    returned(task)
    save(task, rows(("甲", "3", ""), ("乙", "5", "4")), revision=1, now=LATER)

    hand_in(task, now=LATER)

    assert not Confirmation.objects.filter(is_last=True).exists()


def test_mark_that_nobody_has_touched_is_asked_about(task):
    save(task, rows(("甲", "3", ""), ("乙", "5", "4")))
    hand_in(task)
    returned(task, Mark(1, "rows.0.a", "请核实检查数"), Mark(1, "rows.1.a", "请核实"))
    save(task, rows(("甲", "3", "1"), ("乙", "6", "4")), revision=1, now=LATER)

    [question] = questions(task, now=LATER)

    assert (question.doubt.kind, question.doubt.path) == (Kind.UNCHANGED, "rows.0.a")
    assert question.doubt.message_zh == "退回时要求“请核实检查数”，此处没有修改。"
    assert hand_in(task, question.key, now=LATER).status == Status.REVIEW


def test_row_that_was_marked_and_removed_is_answered(task):
    save(task, rows(("甲", "3", ""), ("乙", "5", "4")))
    hand_in(task)
    returned(task, Mark(1, "rows.0.a", "请核实"))
    save(task, rows(("乙", "5", "4")), revision=1, now=LATER)

    assert hand_in(task, now=LATER).status == Status.REVIEW


def test_what_a_bureau_marked_for_itself_stays_inside(task):
    save(task, rows(("甲", "3", ""), ("乙", "5", "4")))
    hand_in(task)
    reviewer = factories.staff(Role.REVIEWER, task.bureau)
    send_back(task, "review_back", marks=[Mark(1, "rows.0.a", "请核实")], now=NOW, by=reviewer)
    confirm(task, now=LATER)
    walk(task, "pass_review", "submit", now=LATER)
    forms = forms_of(task)

    [mine] = confirmed(filler(task.bureau), fresh(task), forms)

    assert mine.row.message == "退回时要求“请核实”，此处没有修改。"
    assert confirmed(factories.coordinator(), fresh(task), forms) == []
    assert "confirmed" not in AuditEvent.objects.filter(verb="提交审核").latest("pk").detail


def with_period(task, label, due_at):
    Obligation.objects.filter(pk=task.obligation_id).update(period=label)
    type(task).objects.filter(pk=task.pk).update(due_at=due_at)
    return fresh(task)


def at(day):
    return datetime.fromisoformat(f"{day}T10:00:00+08:00")


@pytest.mark.parametrize(
    ("period", "due", "now", "is_asked"),
    [
        ("2026年第一季度", "2026-04-10", "2026-03-20", True),
        ("2026年第一季度", "2026-04-10", "2026-03-31", True),
        ("2026年第一季度", "2026-04-10", "2026-04-01", False),
        ("2026年第一季度", "2026-03-25", "2026-03-20", False),  # so early is what was asked for
        ("2026年度", None, "2026-03-20", True),
        ("第一批", "2026-04-10", "2026-03-20", False),
        ("", "2026-04-10", "2026-03-20", False),
    ],
)
def test_period_that_is_not_over_is_asked_about(task, period, due, now, is_asked):
    task = with_period(task, period, due and at(due))
    save(task, rows(("甲", "3", "1")))

    if not is_asked:
        assert hand_in(task, now=at(now)).status == Status.REVIEW
        return
    [question] = questions(task, now=at(now))
    assert (question.doubt.kind, question.place) == (Kind.EARLY, "附件1 报送期")
    assert hand_in(task, question.key, now=at(now)).status == Status.REVIEW


def nil(task, *keys, now):
    return handing_in.hand_in_nil(task, confirmed=keys, now=at(now), by=filler(task.bureau))


@pytest.mark.parametrize(
    ("period", "due", "now", "is_asked"),
    [
        ("2026年3月", "2026-04-10", "2026-03-20", True),
        ("2026年3月", "2026-03-25", "2026-03-20", True),  # due within the period: still asked
        ("2026年3月", "2026-03-25", "2026-03-31", True),
        ("2026年3月份", None, "2026-03-31", True),
        ("2026年3月", "2026-04-10", "2026-04-01", False),
        ("2026年3月", "2026-03-25", "2026-04-01", False),
        ("第一批", "2026-03-25", "2026-03-20", False),
        ("", "2026-03-25", "2026-03-20", False),
    ],
)
def test_nil_report_of_a_period_that_is_not_over_is_asked_about(task, period, due, now, is_asked):
    task = with_period(task, period, due and at(due))

    if not is_asked:
        assert nil(task, now=now).is_nil
        return
    with pytest.raises(FormDoubtful) as doubtful:
        nil(task, now=now)

    [question] = doubtful.value.questions
    assert fresh(task).status == Status.ACCEPTED
    done = nil(task, question.key, now=now)
    assert (done.status, done.is_nil) == (Status.REVIEW, True)
    assert Confirmation.objects.get().message == (
        f"{period}到2026年3月31日才结束，现在报零报告，此后发生的情况不在其中。"
    )


def test_word_on_an_early_report_is_none_on_a_nil_report(task):
    task = with_period(task, "2026年3月", at("2026-04-10"))
    save(task, rows(("甲", "3", "1")))
    [report] = questions(task, now=at("2026-03-20"))
    hand_in(task, report.key, now=at("2026-03-20"))
    returned(task)
    save(task, {"rows": []}, revision=1, now=LATER)

    with pytest.raises(FormDoubtful) as doubtful:
        nil(task, report.key, now="2026-03-21")

    assert [one.doubt.about for one in doubtful.value.questions] == [("2026年3月", "零报告")]


def test_workbook_is_asked_about_when_it_is_handed_in_and_not_before(task):
    imported = take_in(task, filled(downloaded(task), {"A4": "甲", "B4": 3, "C4": 5}))

    assert imported.submission.content["rows"] == [{"name": "甲", "a": "3", "b": "5"}]
    assert [one.doubt.kind for one in questions(task)] == [Kind.PART]
