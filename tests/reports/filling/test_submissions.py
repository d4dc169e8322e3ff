import pytest
from django.db import IntegrityError

from audit.models import AuditEvent, Chain
from bureaus.roles import Role
from reports import permissions
from reports.actions import handing_in, submissions
from reports.errors import (
    ContentRefused,
    FormClosed,
    FormIncomplete,
    ReportError,
    SavedByAnother,
)
from reports.models import FormSchema, Submission
from reports.schemas.content.content import ContentError
from tasks.errors import NotYourPost
from tasks.models import Assignment
from tasks.states import Status
from tests import factories
from tests.factories import fresh
from tests.reports.written import NOW, accepted, filler, outline, save, table
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def paths(refused) -> list[str]:
    return [problem.path for problem in refused.value.problems]


def hand_in(task):
    return handing_in.hand_in(task, now=NOW, by=filler(task.bureau))


# --- drafts ---


def test_draft_is_stored_as_written_and_begins_the_filling():
    task = accepted()

    saved = save(task, {"unit": {"c2": "  批示一次 \r\n"}})

    assert (saved.revision, saved.saved_at, saved.saved_by) == (1, NOW, filler(task.bureau))
    assert fresh(saved).content["unit"]["c2"] == "批示一次"
    assert fresh(task).status == Status.FILLING
    assert [event.verb for event in AuditEvent.objects.about(task).order_by("pk")] == [
        "签收",
        "开始填报",
        "保存填报",
    ]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"foot": {"f1": "示例联系人"}},
        {"rows": [{"c5": "省政府"}]},
        {"unit": {"c2": "批示一次"}, "rows": []},
    ],
)
def test_unfinished_draft_may_be_saved(data):
    task = accepted()

    assert save(task, data).revision == 1


def test_second_draft_raises_the_revision_and_replaces_the_content():
    task = accepted()
    save(task, table(documents=2))

    again = save(task, table(documents=1), revision=1)

    assert again.revision == 2
    assert len(fresh(again).content["rows"]) == 1
    assert Submission.objects.count() == 1


def test_formulas_and_markup_stay_the_text_they_are():
    texts = {"c2": "=1+1", "c3": "<script>alert(1)</script>", "c7": "+86", "c8": "@SUM(A1)"}
    task = accepted()

    save(task, table(unit=texts))

    assert fresh(Submission.objects.get()).content["unit"] == texts


def test_first_writer_stores_the_form_and_all_others_use_it():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    first, second = factories.obligation(zhejiang, jiangsu).assignments.for_detail()

    for task in (first, second):
        save(factories.accept(task), table())

    schema = FormSchema.objects.get()
    assert (schema.attachment_number, schema.version, schema.title) == (1, 1, "质量工作进展情况表")
    assert {submission.schema for submission in Submission.objects.all()} == {schema}


# --- two writers ---


def test_second_writer_of_a_first_draft_is_told_and_nothing_is_overwritten():
    task = accepted()
    save(task, {"unit": {"c2": "甲写的"}})

    with pytest.raises(SavedByAnother, match="已被他人保存过新内容"):
        save(task, {"unit": {"c2": "乙写的"}})

    assert Submission.objects.get().content["unit"]["c2"] == "甲写的"
    assert AuditEvent.objects.filter(verb="保存填报").count() == 1


@pytest.mark.parametrize("revision", [-1, 1, 3, 10**30])
def test_writer_with_another_revision_is_told_and_nothing_is_overwritten(revision):
    task = accepted()
    save(task, {"unit": {"c2": "第一稿"}})
    save(task, {"unit": {"c2": "第二稿"}}, revision=1)

    with pytest.raises(SavedByAnother):
        save(task, {"unit": {"c2": "旧页面"}}, revision=revision)

    row = Submission.objects.get()
    assert (row.revision, row.content["unit"]["c2"]) == (2, "第二稿")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("revision", [0, 1])
def test_two_writers_at_once_one_is_stored_and_the_other_told(revision):
    task = accepted()
    if revision:
        save(task, {"unit": {"c2": "原稿"}})
    person = filler(task.bureau)
    rows = [Assignment.objects.for_detail().get(pk=task.pk) for _ in range(2)]

    results = at_once(
        [
            lambda row=row, text=text: submissions.save(
                row, 1, {"unit": {"c2": text}}, revision=revision, now=NOW, by=person
            )
            for row, text in zip(rows, ("甲写的", "乙写的"), strict=True)
        ]
    )

    (stored,) = [result for result in results if isinstance(result, Submission)]
    assert sorted(type(result).__name__ for result in results) == ["SavedByAnother", "Submission"]
    row = Submission.objects.get()
    assert (row.revision, row.content) == (revision + 1, stored.content)


# --- what is refused at once ---


def test_control_character_is_refused_at_its_field_and_nothing_is_stored():
    task = accepted()

    with pytest.raises(ContentRefused) as refused:
        save(task, table(rows=[{"c4": "文件"}, {"c4": "文件\x00二"}]))

    assert paths(refused) == ["rows.1.c4"]
    assert "第3个字符是看不见的控制字符（U+0000）" in refused.value.problems[0].message_zh
    assert not Submission.objects.exists()
    assert fresh(task).status == Status.ACCEPTED


def outline_task() -> Assignment:
    return accepted(number="2", text=factories.TEXT_APART)


def test_3001_characters_are_kept_and_named_until_they_are_handed_in():
    task = outline_task()

    save(task, outline("字" * 3000, "多"), number=2)

    with pytest.raises(FormIncomplete) as refused:
        handing_in.hand_in(task, now=NOW, by=filler(task.bureau))
    assert "总字数为3001字，超过3000字的上限，请删减1字。" in [
        one.message_zh for one in refused.value.problems[2]
    ]
    assert len(Submission.objects.get().content["sections"]["s1"]) == 3000
    assert fresh(task).status == Status.FILLING


def test_3000_characters_are_taken():
    task = outline_task()

    saved = save(task, outline("字" * 2999, "够"), number=2)

    assert len(fresh(saved).content["sections"]["s1"]) == 2999


def test_refused_change_leaves_the_former_draft_untouched():
    task = outline_task()
    save(task, outline("第一稿"), number=2)

    with pytest.raises(ContentRefused):
        save(task, outline("第二稿\x01"), number=2, revision=1)

    row = Submission.objects.get()
    assert (row.revision, row.content["sections"]["s1"]) == (1, "第一稿")


@pytest.mark.parametrize(
    "data",
    [
        {"unit": {"c99": "写在没有的栏目里"}},
        {"rows": [{"c2": "单位栏目写到了行里"}]},
        {"other": {}},
        {"rows": "不是列表"},
        {"unit": {"c2": 5}},
        "不是一组内容",
        {"sections": {"s1": "提纲的内容"}},
    ],
)
def test_content_that_is_not_of_this_form_is_refused(data):
    task = accepted()

    with pytest.raises(ContentError, match="填报内容有误"):
        save(task, data)

    assert not Submission.objects.exists()


@pytest.mark.parametrize("number", [0, 2, 7, -1])
def test_form_that_the_task_does_not_ask_for_cannot_be_written(number):
    task = accepted()

    with pytest.raises(ReportError, match=f"该任务没有附件{number}的报表"):
        save(task, {}, number=number)

    assert not Submission.objects.exists()


# --- when and by whom ---


def test_before_accepting_nothing_can_be_written():
    task = factories.assignment()

    with pytest.raises(FormClosed, match="请先签收任务，再填报"):
        save(task, table())

    assert not Submission.objects.exists()


EDITABLE = {"accepted", "filling", "returned", "correcting"}


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PENDING])
def test_form_can_be_written_only_while_it_lies_with_the_filler(status):
    task = accepted()
    Assignment.objects.filter(pk=task.pk).update(status=status)

    if status.value in EDITABLE:
        assert save(task, table()).revision == 1
    else:
        with pytest.raises(FormClosed, match=f"任务当前为“{status.label}”，不能修改填报内容"):
            save(task, table())

    assert Submission.objects.exists() == (status.value in EDITABLE)
    row = Assignment.objects.for_detail().get(pk=task.pk)
    assert permissions.can_write(filler(task.bureau), row) == (status.value in EDITABLE)


def test_stale_page_cannot_write_into_a_form_handed_in_meanwhile():
    task = accepted()
    stale = Assignment.objects.for_detail().get(pk=task.pk)
    save(task, table())
    hand_in(task)

    with pytest.raises(FormClosed, match="待审核"):
        save(stale, table(documents=9), revision=1)

    assert len(Submission.objects.get().content["rows"]) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FILLER])
def test_only_fillers_may_write_and_hand_in(role):
    task = accepted()
    save(task, table())
    person = factories.staff(role, task.bureau)

    for deed in (
        lambda: submissions.save(task, 1, {}, revision=1, now=NOW, by=person),
        lambda: handing_in.hand_in(task, now=NOW, by=person),
    ):
        with pytest.raises(NotYourPost, match="没有“填报”权限"):
            deed()

    assert (Submission.objects.get().revision, fresh(task).status) == (1, Status.FILLING)


@pytest.mark.parametrize("where", ["other", "above", "below"])
def test_fillers_of_other_bureaus_may_not_write(where):
    task = accepted()
    bureau = {
        "other": lambda: factories.province("320000", "江苏省"),
        "above": factories.central,
        "below": lambda: factories.prefecture(task.bureau),
    }[where]()

    with pytest.raises(NotYourPost, match="您在浙江省市场监管局没有“填报”权限"):
        submissions.save(task, 1, table(), revision=0, now=NOW, by=filler(bureau))

    assert not Submission.objects.exists()


def test_saving_whose_audit_fails_stores_nothing():
    task = accepted()
    Chain.objects.filter(name="330000").update(length=0)  # the next event's place is taken

    with pytest.raises(IntegrityError):
        save(task, table())

    assert not Submission.objects.exists()
    assert fresh(task).status == Status.ACCEPTED
