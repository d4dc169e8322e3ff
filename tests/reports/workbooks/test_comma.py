import csv
from io import StringIO

import pytest

from reports.schemas.content.content import normalise
from reports.workbooks.forms.comma import prefixed, unprefixed, write_csv
from tests.reports.filled_templates import VARIED
from tests.reports.forms import annex_2, annex_2_content
from tests.reports.tables import CASES

RISKY = ["=1+1", "=cmd|'/C calc'!A0", "@SUM(A1)", "+1+1", "-1-1", "\tx", "＝1", "'=1", "'", "+86 1"]


def records(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", [*RISKY, "文字", "1,240", "", "a'b", '引"号', "两\n行"])
def test_text_comes_back_whole(text):
    assert unprefixed(prefixed(text)) == text


@pytest.mark.parametrize("text", RISKY)
def test_text_that_a_program_would_run_gets_an_apostrophe(text):
    assert prefixed(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1", "+1", "-1,240.50", "-3%", "文字", "—", "1-2"])
def test_numbers_and_plain_text_stay_plain(text):
    assert prefixed(text) == text


def test_table_has_a_name_for_each_column_and_a_line_for_each_row():
    content = normalise(
        VARIED,
        {"unit": {"c2": "良好"}, "rows": [{"c3": "=1+1", "c4": "-1"}, {"c3": "乙", "c4": "无"}]},
    )

    data = write_csv(VARIED, content)

    assert data.startswith(b"\xef\xbb\xbf")
    assert records(data) == [
        ["序号", "总体情况", "企业名称", "检查次数", "货值", "合格率", "检查日期", "性质", "编号"],
        ["1", "良好", "'=1+1", "-1", "", "", "", "", ""],
        ["2", "良好", "乙", "无", "", "", "", "", ""],
    ]


def test_outline_has_its_sections():
    data = write_csv(annex_2(), annex_2_content("=1+1"))

    assert records(data)[:2] == [["部分", "内容"], ["一、学习《纲要》有关情况", "'=1+1"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")
def test_every_record_of_a_table_is_equally_wide(case):
    widths = {len(record) for record in records(write_csv(case.definition, case.content))}

    assert len(widths) == 1
