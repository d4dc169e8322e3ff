"""Units taken together: by the rule of each column, level by level, the missing never as 0."""

from decimal import Decimal

from reports.schemas.content.content import normalise
from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.formula import Missing
from reports.schemas.definition.kinds import Aggregate, ColumnKind
from reports.schemas.rolling.units import Standing, UnitEntry, levels_of

CHECKED = FormDefinition(
    "检查情况表",
    (
        Column("c1", "企业数(家)", ColumnKind.INTEGER, measure="家"),
        Column("c2", "合格(家)", ColumnKind.INTEGER, measure="家"),
        Column("c3", "合格率", ColumnKind.PERCENT, aggregate=Aggregate.RATE, rate=Rate("c2", "c1")),
        Column("c4", "最大罚款", ColumnKind.MONEY, measure="万元", aggregate=Aggregate.MAX),
        Column("c5", "最小罚款", ColumnKind.MONEY, measure="万元", aggregate=Aggregate.MIN),
        Column("c6", "做法", aggregate=Aggregate.COUNT),
        Column("c7", "人均", ColumnKind.DECIMAL, aggregate=Aggregate.NONE),
        Column("c8", "不合格(家)", ColumnKind.INTEGER, formula="c1 - c2"),
    ),
)
NAMES = {"/33/": "浙江省", "/33/3301/": "杭州市", "/33/3302/": "宁波市", "/44/": "广东省"}


def unit(path: str, *rows: str, definition: FormDefinition = CHECKED) -> UnitEntry:
    """A unit with rows of texts parted by blanks, _ for a blank cell."""
    ids = [column.id for column in definition.row_columns()]
    texts = [
        dict(zip(ids, (text.replace("_", "") for text in row.split()), strict=True)) for row in rows
    ]
    code = path.strip("/").split("/")[-1]
    return UnitEntry(code, f"示例{code}局", normalise(definition, {"rows": texts}), path)


def figures(tallies) -> list[Decimal | Missing]:
    return [tallies.figure(column) for column in CHECKED.leaf_columns()]


def test_each_column_comes_to_what_its_rule_says():
    whole, _ = levels_of(
        CHECKED,
        [
            unit("/33/", "10 9 90 5 2 抽查 3", "30 15 50 8 无 _ 4"),
            unit("/44/", "60 60 100 1 0 回访 5"),
        ],
        {},
    )

    assert figures(whole) == [
        *(Decimal(100), Decimal(84), Decimal("84.00"), Decimal(8), Decimal(0), Decimal(2)),
        *(Missing.BLANK, Decimal(16)),
    ]


def test_nothing_written_is_blank_and_none_is_a_mark_and_neither_is_zero():
    blank, _ = levels_of(CHECKED, [unit("/33/", "_ _ _ _ _ 抽查 _")], {})
    none, _ = levels_of(CHECKED, [unit("/33/", "无 — _ _ _ 抽查 _")], {})

    assert figures(blank)[:3] == [Missing.BLANK, Missing.BLANK, Missing.BLANK]
    assert figures(none)[:2] == [Missing.MARK, Missing.MARK]


def test_text_in_a_number_cell_is_left_out_and_named():
    whole, _ = levels_of(
        CHECKED, [unit("/33/", "约20 9 _ _ _ _ _"), unit("/44/", "5 5 _ _ _ _ _")], {}
    )

    assert figures(whole)[:2] == [Decimal(5), Decimal(14)]
    assert whole.stray_notes() == ["“企业数(家)”中不是数字、未计入合计的：示例33局“约20”。"]


def test_levels_with_several_units_have_sub_totals_inner_ones_within_outer_ones():
    entries = [
        unit("/33/", "1 1 _ _ _ _ _"),
        unit("/33/3301/", "2 2 _ _ _ _ _"),
        unit("/33/3301/330102/", "3 3 _ _ _ _ _"),
        unit("/33/3302/", "4 4 _ _ _ _ _"),
        unit("/44/", "5 5 _ _ _ _ _"),
    ]

    whole, levels = levels_of(CHECKED, entries, NAMES)

    found = [(level.label, level.units, figures(level.tallies)[0]) for level in levels]
    assert found == [("浙江省小计", 4, Decimal(10)), ("杭州市小计", 2, Decimal(5))]
    assert figures(whole)[0] == Decimal(15)


def test_who_is_missing_nil_or_correcting_is_named():
    standing = Standing(5, ["甲局", "乙局"], ["丙局"], ["丁局"])

    assert standing.sentences() == [
        "应报5个单位，已报3个，未报2个：甲局、乙局。",
        "零报告1个：丙局。",
        "正在更正、本表为其更正前内容的1个：丁局。",
    ]
    assert Standing(2).sentences() == ["应报2个单位，已报2个，全部报齐。"]
