import pytest

from reports.editing.draft import Draft, fields, posted
from reports.editing.faults import Fault
from reports.editing.from_definition import draft_of
from reports.editing.to_definition import made
from tests.reports.forms import annex_2
from tests.reports.tables import CASES, by_name


def draft(**changes: str) -> Draft:
    """A table with a text and two figures, with some of what is posted changed; None drops it."""
    data = {
        "kind": "table",
        "title": "示例表",
        "row_mode": "repeat",
        "columns.0.id": "c1",
        "columns.0.label": "名称",
        "columns.1.id": "c2",
        "columns.1.label": "总数",
        "columns.1.kind": "integer",
        "columns.2.id": "c3",
        "columns.2.label": "其中",
        "columns.2.kind": "integer",
    }
    data |= {name.replace("__", "."): value for name, value in changes.items()}
    return posted({name: value for name, value in data.items() if value is not None})


FIXED = {
    "row_mode": "fixed_items",
    "columns__0__kind": "row_label",
    "rows__0__id": "r1",
    "rows__0__label__c1": "检查单位",
    "rows__1__id": "r2",
    "rows__1__label__c1": "其中：小作坊",
}


def test_there_are_all_17_tables():
    assert [case.number for case in CASES] == list(range(1, 18))


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_every_real_table_goes_through_the_editor_unchanged(case):
    sent = dict(fields(draft_of(case.definition)))

    done = made(posted(sent))

    assert done.faults == ()
    assert done.definition == case.definition


def test_outline_goes_through_the_editor_unchanged():
    assert made(posted(dict(fields(draft_of(annex_2()))))).definition == annex_2()


def test_the_draft_of_the_tests_is_a_form():
    assert made(draft()).faults == ()
    assert made(draft(**FIXED)).faults == ()


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"title": ""}, "title", "请填写报表名称。"),
        ({"row_mode": "x"}, "row_mode", "请从列出的各项中选择。"),
        ({"columns__1__label": ""}, "columns.1.label", "请填写栏目名称。"),
        ({"columns__1__kind": "x"}, "columns.1.kind", "请从列出的各项中选择。"),
        ({"columns__0__max_chars": "多"}, "columns.0.max_chars", "字数上限应填整数，不能填“多”。"),
        ({"columns__0__max_chars": "-1"}, "columns.0.max_chars", "字数上限应填整数，不能填“-1”。"),
        ({"columns__0__max_chars": "0"}, "columns.0", "栏目“名称”的字数上限应大于0。"),
        ({"columns__1__decimals": "9"}, "columns.1", "栏目“总数”的小数位数应在0到8之间。"),
        ({"columns__1__decimals": "x"}, "columns.1.decimals", "小数位数应填整数，不能填“x”。"),
        ({"columns__1__width": "宽"}, "columns.1.width", "列宽应填数字，不能填“宽”。"),
        ({"columns__1__width": "300"}, "columns.1", "栏目“总数”的宽度应在1到255之间。"),
        (
            {"columns__1__kind": "money"},
            "columns.1",
            "栏目“总数”是金额，应注明单位（元、千元、万元或亿元），不能是“”。",
        ),
        ({"columns__0__kind": "choice"}, "columns.0", "栏目“名称”是选择项，应列出选项。"),
        (
            {"columns__0__kind": "choice", "columns__0__choices": "甲\n甲"},
            "columns.0",
            "栏目“名称”的选项有重复。",
        ),
        (
            {"columns__0__kind": "choice", "columns__0__choices": "甲，乙"},
            "columns.0.choices",
            "选项“甲，乙”不能为空，也不能含有顿号、逗号、分号或方框。",
        ),
        (
            {"columns__2__formula": "c2 +"},
            "columns.2",
            "公式“c2 +”只能由编号、数字、＋－×÷和括号组成，请检查。",
        ),
        (
            {"columns__2__formula": "c9"},
            "columns.2",
            "栏目“其中”的公式里没有这样的数字栏目：c9。",
        ),
        (
            {"columns__1__formula": "c3", "columns__2__formula": "c2"},
            "columns.1",
            "公式互相引用，算不出来：c2、c3。",
        ),
        (
            {"columns__2__formula": "c2", "columns__2__required": "on"},
            "columns.2",
            "栏目“其中”由公式算出，不能又要填写或预先印好。",
        ),
        (
            {"columns__2__at_most": "c1"},
            "columns.2",
            "栏目“其中”的上限c1不是数字，也不是数字栏目。",
        ),
        (
            {"columns__1__aggregate": "rate"},
            "columns.1",
            "栏目“总数”按比率汇总，应注明分子和分母。",
        ),
        (
            {"columns__1__aggregate": "rate", "columns__1__numerator": "c3"},
            "columns.1.numerator",
            "分母的编号“”只能由小写字母、数字和下划线组成，且以字母开头。",
        ),
        (
            {"columns__1__kind": "percent", "columns__1__aggregate": "sum"},
            "columns.1",
            "栏目“总数”是百分比，不能相加。",
        ),
        (
            {"columns__1__aggregate": "join"},
            "columns.1",
            "栏目“总数”是数字，不能按文字连接。",
        ),
        (
            {"columns__0__aggregate": "max"},
            "columns.0",
            "栏目“名称”不是数字，不能按数字汇总。",
        ),
        ({"columns__1__id": "名"}, "columns.1", "只能由小写字母、数字和下划线组成"),
        ({"columns__1__id": "c1"}, "", "编号c1重复。"),
        (
            {"columns__0__kind": "row_label"},
            "columns.0",
            "只有固定行或按地区的表才能有行名栏。",
        ),
        (
            {"columns__0__given": "on"},
            "columns.0",
            "栏目“名称”要预先印好，只能用在固定行的表里。",
        ),
        ({"row_mode": "fixed_items"}, "", "固定行的表没有列出各行。"),
        ({"row_mode": "fixed_items"}, "", "固定行的表没有行名栏。"),
        ({"row_mode": "by_region"}, "", "按地区填报的表应有且只有一个地区栏。"),
        ({**FIXED, "rows__1__label__c1": ""}, "rows.1", "请填写这一行的名称。"),
        (
            {**FIXED, "rows__1__formula": "r9"},
            "rows.1",
            "行“其中：小作坊”的公式里没有这样的行：r9。",
        ),
        (
            {**FIXED, "rows__1__formula": "r1", "rows__1__heading": "on"},
            "rows.1",
            "行“其中：小作坊”是分组标题，不能有公式。",
        ),
        ({**FIXED, "rows__1__level": "9"}, "rows.1", "行“其中：小作坊”的层级应在0到6之间。"),
        ({**FIXED, "rows__1__level": "深"}, "rows.1.level", "层级应填整数，不能填“深”。"),
        (
            {**FIXED, "rows__1__kind": "text"},
            "rows.1",
            "行“其中：小作坊”只能另定为整数、小数、金额或百分比。",
        ),
        ({**FIXED, "rows__1__id": "r1"}, "", "编号r1重复。"),
        ({"head__0__id": "h1"}, "head.0.label", "请填写名称。"),
        (
            {"foot__0__id": "f1", "foot__0__label": "主体", "foot__0__kind": "choice"},
            "foot.0",
            "“主体”是选择项的才应列出选项。",
        ),
        ({"total": "x"}, "total", "请从列出的各项中选择。"),
        ({"total": "last"}, "total_label", "合计行没有名称。"),
        (
            {"total": "last", "total_label": "合计", "columns__0__kind": "integer"},
            "columns.0",
            "有合计行的表，第一栏不能是数字。",
        ),
        (
            {"checks__0__expression": "c2"},
            "checks.0",
            "核对关系“c2”应有且只有一个＝、≤、≥、＜、＞或≠。",
        ),
        (
            {"checks__0__expression": "c2 = c9"},
            "checks.0",
            "核对关系“c2 = c9”中没有这样的数字栏目或行：c9。",
        ),
        (
            {"checks__0__expression": "", "checks__1__expression": "1 = 2"},
            "checks.1",
            "核对关系“1 = 2”没有提到任何栏目或行。",
        ),
        (
            {**FIXED, "checks__0__expression": "c2 = r1"},
            "checks.0",
            "核对关系“c2 = r1”只能都用栏目、都用行或都用单元格。",
        ),
        (
            {"checks__0__expression": "c2 >= c3", "checks__0__rows": "r1"},
            "checks.0",
            "核对关系“c2 >= c3”的适用范围有误：r1。",
        ),
        (
            {"row_mode": "key_value", "boxes__0__label": "名称"},
            "boxes.0.row",
            "请填写这一格在第几行（1到200）。",
        ),
        (
            {"row_mode": "key_value", "boxes__0__row": "1"},
            "boxes.0",
            "版式中的每一格应是标签或一个填写项。",
        ),
        (
            {"row_mode": "key_value", "boxes__0__row": "1", "boxes__0__field": "c1"},
            "boxes",
            "版式与填写项不一致：c2、c3。",
        ),
        (
            {
                "row_mode": "key_value",
                "boxes__0__row": "1",
                "boxes__0__field": "c1",
                "boxes__0__colspan": "99",
            },
            "boxes.0",
            "版式中的“c1”的跨行或跨列数不对。",
        ),
        (
            {"row_mode": "key_value", "columns__2__depth": "1"},
            "columns.1",
            "登记表的每一项都应由单位填一次，不能有上下层表头。",
        ),
    ],
)
def test_fault_stands_at_its_place(changes, place, message):
    done = made(draft(**changes))

    assert done.definition is None
    assert [fault for fault in done.faults if fault.place == place and message in fault.message], (
        done.faults
    )


def test_every_fault_is_told_at_once():
    done = made(draft(title="", columns__0__max_chars="x", columns__2__label=""))

    assert done.faults == (
        Fault("title", "请填写报表名称。"),
        Fault("columns.0.max_chars", "字数上限应填整数，不能填“x”。"),
        Fault("columns.2.label", "请填写栏目名称。"),
    )


def test_parts_that_do_not_fit_are_told_together():
    done = made(draft(columns__1__formula="c8", checks__0__expression="c2 = c9"))

    assert [fault.place for fault in done.faults] == ["columns.1", "checks.0"]


def test_no_column_and_no_section_are_told():
    assert made(posted({"title": "空表"})).faults == (Fault("", "还没有栏目，请先添加一栏。"),)
    empty = made(posted({"title": "空", "kind": "outline", "max_chars": "0"}))
    assert [fault.place for fault in empty.faults] == ["max_chars", ""]


def test_header_of_nine_rows_is_refused():
    deep = {f"columns.{n}.{key}": value for n in range(9) for key, value in _column(n).items()}

    (fault,) = made(posted({"title": "深", **deep})).faults

    assert fault == Fault("columns.8", "表头不能超过8行。")


def test_what_the_kind_does_not_have_is_kept_and_not_looked_at():
    kept = draft(columns__0__formula="错 了", columns__0__choices="甲\n乙")

    done = made(kept)

    assert done.definition is not None
    assert done.definition.columns[0].formula == ""
    assert kept.part("columns")[0]["formula"] == "错 了"


def test_usual_answers_become_choices():
    done = made(draft(columns__0__kind="choice", columns__0__suggest="起草中\n已印发"))

    assert [choice.label for choice in done.definition.columns[0].choices] == ["起草中", "已印发"]


def test_strange_names_are_not_looked_at():
    assert (
        posted({"columns.x.label": "a", "columns.99999999.label": "b", "else": "c"}).ids() == set()
    )


def _column(n: int) -> dict[str, str]:
    return {"id": f"c{n}", "label": f"第{n}层", "depth": str(n)}
