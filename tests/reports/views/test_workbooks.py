from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from bureaus.roles import Role
from reports.exports.files import XLSX
from reports.models import Submission
from tests import factories
from tests.pages import told
from tests.reports.filled_templates import filled
from tests.reports.importing import GOOD, asked, stored
from tests.reports.written import filler, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]


@pytest.fixture
def task():
    return asked()


def url(task, deed: str) -> str:
    return f"/assignments/{task.pk}/forms/1/{deed}/"


def sent(client, task, data: bytes, name: str = "填报.xlsx"):
    return client.post(url(task, "upload"), {"file": SimpleUploadedFile(name, data)})


def test_template_is_downloaded_under_the_name_of_the_form(writer, task):
    answer = writer.get(url(task, "template"))

    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    assert "%E7%A9%BA%E8%A1%A8" in answer["Content-Disposition"]
    assert load_workbook(BytesIO(answer.content)).sheetnames == ["附件1", "_meta"]


@pytest.mark.parametrize(
    ("asked_for", "rows"), [("", 30), ("?rows=3", 3), ("?rows=9999", 500), ("?rows=x", 30)]
)
def test_template_has_the_rows_that_are_asked_for(writer, task, asked_for, rows):
    answer = writer.get(url(task, "template") + asked_for)

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet.cell(4 + rows, 1).value == rows
    assert sheet.cell(5 + rows, 1).value == "联系人"


def test_downloading_a_template_stores_nothing(writer, task):
    writer.get(url(task, "template"))

    assert Submission.objects.count() == 0


def test_filled_in_template_goes_into_the_draft(writer, task):
    data = filled(writer.get(url(task, "template") + "?rows=5").content, GOOD)

    answer = sent(writer, task, data)

    assert (answer.status_code, answer.url) == (302, f"/assignments/{task.pk}/forms/1/")
    assert told(answer) == ["已导入“填报.xlsx”，请核对后提交审核"]
    assert stored(task)["rows"][0]["c3"] == "示例企业"


def test_faults_are_listed_by_cell_and_nothing_is_stored(writer, task):
    data = writer.get(url(task, "template")).content

    answer = sent(writer, task, filled(data, {"C5": "甲", "D5": "约20", "H5": "合资"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "文件中有2处需要改正，没有导入任何内容" in page
    assert "<li>D5：“检查次数”应填整数" in page
    assert "<li>H5：“性质”应从“国有、非国有”中选择，不能填“合资”。</li>" in page
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的，没有内容。请重新选择填好的 .xlsx 表。"),
        (b"x", "文件不是 Excel 工作簿。请上传填好的 .xlsx 表。"),
        (b"x" * (10 * 1024 * 1024 + 1), "文件超过10 MB，无法导入。"),
    ],
)
def test_file_that_is_no_template_is_refused_on_the_page(writer, task, data, said):
    answer = sent(writer, task, data)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_without_a_file_the_page_asks_for_one(writer, task):
    answer = writer.post(url(task, "upload"))

    assert answer.status_code == 422
    assert "请选择填好的 .xlsx 表" in answer.content.decode()


def test_page_says_that_the_draft_will_be_replaced(writer, task):
    save(task, {"unit": {"c2": "已写"}})

    answer = writer.get(url(task, "upload"))

    assert answer.status_code == 200
    assert "草稿中已有内容" in answer.content.decode()


def test_same_file_again_is_no_fault(writer, task):
    data = filled(writer.get(url(task, "template") + "?rows=5").content, GOOD)
    sent(writer, task, data)

    answer = sent(writer, task, data)

    assert answer.status_code == 302
    assert "该文件已于2026-03-02 12:30导入过，内容没有变化" in told(answer)


def test_form_page_leads_to_template_and_import(writer, task):
    page = writer.get(f"/assignments/{task.pk}/forms/1/").content.decode()

    assert url(task, "template") in page
    assert url(task, "upload") in page


def test_template_of_a_task_that_is_not_open_is_refused_in_words(client):
    task = asked(task=factories.assignment())
    client.force_login(filler(task.bureau))

    answer = client.get(url(task, "template"))

    assert (answer.status_code, told(answer)) == (302, ["请先签收任务，再填报"])


@pytest.mark.parametrize("deed", ["template", "upload"])
def test_people_who_do_not_fill_in_are_refused(client, task, deed):
    client.force_login(factories.staff(Role.REVIEWER, task.bureau))

    assert client.get(url(task, deed)).status_code == 403


def test_form_is_downloaded_as_csv(writer, task):
    save(task, {"rows": [{"c3": "=1+1"}]})

    answer = writer.get(url(task, "download") + "?format=csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].endswith(".csv")
    assert "'=1+1" in answer.content.decode("utf-8-sig")
