from dataclasses import replace

import pytest

from reports.schemas.checking.cautions import INTERNAL, PEOPLE, cautions
from reports.schemas.checking.validation import check
from tests.reports.forms import annex_2, annex_2_content

pytestmark = pytest.mark.once


def warnings(definition, *texts: str) -> dict[str, str]:
    problems = check(definition, annex_2_content(*texts))
    assert {problem.level for problem in problems} <= {"warning"}
    return {
        problem.path: problem.message_zh for problem in problems if "数据支撑" in problem.message_zh
    }


def test_section_without_figure_document_or_day_is_warned_of_and_told_what_to_add():
    found = warnings(
        annex_2(),
        "一是加强学习，二是抓好落实。",
        "出台了一批文件。",
        "广泛开展活动。",
        "创新做法。",
        "涌现出先进典型。",
    )

    assert [*found] == ["sections.s1", "sections.s2", "sections.s3", "sections.s4", "sections.s5"]
    for path, wanted in {
        "sections.s1": "会议和学习的次数、人次或时间",
        "sections.s2": "文件名称、文号和印发时间",
        "sections.s3": "活动的场次、人次、时间或成效数字",
        "sections.s4": "做法的时间、范围（家数、人次等）或成效数字",
        "sections.s5": "典型和案例的数量、名称、时间或成效数字",
    }.items():
        assert found[path].endswith(f"请补充{wanted}。")
    assert found["sections.s1"].startswith("“一、学习《纲要》有关情况”中没有数字、文件或日期")


def test_supported_sections_and_a_plain_none_are_not_warned_of():
    assert warnings(annex_2(), "学习三次。", "《方案》", "3月5日", "无", "") == {}


def test_outline_that_does_not_ask_for_data_is_not_judged_by_it():
    silent = replace(annex_2(), closing_note="字数控制在3000字以内。")

    assert warnings(silent, "认真学习。") == {}


def test_delicate_columns_and_sections_carry_their_caution():
    assert cautions("领导同志批示情况") == [INTERNAL]
    assert cautions("学习《纲要》有关情况", "主要包括：领导批示等") == [INTERNAL]
    assert cautions("涌现出的先进典型和示范案例") == [PEOPLE]
    assert cautions("文件名称") == []
