from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest

from reports.workbooks.sheets.cells import CellTextTooLong
from reports.workbooks.sheets.listing import Heading, listing
from tests.reports.sheets import first_sheet, merges, unbordered

pytestmark = pytest.mark.once

HEADINGS = [Heading("序号", 6), Heading("事项", 20), Heading("日期", 12), Heading("时间", 16)]
LINES = ["制表单位：示例局", "筛选条件：全部任务"]
DAY, MOMENT = date(2026, 3, 31), datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001  as Excel has it
ROWS = [[1, "一项工作", DAY, MOMENT], [2, "", None, None]]


def made(rows=ROWS) -> bytes:
    return listing("任务台账", LINES, HEADINGS, iter(rows))


def test_listing_has_title_lines_head_and_rows():
    sheet = first_sheet(made())

    assert sheet.title == "任务台账"
    assert [[cell.value for cell in row] for row in sheet] == [
        ["任务台账", None, None, None],
        ["制表单位：示例局", None, None, None],
        ["筛选条件：全部任务", None, None, None],
        ["序号", "事项", "日期", "时间"],
        [1, "一项工作", datetime(2026, 3, 31), MOMENT],  # noqa: DTZ001
        [2, None, None, None],
    ]
    assert merges(sheet) == {"A1:D1", "A2:D2", "A3:D3"}


def test_days_and_moments_are_dates_of_excel():
    row = first_sheet(made())[5]

    assert [cell.number_format for cell in row] == [
        "0",
        "General",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    ]
    assert [cell.data_type for cell in row] == ["n", "s", "d", "d"]


def test_shares_are_numbers_that_read_as_percentages():
    row = first_sheet(made([[1, Fraction(1), Fraction(1, 3), None]]))[5]

    assert [cell.value for cell in row] == [1, 1, pytest.approx(1 / 3), None]
    assert [cell.number_format for cell in row[:3]] == ["0", *["[=0]0%;[=1]0%;0.0%"] * 2]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "#N/A"])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = first_sheet(made([[1, text, None, None]]))["B5"]

    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix is (text != "#N/A")


def test_head_is_frozen_filtered_by_and_on_every_page():
    sheet = first_sheet(made())

    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:D6"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area == "'任务台账'!$A$1:$D$6"
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (
        "landscape",
        9,
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.oddFooter.center.text == "— &P —"


def test_every_cell_below_the_head_has_its_border():
    assert unbordered(made(), "A4:D6") == []


def test_equal_values_stand_in_every_row():
    """Cells are made once for a value and written again."""
    rows = [[number % 3, "同一事项", DAY, MOMENT] for number in range(50)]

    sheet = first_sheet(made(rows))

    read = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert read == [[number % 3, "同一事项", datetime(2026, 3, 31), MOMENT] for number in range(50)]  # noqa: DTZ001


def test_long_text_gets_the_height_it_needs():
    sheet = first_sheet(made([[1, "短", None, None], [2, "很长的事项名称" * 10, None, None]]))

    assert sheet.row_dimensions[5].height is None  # the sheet's own, one line
    assert sheet.row_dimensions[6].height > 80


def test_an_empty_listing_is_a_head():
    sheet = first_sheet(made([]))

    assert (sheet.max_row, sheet.auto_filter.ref) == (4, "A4:D4")


def test_text_beyond_a_cell_is_refused():
    with pytest.raises(CellTextTooLong):
        made([[1, "长" * 32768, None, None]])


def test_equal_lists_give_equal_bytes():
    assert made() == made()


def test_a_listing_names_no_person_and_no_machine():
    with ZipFile(BytesIO(made())) as archive:
        core = archive.read("docProps/core.xml").decode()

    assert "市场监管报送任务跟踪系统" in core
    assert "openpyxl" not in core
