"""The form's page after a return: what was asked, where, and the versions that were handed in."""

from datetime import timedelta

import pytest

from bureaus.roles import Role
from reports.actions.returning import Mark, send_back
from reports.models import Submission
from tests import factories
from tests.factories import NOW, walk
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

AT = NOW + timedelta(hours=4)  # of the return
CELL = Mark(1, "rows.1.c4", "请写明文号")
UNIT = Mark(1, "unit.c2", "请补充省领导批示")


@pytest.fixture
def task():
    return reported(factories.assignment(), table(documents=2))


def url(task, number=1) -> str:
    return f"/assignments/{task.pk}/forms/{number}/"


def version(task, number, *, form=1) -> str:
    return f"{url(task, form)}versions/{number}/"


def send(task, *marks, verb="return_", reason="", role=Role.COORDINATOR, at=AT):
    by = factories.staff(role, task.receiver if role == Role.COORDINATOR else task.bureau)
    return send_back(task, verb, marks=marks, reason=reason, now=at, by=by)


def hand_in(task, *, at=NOW + timedelta(hours=5)):
    return confirm(task, now=at)


def cells(answer) -> dict[str, list[str]]:
    """The notes of every cell that is asked for, by its name."""
    sheet = answer.context["sheet"]
    every = [*sheet.head, *sheet.foot, *(cell for line in sheet.lines for cell in line)]
    return {cell.name: [one.mark.note for one in cell.marks] for cell in every if cell.is_asked}


def test_marked_cells_carry_their_notes_and_the_summary_leads_to_them(writer, task):
    send(task, CELL, UNIT)

    answer = writer.get(url(task))

    text = answer.content.decode()
    assert cells(answer) == {"rows.1.c4": ["请写明文号"], "unit.c2": ["请补充省领导批示"]}
    assert "市场监管总局要求补正 2 处" in text
    assert '<a href="#rows-1-c4">附件1 第2行 文件名称</a>：请写明文号' in text
    assert 'id="rows-1-c4-note"' in text
    assert 'aria-describedby="rows-1-c4-note"' in text
    assert "退回原因" not in text  # the marks say it all


def test_reason_of_its_own_is_shown_above_the_marks(writer, task):
    send(task, CELL, reason="总体较好")

    answer = writer.get(url(task))

    assert (answer.context["asked"].reason, len(answer.context["asked"].marks)) == ("总体较好", 1)


def test_reason_without_marks_is_shown_by_itself(writer, task):
    send(task, reason="请重新核实")

    text = writer.get(url(task)).content.decode()

    assert "退回原因" in text
    assert "请重新核实" in text


def test_marked_row_is_asked_for_in_all_its_cells_and_says_so_once(writer, task):
    send(task, Mark(1, "rows.1", "请核实"))

    answer = writer.get(url(task))

    assert cells(answer) == {"rows.1.c4": ["请核实"], "rows.1.c5": [], "rows.1.c6": []}
    assert '<a href="#rows-1-c4">附件1 第2行</a>' in answer.content.decode()


def test_cells_that_were_not_marked_stay_open(writer, task):
    send(task, CELL)

    text = writer.get(url(task)).content.decode()

    assert 'name="unit.c3"' in text
    assert "只需补正标注的内容；其他内容也可以修改" in text


def test_mark_moves_with_its_row_and_says_when_it_was_mended(writer, task):
    send(task, CELL)
    rows = Submission.objects.get().content["rows"]
    mended = {**rows[1], "c4": "示例文件2（示例〔2026〕2号）"}
    save(
        task,
        table(rows=[rows[0], {"c4": "新文件", "c5": "市政府", "c6": "起草"}, mended]),
        revision=1,
    )

    answer = writer.get(url(task))

    assert cells(answer) == {"rows.2.c4": ["请写明文号"]}
    assert "对方要求：请写明文号（已修改）" in answer.content.decode()


def test_mark_stays_at_its_row_in_what_was_refused(writer, task):
    send(task, CELL)
    posted = {
        "revision": "0",
        "rows.0.c4": "新文件",
        "rows.1.c4": "示例文件1",
        "rows.1.c5": "省政府",
        "rows.1.c6": "已印发",
        "rows.2.c4": "示例文件2",
        "rows.2.c5": "省政府",
        "rows.2.c6": "已印发",
    }

    answer = writer.post(url(task), posted)

    assert answer.status_code == 422
    assert cells(answer) == {"rows.2.c4": ["请写明文号"]}


def test_section_is_marked_in_the_outline(client):
    task = factories.assignment(number="2", text=factories.TEXT_APART)
    reported(task, outline("学习两次"), number=2)
    send(task, Mark(2, "sections.s2", "请写明文件名称"))
    client.force_login(filler(task.bureau))

    text = client.get(url(task, 2)).content.decode()

    assert "对方要求：请写明文件名称" in text
    assert '<a href="#sections-s2">附件2 二、出台文件情况</a>' in text


def test_mark_on_another_form_leads_to_its_page(client):
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, table())
    save(task, outline("学习两次"), number=2)
    hand_in(task, at=NOW + timedelta(hours=3))
    walk(task, "pass_review", "submit")
    send(task, Mark(2, "sections.s1", "请补充"))
    client.force_login(filler(task.bureau))

    text = client.get(url(task, 1)).content.decode()

    assert f'<a href="{url(task, 2)}#sections-s1">' in text


def test_what_was_asked_inside_is_told_apart_and_not_shown_above(client):
    task = handed_in(factories.assignment(), table(documents=2))
    send(task, UNIT, verb="review_back", role=Role.REVIEWER)
    client.force_login(filler(task.bureau))

    answer = client.get(url(task))
    assert "本单位审核退回，要求修改 1 处" in answer.content.decode()
    assert "本单位审核要求：请补充省领导批示" in answer.content.decode()

    client.force_login(factories.coordinator())
    answer = client.get(url(task))
    assert answer.context["asked"] is None
    assert "请补充省领导批示" not in answer.content.decode()


def test_draft_is_neither_shown_nor_downloaded_above(client, task):
    walk(task, "recall")
    save(task, table(unit={"c2": "未报的内容", "c3": "a", "c7": "b", "c8": "c"}), revision=1)
    client.force_login(factories.coordinator())

    page, file = client.get(url(task)), client.get(f"{url(task)}download/")

    assert "未报的内容" not in page.content.decode()
    assert "该单位还没有报送" in page.content.decode()
    client.force_login(filler(task.bureau))
    own = client.get(f"{url(task)}download/")
    assert len(own.content) != len(file.content)


def test_what_was_returned_is_read_above_as_it_was_reported(client, task):
    send(task, CELL)
    save(task, table(unit={"c2": "补正中的内容", "c3": "a", "c7": "b", "c8": "c"}), revision=1)
    client.force_login(factories.coordinator())

    answer = client.get(url(task))

    text = answer.content.decode()
    assert "补正中的内容" not in text
    assert "以下是上一次报送的内容" in text
    assert cells(answer) == {"rows.1.c4": ["请写明文号"]}


# versions


def test_versions_are_listed_newest_first_with_where_they_went(writer, task):
    send(task, CELL)
    save(task, table(documents=2, foot={"f1": "另一人"}), revision=1)
    hand_in(task)

    listed = writer.get(url(task)).context["versions"]

    assert [(one.version.number, one.is_reported) for one in listed] == [(2, False), (1, True)]


def test_version_is_read_with_its_changes_and_what_was_asked(writer, task):
    send(task, CELL)
    save(task, table(documents=2, foot={"f1": "另一人"}), revision=1)
    hand_in(task)

    answer = writer.get(version(task, 2))

    assert [one.change.label for one in answer.context["read"].changes] == ["联系人及联系方式"]
    assert [(one.label, one.became) for one in answer.context["marks"]] == [
        ("第2行 文件名称", "未修改")
    ]
    assert "<ins>另一人</ins>" in answer.content.decode()
    assert 'name="rows.0.c4"' not in answer.content.decode()

    plain = writer.get(version(task, 2) + "?plain=1")
    assert (list(plain.context["read"].changes), list(plain.context["marks"])) == ([], [])
    assert "<ins>" not in plain.content.decode()


def test_first_version_has_none_before_it(writer, task):
    answer = writer.get(version(task, 1))

    assert (answer.status_code, answer.context["tabs"]) == (200, [])


@pytest.mark.parametrize(("number", "form"), [(2, 1), (0, 1), (1, 2), (10**12, 1)])
def test_version_that_there_is_not_is_not_found(writer, task, number, form):
    assert writer.get(version(task, number, form=form)).status_code == 404


def test_version_that_stayed_inside_is_not_found_above(client):
    task = handed_in(factories.assignment(), table())
    client.force_login(factories.coordinator())
    assert client.get(version(task, 1)).status_code == 404

    walk(task, "pass_review", "submit")
    assert client.get(version(task, 1)).status_code == 200


def test_version_of_another_bureau_is_not_found(client, task):
    client.force_login(filler(factories.province("320000", "江苏省")))

    assert client.get(version(task, 1)).status_code == 404


@pytest.mark.parametrize("documents", [1, 50])
def test_mending_takes_the_same_queries_for_one_mark_and_for_fifty(
    client, django_assert_num_queries, documents
):
    task = reported(factories.assignment(), table(documents=documents))
    send(task, *(Mark(1, f"rows.{number}.c4", "请写明文号") for number in range(documents)))
    client.force_login(filler(task.bureau))
    client.get(url(task))

    with django_assert_num_queries(11):
        answer = client.get(url(task))

    assert len(answer.context["asked"].marks) == documents


@pytest.mark.parametrize("documents", [1, 50])
def test_version_takes_the_same_queries_for_one_row_and_for_fifty(
    client, django_assert_num_queries, documents
):
    task = reported(factories.assignment(), table(documents=documents))
    client.force_login(filler(task.bureau))
    client.get(version(task, 1))

    with django_assert_num_queries(8):
        client.get(version(task, 1))
