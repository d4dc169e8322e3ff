"""Definitions whose parts do not fit together are refused before anybody fills them in."""

from dataclasses import replace

import pytest

from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.checks import Check
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import Aggregate, ColumnKind, FieldKind, Per, RowMode
from reports.schemas.definition.layout import Box
from reports.schemas.definition.rows import Row
from reports.schemas.definition.totals import Total

NAME = Column("name", "类别", ColumnKind.ROW_LABEL)
NUMBER = Column("n", "数量", ColumnKind.INTEGER)
ROWS = (Row("r1", ("甲",)), Row("r2", ("乙",)), Row("h", ("标题",), heading=True))
FIXED = FormDefinition("示例表", (NAME, NUMBER), row_mode=RowMode.FIXED_ITEMS, rows=ROWS)
OPEN = FormDefinition("示例表", (Column("c1", "名称"), NUMBER))
BOXES = FormDefinition(
    "示例表",
    (Column("a", "甲", per=Per.UNIT), Column("b", "乙", per=Per.UNIT)),
    row_mode=RowMode.KEY_VALUE,
)


@pytest.mark.parametrize(
    ("definition", "changes", "message"),
    [
        (FIXED, {"rows": ()}, "没有列出各行"),
        (FIXED, {"columns": (NUMBER,)}, "没有行名栏"),
        (FIXED, {"rows": (*ROWS, Row("n", ("丙",)))}, "编号n重复"),
        (FIXED, {"rows": (Row("R1", ("丙",)),)}, "编号“R1”只能由小写字母"),
        (FIXED, {"rows": (Row("r1", ("甲", "乙")),)}, "行“甲/乙”的名称多于行名栏"),
        (FIXED, {"rows": (Row("r1", ("甲",), given=(("n", "5"),)),)}, "不在预先印好的栏目里：n"),
        (FIXED, {"rows": (Row("r1", ("甲",), crossed=("m",)),)}, "不填的栏目m不存在"),
        (FIXED, {"rows": (Row("r1", ("甲",), formula="r9"),)}, "公式里没有这样的行：r9"),
        (FIXED, {"rows": (*ROWS, Row("r3", ("丙",), formula="h"))}, "公式里没有这样的行：h"),
        (FIXED, {"rows": (Row("r1", ("甲",), formula="r1"),)}, "公式互相引用"),
        (
            FIXED,
            {
                "rows": (
                    Row("r1", ("甲",), formula="r2 + r3"),
                    Row("r2", ("乙",), formula="r1"),
                    Row("r3", ("丙",)),
                )
            },
            "公式互相引用，算不出来：r1、r2",
        ),
        (
            FIXED,
            {
                "rows": (
                    Row("r0", ("甲",)),
                    *(Row(f"r{i}", ("甲",), formula=f"r{i - 1}") for i in range(1, 30)),
                )
            },
            "超过20层",
        ),
        (FIXED, {"rows": tuple(Row(f"r{i}", ("甲",)) for i in range(2001))}, "超过2000行"),
        (
            FIXED,
            {
                "columns": (NAME, Column("m", "金额", ColumnKind.MONEY, measure="元")),
                "rows": (Row("r1", ("甲",), measure="家"),),
            },
            "是金额，应注明单位",
        ),
        (OPEN, {"rows": ROWS}, "只有固定行的表才能列出各行"),
        (OPEN, {"columns": (NAME, NUMBER)}, "才能有行名栏"),
        (OPEN, {"columns": (replace(NUMBER, given=True), Column("c", "甲"))}, "要预先印好"),
        (OPEN, {"layout": ((Box("甲"),),)}, "才能有版式"),
        (OPEN, {"columns": (NUMBER,), "total": Total()}, "第一栏不能是数字"),
        (OPEN, {"row_mode": RowMode.BY_REGION}, "应有且只有一个地区栏"),
        (BOXES, {"columns": (NUMBER,)}, "每一项都应由单位填一次"),
        (BOXES, {"total": Total()}, "登记表没有合计行"),
        (BOXES, {"layout": ((Box("甲"), Box(field="a")),)}, "版式与填写项不一致：b"),
        (BOXES, {"layout": ((Box(field="a"), Box(field="a")),)}, "编号a重复"),
        (BOXES, {"layout": ((Box("甲"), Box(field="a")), (Box(field="b"),))}, "第2行没有排满"),
        (BOXES, {"layout": ((Box(field="a", rowspan=2), Box(field="b")),)}, "最后一行以下"),
        (
            BOXES,
            {
                "layout": (
                    (Box("甲"), Box(field="a", rowspan=2)),
                    (Box(field="b", colspan=2),),
                )
            },
            "互相重叠",
        ),
    ],
)
def test_definition_that_does_not_fit_together_is_refused(definition, changes, message):
    with pytest.raises(DefinitionError, match=message):
        replace(definition, **changes)


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ({"formula": "m"}, "公式里没有这样的数字栏目：m"),
        ({"formula": "c1"}, "公式里没有这样的数字栏目：c1"),
        ({"formula": "r1.n"}, "公式里没有这样的数字栏目：r1.n"),
        ({"formula": "x"}, "公式互相引用"),
        ({"formula": "n", "per": Per.UNIT}, "不能有逐行填写的“数量”"),
        ({"at_most": "c1"}, "上限c1不是数字"),
        ({"spans_with": "c1"}, "只有预先印好的才能与行名栏c1同高"),
        ({"rate": Rate("n", "m"), "aggregate": Aggregate.RATE}, "数字栏目：m"),
    ],
)
def test_column_that_names_another_that_is_not_there_is_refused(column, message):
    with pytest.raises(DefinitionError, match=message):
        replace(OPEN, columns=(*OPEN.columns, Column("x", "丁", ColumnKind.INTEGER, **column)))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": ColumnKind.MONEY}, "是金额，应注明单位"),
        ({"kind": ColumnKind.MONEY, "measure": "家"}, "不能是“家”"),
        ({"kind": ColumnKind.CHOICE}, "是选择项，应列出选项"),
        ({"choices": (Choice("甲"),)}, "不是选择项，不应列出选项"),
        ({"kind": ColumnKind.CHOICE, "choices": (Choice("甲"), Choice("甲"))}, "选项有重复"),
        ({"decimals": 9}, "小数位数应在0到8之间"),
        ({"formula": "a"}, "不是数字，不能有公式"),
        ({"kind": ColumnKind.INTEGER, "formula": "a", "required": True}, "由公式算出"),
        ({"kind": ColumnKind.PERCENT, "aggregate": Aggregate.SUM}, "是百分比，不能相加"),
        ({"aggregate": Aggregate.SUM}, "不是数字，不能按数字汇总"),
        ({"kind": ColumnKind.INTEGER, "aggregate": Aggregate.JOIN}, "不能按文字连接"),
        ({"kind": ColumnKind.INTEGER, "aggregate": Aggregate.RATE}, "应注明分子和分母"),
        ({"kind": ColumnKind.INTEGER, "rate": Rate("a", "b")}, "应按比率汇总"),
    ],
)
def test_column_that_contradicts_itself_is_refused(options, message):
    with pytest.raises(DefinitionError, match=message):
        Column("c", "示例", **options)


@pytest.mark.parametrize(
    ("expression", "options", "message"),
    [
        ("n = m", {}, "没有这样的数字栏目或行：m"),
        ("n = name", {}, "没有这样的数字栏目或行：name"),
        ("r1 = h", {}, "没有这样的数字栏目或行：h"),
        ("r9.n = r1.n", {}, "没有这样的行：r9"),
        ("h.n = r1.n", {}, "没有这样的行：h"),
        ("r1 = n", {}, "只能都用栏目、都用行或都用单元格"),
        ("1 = 2", {}, "没有提到任何栏目或行"),
        ("n >= 0", {"rows": ("r9",)}, "适用范围有误：r9"),
        ("n >= 0", {"columns": ("n",)}, "适用范围有误：n"),
        ("r1 >= 0", {"columns": ("m",)}, "适用范围有误：m"),
    ],
)
def test_check_that_names_what_is_not_there_is_refused(expression, options, message):
    with pytest.raises(DefinitionError, match=message):
        replace(FIXED, checks=(Check(expression, **options),))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Row("r1", ()), "行r1没有名称"),
        (lambda: Row("r1", ("甲",), level=7), "层级应在0到6之间"),
        (lambda: Row("r1", ("甲",), kind=ColumnKind.TEXT), "只能另定为整数"),
        (lambda: Row("r1", ("甲",), heading=True, formula="r2"), "是分组标题"),
        (lambda: Box(), "应是标签或一个填写项"),
        (lambda: Box("甲", field="a"), "应是标签或一个填写项"),
        (lambda: Box("甲", colspan=0), "跨行或跨列数不对"),
        (lambda: Box("甲", lines=0), "高度应在1到200行之间"),
        (lambda: Total(""), "合计行没有名称"),
        (lambda: Field("f", "甲", FieldKind.CHOICE), "才应列出选项"),
    ],
)
def test_part_that_makes_no_sense_is_refused(make, message):
    with pytest.raises(DefinitionError, match=message):
        make()


def test_form_of_boxes_without_a_layout_has_a_label_and_a_blank_a_row():
    grid = [
        [(one.box.label or one.box.field, one.row, one.column) for one in row]
        for row in (BOXES.boxes())
    ]

    assert grid == [[("甲", 0, 0), ("a", 0, 1)], [("乙", 1, 0), ("b", 1, 1)]]


def test_box_above_pushes_those_below_to_the_right():
    layout = (
        (Box("内容", rowspan=2, vertical=True), Box("甲"), Box(field="a")),
        (Box("乙"), Box(field="b")),
    )

    placed = replace(BOXES, layout=layout).boxes()

    assert [(one.box.label, one.column) for one in placed[1]] == [("乙", 1), ("", 2)]
