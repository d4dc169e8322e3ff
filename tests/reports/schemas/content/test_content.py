import json

import pytest

from reports.schemas.content.content import ContentError, blank, normalise
from reports.schemas.content.texts import normalise_text
from tests.reports.forms import annex_1, annex_1_content, annex_2


def test_blank_table_has_every_field_and_no_row():
    assert blank(annex_1()) == {
        "head": {"h1": ""},
        "unit": {"c2": "", "c3": "", "c7": "", "c8": ""},
        "rows": [],
        "foot": {"f1": ""},
    }


def test_blank_outline_has_every_section():
    assert blank(annex_2()) == {"sections": {"s1": "", "s2": "", "s3": "", "s4": "", "s5": ""}}


def test_normalised_content_is_stored_and_read_back_unchanged():
    content = annex_1_content()

    assert normalise(annex_1(), json.loads(json.dumps(content))) == content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  甲  ", "甲"),
        ("\u3000\u3000甲\u3000", "甲"),
        ("甲\r\n乙\r丙\v丁\u2028戊", "甲\n乙\n丙\n丁\n戊"),
        ("甲 \n 乙", "甲\n 乙"),
        ("\n\n甲\n\n乙\n", "甲\n\n乙"),
        ("\t", ""),
        ("甲\x07", "甲\x07"),
    ],
)
def test_text_is_stripped_and_its_line_ends_made_one(text, expected):
    assert normalise_text(text) == expected


def test_blank_zero_none_and_dash_stay_four_answers():
    answers = ["", "0", "无", "—"]
    rows = [{"c4": "示例文件", "c6": answer} for answer in answers]

    content = normalise(annex_1(), {"rows": rows})

    assert [row["c6"] for row in content["rows"]] == answers


def test_blank_rows_are_dropped_and_a_row_of_zero_is_not():
    rows = [{"c4": " "}, {"c4": "0"}, {}, {"c5": "省政府"}]

    content = normalise(annex_1(), {"rows": rows})

    assert content["rows"] == [
        {"c4": "0", "c5": "", "c6": ""},
        {"c4": "", "c5": "省政府", "c6": ""},
    ]


def test_serial_numbers_that_come_along_are_left_out():
    content = normalise(annex_1(), {"unit": {"c1": "1", "c2": "甲"}, "rows": [{"c1": "1"}]})

    assert "c1" not in content["unit"]
    assert content["rows"] == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "填报内容应是一组名称和值"),
        ([], "填报内容应是一组名称和值"),
        ({"cells": {}}, "填报内容中有本报表没有的项目cells"),
        ({"unit": {"c9": "甲"}}, "本单位内容中有本报表没有的项目c9，请重新打开填报页面"),
        ({"unit": {"c4": "按行填的栏目"}}, "本单位内容中有本报表没有的项目c4"),
        ({"rows": {}}, "各行内容应是一个列表"),
        ({"rows": [{}, {"c2": "甲"}]}, "第2行中有本报表没有的项目c2"),
        ({"rows": ["甲"]}, "第1行应是一组名称和值"),
        ({"unit": {"c2": 0}}, "本单位内容的c2应是文字"),
        ({"foot": {"f1": None}}, "表尾的f1应是文字"),
    ],
)
def test_data_that_is_no_content_of_the_table_is_refused(data, message):
    with pytest.raises(ContentError, match=message):
        normalise(annex_1(), data)


def test_data_that_is_no_content_of_the_outline_is_refused():
    with pytest.raises(ContentError, match="各部分内容中有本报表没有的项目s6"):
        normalise(annex_2(), {"sections": {"s6": "甲"}})
