from datetime import date

import pytest

from audit.models import AuditEvent
from reports.actions import importing, submissions
from reports.errors import FormClosed
from reports.models import Submission, WorkbookImport
from reports.schemas.content import sources
from tasks.states import Status
from tests import factories
from tests.factories import fresh
from tests.reports.filled_templates import edited, filled, rezipped, typed
from tests.reports.importing import GOOD, asked, downloaded, stored, take_in
from tests.reports.written import NOW, accepted, filler

pytestmark = pytest.mark.django_db

ROW = {
    "c3": "示例企业",
    "c4": "12",
    "c5": "3.5",
    "c6": "98.5",
    "c7": "2026年3月31日",
    "c8": "国有",
    "c9": "7",
}


def test_template_that_was_filled_in_is_stored_as_written():
    task = asked()

    take_in(task, filled(downloaded(task), GOOD))

    assert stored(task) == {
        "head": {},
        "unit": {"c2": "情况良好"},
        "rows": [ROW],
        "foot": {"f1": "示例联系人"},
    }
    assert fresh(task).status == Status.FILLING


def test_import_leaves_a_record_and_one_event_that_names_the_file():
    task = asked()
    data = filled(downloaded(task), GOOD)
    before = AuditEvent.objects.count()

    take_in(task, data, name="杭州.xlsx")

    record = WorkbookImport.objects.get()
    assert (record.file_name, record.revision, record.made_at) == ("杭州.xlsx", 1, NOW)
    new = AuditEvent.objects.order_by("pk")[before:]
    imported = [event for event in new if event.verb == "导入填报"]
    assert len(imported) == 1
    assert '"file":"杭州.xlsx"' in imported[0].detail_json
    assert record.digest in imported[0].detail_json


def test_rows_with_a_gap_are_stored_one_after_the_other():
    task = asked()

    take_in(task, filled(downloaded(task), {"C5": "甲", "C8": "乙"}))

    assert [row["c3"] for row in stored(task)["rows"]] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("１，２４０", "１，２４０"),
        ("1,240", "1,240"),
        ("12次", "12次"),
        (1240, "1240"),
        (1240.0, "1240"),
        (0, "0"),
        ("无", "无"),
        ("—", "—"),
        (None, ""),
    ],
)
def test_count_is_taken_as_it_was_written(value, text):
    task = asked()

    take_in(task, filled(downloaded(task), {"C5": "甲", "D5": value}))

    assert stored(task)["rows"][0]["c4"] == text


def test_thousands_before_a_unit_are_reckoned_by_the_rule_of_the_form():
    task = asked()

    take_in(task, filled(downloaded(task), {"C5": "甲", "E5": "2000万元"}))

    sheet = submissions.open_form(task, 1, by=filler(task.bureau))
    assert sheet.content["rows"][0]["c5"] == "2000万元"


@pytest.mark.parametrize(
    ("typed_in", "number_format", "text"),
    [(0.355, "0.00%", "35.50"), (0.35, "0%", "35"), (35, "General", "35"), ("35%", "@", "35%")],
)
def test_percent_is_taken_as_it_is_shown(typed_in, number_format, text):
    task = asked()

    def change(_, sheet):
        sheet["C5"].value = "甲"
        sheet["F5"].value = typed_in
        sheet["F5"].number_format = number_format

    take_in(task, edited(downloaded(task), change))

    assert stored(task)["rows"][0]["c6"] in {text, text.rstrip("0")}


def test_fraction_typed_as_a_plain_percent_is_taken_literally_and_said():
    task = asked()

    def change(_, sheet):
        sheet["C5"].value = "甲"
        sheet["F5"].value = 0.5
        sheet["F5"].number_format = "General"

    imported = take_in(task, edited(downloaded(task), change))

    assert [str(one) for one in imported.notices] == [
        "F5：此栏单位是%，已按0.5%导入；如应为50%，请修改。"
    ]


def test_real_date_becomes_the_day_as_the_office_writes_it():
    task = asked()

    take_in(task, filled(downloaded(task), {"C5": "甲", "G5": date(2026, 3, 31)}))

    assert stored(task)["rows"][0]["c7"] == "2026年3月31日"


def test_formula_with_a_stored_result_is_taken_and_said():
    task = asked()
    data = filled(downloaded(task), {"C5": "甲", "D5": 12})

    def change(parts):
        name = "xl/worksheets/sheet1.xml"
        old, new = b'"n"><v>12</v>', b'"n"><f>SUM(6,6)</f><v>12</v>'
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    imported = take_in(task, rezipped(data, change))

    assert stored(task)["rows"][0]["c4"] == "12"
    assert [str(one) for one in imported.notices] == ["D5：填的是公式，已按计算结果“12”导入。"]


def test_what_stands_beside_the_table_or_on_other_sheets_is_left_and_said():
    task = asked()

    def change(workbook, sheet):
        typed({"C5": "甲", "L3": "内部备注"})(workbook, sheet)
        workbook.create_sheet("底稿")["A1"].value = "草算"

    imported = take_in(task, edited(downloaded(task), change))

    assert [str(one) for one in imported.notices] == [
        "工作表“底稿”不是空表里原有的，其内容没有导入。",
        "表格右侧有1格内容没有导入：L3。",
    ]


def test_sheet_that_was_given_another_name_is_still_known():
    task = asked()

    def change(workbook, sheet):
        typed({"C5": "甲"})(workbook, sheet)
        sheet.title = "我的表"

    take_in(task, edited(downloaded(task), change))

    assert stored(task)["rows"][0]["c3"] == "甲"


def test_same_file_twice_is_recognised():
    task = asked()
    data = filled(downloaded(task), GOOD)
    take_in(task, data)

    with pytest.raises(importing.ImportedBefore) as refused:
        take_in(task, data, later=60)

    assert str(refused.value) == "该文件已于2026-03-02 12:30导入过，内容没有变化"
    assert (Submission.objects.get().revision, WorkbookImport.objects.count()) == (1, 1)


def test_file_that_was_mended_after_its_import_can_be_imported_again():
    task = asked()
    data = downloaded(task)
    take_in(task, filled(data, {"C5": "甲"}))

    take_in(task, filled(data, {"C5": "乙"}), later=5)

    assert stored(task)["rows"][0]["c3"] == "乙"
    assert Submission.objects.get().revision == 2


def test_form_written_since_the_download_is_not_overwritten():
    task = asked()
    data = filled(downloaded(task), GOOD)
    written = {"unit": {"c2": "另写"}}
    submissions.save(task, 1, written, revision=0, now=NOW, by=filler(task.bureau))

    with pytest.raises(importing.ImportRefused) as refused:
        take_in(task, data, later=5)

    assert "空表下载之后，该表已有新内容" in str(refused.value)
    assert stored(task)["unit"] == {"c2": "另写"}


def test_template_of_a_form_with_content_holds_it():
    task = asked()
    data = filled(downloaded(task), GOOD)
    take_in(task, data)

    take_in(task, filled(downloaded(task), {"C6": "第二家"}), later=5)

    assert [row["c3"] for row in stored(task)["rows"]] == ["示例企业", "第二家"]
    assert stored(task)["rows"][0] == ROW


def test_row_of_a_bureau_below_keeps_its_mark():
    task = asked()
    person = filler(task.bureau)
    mark = sources.marked({"c3": "下级企业"}, "330100")[sources.MARK]
    data = {"rows": [{"c3": "自有"}, {"c3": "下级企业"}]}
    submissions.save(task, 1, data, revision=0, now=NOW, by=person)
    form = submissions.open_form(task, 1, by=person)
    content = form.content
    content["rows"][1][sources.MARK] = mark
    submissions.store(task, form, content, deed="合并", revision=1, now=NOW, by=person)

    take_in(task, filled(downloaded(task), {"C7": "又一家"}), later=5)

    assert [row.get(sources.MARK, "") for row in stored(task)["rows"]] == ["", mark, ""]


def test_outline_comes_back_from_its_template():
    task = accepted(number="2", text=factories.TEXT_APART)
    data = downloaded(task, number=2)

    def change(_, sheet):
        first = next(
            cell for row in sheet.iter_rows(max_col=1) for cell in row if not cell.protection.locked
        )
        first.value = "学习三次\n成效明显"

    take_in(task, edited(data, change), number=2)

    sections = stored(task, 2)["sections"]
    assert next(iter(sections.values())) == "学习三次\n成效明显"
    assert set(list(sections.values())[1:]) == {""}


def test_task_that_is_not_open_takes_nothing_in():
    task = factories.assignment()

    with pytest.raises(FormClosed, match="请先签收任务"):
        take_in(task, b"")
