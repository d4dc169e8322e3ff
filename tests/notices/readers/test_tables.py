"""Tables as text: merged cells, rows that are really lines, limits."""

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.flat_tables import MAX_CELLS, Cell, flatten, one_line

HEADER = [
    [Cell("序号", rows=2), Cell("文件情况", columns=2), Cell("做法", rows=2)],
    [Cell("名称"), Cell("主体")],
]
FLAT = "序号\t文件情况\t\t做法\n\t名称\t主体\t"


def test_merged_cells_leave_empty_places() -> None:
    assert flatten(HEADER) == FLAT


def test_covered_places_may_be_given_as_empty_cells() -> None:
    second = [Cell(""), Cell("名称"), Cell("主体"), Cell("")]

    assert flatten([[Cell("序号"), Cell("文件情况", columns=2), Cell("做法")], second]) == FLAT


def test_title_and_blanks_to_fill_in_around_the_table_are_plain_lines() -> None:
    rows = [
        [Cell("示例情况表", columns=4)],
        [Cell("填报单位：____", columns=2), Cell("填报日期：  年 月 日", columns=2)],
        *HEADER,
        [Cell("注：一事一行。", columns=4)],
        [Cell("联系人："), Cell(""), Cell("电话："), Cell("")],
    ]

    assert flatten(rows).split("\n") == [
        "示例情况表",
        "填报单位：____  填报日期： 年 月 日",
        *FLAT.split("\n"),
        "注：一事一行。",
        "联系人：  电话：",
    ]


def test_label_of_a_row_to_fill_in_stays_a_row() -> None:
    assert flatten([*HEADER, [Cell("合计"), Cell(""), Cell(""), Cell("")]]).endswith("\n合计\t\t\t")


def test_rows_without_text_are_left_out() -> None:
    assert flatten([[Cell(""), Cell(" ")], [Cell("甲"), Cell("乙")], []]) == "甲\t乙"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("序\n号", "序号"),
        ("2023年3月31日\r\n前", "2023年3月31日前"),
        ("word one\nword two", "word one word two"),
        ("说明\n1.甲\n2.乙", "说明 1.甲 2.乙"),
        ("甲\t乙", "甲 乙"),
        (" \n ", ""),
    ],
)
def test_lines_of_a_narrow_cell_are_joined(text: str, line: str) -> None:
    assert one_line(text) == line


def test_absurd_spans_are_cut() -> None:
    rows = [[Cell("甲", columns=10**9, rows=10**9), Cell("乙")]]

    assert flatten(rows).startswith("甲")
    assert len(flatten(rows)) < 1000


def test_table_of_too_many_cells_is_refused() -> None:
    rows = [[Cell("甲", columns=300)]] * (MAX_CELLS // 300 + 1)

    with pytest.raises(UnreadableDocument, match="请删去多余的行列"):
        flatten(rows)
