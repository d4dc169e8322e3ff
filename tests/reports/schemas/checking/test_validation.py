from dataclasses import replace

import pytest

from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import check, outline_word_count
from reports.schemas.content.content import blank, normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind
from tests.reports.forms import annex_1, annex_1_content, annex_2, annex_2_content


def one_column(kind, text, **options):
    """The problems of a table with one column and one row."""
    definition = FormDefinition(
        "示例表", (Column("c1", "名称"), Column("c2", "数量", kind, **options))
    )
    return check(definition, normalise(definition, {"rows": [{"c1": "甲", "c2": text}]}))


def test_complete_table_has_no_problem():
    assert check(annex_1(), annex_1_content()) == []


def test_table_without_documents_has_no_problem():
    assert check(annex_1(), annex_1_content(documents=0)) == []


def test_blank_table_is_refused_as_a_whole_and_field_by_field():
    problems = check(annex_1(), blank(annex_1()))

    assert [(problem.path, problem.level) for problem in problems] == [
        ("", "error"),
        ("unit.c2", "error"),
        ("unit.c3", "error"),
        ("unit.c7", "error"),
        ("unit.c8", "error"),
        ("foot.f1", "error"),
    ]
    assert problems[1].message_zh == (
        "“领导同志批示情况”为必填项，请填写；确无此项内容的，请填写“无”。"
    )


@pytest.mark.parametrize("answer", ["0", "无", "—"])
def test_zero_none_and_dash_answer_a_required_field(answer):
    assert check(annex_1(), annex_1_content(c2=answer)) == []


def test_document_without_a_name_is_named_by_its_row():
    content = annex_1_content(documents=2)
    content["rows"][1]["c4"] = ""

    assert check(annex_1(), content) == [
        Problem(
            "rows.1.c4",
            "文件名称",
            "error",
            "“文件名称”为必填项，请填写；确无此项内容的，请填写“无”。",
        )
    ]


def test_text_over_its_limit_says_by_how_much():
    assert one_column(ColumnKind.TEXT, "字" * 50, max_chars=50) == []
    assert one_column(ColumnKind.TEXT, "字" * 52, max_chars=50) == [
        Problem("rows.0.c2", "数量", "error", "“数量”为52字，超过50字的上限，请删减2字。")
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ColumnKind.INTEGER, "1,240"),
        (ColumnKind.INTEGER, "无"),
        (ColumnKind.INTEGER, "0"),
        (ColumnKind.DECIMAL, "3.5"),
        (ColumnKind.DECIMAL, "—"),
        (ColumnKind.DATE, "2023年3月31日"),
        (ColumnKind.DATE, "无"),
        (ColumnKind.LONGTEXT, "2000万"),
    ],
)
def test_fitting_value_has_no_problem(kind, text):
    assert one_column(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (ColumnKind.INTEGER, "3.5", "“数量”应填整数，不能填“3.5”；没有的填“0”或“无”。"),
        (ColumnKind.INTEGER, "2000万", "“数量”应填整数，不能填“2000万”；没有的填“0”或“无”。"),
        (ColumnKind.DECIMAL, "约3", "“数量”应填数字，不能填“约3”；没有的填“0”或“无”。"),
        (ColumnKind.DATE, "2023-02-30", "“数量”应填日期，如2023年3月31日，不能填“2023-02-30”。"),
    ],
)
def test_wrong_number_or_date_is_refused_at_its_cell(kind, text, message):
    assert one_column(kind, text) == [Problem("rows.0.c2", "数量", "error", message)]


def test_wrong_number_names_the_measure_of_the_column():
    [problem] = one_column(ColumnKind.DECIMAL, "2000吨", measure="元")

    assert "应填数字，以“元”为单位，不能填“2000吨”" in problem.message_zh


def test_control_character_is_refused_with_its_place():
    assert check(annex_1(), annex_1_content(c3="学习\x07两次")) == [
        Problem(
            "unit.c3",
            "组织开展学习情况",
            "error",
            "“组织开展学习情况”第3个字符是看不见的控制字符（U+0007），请删除后重新录入。",
        )
    ]


@pytest.mark.parametrize("char", ["\x00", "\x1f", "\x7f", "\ud800", "\uffff"])
def test_every_character_a_file_cannot_hold_is_refused(char):
    assert [p.path for p in check(annex_1(), annex_1_content(c3=f"甲{char}乙"))] == ["unit.c3"]


def test_line_breaks_and_tabs_inside_a_text_are_no_problem():
    assert check(annex_1(), annex_1_content(c3="甲\n乙\t丙")) == []


def test_text_no_excel_cell_can_hold_is_refused():
    assert check(annex_1(), annex_1_content(c3="字" * 32767)) == []
    [problem] = check(annex_1(), annex_1_content(c3="字" * 32768))
    assert problem.path == "unit.c3"
    assert "32767个字符的上限" in problem.message_zh


def test_characters_beyond_the_basic_plane_count_twice_in_excel():
    assert check(annex_1(), annex_1_content(c3="𠮷" * 16383)) == []
    assert [p.path for p in check(annex_1(), annex_1_content(c3="𠮷" * 16384))] == ["unit.c3"]


def test_date_above_the_table_is_checked_and_the_units_own_name_need_not_be_typed():
    fields = (
        Field("h1", "填报单位", FieldKind.UNIT, required=True),
        Field("h2", "填报日期", FieldKind.DATE, required=True),
    )
    definition = replace(annex_1(), head_fields=fields)

    missing = check(definition, normalise(definition, annex_1_content()))
    wrong = check(definition, normalise(definition, annex_1_content() | {"head": {"h2": "昨天"}}))

    assert missing == [Problem("head.h2", "填报日期", "error", "请填写“填报日期”。")]
    assert [(p.path, p.level) for p in wrong] == [("head.h2", "error")]


def test_outline_of_3000_words_is_complete():
    content = annex_2_content("字" * 2995 + "5", "5", "5", "5", "5")

    assert outline_word_count(content) == 3000
    assert check(annex_2(), content) == []


def test_outline_of_3001_words_says_to_delete_one():
    content = annex_2_content("字" * 2995 + "5", "5", "5", "5", "5。")

    assert check(annex_2(), content) == [
        Problem(
            "sections",
            "《质量强国建设纲要》学习宣传贯彻工作总结提纲",
            "error",
            "总字数为3001字，超过3000字的上限，请删减1字。",
        )
    ]


def test_outline_without_a_limit_may_be_of_any_length():
    definition = replace(annex_2(), max_chars=None)

    assert check(definition, annex_2_content("字" * 5000 + "5", "5", "5", "5", "5")) == []


def test_blank_section_is_a_warning():
    assert check(annex_2(), annex_2_content("甲1", "乙2", "丙3", "丁4")) == [
        Problem(
            "sections.s5",
            "五、涌现出的先进典型和示范案例",
            "warning",
            "“五、涌现出的先进典型和示范案例”未填写；确无此项内容的，请填写“无”。",
        )
    ]


def test_blank_outline_is_refused():
    [problem] = check(annex_2(), blank(annex_2()))

    assert (problem.path, problem.level) == ("sections", "error")
    assert problem.message_zh == "总结尚未填写任何内容，请填写后再报送。"


def test_control_character_in_a_section_is_refused_there():
    content = annex_2_content("甲1\x07", "乙2", "丙3", "丁4", "戊5")

    assert [(p.path, p.level) for p in check(annex_2(), content)] == [("sections.s1", "error")]
