import pytest

from tasks.issuing.attachment_likeness import Likeness, likeness, shape_of

HEADER = ("序号", "文件名称", "发文主体", "当前进展", "工作成效", "存在问题")


def table(*labels: str, title: str = "质量工作进展情况表"):
    return shape_of("table", title, {"header_rows": [list(labels)], "body_rows": []})


def outline(*headings: str, title: str = "总结提纲"):
    sections = [{"heading": heading, "hint": ""} for heading in headings]
    return shape_of("outline", title, {"sections": sections})


@pytest.mark.parametrize(
    ("labels", "how"),
    [
        (HEADER, Likeness.SAME),
        (HEADER[1:], Likeness.SAME),  # a serial number says nothing
        (("编号", *HEADER[1:], "备注"), Likeness.SAME),
        (("序号", "文件 名称", "发文主体", "当前进展：", "工作成效", "存在问题"), Likeness.SAME),
        (tuple(reversed(HEADER)), Likeness.SAME),
        ((*HEADER, "下一步措施"), Likeness.NEAR),  # five of six
        ((*HEADER, "下一步措施", "责任人"), Likeness.NONE),  # five of seven, another name
        (("企业名称", "统一社会信用代码", "抽查结果"), Likeness.NONE),
        (("文件名称",), Likeness.NONE),
        ((), Likeness.NONE),
    ],
)
def test_tables_are_alike_by_their_headings(labels, how):
    assert likeness(table(*HEADER), table(*labels, title="抽查情况表")) == how


def test_half_is_enough_under_one_name():
    other = (*HEADER[1:4], "牵头单位", "完成时限")

    assert likeness(table(*HEADER), table(*other, title="另一张表")) == Likeness.NONE
    longer = ("文件名称", "发文主体", "当前进展", "工作成效", "牵头单位")
    assert likeness(table(*HEADER), table(*longer)) == Likeness.NEAR


@pytest.mark.parametrize(
    "title",
    [
        "2026年质量工作进展情况表",
        "质量工作进展情况表（2025年度）",
        "质量工作第一季度进展情况表",
        "《质量工作》进展情况表",
    ],
)
def test_name_of_a_table_does_not_hang_on_the_time_it_is_about(title):
    assert table(title=title).title == "质量工作进展情况表"


def test_header_of_two_rows_counts_all_its_headings():
    two = {"header_rows": [["序号", "出台文件情况", ""], ["", "文件名称", "发文主体"]]}

    assert shape_of("table", "表", two).headings == {"出台文件情况", "文件名称", "发文主体"}


def test_outlines_are_alike_whatever_their_numbers():
    one = outline("一、组织学习情况", "二、出台文件情况")

    assert likeness(one, outline("1.出台文件情况", "2.组织学习情况")) == Likeness.SAME
    assert likeness(one, outline("一、存在问题", "二、下一步打算")) == Likeness.NONE


def test_table_and_outline_are_never_alike():
    assert likeness(table("甲项", "乙项"), outline("甲项", "乙项")) == Likeness.NONE


def test_attachment_without_body_is_like_nothing():
    empty = shape_of("missing", "表", {})

    assert likeness(empty, empty) == Likeness.NONE
