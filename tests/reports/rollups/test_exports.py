from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.errors import ReportError
from reports.exports import files as exports
from tests import factories
from tests.factories import owed_by, walk
from tests.reports.sheets import merges
from tests.reports.written import accepted, outline, reported, save, table

pytestmark = pytest.mark.django_db

AS_OF = date(2026, 4, 1)
HEADER_MERGES = {"A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "H3:H4"}


def opened(data: bytes):
    return load_workbook(BytesIO(data)).worksheets[0]


def values(sheet) -> dict[str, object]:
    return {cell.coordinate: cell.value for row in sheet for cell in row if cell.value is not None}


def test_table_has_the_layout_of_the_attachment():
    task = accepted()
    save(task, table(documents=1))

    sheet = opened(exports.assignment_workbook(task, 1))

    assert merges(sheet) == HEADER_MERGES | {"A1:H1", "A2:H2", "A6:H6"}
    assert values(sheet) == {
        "A1": "质量工作进展情况表",
        "A2": "填报单位（盖章）：浙江省市场监督管理局",
        "A3": "序号",
        "B3": "领导同志批示情况",
        "C3": "组织开展学习情况",
        "D3": "出台贯彻落实文件情况",
        "D4": "文件名称",
        "E4": "发文主体",
        "F4": "当前进展",
        "G3": "开展的重点工作",
        "H3": "好的经验和做法",
        "A5": 1,
        "B5": "省领导作出批示",
        "C5": "专题学习2次",
        "D5": "示例文件1",
        "E5": "省政府",
        "F5": "已印发",
        "G5": "开展活动5场",
        "H5": "无",
        "A6": "联系人及联系方式：示例联系人 010-00000000",
    }


def test_several_documents_stand_below_each_other_beside_the_units_own_texts():
    task = accepted()
    save(task, table(documents=3))

    sheet = opened(exports.assignment_workbook(task, 1))

    assert {"A5:A7", "B5:B7", "C5:C7", "G5:G7", "H5:H7"} < merges(sheet)
    assert [sheet.cell(row, 4).value for row in (5, 6, 7)] == [
        "示例文件1",
        "示例文件2",
        "示例文件3",
    ]


def test_form_nobody_wrote_is_exported_blank_to_be_filled_in_by_hand():
    sheet = opened(exports.assignment_workbook(factories.assignment(), 1))

    body = [cell.value for row in sheet["A5:H10"] for cell in row]
    assert body == [None] * 48
    assert sheet["A2"].value == "填报单位（盖章）：浙江省市场监督管理局"
    assert sheet["A11"].value == "联系人及联系方式："


def test_formulas_are_exported_as_text():
    task = accepted()
    unit = {"c2": "=1+1", "c3": "+86", "c7": "-2+3", "c8": "@SUM(A1)"}
    save(task, table(unit=unit))

    sheet = opened(exports.assignment_workbook(task, 1))

    cells = [sheet[name] for name in ("B5", "C5", "G5", "H5")]
    assert [cell.value for cell in cells] == list(unit.values())
    assert {cell.data_type for cell in cells} == {"s"}


def test_outline_is_exported_with_its_headings_and_texts():
    task = accepted(number="2", text=factories.TEXT_APART)
    save(task, outline("学习两次", "出台一件"), number=2)

    texts = values(opened(exports.assignment_workbook(task, 2))).values()

    assert [text.strip("　") for text in texts][:7] == [
        "质量工作年度总结提纲",
        "填报单位：浙江省市场监督管理局",
        "一、组织学习有关情况",
        "（主要包括：集中学习、作出部署等情况。）",
        "学习两次",
        "二、出台文件情况",
        "出台一件",
    ]


@pytest.mark.parametrize("number", [0, 2, 9])
def test_form_that_is_not_asked_for_cannot_be_exported(number):
    with pytest.raises(ReportError, match=f"该任务没有附件{number}的报表"):
        exports.assignment_workbook(factories.assignment(), number)


def task_of(issued, code):
    return issued.assignments.for_detail().get(bureau__code=code)


def test_roll_up_has_the_units_in_administrative_order_and_the_missing_below(issued):
    reported(task_of(issued, "330000"), table(documents=2))
    reported(task_of(issued, "110000"), table(documents=1))

    sheet = opened(exports.roll_up_workbook(issued, 1, as_of=AS_OF))

    assert sheet["A1"].value == "质量工作进展情况表（汇总）"
    assert sheet["A2"].value == "汇总单位：市场监管总局　　截至2026年4月1日"
    assert {"A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:H4", "I3:I4"} < merges(sheet)
    assert [sheet.cell(5, column).value for column in (1, 2, 5)] == [
        1,
        "北京市市场监管局",
        "示例文件1",
    ]
    assert [sheet.cell(6, column).value for column in (1, 2, 5)] == [
        2,
        "浙江省市场监管局",
        "示例文件1",
    ]
    assert sheet["E7"].value == "示例文件2"
    assert {"A6:A7", "B6:B7"} < merges(sheet)
    assert sheet["A8"].value == "应报3个单位，已报2个，未报1个：江苏省市场监管局。"
    assert sheet.max_row == 8


def test_roll_up_with_everything_in_says_so(issued):
    for code in ("110000", "320000"):
        reported(task_of(issued, code), table())
    walk(task_of(issued, "330000"), "withdraw")

    sheet = opened(exports.roll_up_workbook(issued, 1, as_of=AS_OF))

    assert sheet.cell(sheet.max_row, 1).value == "应报2个单位，已报2个，全部报齐。"


def test_roll_up_before_anything_came_in_names_everybody(issued):
    sheet = opened(exports.roll_up_workbook(issued, 1, as_of=AS_OF))

    assert sheet["A5"].value == (
        "应报3个单位，已报0个，未报3个：北京市市场监管局、江苏省市场监管局、浙江省市场监管局。"
    )


def test_roll_up_never_shows_a_draft(issued):
    save(factories.accept(task_of(issued, "330000")), table())

    sheet = opened(exports.roll_up_workbook(issued, 1, as_of=AS_OF))

    assert "示例文件1" not in values(sheet).values()


def test_roll_up_writes_formulas_as_text(issued):
    reported(task_of(issued, "330000"), table(rows=[{"c4": "=1+1"}]))

    cell = opened(exports.roll_up_workbook(issued, 1, as_of=AS_OF))["E5"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_outline_is_rolled_up_section_by_section():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    issued = factories.obligation(zhejiang, jiangsu, number="2", text=factories.TEXT_APART)
    reported(owed_by(issued, "330000"), outline("学习两次", "=1+1"), number=2)

    sheet = opened(exports.roll_up_workbook(issued, 2, as_of=AS_OF))

    assert [[cell.value for cell in row] for row in sheet["A3:B7"]] == [
        ["一、组织学习有关情况", None],
        ["浙江省市场监管局", "学习两次"],
        ["二、出台文件情况", None],
        ["浙江省市场监管局", "=1+1"],
        ["三、开展活动和取得的成效", None],
    ]
    assert sheet["A8"].value == "（没有单位填写）"
    words = [cell.value for (cell,) in sheet["A9:A20"] if cell.value]
    assert words[-1] == "应报2个单位，已报1个，未报1个：江苏省市场监管局。"


def test_roll_up_of_a_number_that_is_not_asked_for_is_refused(issued):
    with pytest.raises(ReportError, match="该事项没有附件2的报表"):
        exports.roll_up_workbook(issued, 2, as_of=AS_OF)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("浙江省市场监管局", "情况表"), "浙江省市场监管局-情况表.xlsx"),
        (("甲", "", "乙"), "甲-乙.xlsx"),
        (('a/b\\c:d*e?f"g<h>i|j\r\nk\tl',), "abcdefghijkl.xlsx"),
        (("../../etc/passwd",), "....etcpasswd.xlsx"),
        (("很" * 300,), "很" * 120 + ".xlsx"),
    ],
)
def test_file_name_is_one_that_every_system_takes(parts, name):
    assert exports.file_name(*parts) == name
