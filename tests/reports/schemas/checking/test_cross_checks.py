"""Relations between figures: what does not hold, and what cannot be judged."""

from dataclasses import replace

import pytest

from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import check
from reports.schemas.content.content import normalise
from reports.schemas.definition.checks import Check, part_checks
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import ColumnKind, Level, Per, RowMode
from reports.schemas.definition.rows import Row
from tests.reports.tables.case import put
from tests.reports.tables.regional import QUALITY, SLAUGHTER


def table(*checks, **options):
    columns = [
        Column(id_, label, ColumnKind.DECIMAL)
        for id_, label in (("a", "抽查数"), ("b", "合格数"), ("c", "不合格数"))
    ]
    return FormDefinition("示例表", (Column("name", "名称"), *columns), checks=checks, **options)


def found(definition, *rows):
    data = [dict(zip(("name", "a", "b", "c"), ("甲", *row), strict=True)) for row in rows]
    return check(definition, normalise(definition, {"rows": data}))


SUM = table(Check("a = b + c"))


def test_relation_that_holds_says_nothing():
    assert found(SUM, ("10", "8", "2"), ("1,000", "９００", "100"), ("0", "0", "0")) == []


def test_relation_that_does_not_hold_names_every_figure_at_its_row():
    assert found(SUM, ("10", "8", "2"), ("10", "8", "1")) == [
        Problem(
            "rows.1.a",
            "抽查数",
            "error",
            "“抽查数”（10）应等于“合格数”（8）＋“不合格数”（1）＝9，请核对。",
        )
    ]


def test_decimals_are_compared_exactly():
    assert found(SUM, ("0.3", "0.1", "0.2")) == []
    assert len(found(SUM, ("0.3", "0.1", "0.21"))) == 1


def test_level_and_own_words_come_from_the_check():
    definition = table(Check("a = b + c", Level.WARNING, "①=②+③"))

    [problem] = found(definition, ("10", "8", "1"))

    assert problem.level == "warning"
    assert problem.message_zh.endswith("＝9，请核对：①=②+③。")


@pytest.mark.parametrize(
    ("text", "said"), [("", "未填"), ("无", "无"), ("—", "—")], ids=["blank", "none", "dash"]
)
def test_figure_that_is_missing_is_never_taken_for_zero(text, said):
    assert found(SUM, ("8", "8", text)) == [
        Problem(
            "rows.0.a",
            "抽查数",
            "warning",
            f"“不合格数”（{said}）不是数字，无法核对“抽查数”＝“合格数”＋“不合格数”；数为零的请填“0”。",
        )
    ]


def test_relation_without_any_figure_passes_in_silence():
    assert found(SUM, ("无", "", "—")) == []


def test_text_that_is_no_number_is_told_once():
    [problem] = found(SUM, ("八", "8", "0"))

    assert problem.message_zh == "“抽查数”应填数字，不能填“八”；没有的填“0”或“无”。"


def test_more_or_less_passes_where_a_part_is_missing():
    definition = table(Check("c <= a"))

    assert found(definition, ("10", "", ""), ("10", "", "无"), ("10", "", "10")) == []
    [problem] = found(definition, ("10", "", "11"))
    assert problem.message_zh == "“不合格数”（11）不应大于“抽查数”（10），请核对。"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("a > b", "应大于"),
        ("a >= b", "不应小于"),
        ("a < 5", "应小于"),
        ("a ≠ c", "不应等于"),
        ("a ＝ b", "应等于"),
        ("a ≥ b", "不应小于"),
    ],
)
def test_every_sign_has_its_words(expression, words):
    definition = table(Check(expression))

    [problem] = found(definition, ("6", "7", "6"))

    assert words in problem.message_zh


def test_quotient_is_compared_at_the_decimals_of_its_figures():
    definition = FormDefinition(
        "示例表",
        (
            Column("a", "抽查数", ColumnKind.INTEGER),
            Column("b", "合格数", ColumnKind.INTEGER),
            Column("rate", "合格率", ColumnKind.PERCENT),
        ),
        checks=(Check("rate = b / a * 100"),),
    )

    def faults(*texts):
        row = dict(zip(("a", "b", "rate"), texts, strict=True))
        return check(definition, normalise(definition, {"rows": [row]}))

    assert faults("3", "2", "66.67%") == []
    assert faults("3", "2", "67") == []
    assert faults("0", "0", "100") == []
    [problem] = faults("3", "2", "66.66")
    assert "＝66.67，请核对" in problem.message_zh


def test_rows_are_compared_in_every_column_of_counts():
    rows = (Row("r1", ("检查",)), Row("r2", ("其中：小作坊",), level=1))
    definition = FormDefinition(
        "示例表",
        (
            Column("name", "类别", ColumnKind.ROW_LABEL),
            Column("n", "本期", ColumnKind.INTEGER),
            Column("m", "累计", ColumnKind.INTEGER),
            Column("rate", "合格率", ColumnKind.PERCENT),
            Column("sum", "合计", ColumnKind.INTEGER, formula="n + m"),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        rows=rows,
        checks=part_checks(rows),
    )
    texts = {"r1": {"n": "1", "m": "5", "rate": "50"}, "r2": {"n": "2", "m": "5", "rate": "90"}}

    assert check(definition, normalise(definition, {"items": texts})) == [
        Problem(
            "items.r2.n",
            "第2行“其中：小作坊”的“本期”",
            "error",
            "第2行“其中：小作坊”（2）不应大于第1行“检查”（1），请核对。",
        )
    ]


def test_single_cells_are_named_with_row_and_column():
    definition = replace(
        QUALITY.definition,
        row_mode=RowMode.FIXED_ITEMS,
        rows=(Row("r1", ("上期",)), Row("r2", ("本期",))),
        checks=(Check("r2.e >= r1.ep"),),
    )
    items = {"r1": {"ep": "9"}, "r2": {"e": "8"}}

    [problem] = check(definition, normalise(definition, {"items": items}))

    assert problem.path == "items.r2.e"
    assert problem.message_zh == (
        "第2行“本期”的“抽查企业数（家）”（8）不应小于第1行“上期”的“合格企业数（家）”（9），请核对。"
    )


def test_check_may_hold_on_named_rows_alone():
    rows = tuple(Row(f"r{n}", (f"第{n}项",)) for n in (1, 2))
    definition = FormDefinition(
        "示例表",
        (
            Column("name", "类别", ColumnKind.ROW_LABEL),
            Column("n", "本期", ColumnKind.INTEGER),
            Column("m", "累计", ColumnKind.INTEGER),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        rows=rows,
        checks=(Check("m >= n", rows=("r2",)),),
    )
    items = {row.id: {"n": "2", "m": "1"} for row in rows}

    assert [one.path for one in check(definition, normalise(definition, {"items": items}))] == [
        "items.r2.m"
    ]


def test_what_the_unit_fills_in_once_is_compared_once():
    columns = tuple(
        Column(id_, label, ColumnKind.INTEGER, per=Per.UNIT)
        for id_, label in (("a", "职工"), ("b", "其中科普人员"))
    )
    definition = FormDefinition(
        "示例表", columns, row_mode=RowMode.KEY_VALUE, checks=(Check("b <= a"),)
    )

    [problem] = check(definition, normalise(definition, {"unit": {"a": "5", "b": "6"}}))

    assert (problem.path, problem.label) == ("unit.b", "其中科普人员")


def test_by_region_every_region_is_judged():
    content = normalise(
        SLAUGHTER.definition,
        put(put(SLAUGHTER.content, "items.110000.quit", "无"), "items.310000.quit", "3"),
    )

    assert [(one.path, one.level) for one in check(SLAUGHTER.definition, content)] == [
        ("items.110000.b_t", "warning"),
        ("items.310000.b_t", "error"),
    ]


@pytest.mark.parametrize("expression", ["a", "a = b = c", "a == b <= c", "= a", "a = ", "a ~ b"])
def test_expression_that_compares_nothing_is_refused(expression):
    with pytest.raises(DefinitionError, match="报表定义有误"):
        Check(expression)


def test_parts_are_checked_in_the_unit_of_their_whole_alone():
    rows = (
        Row("r1", ("总数",), measure="家"),
        Row("r2", ("其中：甲",), measure="家", level=1),
        Row("r3", ("其中：乙的货值",), measure="万元", kind=ColumnKind.MONEY, level=1),
        Row("r4", ("乙中：丙",), measure="家", level=2),
        Row("r5", ("标题",), heading=True),
        Row("r6", ("其中：丁",), measure="家", level=1),
    )

    assert [one.expression for one in part_checks(rows)] == ["r2 <= r1"]
