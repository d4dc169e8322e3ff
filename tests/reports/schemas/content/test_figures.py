"""What is computed: columns, rows and the row of totals."""

from decimal import Decimal

import pytest

from reports.schemas.content.content import normalise
from reports.schemas.content.figures import Figures
from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.formula import Missing
from reports.schemas.definition.kinds import Aggregate, ColumnKind, Per, RowMode
from reports.schemas.definition.rows import Row
from reports.schemas.definition.totals import Total
from tests.reports.tables.fixed import CATERING, MARKET
from tests.reports.tables.indicators import CIVIL
from tests.reports.tables.regional import QUALITY
from tests.reports.tables.repeated import DISASTER, STANDARDS

COUNT = Column("n", "数量", ColumnKind.INTEGER)


def table(*columns, **options):
    return FormDefinition("示例表", (Column("name", "名称"), *columns), total=Total(), **options)


def figures(definition, *rows):
    ids = [column.id for column in definition.row_columns()]
    data = [{"name": "甲", **dict(zip(ids[1:], row, strict=True))} for row in rows]
    return Figures(definition, normalise(definition, {"rows": data}))


def totals_of(column, *texts):
    return figures(table(column), *((text,) for text in texts)).total(column.id)


def test_total_adds_up_numbers_and_leaves_the_rest_out():
    assert totals_of(COUNT, "1,200", "", "无", "０３", "0") == Decimal(1203)


def test_total_of_nothing_is_not_zero():
    assert totals_of(COUNT, "", "") is Missing.BLANK
    assert totals_of(COUNT, "无", "") is Missing.MARK
    assert totals_of(COUNT, "0", "无") == Decimal(0)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Aggregate.MAX, Decimal(12)),
        (Aggregate.MIN, Decimal(3)),
        (Aggregate.COUNT, Decimal(2)),
        (Aggregate.NONE, Missing.BLANK),
    ],
)
def test_total_follows_the_rule_of_its_column(rule, expected):
    column = Column("n", "数量", ColumnKind.INTEGER, aggregate=rule)

    assert totals_of(column, "12", "3", "无", "") == expected


def test_percent_is_never_added_up():
    assert totals_of(Column("n", "占比", ColumnKind.PERCENT), "50", "50") is Missing.BLANK


def test_rate_is_the_quotient_of_the_totals():
    rate = Column(
        "rate",
        "合格率",
        ColumnKind.PERCENT,
        aggregate=Aggregate.RATE,
        rate=Rate("good", "all"),
        decimals=1,
    )
    definition = table(
        Column("all", "抽查", ColumnKind.INTEGER), Column("good", "合格", ColumnKind.INTEGER), rate
    )

    found = figures(definition, ("10", "9", "90"), ("30", "29", "96.7"))

    assert found.total("rate") == Decimal("95.0")


def test_sum_of_columns_is_rounded_to_nothing_it_does_not_have():
    definition = table(
        Column("a", "甲", ColumnKind.DECIMAL),
        Column("b", "乙", ColumnKind.DECIMAL),
        Column("sum", "合计", ColumnKind.DECIMAL, formula="a + b"),
    )

    found = figures(definition, ("1.005", "2"), ("1", ""), ("无", "2"), ("无", "—"))

    assert [found.cell(key, "sum") for key in range(4)] == [
        Decimal("3.005"),
        Missing.BLANK,
        Decimal(2),
        Missing.MARK,
    ]
    assert found.total("sum") == Decimal("6.005")


def test_computed_rate_is_rounded_half_up():
    definition = table(
        Column("a", "甲", ColumnKind.INTEGER),
        Column("b", "乙", ColumnKind.INTEGER),
        Column("rate", "率", ColumnKind.PERCENT, formula="a / b * 100"),
    )

    found = figures(definition, ("1", "800"), ("1", "0"), ("2", "3"))

    assert [found.cell(key, "rate") for key in range(3)] == [
        Decimal("0.13"),
        Missing.FAULT,
        Decimal("66.67"),
    ]
    assert found.total("rate") == Decimal("0.50")


def test_unit_column_is_computed_from_unit_columns():
    definition = FormDefinition(
        "示例表",
        (
            Column("a", "甲", ColumnKind.INTEGER, per=Per.UNIT),
            Column("b", "乙", ColumnKind.INTEGER, per=Per.UNIT),
            Column("c", "丙", ColumnKind.INTEGER, per=Per.UNIT, formula="a - b"),
        ),
        row_mode=RowMode.KEY_VALUE,
    )

    found = Figures(definition, normalise(definition, {"unit": {"a": "12", "b": "5"}}))

    assert found.unit("c") == Decimal(7)


def test_rate_among_counts_is_computed_in_every_column():
    found = Figures(MARKET.definition, MARKET.content)

    assert found.cell("r4", "fixed") == Decimal("98.46")
    assert found.cell("r4", "quick") == Decimal("99.00")


def test_total_beside_its_parts_is_computed_on_every_row():
    found = Figures(CATERING.definition, CATERING.content)

    assert found.cell("r1", "sum") == Decimal(78)
    assert found.cell("r2", "sum") == Decimal(6)
    assert found.cell("r6", "sum") == Decimal("0.35")


def test_row_with_a_formula_adds_up_the_rows_it_names():
    found = Figures(CIVIL.definition, CIVIL.content)

    assert found.cell("r3", "now") == Decimal(4600)
    assert found.cell("r4", "before") is Missing.MARK
    assert found.cell("h1", "now") is Missing.BLANK


def test_total_of_regions_recomputes_the_rate():
    found = Figures(QUALITY.definition, QUALITY.content)

    assert [found.total(id_) for id_ in ("e", "ep", "ef", "p", "pp", "rate")] == [
        *map(Decimal, (30, 27, 3, 60, 56)),
        Decimal("93.3"),
    ]


def test_total_of_repeated_rows():
    assert Figures(DISASTER.definition, DISASTER.content).total("loss") == Decimal("33.25")
    assert Figures(STANDARDS.definition, STANDARDS.content).total("n") == Decimal(1017)


def test_parts_sums_and_rates_are_not_counted_again():
    definition = FormDefinition(
        "示例表",
        (Column("name", "类别", ColumnKind.ROW_LABEL), COUNT),
        row_mode=RowMode.FIXED_ITEMS,
        rows=(
            Row("r1", ("检查",)),
            Row("r2", ("其中：小作坊",), level=1),
            Row("r3", ("复查",)),
            Row("r4", ("小计",), formula="r1 + r3"),
            Row("r5", ("合格率",), kind=ColumnKind.PERCENT),
        ),
        total=Total(),
    )
    texts = {"r1": "10", "r2": "4", "r3": "5", "r5": "90"}
    items = {id_: {"n": text} for id_, text in texts.items()}

    found = Figures(definition, normalise(definition, {"items": items}))

    assert found.total("n") == Decimal(15)
