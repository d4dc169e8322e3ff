from io import BytesIO
from urllib.parse import quote

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bureaus.roles import Role
from reports.models import Submission
from reports.pages.evidence import SEAL_NOW
from tasks.states import Status
from tests import factories
from tests.factories import fresh, walk
from tests.pages import told
from tests.reports.importing import asked
from tests.reports.tables import BY_NUMBER
from tests.reports.written import accepted, filler, outline, reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]

WHOLE = {
    "revision": "0",
    "unit.c2": "批示一次",
    "unit.c3": "学习两次",
    "unit.c7": "活动三场",
    "unit.c8": "无",
    "rows.0.c4": "示例文件1",
    "rows.0.c5": "省政府",
    "rows.0.c6": "已印发",
    "foot.f1": "示例联系人",
}


@pytest.fixture
def task():
    return accepted()


def url(task, number=1) -> str:
    return f"/assignments/{task.pk}/forms/{number}/"


def written() -> dict:
    return Submission.objects.get().content


def test_form_is_saved_and_the_page_says_when(writer, task):
    answer = writer.post(url(task), WHOLE)

    assert (answer.status_code, answer.url) == (302, url(task))
    assert told(answer) == ["已保存 12:30"]
    assert written()["rows"] == [{"c4": "示例文件1", "c5": "省政府", "c6": "已印发"}]
    assert fresh(task).status == Status.FILLING


def test_page_shows_what_was_saved_and_posts_its_revision(writer, task):
    save(task, table(documents=2))

    answer = writer.get(url(task))

    text = answer.content.decode()
    assert answer.context["revision"] == 1
    assert 'name="revision" value="1"' in text
    for name in ("unit.c2", "rows.0.c4", "rows.1.c6", "foot.f1"):
        assert f'name="{name}"' in text
    assert "示例文件2" in text


def test_what_was_written_is_shown_as_text_never_as_markup(writer, task):
    save(task, table(unit={"c2": "<script>alert(1)</script>", "c3": '"><b>'}))

    text = writer.get(url(task)).content.decode()

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert '"><b>' not in text


def test_whole_form_is_handed_in_with_the_same_button_press(writer, task):
    answer = writer.post(url(task), WHOLE | {"hand_in": "1"})

    assert (answer.status_code, answer.url) == (302, f"/assignments/{task.pk}/")
    assert told(answer) == ["已提交审核", SEAL_NOW]  # its table has 填报单位（盖章）
    assert fresh(task).status == Status.REVIEW


def test_incomplete_form_is_kept_as_a_draft_and_names_what_it_lacks(writer, task):
    given = WHOLE | {"hand_in": "1", "unit.c3": "", "foot.f1": " "}

    answer = writer.post(url(task), given)

    assert answer.status_code == 422
    assert answer.context["refusal"] == "还有内容没有填好，尚未提交审核"
    assert answer.content.decode().count("已保存") == 1  # the one line of state
    assert [fault.href for fault in answer.context["errors"]] == ["unit-c3", "foot-f1"]
    assert "“组织开展学习情况”为必填项" in answer.content.decode()
    assert written()["unit"]["c2"] == "批示一次"
    assert fresh(task).status == Status.FILLING

    again = writer.post(url(task), WHOLE | {"hand_in": "1", "revision": answer.context["revision"]})
    assert again.status_code == 302


def test_form_that_another_one_of_the_task_keeps_from_being_handed_in(client):
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    client.force_login(filler(task.bureau))

    answer = client.post(url(task), WHOLE | {"hand_in": "1"})

    assert answer.status_code == 422
    assert answer.context["form"].number == 2
    assert f'action="{url(task, 2)}"' in answer.content.decode()
    assert Submission.objects.get().attachment_number == 1


def test_3001_characters_are_stored_and_named_on_the_page(client):
    task = accepted(number="2", text=factories.TEXT_APART)
    client.force_login(filler(task.bureau))
    long = "字" * 3001

    answer = client.post(url(task, 2), {"revision": "0", "sections.s1": long}, follow=True)

    text = answer.content.decode()
    assert told(answer)[0].startswith("已保存")
    assert "有 1 处填写不对，已照原样保存，提交审核前请改正：" in text
    assert "总字数为3001字，超过3000字的上限，请删减1字。" in text
    assert '<span class="unsaved">' not in text
    assert Submission.objects.get().content["sections"]["s1"] == long


def test_draft_of_two_hundred_rows_with_thirty_wrong_cells_is_kept_whole(client):
    """Reloaded it is still there with each wrong cell named; only 提交审核 refuses it."""
    task = asked(BY_NUMBER[16].definition)
    client.force_login(filler(task.bureau))
    wrong = range(3, 183, 6)
    given = {"revision": "0"} | {
        f"rows.{row}.{column}": "约5" if column == "n" and row in wrong else value
        for row in range(200)
        for column, value in (("region", f"示例{row}市"), ("n", str(row)))
    }

    client.post(url(task), given)
    page = client.get(url(task))
    refused = client.post(url(task), given | {"revision": "1", "hand_in": "1"})

    assert [row["n"] for row in Submission.objects.get().content["rows"]] == [
        "约5" if row in wrong else str(row) for row in range(200)
    ]
    named = [f"rows-{row}-n" for row in wrong]
    assert [fault.href for fault in page.context["errors"]] == named
    marked = {cell.id for line in page.context["sheet"].lines for cell in line if cell.is_wrong}
    assert marked == set(named)
    assert refused.status_code == 422
    assert set(named) <= {fault.href for fault in refused.context["errors"]}
    assert fresh(task).status == Status.FILLING
    assert client.get(reverse("reports:form_download", args=[task.pk, 1])).status_code == 200
    assert client.get(reverse("reports:template", args=[task.pk, 1])).status_code == 200


def test_wrong_cell_is_marked_at_the_row_it_stands_in(writer, task):
    given = WHOLE | {"rows.0.c4": "", "rows.0.c5": "", "rows.0.c6": "", "rows.3.c4": "文\x01件"}

    answer = writer.post(url(task), given)

    assert answer.status_code == 422
    (fault,) = answer.context["errors"]
    (cell,) = [
        cell for line in answer.context["sheet"].lines for cell in line if cell.id == fault.href
    ]
    assert (cell.text, cell.is_wrong) == ("文\x01件", True)
    assert not Submission.objects.exists()


def test_second_writer_is_told_keeps_his_text_and_overwrites_nothing(writer, task):
    save(task, table(unit={"c2": "甲写的"}))

    answer = writer.post(url(task), WHOLE | {"unit.c2": "乙写的"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "该表已被他人保存过新内容" in text
    assert "乙写的" in text
    assert written()["unit"]["c2"] == "甲写的"

    # pressing again does not help: his revision is still the old one
    assert (
        writer.post(url(task), WHOLE | {"revision": answer.context["revision"]}).status_code == 422
    )
    assert written()["unit"]["c2"] == "甲写的"


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.5", "9" * 30, "9" * 5000, "²"])
def test_revision_that_is_none_is_told_as_anothers_save(writer, task, revision):
    save(task, table())

    assert writer.post(url(task), WHOLE | {"revision": revision}).status_code == 422
    assert written()["unit"]["c2"] == "省领导作出批示"


@pytest.mark.parametrize("name", ["unit.c99", "rows.0.c2", "foot.f9", "sections.s1"])
def test_fields_that_the_form_does_not_have_are_refused(writer, task, name):
    answer = writer.post(url(task), WHOLE | {name: "x"})

    assert answer.status_code == 422
    assert "填报内容有误" in answer.context["refusal"]
    assert not Submission.objects.exists()


def test_row_can_be_added_without_a_script(writer, task):
    answer = writer.post(url(task), WHOLE | {"add_row": "1"})

    assert answer.url == f"{url(task)}?spare=1"
    assert len(writer.get(answer.url).context["sheet"].lines) == 2


def test_row_added_to_a_blank_table_is_seen_too(writer, task):
    answer = writer.post(url(task), {"revision": "0", "add_row": "1"})

    assert len(writer.get(answer.url).context["sheet"].lines) == 2
    assert len(writer.get(url(task)).context["sheet"].lines) == 1


def test_row_can_be_removed_without_a_script(writer, task):
    given = WHOLE | {"rows.1.c4": "示例文件2", "rows.10.c4": "示例文件3", "remove_row": "1"}

    writer.post(url(task), given)

    assert [row["c4"] for row in written()["rows"]] == ["示例文件1", "示例文件3"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.APPROVER])
def test_others_of_the_bureau_read_the_form_and_cannot_write_it(client, task, role):
    save(task, table())
    client.force_login(factories.staff(role, task.bureau))

    page = client.get(url(task))
    assert (page.status_code, page.context["may_write"]) == (200, False)
    assert "示例文件1" in page.content.decode()
    assert 'name="unit.c2"' not in page.content.decode()

    answer = client.post(url(task), WHOLE | {"revision": "1"})
    assert answer.status_code == 403
    assert "没有“填报”权限" in answer.content.decode()
    assert written()["unit"]["c2"] == "省领导作出批示"


def test_form_that_has_been_handed_in_can_only_be_read(writer, task):
    writer.post(url(task), WHOLE | {"hand_in": "1"})

    page = writer.get(url(task))
    assert page.context["may_write"] is False

    answer = writer.post(url(task), WHOLE | {"revision": "1", "unit.c2": "改写"})
    assert answer.status_code == 422
    assert "任务当前为“待审核”，不能修改填报内容" in answer.content.decode()
    assert written()["unit"]["c2"] == "批示一次"


def test_form_before_accepting_says_to_accept_first(client):
    task = factories.assignment()
    client.force_login(filler(task.bureau))

    assert client.get(url(task)).context["may_write"] is False
    answer = client.post(url(task), WHOLE)
    assert "请先签收任务，再填报" in answer.content.decode()
    assert not Submission.objects.exists()


def test_reason_of_a_return_stands_above_the_form(client):
    task = walk(reported(factories.assignment(), table()), "return_")
    client.force_login(filler(task.bureau))

    answer = client.get(url(task))

    assert answer.context["may_write"] is True
    assert "示例原因" in answer.content.decode()


@pytest.mark.parametrize("number", [0, 2, 99, 10**12])
@pytest.mark.parametrize("page", ["", "download/"])
def test_form_that_is_not_asked_for_is_not_found(writer, task, number, page):
    assert writer.get(url(task, number) + page).status_code == 404


def test_download_is_the_workbook_with_its_chinese_name(writer, task):
    save(task, table(unit={"c2": "=1+1"}))

    answer = writer.get(url(task) + "download/")

    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["X-Content-Type-Options"] == "nosniff"
    name = quote("浙江省市场监管局-质量工作进展情况表.xlsx")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=1+1", "s")


def test_outline_page_counts_its_characters(client):
    task = accepted(number="2", text=factories.TEXT_APART)
    save(task, outline("学习两次", "出台一件"), number=2)
    client.force_login(filler(task.bureau))

    answer = client.get(url(task, 2))

    assert answer.context["words"] == 8
    assert [part.words for part in answer.context["outline"]] == [4, 4, 0, 0, 0]
    assert "先进典型和示范案例" in answer.content.decode()


@pytest.mark.parametrize("documents", [1, 50])
def test_form_takes_the_same_queries_for_one_row_and_for_fifty(
    writer, task, django_assert_num_queries, documents
):
    save(task, table(documents=documents))

    with django_assert_num_queries(17):
        answer = writer.get(url(task))

    assert len(answer.context["sheet"].lines) == documents
