"""Bodies of attachments: tables with one to four header rows, with bars, one label a line."""

import pytest

from notices.text.attachments.tables_and_outlines import AttachmentTable
from notices.text.reading import read

NOTICE = (
    "示例省市场监管局关于报送统计表的通知\n各市市场监管局：\n请于4月10日前将统计表（附件）报送省局。\n"
    "附件：示例工作情况统计表\n示例省市场监管局\n2024年3月1日\n附件\n示例工作情况统计表\n"
)


def table(body: str) -> AttachmentTable:
    (found,) = read(NOTICE + body).attachment_bodies
    assert isinstance(found, AttachmentTable)
    return found


@pytest.mark.parametrize(
    ("rows", "depth"),
    [
        (["序号\t单位\t数量", "1\t甲\t2"], 1),
        (["序号\t检查情况\t\t备注", "\t户数\t问题数\t", "1\t2\t3\t"], 2),
        (["序号\t检查情况\t\t\t备注", "\t户数\t问题\t\t", "\t\t一般\t重大\t", "1\t2\t3\t4\t"], 3),
        (
            [
                "序号\t检查情况\t\t\t\t备注",
                "\t户数\t问题\t\t\t",
                "\t\t一般\t重大\t\t",
                "\t\t\t已改\t未改\t",
                "1\t2\t3\t4\t5\t",
            ],
            4,
        ),
    ],
)
def test_header_of_any_depth(rows: list[str], depth: int) -> None:
    found = table("\n".join(rows))

    assert (len(found.header_rows), len(found.body_rows)) == (depth, 1)


def test_bars_are_cells_as_well() -> None:
    found = table("| 序号 | 单位 | 数量 |\n| --- | --- | --- |\n| 1 | 甲 | 2 |")

    assert found.header_rows == (("序号", "单位", "数量"),)
    assert found.body_rows == (("1", "甲", "2"),)


def test_form_left_as_labels_keeps_them_in_one_row() -> None:
    found = table(
        "填报单位（盖章）：\n序号\n检查户数\n发现问题数\n立案数\n备注\n填表人：    联系电话："
    )

    assert found.unit_line == "填报单位（盖章）："
    assert found.header_rows == (("序号", "检查户数", "发现问题数", "立案数", "备注"),)
    assert found.foot_line == "填表人：    联系电话："


def test_words_of_a_form_are_no_duties() -> None:
    reading = read(NOTICE + "填报单位（盖章）：\n序号\n报送时间\n报送内容\n备注")

    assert len(reading.obligations) == 1


@pytest.mark.parametrize(
    ("rows", "depth"),
    [
        # names of rows below two header rows
        (["项目\t本月\t\t累计\t", "\t件数\t金额\t件数\t金额", "食品\t\t\t\t", "药品\t\t\t\t"], 2),
        # two columns of names, the second without a heading
        (["类别\t\t数量\t备注", "抽检\t总数\t\t", "\t其中不合格\t\t", "货值\t\t\t"], 1),
        # a group at the left, nothing but blank rows below
        (["企业\t\t备注", "名称\t地址\t", "\t\t"], 2),
        # years as headings; figures are none
        (["指标\t年度\t", "\t2025\t2026", "合格率\t\t"], 2),
        (["序号\t检查\t", "\t1\t2"], 1),
        # labels of one column with one below, beside a group
        (["\t总数\t党委\t组织\t", "\t\t小计\t甲类\t乙类", "省级\t\t\t\t"], 2),
        # a line across above the header
        (["全省情况\t\t\t", "序号\t企业\t\t备注", "\t名称\t地址\t", "1\t\t\t"], 3),
    ],
)
def test_row_of_a_name_and_blanks_is_no_header(rows: list[str], depth: int) -> None:
    assert len(table("\n".join(rows)).header_rows) == depth
