from dataclasses import replace

from reports.schemas.content.content import blank
from reports.workbooks.forms.outline import write_outline
from tests.reports.forms import annex_2, annex_2_content
from tests.reports.sheets import first_sheet


def lines(sheet):
    return [cell.value for (cell,) in sheet["A1:A200"] if cell.value]


def test_outline_has_headings_hints_texts_note_and_count():
    content = annex_2_content("批示2次。\n集中学习。", "出台3份", "活动5场", "做法", "无")

    sheet = first_sheet(write_outline(annex_2(), content, unit_name="示例局"))

    assert lines(sheet) == [
        "《质量强国建设纲要》学习宣传贯彻工作总结提纲",
        "填报单位：示例局",
        "　　一、学习《纲要》有关情况",
        "　　（领导批示、集中学习等）",
        "　　批示2次。",
        "　　集中学习。",
        "　　二、出台《纲要》贯彻落实文件情况",
        "　　（文件名称、发文主体等）",
        "　　出台3份",
        "　　三、开展的重要学习宣传贯彻活动情况和取得的成效",
        "　　活动5场",
        "　　四、学习宣传贯彻工作中好的经验、做法",
        "　　做法",
        "　　五、涌现出的先进典型和示范案例",
        "　　无",
        "填写要求：用数据说话，3000字以内。",
        "正文共21字（不计标点19字），上限3000字。各部分标题不计入字数。",
    ]


def test_outline_without_limit_and_note_gives_the_count_alone():
    definition = replace(annex_2(), max_chars=None, closing_note="")

    sheet = first_sheet(write_outline(definition, annex_2_content("甲"), unit_name="示例局"))

    assert lines(sheet)[-2:] == [
        "　　五、涌现出的先进典型和示范案例",
        "正文共1字（不计标点1字）。各部分标题不计入字数。",
    ]


def test_blank_outline_leaves_room_and_gives_no_count():
    sheet = first_sheet(write_outline(annex_2(), None, unit_name=""))

    assert lines(sheet)[-1] == "填写要求：用数据说话，3000字以内。"
    rows = {cell.value: cell.row for (cell,) in sheet["A1:A30"] if cell.value}
    under = rows["　　三、开展的重要学习宣传贯彻活动情况和取得的成效"] + 1
    assert sheet.row_dimensions[under].height >= 70


def test_blank_content_is_counted_as_none():
    sheet = first_sheet(write_outline(annex_2(), blank(annex_2()), unit_name="示例局"))

    assert lines(sheet)[-1].startswith("正文共0字")


def test_paragraph_of_3000_words_is_one_cell_over_rows_high_enough():
    sheet = first_sheet(write_outline(annex_2(), annex_2_content("字" * 3000), unit_name="示例局"))

    [cell] = [cell for (cell,) in sheet["A1:A30"] if str(cell.value).startswith("　　字字")]
    [merge] = [m for m in sheet.merged_cells.ranges if cell.coordinate in m]
    heights = [sheet.row_dimensions[row].height for row in range(merge.min_row, merge.max_row + 1)]
    assert cell.value == "　　" + "字" * 3000
    assert sum(heights) >= 3000 / 28 * 16 * 1.2  # 28 characters a line at most
    assert max(heights) < 409.5


def test_text_that_looks_like_a_formula_is_text():
    content = annex_2_content("=1+1\n@SUM(A1)\n\t-1")

    sheet = first_sheet(write_outline(annex_2(), content, unit_name="=1+1"))

    assert {cell.data_type for (cell,) in sheet["A1:A40"] if cell.value} == {"s"}
    assert "　　=1+1" in lines(sheet)


def test_outline_is_printed_upright_on_a4():
    sheet = first_sheet(write_outline(annex_2(), annex_2_content("甲"), unit_name="示例局"))

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.oddFooter.center.text == "— &P —"
