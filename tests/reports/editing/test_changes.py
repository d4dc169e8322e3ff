import pytest

from reports.schemas.comparing.changes import Kind, changes, follow, pairs, text_at
from reports.schemas.comparing.row_pairs import pair_rows
from reports.schemas.comparing.text_changes import runs, shortened
from reports.schemas.content import sources
from reports.schemas.content.places import cell_path, places
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind
from tests.reports.forms import annex_1, annex_1_content, annex_2, annex_2_content


def row(name: str, issuer: str = "省政府", progress: str = "已印发") -> dict[str, str]:
    return {"c4": name, "c5": issuer, "c6": progress}


def with_rows(*rows) -> dict:
    return {**annex_1_content(0), "rows": list(rows)}


def told(old, new, definition=None) -> list[tuple]:
    found = changes(definition or annex_1(), old, new)
    return [(one.kind.value, one.path, one.label, one.old, one.new) for one in found]


def test_equal_contents_have_no_changes():
    assert told(annex_1_content(), annex_1_content()) == []


def test_changes_stand_in_the_order_of_the_form_with_their_words():
    old, new = annex_1_content(2), annex_1_content(2, c3="专题学习3次")
    new["rows"][1] = row("示例文件2", progress="征求意见")
    new["foot"] = {"f1": "另一联系人"}

    assert told(old, new) == [
        ("changed", "unit.c3", "组织开展学习情况", "专题学习2次", "专题学习3次"),
        ("changed", "rows.1.c6", "第2行 当前进展", "已印发", "征求意见"),
        ("changed", "foot.f1", "联系人及联系方式", "示例联系人 010-00000000", "另一联系人"),
    ]


def test_row_put_in_before_others_changes_none_of_them():
    old = with_rows(row("甲方案"), row("乙方案"))
    new = with_rows(row("新方案", "市政府"), row("甲方案"), row("乙方案"))

    assert told(old, new) == [
        ("added", "rows.0", "第1行", "", "新方案；市政府；已印发"),
    ]


def test_row_that_went_is_named_as_it_was():
    old = with_rows(row("甲方案"), row("乙方案"), row("丙方案"))

    assert told(old, with_rows(row("甲方案"), row("丙方案"))) == [
        ("removed", "rows.1", "原第2行", "乙方案；省政府；已印发", ""),
    ]


def test_rewritten_row_is_found_beside_one_put_in():
    old = with_rows(row("质量强省实施方案"), row("标准化行动计划"))
    new = with_rows(
        row("质量强省实施方案"), row("品牌建设意见", "市政府", "起草中"), row("标准化行动计划2026")
    )

    assert told(old, new) == [
        ("added", "rows.1", "第2行", "", "品牌建设意见；市政府；起草中"),
        ("changed", "rows.2.c4", "第3行 文件名称", "标准化行动计划", "标准化行动计划2026"),
    ]


def test_section_of_an_outline_is_named_with_its_number():
    old, new = annex_2_content("学习两次"), annex_2_content("学习两次", "出台一件")

    (change,) = changes(annex_2(), old, new)

    assert (change.path, change.kind) == ("sections.s2", Kind.CHANGED)
    assert change.label == "二、出台《纲要》贯彻落实文件情况"


def test_mark_of_a_source_is_no_change():
    plain = with_rows(row("甲方案"))

    assert told(plain, with_rows(sources.marked(row("甲方案"), "330100"))) == []


def test_two_columns_of_one_name_say_what_stands_above_them():
    definition = FormDefinition(
        "统计表",
        (
            Column("a", "检查", children=(Column("a1", "户数", ColumnKind.INTEGER),)),
            Column("b", "处罚", children=(Column("b1", "户数", ColumnKind.INTEGER),)),
        ),
    )
    old, new = ({"rows": [{"a1": "1", "b1": text}]} for text in ("2", "3"))

    assert [one.label for one in changes(definition, old, new)] == ["第1行 处罚/户数"]


@pytest.mark.parametrize(
    ("path", "now"),
    [
        ("rows.0.c4", "rows.1.c4"),
        ("rows.0", "rows.1"),
        ("rows.1.c5", None),
        ("unit.c2", "unit.c2"),
        ("", ""),
    ],
)
def test_place_is_followed_to_where_it_stands_now(path, now):
    old = with_rows(row("甲方案"), row("乙文件", "市政府", "起草"))
    new = with_rows(row("全新规划", "省委", "送审"), row("甲方案"))
    known = pairs(annex_1(), old, new)

    assert follow(path, known) == now


def test_places_begin_with_the_whole_and_name_rows_before_their_cells():
    found = places(annex_1(), annex_1_content(1))

    assert [(one.path, one.quoted) for one in found][:1] == [("", "全表")]
    assert [one.label for one in found if one.row] == [
        "第1行",
        "第1行 文件名称",
        "第1行 发文主体",
        "第1行 当前进展",
    ]
    assert next(one.quoted for one in found if one.path == "rows.0.c4") == "第1行“文件名称”"


def test_row_is_reached_by_its_first_cell():
    assert cell_path(annex_1(), "rows.3") == "rows.3.c4"
    assert cell_path(annex_1(), "unit.c2") == "unit.c2"
    assert cell_path(annex_2(), "sections.s1") == "sections.s1"


def test_text_of_a_row_and_of_the_whole_is_all_that_stands_there():
    content = annex_1_content(2)

    assert text_at(annex_1(), content, "rows.1") == "示例文件2；省政府；已印发"
    assert text_at(annex_1(), content, "rows.1.c5") == "省政府"
    assert text_at(annex_1(), content, "").startswith("省领导作出批示；")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("", "", []),
        ("ab", "ab", [(0, 0), (1, 1)]),
        ("", "a", [(None, 0)]),
        ("ab", "b", [(0, None), (1, 0)]),
        ("a", "x", [(0, 0)]),  # as many as before: rewritten
        ("ab", "xy", [(0, 0), (1, 1)]),
        ("abc", "xc", [(0, None), (1, None), (None, 0), (2, 1)]),  # nothing says which it was
    ],
)
def test_rows_are_paired_in_their_order(before, now, expected):
    assert pair_rows([(one,) for one in before], [(one,) for one in now]) == expected


def test_many_rewritten_rows_are_paired_by_their_order():
    before = [(f"甲{number}",) for number in range(150)]
    now = [(f"乙{number}",) for number in range(151)]

    found = pair_rows(before, now)

    assert found[:2] == [(0, 0), (1, 1)]
    assert found[-1] == (None, 150)


def marked(old: str, new: str) -> str:
    signs = {"kept": "{}", "struck": "[-{}]", "put_in": "[+{}]"}
    return "".join(signs[run.kind].format(run.text) for run in runs(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("", "新写的", "[+新写的]"),
        ("旧写的", "", "[-旧写的]"),
        ("开展3次。成效好。", "开展12次。成效好。", "开展[-3][+12]次。成效好。"),
        ("甲乙丙丁", "子丑寅卯", "[-甲乙丙丁][+子丑寅卯]"),
        ("一。\n二。", "一。\n新。二。", "一。\n[+新。]二。"),
    ],
)
def test_text_shows_what_was_struck_and_put_in(old, new, expected):
    assert marked(old, new) == expected


def test_text_put_together_from_its_runs_is_either_wording():
    old = "组织专题学习2次，覆盖市县两级；印发方案。召开会议3场。"
    new = "组织专题学习12次，覆盖省市县；印发实施方案。召开会议3场，参加100人。"
    found = runs(old, new)

    assert "".join(run.text for run in found if run.kind != "put_in") == old
    assert "".join(run.text for run in found if run.kind != "struck") == new


def test_long_passages_that_stayed_are_cut_to_their_ends():
    kept = "这是一段没有改动的很长很长的话用来说明列表里只显示它的开头和结尾"

    (first, put_in) = shortened(runs(kept + "。", kept + "。新增"))

    assert first.text == f"{kept[:12]}……{(kept + '。')[-12:]}"
    assert put_in.text == "新增"
