"""Tables of plain text whose lines are drawn with signs."""

import pytest

from notices.readers.plain_text import PlainTextReader

ABOVE, BELOW = "请填写附表。", "示例省市场监督管理局"
ROWS = "名称\t数量\t备注\n甲\t3\t\n\t\t"

BOXED = """
┌──┬──┬──┐
│名称│数量│备注│
├──┼──┼──┤
│甲　│ 3  │    │
│    │    │    │
└──┴──┴──┘
"""
HEAVY = """
╔══╦══╦══╗
║名称║数量║备注║
╠══╬══╬══╣
║甲║3║║
║ ║ ║ ║
╚══╩══╩══╝
"""
MARKDOWN = """
| 名称 | 数量 | 备注 |
|------|:----:|------|
| 甲 | 3 | |
|  |  |  |
"""
ASCII = """
+------+------+------+
| 名称 | 数量 | 备注 |
+------+------+------+
| 甲   | 3    |      |
|      |      |      |
+------+------+------+
"""


def read(table: str) -> str:
    return PlainTextReader().read(f"{ABOVE}\n{table.strip()}\n{BELOW}".encode())


@pytest.mark.parametrize("table", [BOXED, HEAVY, MARKDOWN, ASCII])
def test_drawn_table_becomes_rows(table: str) -> None:
    assert read(table) == f"{ABOVE}\n{ROWS}\n{BELOW}"


@pytest.mark.parametrize(
    "lines",
    [
        "首页|通知公告|政策文件",
        "|甲|乙|丙|",
        "——————————",
        "联系人：张三 | 电话：010-12345678",
        "|甲|乙|\n|甲|乙|丙|",
    ],
)
def test_other_lines_stay_as_they_are(lines: str) -> None:
    assert read(lines) == f"{ABOVE}\n{lines}\n{BELOW}"
