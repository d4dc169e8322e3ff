"""Official sheets of the row modes: fixed items, by region, key–value, scored."""

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from reports.schemas.content.content import normalise
from reports.schemas.content.table_lines import lines
from reports.schemas.definition.kinds import Orientation, RowMode
from reports.workbooks.forms.table import write_table
from reports.workbooks.sheets.pagination import break_before
from tests.reports.sheets import SIDES, first_sheet, merges, sides_in_file, unbordered
from tests.reports.tables import CASES

BY_NAME = {case.name: case for case in CASES}
EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")


def workbook(case):
    return write_table(case.definition, case.content, unit_name="示例省市场监督管理局")


def sheet(name):
    return first_sheet(workbook(BY_NAME[name]))


@EVERY_CASE
def test_page_is_a4_as_the_form_lies_and_as_wide_as_the_table(case):
    page = first_sheet(workbook(case))

    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == case.definition.orientation.value
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.oddFooter.center.text == "— &P —"


@EVERY_CASE
def test_header_is_repeated_on_every_page(case):
    page = first_sheet(workbook(case))

    depth = case.definition.header_depth()
    if case.definition.row_mode is RowMode.KEY_VALUE:
        assert page.print_title_rows is None
        return
    first, last = (int(part.lstrip("$")) for part in page.print_title_rows.split(":"))
    assert last - first + 1 == depth


def test_parts_are_set_in_and_labels_merged():
    page = sheet("sweep")

    found = {
        cell.value: cell.alignment.indent
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    assert found["检查食品生产单位"] == 0
    assert found["其中：食品生产小作坊"] == 2
    assert {"A9:A10", "A11:A12"} <= merges(page)


def test_table_has_borders_on_every_cell_of_every_merge():
    assert unbordered(workbook(BY_NAME["sweep"]), "A3:D13") == []
    assert unbordered(workbook(BY_NAME["assessment"]), "A3:I7") == []


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if not case.definition.boxes()],
    ids=lambda case: f"{case.number} {case.name}",
)
def test_cells_with_borders_are_a_whole_rectangle_from_header_to_last_line(case):
    workbook = write_table(case.definition, case.content, unit_name="示例局")

    found = sides_in_file(workbook)

    framed = {coordinate_to_tuple(cell): sides for cell, sides in found.items() if sides}
    rows, columns = (sorted({place[axis] for place in framed}) for axis in (0, 1))
    assert set(framed) == {(row, column) for row in rows for column in columns}
    assert set(map(frozenset, framed.values())) == {frozenset(SIDES)}
    assert columns == list(range(1, len(case.definition.leaf_columns()) + 1))
    height = case.definition.header_depth() + len(lines(case.definition, case.content))
    assert rows == list(range(rows[0], rows[0] + height))


def test_figures_are_numbers_and_marks_stay_text():
    values = {cell.value for row in sheet("health food").iter_rows() for cell in row}

    assert {1240, 35, 12, 0, "无"} <= values


def test_totals_are_computed_anew():
    page = sheet("product quality")

    last = [cell.value for cell in page[page.max_row]]
    assert last[:4] == ["全国合计", 30, 27, 3]


def test_opinion_and_seal_stand_in_one_box():
    page = sheet("entry form")
    closing = next(
        cell
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("（单位盖章）")
    )

    above = page.cell(closing.row - 1, closing.column)
    assert (closing.alignment.horizontal, closing.alignment.vertical) == ("right", "bottom")
    assert closing.border.top.style is None
    assert above.border.bottom.style is None


def test_label_written_downwards_is_stacked():
    found = [
        cell.alignment.textRotation
        for row in sheet("entry form").iter_rows()
        for cell in row
        if cell.value == "内容简介"
    ]

    assert found == [255]


def test_statistical_form_says_its_number_at_the_right():
    page = sheet("civil affairs")

    texts = [cell.value for row in page.iter_rows(max_row=6) for cell in row if cell.value]
    assert texts[1].startswith("表号：")
    assert page.cell(2, 1).value is None


def test_blank_form_by_region_has_no_figures():
    case = BY_NAME["net content"]

    page = first_sheet(write_table(case.definition, None, unit_name="示例局"))

    assert case.definition.orientation is Orientation.LANDSCAPE
    assert not any(isinstance(cell.value, int) for row in page.iter_rows() for cell in row)


def test_long_text_of_a_key_value_form_is_shown_whole():
    case = BY_NAME["recommendation"]
    long = next(column for column in case.definition.columns if column.max_chars)
    content = normalise(case.definition, {"unit": {long.id: "示例事迹，" * 380}})

    page = first_sheet(write_table(case.definition, content, unit_name="示例局"))

    merge = next(
        merge
        for merge in page.merged_cells.ranges
        if str(page.cell(merge.min_row, merge.min_col).value).startswith("示例事迹")
    )
    heights = [page.row_dimensions[row].height for row in range(merge.min_row, merge.max_row + 1)]
    assert max(heights) <= 409.5
    assert sum(heights) > 400


@pytest.mark.parametrize(
    ("torn", "breaks"),
    [([0, 0, 0, 0, 0, 0], []), ([0, 1, 0, 1, 0, 1], [2, 4]), ([0, 1, 1, 1, 1, 1], [])],
)
def test_page_ends_where_it_tears_fewer_merged_cells(torn, breaks):
    assert break_before([10.0] * 6, torn, first=35.0, room=35.0) == breaks


@pytest.mark.parametrize(
    ("heights", "whole", "breaks"),
    [
        ([20.0, 20.0, 20.0], 15.0, [1, 2]),
        ([20.0, 20.0, 20.0], 20.0, []),  # each is one row, which no program tears
        ([10.0, 40.0, 20.0], 15.0, []),  # higher than a page
        ([10.0, 30.0, 10.0], 15.0, []),  # more than half of the page would be left empty
    ],
)
def test_line_of_several_rows_begins_on_the_next_page_where_it_fits(heights, whole, breaks):
    torn = [0, 1, 1]

    assert break_before(heights, torn, first=35.0, room=35.0, whole=whole) == breaks


def test_code_of_a_row_keeps_its_zeros():
    case = BY_NAME["civil affairs"]

    page = first_sheet(write_table(case.definition, case.content, unit_name="示例局"))

    codes = [str(cell.value) for cell in page["C"] if cell.value]
    assert [code for code in codes if code.isdecimal()] == ["01", "02", "03", "04"]
