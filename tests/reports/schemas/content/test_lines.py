"""The body of a table as it is shown, whatever its rows come from."""

from decimal import Decimal

from reports.schemas.content.content import blank, normalise
from reports.schemas.content.table_lines import CellRole, lines
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per, RowMode
from reports.schemas.definition.rows import Row
from reports.schemas.definition.totals import Total
from tests.reports.forms import annex_1, annex_1_content
from tests.reports.tables.fixed import CATERING, MARKET, SWEEP
from tests.reports.tables.indicators import BUDGET, CIVIL
from tests.reports.tables.regional import QUALITY
from tests.reports.tables.registered import ASSESSMENT, WORK
from tests.reports.tables.repeated import DISASTER, STANDARDS


def texts(case, content=None):
    """The text of every cell that is not covered, line by line."""
    body = lines(case.definition, content or case.content)
    return [[cell.text for cell in line.cells if not cell.is_covered] for line in body]


def spans(case, column):
    """(text, rowspan, colspan) of the cells of one column that are not covered."""
    body = lines(case.definition, case.content)
    cells = [line.cells[column] for line in body]
    return [(cell.text, cell.rowspan, cell.colspan) for cell in cells if not cell.is_covered]


def test_repeated_rows_are_counted_and_totalled():
    assert texts(STANDARDS) == [
        ["1", "北京", "示例局", "农业", "12"],
        ["2", "上海", "示例局", "服务业", "0"],
        ["3", "重庆", "示例局", "工业", "1,005"],
        ["合计", "1017"],
    ]
    assert lines(STANDARDS.definition, STANDARDS.content)[3].cells[0].colspan == 4


def test_total_may_stand_first():
    total, first, second = lines(DISASTER.definition, DISASTER.content)

    assert (total.is_total, total.path, total.number) == (True, "", 0)
    assert [cell.text for cell in total.cells] == ["合计", "", "120.5", "2", "33.25", ""]
    assert [(line.path, line.number) for line in (first, second)] == [("rows.0", 1), ("rows.1", 2)]


def test_entered_cells_have_their_path_and_figure():
    cell = lines(DISASTER.definition, DISASTER.content)[1].cells[2]

    assert (cell.role, cell.path, cell.text, cell.value) == (
        CellRole.ENTERED,
        "rows.0.grain",
        "120.5",
        Decimal("120.5"),
    )


def test_what_the_unit_fills_in_once_reaches_over_its_rows():
    body = lines(annex_1(), annex_1_content(documents=3))

    assert [(line.cells[1].path, line.cells[1].rowspan) for line in body] == [
        ("unit.c2", 3),
        ("unit.c2", 0),
        ("unit.c2", 0),
    ]
    assert [line.cells[0].text for line in body if not line.cells[0].is_covered] == ["1"]


def test_table_without_rows_has_one_blank_line_and_spare_ones():
    assert len(lines(annex_1(), blank(annex_1()))) == 1
    assert len(lines(annex_1(), annex_1_content(documents=2), spare=3)) == 5


def test_shorter_labels_reach_to_the_right_and_equal_ones_down():
    assert spans(SWEEP, 0) == [
        ("出动执法人员", 1, 2),
        ("检查食品生产单位", 1, 2),
        ("其中：食品生产小作坊", 1, 2),
        ("检查食品经营单位", 1, 2),
        ("其中：农村集市", 1, 2),
        ("抽检食品", 2, 1),
        ("查处案件", 2, 1),
        ("货值", 1, 2),
    ]
    assert spans(SWEEP, 1) == [
        ("总数", 1, 1),
        ("其中：不合格", 1, 1),
        ("总数", 1, 1),
        ("其中：移送公安机关", 1, 1),
    ]


def test_parts_are_set_in():
    body = lines(SWEEP.definition, SWEEP.content)

    assert [line.level for line in body] == [0, 0, 1, 0, 1, 0, 1, 0, 1, 0]


def test_rows_bring_their_measure_and_kind():
    body = lines(MARKET.definition, MARKET.content)

    assert [line.cells[1].text for line in body] == ["种", "批", "批", "%", "公斤"]
    rate = body[3].cells[2]
    assert (rate.column.kind, rate.column.measure) == (ColumnKind.PERCENT, "%")
    assert (rate.role, rate.text, rate.path) == (CellRole.COMPUTED, "98.46", "")


def test_four_answers_stay_four():
    note = [line.cells[4].text for line in lines(MARKET.definition, MARKET.content)]

    assert note == ["—", "无", "无", "", "含散装食品"]
    assert lines(MARKET.definition, MARKET.content)[4].cells[3].text == "0"


def test_computed_column_is_filled_in():
    first = lines(CATERING.definition, CATERING.content)[0]

    assert [(cell.text, cell.role) for cell in first.cells[2:4]] == [
        ("78", CellRole.COMPUTED),
        ("30", CellRole.ENTERED),
    ]


def test_heading_reaches_across_and_crossed_cells_are_not_asked():
    body = lines(CIVIL.definition, CIVIL.content)

    assert [cell.colspan for cell in body[0].cells] == [5, 0, 0, 0, 0]
    assert body[0].is_heading
    assert body[0].cells[0].text == "一、社会救助"
    crossed = body[5].cells[4]
    assert (crossed.text, crossed.role, crossed.path, crossed.value) == (
        "—",
        CellRole.CROSSED,
        "",
        None,
    )
    assert [line.cells[2].text for line in body if not line.is_heading] == ["01", "02", "03", "04"]
    assert body[3].cells[3].text == "4600"


def test_given_figures_go_with_the_label_they_stand_beside():
    assert spans(BUDGET, 0) == [("产出", 3, 1), ("效益", 1, 1)]
    assert spans(BUDGET, 1) == [("60", 3, 1), ("40", 1, 1)]
    assert spans(BUDGET, 2) == [("数量指标", 2, 1), ("质量指标", 1, 1), ("社会效益", 1, 1)]
    assert spans(BUDGET, 3) == [("40", 2, 1), ("20", 1, 1), ("40", 1, 1)]


def test_data_items_keep_their_own_kind_beside_a_rate():
    row = lines(BUDGET.definition, BUDGET.content)[1]

    kinds = [cell.column.kind for cell in row.cells[8:]]
    assert kinds == [ColumnKind.DECIMAL, ColumnKind.DECIMAL, ColumnKind.PERCENT]


def test_criteria_and_scores_are_totalled_apart():
    assert texts(ASSESSMENT)[-1] == ["合计", "20.0", "19.0", "", ""]


def test_regions_are_lines_in_their_order():
    assert texts(QUALITY) == [
        ["北京", "10", "9", "1", "20", "19", "1", "95.0"],
        ["上海", "12", "12", "0", "25", "25", "0", "100.0"],
        ["重庆", "8", "6", "2", "15", "12", "3", "80.0"],
        ["全国合计", "30", "27", "3", "60", "56", "4", "93.3"],
    ]
    assert lines(QUALITY.definition, QUALITY.content)[1].cells[1].path == "items.310000.e"


def test_blank_table_by_region_has_its_lines_and_no_zero():
    empty = blank(QUALITY.definition, regions=QUALITY.regions)

    assert texts(QUALITY, empty) == [
        *([label, *[""] * 7] for label in ("北京", "上海", "重庆")),
        ["全国合计", *[""] * 7],
    ]


def test_form_of_boxes_has_no_lines():
    assert lines(WORK.definition, WORK.content) == []


def test_unit_column_beside_fixed_items_reaches_over_headings_too():
    definition = FormDefinition(
        "示例表",
        (
            Column("no", "序号", ColumnKind.SERIAL),
            Column("name", "类别", ColumnKind.ROW_LABEL),
            Column("n", "数量", ColumnKind.INTEGER),
            Column("why", "说明", ColumnKind.LONGTEXT, per=Per.UNIT),
            Column("m", "累计", ColumnKind.INTEGER),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        rows=(
            Row("h", ("一、检查",), heading=True),
            Row("r1", ("企业",)),
            Row("r2", ("其中：小作坊",), level=1),
            Row("r3", ("个体",)),
        ),
        total=Total(),
    )
    content = normalise(definition, {"unit": {"why": "示例"}, "items": {"r1": {"n": "1"}}})

    body = lines(definition, content)

    assert [cell.colspan for cell in body[0].cells] == [3, 0, 0, 1, 1]
    assert (body[0].cells[3].text, body[0].cells[3].rowspan) == ("示例", 4)
    assert [line.cells[0].text for line in body] == ["一、检查", "1", "", "2", "合计"]
    assert body[4].cells[3].text == ""
