import pytest

from reports.schemas.proposing.header_tree import HeaderNode, clean_label, header_tree
from tests.reports.forms import ANNEX_1_HEADER


def outline(nodes):
    """The tree as nested lists: "label" for a leaf, (label, [...]) for a span."""
    return [(n.label, outline(n.children)) if n.children else n.label for n in nodes]


def test_header_tree_of_the_2023_directive():
    assert outline(header_tree(ANNEX_1_HEADER)) == [
        "序号",
        "领导同志批示情况",
        "组织开展学习情况",
        ("出台贯彻落实《纲要》文件情况", ["文件名称", "发文主体", "当前进展"]),
        "开展的重点和特色宣传贯彻工作",
        "好的经验和做法",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["序号", "名称"]], ["序号", "名称"]),
        (
            [["地区", "企业数", "", "备注"], ["", "合计", "其中大型", ""]],
            ["地区", ("企业数", ["合计", "其中大型"]), "备注"],
        ),
        (
            [
                ["地区", "大型企业", "", "", "中型企业", ""],
                ["", "总数", "其中", "", "总数", "其中"],
                ["", "", "合格", "不合格", "", "合格"],
            ],
            [
                "地区",
                ("大型企业", ["总数", ("其中", ["合格", "不合格"])]),
                ("中型企业", ["总数", ("其中", ["合格"])]),
            ],
        ),
        (
            [
                ["地区", "企业", "", "", ""],
                ["", "大型", "", "", "小型"],
                ["", "标注", "", "检验", ""],
                ["", "合格", "不合格", "合格", ""],
            ],
            [
                "地区",
                ("企业", [("大型", [("标注", ["合格", "不合格"]), ("检验", ["合格"])]), "小型"]),
            ],
        ),
    ],
    ids=["one row", "two rows", "three rows", "four rows"],
)
def test_header_tree_of_any_depth(rows, expected):
    assert outline(header_tree(rows)) == expected


def test_blank_first_cell_under_a_span_is_the_column_of_the_span_itself():
    rows = [["检查户数", "", ""], ["", "餐馆", "快餐店"]]

    assert outline(header_tree(rows)) == [("检查户数", ["检查户数", "餐馆", "快餐店"])]


def test_label_repeated_over_its_span_is_one_label():
    rows = [["序号", "文件情况", "文件情况", "做法"], ["序号", "名称", "进展", "做法"]]

    assert outline(header_tree(rows)) == ["序号", ("文件情况", ["名称", "进展"]), "做法"]


def test_equal_labels_in_the_last_row_stay_two_columns():
    assert outline(header_tree([["数量", "数量"]])) == ["数量", "数量"]


def test_label_without_one_above_it_moves_up():
    assert outline(header_tree([["", ""], ["甲", "乙"]])) == ["甲", "乙"]


def test_column_without_any_label_is_kept_and_left_unnamed():
    assert header_tree([["甲", "", "乙"]]) == (
        HeaderNode("甲"),
        HeaderNode(""),
        HeaderNode("乙"),
    )


def test_rows_of_different_length_are_filled_up_with_blanks():
    assert outline(header_tree([["甲", "乙"], ["", "丙", "丁"]])) == ["甲", ("乙", ["丙", "丁"])]


def test_no_label_at_all_is_no_header():
    assert header_tree([]) == ()
    assert header_tree([["", " "], ["", ""]]) == ()


def test_clean_label_closes_gaps_between_han_only():
    assert clean_label("组织开展\n学习 情况") == "组织开展学习情况"
    assert clean_label("ISO  9001 认证") == "ISO 9001 认证"
