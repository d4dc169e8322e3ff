from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.schemas.content.content import normalise
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind
from reports.workbooks.reading.meta import SHEET
from reports.workbooks.reading.upload import read_upload
from tests.reports.filled_templates import KEY, VARIED, cells, filled, identity, template

RISKY = ["=1+1", "=cmd|'/C calc'!A0", "@SUM(A1)", "+1", "-1", "_x000D_", "'=1"]


def opened(data: bytes):
    return load_workbook(BytesIO(data)).worksheets[0]


def test_only_the_blanks_can_be_written_in():
    sheet = opened(template(VARIED, room=2))

    open_ = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    assert sheet.protection.sheet is True
    assert sheet.protection.password is None
    assert open_ == {
        *("B5", "B6"),
        *(f"{column}{row}" for row in (5, 6) for column in "CDEFGHI"),
        *(f"{column}7" for column in "CDEFGHI"),
    }


def test_hidden_sheet_can_only_be_shown_by_a_program():
    workbook = load_workbook(BytesIO(template(VARIED)))

    assert workbook.sheetnames == ["附件1", "_meta"]
    assert workbook[SHEET].sheet_state == "veryHidden"


def test_numbers_days_and_choices_are_checked_while_typing():
    sheet = opened(template(VARIED, room=2))

    found = {
        str(check.sqref): (check.type, check.formula1, check.errorStyle)
        for check in sheet.data_validations.dataValidation
    }
    assert found == {
        "D5:D6": ("whole", "-999999999999999", "warning"),
        "E5:E6": ("decimal", "-999999999999999", "warning"),
        "F5:F6": ("decimal", "-999999999999999", "warning"),
        "G5:G6": ("date", "DATE(1949,10,1)", "warning"),
        "H5:H6": ("list", '"国有,非国有"', "warning"),
        "I5:I6": ("whole", "-999999999999999", "warning"),
    }


def test_long_list_of_choices_stands_on_the_hidden_sheet():
    choices = tuple(Choice(f"示例选项第{number}项内容较长") for number in range(40))
    column = Column("c1", "类型", ColumnKind.CHOICE, choices=choices)
    data = template(FormDefinition("示例表", (column,)), room=1)

    check = opened(data).data_validations.dataValidation[0]

    assert check.formula1 == "_meta!$C$1:$C$40"
    assert load_workbook(BytesIO(data))[SHEET]["C40"].value == choices[39].label


def test_text_stays_as_it_is_typed_and_numbers_may_be_percents():
    sheet = opened(template(VARIED, room=1))

    formats = {at: sheet[at].number_format for at in ("C5", "D5", "F5", "G5", "H5", "C6")}
    assert formats == {
        "C5": "@",
        "D5": "General",
        "F5": "0.0%",
        "G5": 'yyyy"年"m"月"d"日"',
        "H5": "@",
        "C6": "@",
    }


def test_equal_forms_give_equal_bytes():
    assert template(VARIED) == template(VARIED)


@pytest.mark.parametrize("text", RISKY)
def test_text_that_looks_like_a_formula_comes_back_as_text(text):
    content = normalise(VARIED, {"rows": [{"c3": text, "c4": "1"}]})
    data = template(VARIED, content)

    upload = read_upload(data, "a.xlsx", VARIED, identity(VARIED), key=KEY)

    assert upload.faults == ()
    assert upload.content["rows"][0]["c3"] == text


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-1", "1-2", "007"])
def test_text_typed_into_a_text_cell_is_never_run(text):
    data = filled(template(VARIED), {"C5": f"'{text}"})

    upload = read_upload(data, "a.xlsx", VARIED, identity(VARIED), key=KEY)

    assert upload.content["rows"][0]["c3"] == text


def test_line_ends_of_excel_are_line_ends():
    data = filled(template(VARIED), {"B5": "一行_x000D_\n二行"})

    upload = read_upload(data, "a.xlsx", VARIED, identity(VARIED), key=KEY)

    assert upload.content["unit"]["c2"] == "一行\n二行"


def test_filled_in_blank_0_none_and_dash_stay_four_answers():
    values = {"C5": "甲", "D5": 0, "C6": "乙", "D6": "无", "C7": "丙", "D7": "—", "C8": "丁"}

    upload = read_upload(
        filled(template(VARIED), values), "a.xlsx", VARIED, identity(VARIED), key=KEY
    )

    assert [row["c4"] for row in upload.content["rows"]] == ["0", "无", "—", ""]


def test_written_content_stands_in_the_blanks():
    content = normalise(
        VARIED,
        {
            "unit": {"c2": "总体良好"},
            "rows": [{"c3": "甲", "c4": "1,240", "c6": "98.5"}],
            "foot": {"f1": "示例联系人"},
        },
    )

    found = cells(template(VARIED, content, room=1))

    assert {at: found[at] for at in ("B5", "C5", "D5", "F5", "C7")} == {
        "B5": "总体良好",
        "C5": "甲",
        "D5": 1240,
        "F5": found["F5"],
        "C7": "示例联系人",
    }
    assert str(found["F5"]) == "0.985"
