"""What is asked about before a table is handed in, and what a clerk is not bothered with."""

import pytest

from reports.schemas.checking.doubtful_figures import doubtful_figures
from reports.schemas.checking.doubts import Kind, questions
from reports.schemas.content.content import normalise
from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import Aggregate, ColumnKind, Per, RowMode
from reports.schemas.definition.rows import Row
from tests.reports.tables import CASES, by_name

NAME = Column("name", "单位名称")


def count(id_, label, **more):
    return Column(id_, label, ColumnKind.INTEGER, **more)


def percent(id_, label, **more):
    return Column(id_, label, ColumnKind.PERCENT, **more)


def asked(columns, *rows, **more):
    """(kind, place, message) of every question about a table with these columns and rows."""
    definition = FormDefinition("示例表", (NAME, *columns), **more)
    content = normalise(
        definition, {"rows": [{"name": f"示例{n}", **row} for n, row in enumerate(rows)]}
    )
    return [(one.kind, one.place, one.message_zh) for one in doubtful_figures(definition, content)]


def kinds(columns, *rows, **more):
    return [kind for kind, _, _ in asked(columns, *rows, **more)]


@pytest.mark.parametrize("text", ["-3", "－3", "-1,200", "-0.5万"])
@pytest.mark.parametrize(
    "label",
    ["检查数", "罚没金额", "查处案件", "净含量不合格批次", "减免户数", "差评数", "抽查家数"],
)
def test_count_below_nothing_is_asked_about(label, text):
    column = Column("n", label, ColumnKind.MONEY, measure="元")

    [(kind, place, message)] = asked([column], {"n": "5"}, {"n": text})

    assert (kind, place) == (Kind.NEGATIVE, "第2行“" + label + "”")
    assert message.startswith(f"“{label}”填的是负数（-")


@pytest.mark.parametrize(
    "label",
    [
        "增减",
        "同比增减数",
        "比上年增加",
        "较上月变化",
        "环比",
        "净增户数",
        "差额",
        "利润总额",
        "与上期相比",
    ],
)
def test_difference_may_be_below_nothing(label):
    assert kinds([count("n", label)], {"n": "-3"}) == []
    group = Column("g", label, children=(count("n", "户数"), count("m", "金额")))
    assert kinds([group], {"n": "-3", "m": "-1"}) == []


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("完成率", [Kind.OVER_HUNDRED]),
        ("合格率", [Kind.OVER_HUNDRED]),
        ("占比", [Kind.OVER_HUNDRED]),
        ("增长率", []),
        ("同比增幅", []),
        ("比上年提高", []),
    ],
)
def test_rate_above_all_is_asked_about_unless_it_is_a_growth(label, expected):
    assert kinds([percent("n", label)], {"n": "120"}) == expected
    assert kinds([percent("n", label)], {"n": "１２０％"}) == expected
    assert kinds([percent("n", label)], {"n": "100"}) == []
    assert kinds([Column("n", label, ColumnKind.DECIMAL, measure="%")], {"n": "120"}) == expected


def test_percent_typed_as_a_fraction_is_asked_about():
    [(kind, place, message)] = asked([percent("n", "合格率")], {"n": "0.95"})

    assert (kind, place) == (Kind.FRACTION, "第1行“合格率”")
    assert message == "“合格率”填的是0.95，按0.95%计，不是95%。"
    assert kinds([percent("n", "办结率")], {"n": "1"}) == [Kind.FRACTION]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("合格率", "95"),
        ("合格率", "0.95%"),
        ("合格率", "0"),
        ("合格率", "无"),
        ("不合格率", "0.3"),
        ("同比增幅", "0.5"),
        ("投诉率", "0.02"),
    ],
)
def test_small_percent_that_says_what_it_is_is_not_asked_about(label, text):
    assert kinds([percent("n", label)], {"n": text}) == []


def test_computed_rate_leads_to_the_cell_it_comes_from():
    columns = [
        count("done", "完成数"),
        count("all", "任务数"),
        percent("rate", "完成率", formula="done / all * 100"),
    ]
    definition = FormDefinition("示例表", (NAME, *columns))
    content = normalise(definition, {"rows": [{"name": "甲", "done": "12", "all": "10"}]})

    [doubt] = doubtful_figures(definition, content)

    assert (doubt.kind, doubt.path, doubt.place) == (
        Kind.OVER_HUNDRED,
        "rows.0.done",
        "第1行“完成率”",
    )


WHOLE, PART = count("a", "检查数"), count("b", "其中：不合格数")


def test_part_above_its_whole_is_asked_about_across_a_row():
    [(kind, place, message)] = asked([WHOLE, PART], {"a": "10", "b": "3"}, {"a": "10", "b": "12"})

    assert (kind, place) == (Kind.PART, "第2行“其中：不合格数”")
    assert message == "“其中：不合格数”（12）大于“检查数”（10）。"


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ([WHOLE, count("c", "其中不合格"), count("d", "其中：立案")], {"a": "5", "d": "6"}),
        ([WHOLE, count("c", "（其中）食品"), PART], {"a": "5", "b": "6"}),
        ([WHOLE, Column("g", "其中", children=(count("c", "食品"), PART))], {"a": "5", "b": "6"}),
        ([Column("g", "检查", children=(WHOLE, PART))], {"a": "5", "b": "6"}),
        (
            [
                Column("g", "检查", children=(count("a", "合计"), count("c", "食品"))),
                Column("h", "其 中", children=(PART, count("d", "药品"))),
            ],
            {"a": "5", "b": "6"},
        ),
    ],
)
def test_part_is_known_in_every_header(columns, row):
    assert kinds(columns, row) == [Kind.PART]
    assert kinds(columns, dict.fromkeys(row, "5")) == []


@pytest.mark.parametrize(
    "columns",
    [
        [WHOLE, percent("b", "其中：合格率")],
        [Column("a", "货值", ColumnKind.MONEY, measure="万元"), PART],
        [Column("a", "经营范围"), PART],
        [percent("a", "合格率"), PART],
        [WHOLE, count("b", "罚没金额其中上缴")],
        [Column("g", "检查", children=(count("a", "食品"), count("c", "药品"))), PART],
    ],
)
def test_what_is_no_part_of_the_column_before_is_not_compared(columns):
    assert Kind.PART not in kinds(columns, {"a": "5", "b": "60"})


@pytest.mark.parametrize("whole", ["", "无", "—"])
def test_whole_that_was_not_given_is_not_compared(whole):
    assert kinds([WHOLE, PART], {"a": whole, "b": "3"}) == []


def keyed(*rows):
    return FormDefinition(
        "示例表",
        (Column("kind", "类别", ColumnKind.ROW_LABEL), count("n", "数量")),
        row_mode=RowMode.FIXED_ITEMS,
        rows=rows,
    )


@pytest.mark.parametrize("level", [0, 1])
def test_row_that_says_it_is_a_part_is_compared_with_the_row_above(level):
    definition = keyed(
        Row("r1", ("检查单位",)),
        Row("r2", ("其中：小作坊",), level=level),
        Row("r3", ("其中：集市",), level=level),
        Row("r4", ("查处案件",)),
    )
    texts = {"r1": "5", "r2": "5", "r3": "8", "r4": "9"}
    content = normalise(definition, {"items": {key: {"n": text} for key, text in texts.items()}})

    [doubt] = doubtful_figures(definition, content)

    assert (doubt.kind, doubt.path) == (Kind.PART, "items.r3.n")
    assert doubt.message_zh == "第3行“其中：集市”（8）大于第1行“检查单位”（5）。"


def test_repeated_row_that_says_it_is_a_part_is_compared_with_the_row_above():
    definition = FormDefinition("示例表", (NAME, count("n", "数量")))
    rows = [{"name": "查处案件", "n": "5"}, {"name": "其中：移送公安", "n": "7"}]

    [doubt] = doubtful_figures(definition, normalise(definition, {"rows": rows}))

    assert (doubt.kind, doubt.path) == (Kind.PART, "rows.1.n")


def test_row_of_another_kind_than_its_column_is_judged_by_its_own():
    definition = keyed(
        Row("r1", ("抽检批次",)),
        Row("r2", ("合格率",), kind=ColumnKind.PERCENT),
        Row("r3", ("比上年增减",)),
    )
    content = normalise(
        definition, {"items": {"r1": {"n": "120"}, "r2": {"n": "120"}, "r3": {"n": "-7"}}}
    )

    assert [one.path for one in doubtful_figures(definition, content)] == ["items.r2.n"]


SOME = Column("said", "总体情况", per=Per.UNIT)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (None, "表中各行都没有填写。"),
        ({}, "表中各行的数字都没有填写；数为零的应填“0”。"),
    ],
)
def test_blank_rows_below_something_written_are_asked_about(row, message):
    definition = FormDefinition("示例表", (SOME, NAME, count("n", "数量")))
    rows = [] if row is None else [{"name": "甲", **row}]
    content = normalise(definition, {"unit": {"said": "良好"}, "rows": rows})

    assert [(one.kind, one.message_zh) for one in doubtful_figures(definition, content)] == [
        (Kind.BLANK, message)
    ]


@pytest.mark.parametrize("text", ["0", "无", "—", "0.00"])
def test_rows_of_zero_or_nothing_are_an_answer(text):
    assert kinds([count("n", "数量")], {"n": text}) == []


def test_form_without_figures_or_rows_is_not_asked_about():
    definition = FormDefinition("示例表", (NAME, Column("said", "情况")))
    assert doubtful_figures(definition, normalise(definition, {"rows": [{"name": "甲"}]})) == []


def test_computed_cells_below_nothing_are_not_asked_about():
    columns = [count("a", "本期"), count("b", "上期"), count("c", "本期减上期", formula="a - b")]
    assert kinds(columns, {"a": "1", "b": "3"}) == []


def test_rate_of_totals_by_its_parts_is_asked_about_too():
    columns = [
        count("done", "完成数"),
        count("all", "任务数"),
        percent("rate", "完成率", aggregate=Aggregate.RATE, rate=Rate("done", "all")),
    ]
    assert kinds(columns, {"done": "1", "all": "1", "rate": "101"}) == [Kind.OVER_HUNDRED]


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_right_table_raises_no_question(case):
    assert doubtful_figures(case.definition, case.content) == []


def asked_twice(*rows):
    definition = FormDefinition("示例表", (NAME, count("n", "数量"), Column("note", "备注")))
    content = normalise(definition, {"rows": list(rows)})
    return [one.key for one in questions(1, "附件1", doubtful_figures(definition, content))]


def test_question_is_the_same_while_its_row_says_the_same():
    row = {"name": "甲", "n": "-3", "note": ""}

    [key] = asked_twice(row)

    assert asked_twice({"name": "乙", "n": "3", "note": ""}, row) == [key]
    assert asked_twice({**row, "n": "-4"}) != [key]
    assert asked_twice({**row, "name": "丙"}) != [key]
    assert len(set(asked_twice(row, row))) == 2
