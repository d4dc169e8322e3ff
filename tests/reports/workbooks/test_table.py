from decimal import Decimal

import pytest

from reports.schemas.content.content import normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.proposing.from_attachment import table_definition
from reports.workbooks.forms.table import write_table
from reports.workbooks.sheets.styles import SYSTEM_FONTS
from reports.workbooks.sheets.text_fit import line_points
from tests.reports.forms import annex_1, annex_1_content, attachment_table
from tests.reports.sheets import first_sheet, merges, sides_in_file, unbordered

HEADER_MERGES = {"A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "H3:H4"}


def annex_1_workbook(documents=3, **unit):
    content = annex_1_content(documents, **unit)
    return write_table(annex_1(), content, unit_name="示例省市场监督管理局")


def annex_1_sheet(documents=3, **unit):
    return first_sheet(annex_1_workbook(documents, **unit))


def test_annex_1_has_the_layout_of_the_directive():
    sheet = annex_1_sheet(documents=1)

    assert {
        c.coordinate: c.value for c in (*sheet[1], *sheet[2], *sheet[3], *sheet[4]) if c.value
    } == {
        "A1": "《质量强国建设纲要》学习宣传贯彻情况表",
        "A2": "填报单位(盖章)：示例省市场监督管理局",
        "A3": "序号",
        "B3": "领导同志批示情况",
        "C3": "组织开展学习情况",
        "D3": "出台贯彻落实《纲要》文件情况",
        "D4": "文件名称",
        "E4": "发文主体",
        "F4": "当前进展",
        "G3": "开展的重点和特色宣传贯彻工作",
        "H3": "好的经验和做法",
    }
    assert merges(sheet) == HEADER_MERGES | {"A1:H1", "A2:H2", "A6:H6"}


def test_one_document_stands_in_row_5_with_the_contact_below():
    sheet = annex_1_sheet(documents=1)

    assert [cell.value for cell in sheet[5]] == [
        1,
        "省领导作出批示",
        "专题学习2次",
        "示例文件1",
        "省政府",
        "已印发",
        "开展活动5场",
        "无",
    ]
    assert sheet["A6"].value == "联系人及联系方式：示例联系人 010-00000000"
    assert sheet.max_row == 6


def test_documents_take_a_row_each_and_what_is_per_unit_is_merged_over_them():
    sheet = annex_1_sheet(documents=3)

    assert merges(sheet) == HEADER_MERGES | {
        *("A1:H1", "A2:H2", "A8:H8"),
        *("A5:A7", "B5:B7", "C5:C7", "G5:G7", "H5:H7"),
    }
    assert [sheet.cell(row, 4).value for row in (5, 6, 7)] == [
        "示例文件1",
        "示例文件2",
        "示例文件3",
    ]
    assert sheet["A5"].value == 1


def test_unit_without_documents_has_one_row_with_blank_cells():
    sheet = annex_1_sheet(documents=0)

    assert [sheet.cell(5, column).value for column in (4, 5, 6)] == [None, None, None]
    assert sheet["B5"].value == "省领导作出批示"
    assert sheet["A6"].value.startswith("联系人")


def test_every_cell_of_the_table_has_its_four_borders_in_the_file():
    assert unbordered(annex_1_workbook(documents=3), "A3:H7") == []


def test_lines_above_and_below_the_table_have_no_borders():
    sides = sides_in_file(annex_1_workbook(documents=3))

    assert [sides[cell] for cell in ("A1", "H1", "A2", "H2", "A8", "H8")] == [set()] * 6


def test_outer_edges_of_merges_survive_reopening():
    sheet = annex_1_sheet(documents=3)

    assert [sheet[cell].border.bottom.style for cell in ("D3", "E3", "F3", "B7")] == ["thin"] * 4
    assert [sheet[cell].border.left.style for cell in ("A5", "A6", "A7", "D3")] == ["thin"] * 4


@pytest.mark.parametrize("text", ["=1+1", "=cmd|'/c calc'!A1", "@SUM(A1)", "+1", "-1"])
def test_what_looks_like_a_formula_is_text_everywhere(text):
    definition = annex_1()
    content = annex_1_content(documents=1, c2=text)
    content["rows"][0]["c4"] = text
    content["foot"]["f1"] = text

    sheet = first_sheet(write_table(definition, content, unit_name=text))

    assert [(sheet[c].value, sheet[c].data_type) for c in ("B5", "D5")] == [(text, "s")] * 2
    assert sheet["B5"].quotePrefix
    assert sheet["D5"].quotePrefix
    assert sheet["A2"].value == f"填报单位(盖章)：{text}"
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s", "n"}


def test_blank_zero_none_and_dash_are_four_different_cells():
    content = annex_1_content(documents=4)
    for row, answer in zip(content["rows"], ["", "0", "无", "—"], strict=True):
        row["c6"] = answer

    sheet = first_sheet(write_table(annex_1(), content, unit_name="示例局"))

    assert [sheet.cell(row, 6).value for row in range(5, 9)] == [None, "0", "无", "—"]


def test_numbers_are_numbers_and_marks_are_text():
    definition = FormDefinition(
        "示例表",
        (
            Column("c1", "数量(家)", ColumnKind.INTEGER, measure="家"),
            Column("c2", "金额", ColumnKind.DECIMAL),
        ),
    )
    rows = [
        {"c1": "1,240家", "c2": "3.50"},
        {"c1": "0", "c2": "无"},
        {"c1": "—", "c2": "约3"},
    ]

    sheet = first_sheet(
        write_table(definition, normalise(definition, {"rows": rows}), unit_name="示例局")
    )

    assert [[cell.value for cell in row] for row in sheet["A4:B6"]] == [
        [1240, Decimal("3.5")],
        [0, "无"],
        ["—", "约3"],
    ]
    assert sheet["B4"].number_format == "0.00"


def test_serial_number_per_row_counts_rows():
    definition = table_definition(attachment_table((("序号", "名称"),)))
    content = normalise(definition, {"rows": [{"c2": "甲"}, {"c2": "乙"}], "foot": {}})

    sheet = first_sheet(write_table(definition, content, unit_name="示例局"))

    assert [[cell.value for cell in row] for row in sheet["A4:B5"]] == [[1, "甲"], [2, "乙"]]


def test_who_reports_is_named_even_where_the_form_has_no_field_for_it():
    definition = FormDefinition(
        "示例表", (Column("c1", "名称"),), head_fields=(Field("h1", "审核人"),)
    )
    content = normalise(definition, {"head": {"h1": "示例人员"}, "rows": [{"c1": "甲"}]})

    sheet = first_sheet(write_table(definition, content, unit_name="示例局"))

    assert sheet["A2"].value == "填报单位：示例局　　　　审核人：示例人员"


def test_header_of_four_rows_moves_the_body_down():
    leaf = Column("c1", "合格")
    column = Column("g3", "一", children=(Column("g2", "二", children=(
        Column("g1", "三", children=(leaf,)),)),))  # fmt: skip
    definition = FormDefinition("示例表", (column, Column("c2", "备注")))

    sheet = first_sheet(
        write_table(definition, normalise(definition, {"rows": [{"c2": "甲"}]}), unit_name="示例局")
    )

    assert [sheet.cell(row, 1).value for row in range(3, 7)] == ["一", "二", "三", "合格"]
    assert "B3:B6" in merges(sheet)
    assert sheet["B7"].value == "甲"
    assert sheet.print_title_rows == "$3:$6"


def test_blank_form_has_empty_rows_to_write_into():
    workbook = write_table(annex_1(), None, unit_name="")
    sheet = first_sheet(workbook)

    assert all(cell.value is None for row in sheet["A5:H10"] for cell in row)
    assert "B5:B10" in merges(sheet)
    assert unbordered(workbook, "A5:H10") == []
    assert sheet["A2"].value == "填报单位(盖章)："
    assert sheet["A11"].value == "联系人及联系方式："


def test_page_is_a4_on_its_side_one_page_wide_with_header_and_page_number():
    sheet = annex_1_sheet()

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.oddFooter.center.text == "— &P —"
    assert sheet.oddHeader.left.text == "附件1"
    assert sheet.print_area == "'附件1'!$A$1:$H$8"
    assert sheet.freeze_panes == "A5"


def test_fonts_are_those_of_official_documents_or_as_asked():
    sheet = annex_1_sheet()
    plain = first_sheet(
        write_table(annex_1(), annex_1_content(), unit_name="示例局", fonts=SYSTEM_FONTS)
    )

    assert [sheet[cell].font.name for cell in ("A1", "B3", "B5")] == [
        "方正小标宋简体",
        "黑体",
        "仿宋",
    ]
    assert plain["A1"].font.name == "宋体"


def test_long_text_gets_rows_high_enough_and_none_above_the_limit_of_excel():
    sheet = annex_1_sheet(documents=1, c2="字" * 3000)

    [merge] = [
        m for m in sheet.merged_cells.ranges if m.min_col == m.max_col == 2 and m.min_row > 4
    ]
    heights = [sheet.row_dimensions[row].height for row in range(merge.min_row, merge.max_row + 1)]
    characters_a_line = int(sheet.column_dimensions["B"].width * 7 // (10.5 * 4 / 3))
    assert sum(heights) >= 3000 / characters_a_line * line_points(10.5)
    assert max(heights) < 409.5
    assert sheet["D5"].value == "示例文件1"
    assert f"D5:D{merge.max_row}" in merges(sheet)


def test_long_text_over_several_documents_raises_each_row_without_extra_rows():
    short = annex_1_sheet(documents=3)
    long = annex_1_sheet(documents=3, c2="字" * 300)

    assert long.max_row == short.max_row == 8
    assert long.row_dimensions[5].height > short.row_dimensions[5].height


def test_header_rows_grow_with_a_long_label():
    def heights(label):
        columns = (Column("c1", label, width=10), Column("c2", "名称"))
        definition = FormDefinition("示例表", columns)
        return first_sheet(write_table(definition, None, unit_name="")).row_dimensions[3].height

    assert heights("长" * 30) >= 6 * line_points(11)
    assert heights("短") < 2 * line_points(11)
