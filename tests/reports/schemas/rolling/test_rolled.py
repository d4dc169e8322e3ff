"""Forms that are the same for all units, taken together: of every kind in the survey."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.schemas.content.content import normalise
from reports.schemas.content.table_lines import lines
from reports.schemas.content.values import number_of
from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import Aggregate, ColumnKind, Per, RowMode
from reports.schemas.definition.outlines import OutlineDefinition, Section
from reports.schemas.definition.rows import Region, Row
from reports.schemas.rolling import rates
from reports.schemas.rolling.rolled import MOST_JOINED, roll, roll_outline
from reports.schemas.rolling.units import Standing, UnitEntry, levels_of
from reports.workbooks.rollups.roll_up import Heading
from reports.workbooks.rollups.rolled import write_rolled
from tests.reports.sheets import unbordered
from tests.reports.tables import CASES
from tests.reports.workbooks.test_roll_up import AS_OF

KEYED = [case for case in CASES if case.definition.row_mode is not RowMode.REPEAT]
HEADING = Heading(as_of=AS_OF, by="示例总局")


def entries(*contents, paths=("/33/", "/33/3301/", "/44/")):
    return [
        UnitEntry(path.strip("/")[-4:], f"示例{path}局", content, path)
        for content, path in zip(contents, paths, strict=False)
    ]


def rolled(definition, *contents):
    whole, _ = levels_of(definition, entries(*contents), {})
    return roll(definition, whole, by="示例总局", day="2023年3月31日")


def shown(found):
    """The texts of the table, line by line."""
    return [[cell.text for cell in line.cells] for line in lines(found.definition, found.content)]


def cells_of(content):
    yield from (("", id_, text) for id_, text in content["unit"].items())
    for row, texts in content.get("items", {}).items():
        yield from ((row, id_, text) for id_, text in texts.items())


@pytest.mark.parametrize("case", KEYED, ids=lambda case: f"{case.number}")
def test_every_figure_that_adds_up_is_the_sum_of_the_units(case):
    definition, content = case.definition, case.content
    rows = {row.id: row for row in definition.rows_of(content)}
    known = {(one.row, one.column.id) for one in rates.found(definition, [*rows.values()])}

    found = rolled(definition, content, content, content)

    texts = {(row, id_): text for row, id_, text in cells_of(found.content)}
    for row, id_, text in cells_of(content):
        column = definition.cell(rows.get(row), definition.column(id_))
        value = number_of(column, text) if column.is_number else None
        if value is not None and column.adds_up:
            assert number_of(column, texts[row, id_]) == 3 * value, (row, id_)
        elif (row, id_) in known:  # three times the same units have the same rate
            assert number_of(column, texts[row, id_]) == value, (row, id_)
        elif column.is_number and column.aggregation is Aggregate.NONE:
            assert texts[row, id_] == "", (row, id_)


@pytest.mark.parametrize("case", KEYED, ids=lambda case: f"{case.number}")
def test_workbook_of_every_kind_has_its_sub_total_and_who_is_missing(case):
    whole, levels = levels_of(case.definition, entries(*[case.content] * 3), {"/33/": "浙江省"})
    out = BytesIO()

    standing = Standing(4, ["缺报局"])
    write_rolled(out, case.definition, whole, levels, standing, HEADING)

    book = load_workbook(BytesIO(out.getvalue()))
    assert "浙江省小计" in book.sheetnames
    words = [str(cell.value) for row in book.worksheets[0] for cell in row if cell.value]
    assert "应报4个单位，已报3个，未报1个：缺报局。" in words
    assert words[0] == f"{case.definition.title}（汇总）"


FIXED = FormDefinition(
    "检查情况表",
    (
        Column("c1", "类别", ColumnKind.ROW_LABEL),
        Column("c2", "数量", ColumnKind.INTEGER),
        Column("c3", "上年", ColumnKind.INTEGER),
        Column("c4", "增减", ColumnKind.INTEGER, formula="c2 - c3"),
        Column("c5", "做法", ColumnKind.LONGTEXT),
        Column("c6", "其他做法", aggregate=Aggregate.COUNT),
    ),
    row_mode=RowMode.FIXED_ITEMS,
    rows=(
        Row("r1", ("检查单位",)),
        Row("r2", ("其中：小作坊",), level=1),
        Row("r3", ("处罚",)),
        Row("r4", ("合计",), formula="r1 + r3"),
        Row(
            "r5",
            ("处罚率",),
            kind=ColumnKind.PERCENT,
            aggregate=Aggregate.RATE,
            rate=Rate("r3", "r1"),
        ),
    ),
)


def fixed(**items):
    texts = {
        row: dict(zip(("c2", "c3", "c5", "c6"), text.replace("_", "").split("|"), strict=True))
        for row, text in items.items()
    }
    return normalise(FIXED, {"items": texts})


def test_parts_totals_computed_columns_and_rates_come_from_the_sums():
    found = rolled(
        FIXED,
        fixed(r1="100|80|走访|有", r2="10|5|_|_", r3="20|10|_|_", r5="20|12.5|_|_"),
        fixed(r1="300|100|—|无", r2="无|5|_|_", r3="_|30|抽检|有", r5="0|30|_|_"),
    )

    assert [texts[1:4] for texts in shown(found)] == [
        ["400", "180", "220"],
        ["10", "10", "0"],
        ["20", "40", "-20"],
        ["420", "220", "200"],
        ["5", "22.22", ""],
    ]
    assert found.content["items"]["r1"]["c5"] == "示例/33/局：走访"
    assert found.content["items"]["r3"]["c5"] == "示例/33/3301/局：抽检"
    assert found.content["items"]["r1"]["c6"] == "1"


def test_blank_everywhere_stays_blank_and_none_everywhere_stays_none():
    found = rolled(FIXED, fixed(r1="_|无|无|_"), fixed(r1="_|—|无|_"))

    assert [found.content["items"]["r1"][id_] for id_ in ("c2", "c3", "c5")] == ["", "无", "无"]


def test_text_among_figures_is_named_with_its_row():
    whole, _ = levels_of(FIXED, entries(fixed(r1="约百|1|_|_"), fixed(r1="5|1|_|_")), {})

    assert roll(FIXED, whole, by="", day="").content["items"]["r1"]["c2"] == "5"
    assert whole.stray_notes() == ["“检查单位”的“数量”中不是数字、未计入合计的：示例/33/局“约百”。"]


def test_regions_of_all_units_stand_in_administrative_order_with_a_total():
    definition = FormDefinition(
        "分地区表",
        (Column("c1", "地区", ColumnKind.ROW_LABEL), Column("c2", "数量", ColumnKind.INTEGER)),
        row_mode=RowMode.BY_REGION,
    )
    cities = (Region("330200", "宁波市"), Region("330100", "杭州市"))
    zhejiang, ningbo = (
        normalise(definition, {"items": items}, regions=regions)
        for regions, items in (
            (cities, {"330100": {"c2": "3"}, "330200": {"c2": "4"}}),
            (cities[:1], {"330200": {"c2": "5"}}),
        )
    )

    found = rolled(definition, zhejiang, ningbo)

    assert shown(found) == [
        ["杭州市", "3"],
        ["宁波市", "9"],
        ["合计", "12"],
    ]


def test_days_and_choices_are_left_out_and_that_is_said():
    definition = FormDefinition(
        "登记表",
        (
            Column("c1", "家数", ColumnKind.INTEGER, per=Per.UNIT),
            Column("c2", "成立日期", ColumnKind.DATE, per=Per.UNIT),
            Column("c3", "是否建立", ColumnKind.YES_NO, per=Per.UNIT),
        ),
        row_mode=RowMode.KEY_VALUE,
    )
    content = normalise(definition, {"unit": {"c1": "2", "c2": "2023年3月1日", "c3": "是"}})

    found = rolled(definition, content, content)

    assert found.content["unit"] == {"c1": "4", "c2": "", "c3": ""}
    assert found.left_out == ["成立日期", "是否建立"]


def test_texts_too_long_for_their_cell_are_listed_apart():
    long = "字" * (MOST_JOINED // 2)
    first, second = fixed(r1=f"1|1|{long}|_"), fixed(r1=f"1|1|{long}|_")

    found = rolled(FIXED, first, second)

    assert found.content["items"]["r1"]["c5"] == "（2个单位填写，见“各单位文字”）"
    (apart,) = found.apart
    assert (apart.label, len(apart.texts)) == ("检查单位 做法", 2)
    whole, levels = levels_of(FIXED, entries(first, second), {})
    out = BytesIO()
    write_rolled(out, FIXED, whole, levels, Standing(2), HEADING)
    sheet = load_workbook(BytesIO(out.getvalue()))["各单位文字"]
    assert [sheet.cell(row, 1).value for row in range(3, 30) if sheet.cell(row, 1).value] == [
        *("检查单位 做法", "示例/33/局", "示例/33/3301/局")
    ]
    assert "".join(str(cell.value or "") for (cell,) in sheet["B4:B30"]) == long * 2


def test_summary_is_joined_section_by_section_with_the_unit_named():
    outline = OutlineDefinition("总结", (Section("s1", "一", "学习"), Section("s2", "二", "成效")))
    contents = [
        normalise(outline, {"sections": texts})
        for texts in ({"s1": "学了\n两次", "s2": "好"}, {"s1": "学了三次"})
    ]

    first, second = roll_outline(outline, entries(*contents))

    assert first.label == "一、学习"
    assert first.joined == "示例/33/局：学了\n两次\n示例/33/3301/局：学了三次"
    assert second.texts == [("示例/33/局", "好")]


def test_bordered_all_round():
    whole, levels = levels_of(FIXED, entries(fixed(r1="1|1|走访|有")), {})
    out = BytesIO()

    write_rolled(out, FIXED, whole, levels, Standing(1), HEADING)

    assert unbordered(out.getvalue(), "A3:F8") == []
    assert Decimal(load_workbook(BytesIO(out.getvalue())).worksheets[0]["B4"].value) == 1
