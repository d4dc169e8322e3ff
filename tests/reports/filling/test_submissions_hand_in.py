import pytest

from reports.actions import handing_in
from reports.errors import FormClosed, FormIncomplete
from reports.models import Submission
from tasks.models import Assignment
from tasks.states import Status
from tests import factories
from tests.factories import fresh, walk
from tests.reports import written
from tests.reports.written import NOW, accepted, filler, outline, save, table

pytestmark = pytest.mark.django_db


def hand_in(task):
    return handing_in.hand_in(task, now=NOW, by=filler(task.bureau))


def outline_task() -> Assignment:
    return accepted(number="2", text=factories.TEXT_APART)


def test_whole_form_is_handed_in_and_remembers_who_filled_it():
    task = accepted()
    save(task, table())

    hand_in(task)

    row = fresh(task)
    assert (row.status, row.filled_by) == (Status.REVIEW, filler(task.bureau))


def test_blank_required_fields_are_named_at_handing_in_and_not_before():
    task = accepted()
    save(task, table(unit={"c2": "批示一次"}, rows=[{"c5": "省政府"}], foot={}))

    with pytest.raises(FormIncomplete, match="还有内容没有填好，尚未提交审核") as refused:
        hand_in(task)

    named = [(problem.path, problem.label) for problem in refused.value.problems[1]]
    assert named == [
        ("unit.c3", "组织开展学习情况"),
        ("unit.c7", "开展的重点工作"),
        ("unit.c8", "好的经验和做法"),
        ("rows.0.c4", "文件名称"),
        ("foot.f1", "联系人及联系方式"),
    ]
    assert fresh(task).status == Status.FILLING


def test_form_nobody_wrote_cannot_be_handed_in():
    task = accepted()

    with pytest.raises(FormIncomplete) as refused:
        hand_in(task)

    assert "表内尚未填写任何内容" in refused.value.problems[1][0].message_zh
    assert fresh(task).status == Status.ACCEPTED


def test_every_form_of_the_task_must_be_whole():
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, table())

    with pytest.raises(FormIncomplete) as refused:
        hand_in(task)
    assert list(refused.value.problems) == [2]

    save(task, outline("学习两次"), number=2)
    assert hand_in(task).status == Status.REVIEW


def test_blank_section_of_an_outline_is_no_obstacle():
    task = outline_task()
    save(task, outline("学习两次"), number=2)

    assert hand_in(task).status == Status.REVIEW


def test_task_without_an_attachment_is_written_as_plain_text():
    task = accepted(number="")

    save(task, outline("一条工作信息"), number=0)

    assert hand_in(task).status == Status.REVIEW


def test_form_before_accepting_cannot_be_handed_in():
    with pytest.raises(FormClosed, match="请先签收任务"):
        hand_in(factories.assignment())


def test_form_handed_in_twice_is_refused():
    task = accepted()
    save(task, table())
    hand_in(task)

    with pytest.raises(FormClosed, match="任务当前为“待审核”"):
        hand_in(task)


def test_returned_form_is_written_again_over_the_old_content():
    task = factories.assignment()
    written.reported(task, table())
    walk(task, "return_")

    save(task, table(documents=2), revision=1)
    hand_in(task)

    assert len(Submission.objects.get().content["rows"]) == 2
    assert fresh(task).status == Status.REVIEW
