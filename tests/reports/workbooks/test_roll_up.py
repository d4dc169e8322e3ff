from datetime import date
from io import BytesIO

import pytest

from reports.schemas.content.content import normalise
from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import Aggregate, ColumnKind
from reports.schemas.proposing.from_attachment import table_definition
from reports.schemas.rolling.units import Standing, UnitEntry
from reports.workbooks.forms.table import write_table
from reports.workbooks.rollups.roll_up import Heading, RollUpMismatch, write_roll_up
from reports.workbooks.sheets.text_fit import line_points
from tests.reports.forms import annex_1, annex_1_content, attachment_table
from tests.reports.sheets import first_sheet, merges, unbordered

AS_OF = date(2023, 3, 31)


def entries(*documents):
    """One unit for each number of documents given."""
    return [
        UnitEntry(f"{n}10000", f"示例{n}局", annex_1_content(count, c2=f"批示{n}"))
        for n, count in enumerate(documents, start=1)
    ]


def roll_up(
    found, *missing, definition=None, expected=None, nil=(), correcting=(), **heading
) -> bytes:
    count = len(found) + len(nil) + len(missing) if expected is None else expected
    standing = Standing(count, list(missing), list(nil), list(correcting))
    out = BytesIO()
    write_roll_up(out, definition or annex_1(), found, standing, Heading(as_of=AS_OF, **heading))
    return out.getvalue()


def counts(*cells):
    """A roll-up of counts and rates, one unit a pair."""
    definition = FormDefinition(
        "统计表",
        (
            Column("c1", "企业数(家)", ColumnKind.INTEGER, measure="家"),
            Column("c2", "合格率", ColumnKind.DECIMAL),
        ),
    )
    found = [
        UnitEntry(str(n), f"示例{n}局", normalise(definition, {"rows": [{"c1": a, "c2": b}]}))
        for n, (a, b) in enumerate(cells, start=1)
    ]
    return roll_up(found, "示例缺报局", definition=definition)


def test_days_of_many_hands_are_written_alike():
    definition = FormDefinition(
        "台账", (Column("c1", "日期", ColumnKind.DATE), Column("c2", "月份", ColumnKind.MONTH))
    )
    written = [("2026-11-02", "2026-11"), ("2026年11月3日", "2026年11月"), ("无", "待定")]
    content = normalise(definition, {"rows": [{"c1": day, "c2": month} for day, month in written]})

    rolled = first_sheet(roll_up([UnitEntry("1", "示例局", content)], definition=definition))
    own = first_sheet(write_table(definition, content, unit_name="示例局"))

    for sheet in (rolled, own):
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        wanted = ["2026年11月2日", "2026年11月", "2026年11月3日", "2026年11月", "无", "待定"]
        assert [cell for cell in cells if cell in wanted] == wanted


def test_unit_column_stands_after_the_serial_number():
    sheet = first_sheet(roll_up(entries(1)))

    assert [cell.value for cell in sheet[3]] == [
        "序号",
        "填报单位",
        "领导同志批示情况",
        "组织开展学习情况",
        "出台贯彻落实《纲要》文件情况",
        None,
        None,
        "开展的重点和特色宣传贯彻工作",
        "好的经验和做法",
    ]
    assert {"A1:I1", "A2:I2", "A3:A4", "B3:B4", "E3:G3", "I3:I4"} <= merges(sheet)


def test_title_and_day_stand_above_the_table():
    sheet = first_sheet(roll_up(entries(1)))
    named = first_sheet(roll_up(entries(1), title="全国汇总表"))

    assert sheet["A1"].value == "《质量强国建设纲要》学习宣传贯彻情况表（汇总）"
    assert sheet["A2"].value == "截至2023年3月31日"
    assert named["A1"].value == "全国汇总表"


def test_each_unit_is_one_block_in_the_order_given():
    sheet = first_sheet(roll_up(entries(2, 1, 0, 3)))

    blocks = [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in (5, 7, 8, 9)]
    assert blocks == [(1, "示例1局"), (2, "示例2局"), (3, "示例3局"), (4, "示例4局")]
    assert [sheet.cell(row, 3).value for row in (5, 7, 8, 9)] == [
        "批示1",
        "批示2",
        "批示3",
        "批示4",
    ]
    assert [sheet.cell(row, 5).value for row in range(5, 12)] == [
        *("示例文件1", "示例文件2", "示例文件1", None),
        *("示例文件1", "示例文件2", "示例文件3"),
    ]
    assert {"A5:A6", "B5:B6", "C5:C6", "I5:I6", "A9:A11", "B9:B11"} <= merges(sheet)


def test_every_cell_of_the_roll_up_has_its_four_borders():
    assert unbordered(roll_up(entries(2, 1, 0, 3), "示例缺报局"), "A3:I12") == []


def test_serial_number_of_a_table_of_rows_counts_units_too():
    definition = table_definition(attachment_table((("序号", "名称"),)))
    content = normalise(definition, {"rows": [{"c2": "甲"}, {"c2": "乙"}]})
    found = [UnitEntry("1", "示例1局", content), UnitEntry("2", "示例2局", content)]

    sheet = first_sheet(roll_up(found, definition=definition))

    assert [[cell.value for cell in row] for row in sheet["A4:C7"]] == [
        [1, "示例1局", "甲"],
        [None, None, "乙"],
        [2, "示例2局", "甲"],
        [None, None, "乙"],
    ]


def test_missing_units_are_named_under_the_table():
    sheet = first_sheet(roll_up(entries(1, 1), "示例甲局", "示例乙局"))

    assert sheet["A7"].value == "应报4个单位，已报2个，未报2个：示例甲局、示例乙局。"
    assert "A7:I7" in merges(sheet)


def test_complete_roll_up_says_so():
    sheet = first_sheet(roll_up(entries(1, 1)))

    assert sheet["A7"].value == "应报2个单位，已报2个，全部报齐。"


def test_roll_up_before_anybody_reported_lists_everybody():
    sheet = first_sheet(roll_up([], "示例甲局"))

    assert sheet["A5"].value == "应报1个单位，已报0个，未报1个：示例甲局。"


def test_thirty_two_units_keep_their_order_and_count():
    sheet = first_sheet(roll_up(entries(*[1] * 30), "示例甲局", "示例乙局"))

    assert [sheet.cell(row, 1).value for row in range(5, 35)] == list(range(1, 31))
    assert [sheet.cell(row, 2).value for row in range(5, 35)] == [
        f"示例{n}局" for n in range(1, 31)
    ]
    assert sheet["A35"].value == "应报32个单位，已报30个，未报2个：示例甲局、示例乙局。"


def test_numbers_that_do_not_add_up_are_refused():
    with pytest.raises(RollUpMismatch, match="应报3个单位，但已报1个、未报1个"):
        roll_up(entries(1), "示例甲局", expected=3)


def test_unit_that_comes_twice_is_refused():
    with pytest.raises(RollUpMismatch, match="不止一次"):
        roll_up(entries(1) * 2)


def test_counts_are_added_up_and_rates_are_not():
    sheet = first_sheet(counts(("1,200家", "90"), ("40", "80"), ("0", "无")))

    assert [cell.value for cell in sheet[3]] == ["序号", "填报单位", "企业数(家)", "合格率"]
    assert [[cell.value for cell in row] for row in sheet["A4:D7"]] == [
        [1, "示例1局", 1200, 90],
        [2, "示例2局", 40, 80],
        [3, "示例3局", 0, "无"],
        [None, "合计", 1240, None],
    ]
    assert sheet["A8"].value == "应报4个单位，已报3个，未报1个：示例缺报局。"


def test_text_among_counts_is_left_out_of_the_total_and_named():
    sheet = first_sheet(counts(("约2000", "90"), ("40", "80"), ("", "")))

    assert sheet["C7"].value == 40
    assert sheet["A9"].value == "“企业数(家)”中不是数字、未计入合计的：示例1局“约2000”。"


def test_text_that_looks_like_a_formula_is_text():
    found = [UnitEntry("1", "=1+1", annex_1_content(1, c2="@SUM(A1)"))]

    sheet = first_sheet(roll_up(found, "=2+2", title="=3+3"))

    assert [sheet[cell].value for cell in ("A1", "B5", "C5")] == ["=3+3", "=1+1", "@SUM(A1)"]
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s", "n"}


def test_page_breaks_before_a_block_that_would_be_torn():
    tall = [UnitEntry(str(n), f"示例{n}局", annex_1_content(1, c2="字" * 250)) for n in range(1, 4)]

    sheet = first_sheet(roll_up(tall))

    rows = [cell.row for (cell,) in sheet["A5:A60"] if isinstance(cell.value, int)]
    assert [b.id + 1 for b in sheet.row_breaks.brk] == rows[1:]


def test_short_blocks_share_a_page():
    sheet = first_sheet(roll_up(entries(1, 1, 1)))

    assert sheet.row_breaks.brk == []


def test_every_page_repeats_the_header():
    sheet = first_sheet(roll_up(entries(1)))

    assert sheet.print_title_rows == "$3:$4"
    assert sheet.page_setup.orientation == "landscape"


RATED = FormDefinition(
    "检查表",
    (
        Column("c1", "企业数(家)", ColumnKind.INTEGER, measure="家"),
        Column("c2", "合格(家)", ColumnKind.INTEGER, measure="家"),
        Column("c3", "合格率", ColumnKind.PERCENT, aggregate=Aggregate.RATE, rate=Rate("c2", "c1")),
        Column("c4", "不合格(家)", ColumnKind.INTEGER, formula="c1 - c2"),
    ),
)


def rated(*units):
    """Units by their paths, each with the texts of a row."""
    return [
        UnitEntry(
            path.strip("/").split("/")[-1],
            f"示例{path}局",
            normalise(RATED, {"rows": [dict(zip(("c1", "c2", "c3"), row, strict=True))]}),
            path,
        )
        for path, *row in units
    ]


def test_sub_totals_follow_the_last_unit_of_their_level_and_rates_are_recomputed():
    found = rated(
        ("/33/", "10", "9", "90"),
        ("/33/3301/", "30", "15", "50"),
        ("/44/", "60", "60", "100%"),
    )

    names = {"/33/": "名称很长很长的示例自治区", "/44/": "广东省"}
    sheet = first_sheet(roll_up(found, definition=RATED, names=names))

    assert [[cell.value for cell in row] for row in sheet["A4:F8"]] == [
        [1, "示例/33/局", 10, 9, 0.9, 1],
        [2, "示例/33/3301/局", 30, 15, 0.5, 15],
        [None, "名称很长很长的示例自治区小计", 40, 24, 0.6, 16],
        [3, "示例/44/局", 60, 60, 1, 0],
        [None, "合计", 100, 84, 0.84, 16],
    ]
    assert [sheet.cell(row, 5).number_format for row in (4, 6, 8)] == ["0%"] * 3
    assert sheet.row_dimensions[6].height >= 2 * line_points(11) + 4  # the label shows whole
    assert unbordered(roll_up(found, definition=RATED), "A3:F7") == []


def test_hundreds_of_missing_units_are_all_named_on_rows_that_show_them():
    names = [f"示例缺报{number}局" for number in range(900)]

    sheet = first_sheet(roll_up(entries(1), *names))

    said = "".join(str(cell.value or "") for (cell,) in sheet["A6:A60"])
    assert said == f"应报901个单位，已报1个，未报900个：{'、'.join(names)}。"
    assert max(sheet.row_dimensions[row].height or 0 for row in range(6, 60)) <= 200
