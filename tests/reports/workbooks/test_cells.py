from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from reports.workbooks.sheets.book import add_sheet, new_workbook, to_bytes
from reports.workbooks.sheets.cells import CellTextTooLong, write_number, write_text
from tests.reports.sheets import first_sheet


def written(write, value):
    """The cell as a program that opens the file finds it."""
    workbook = new_workbook()
    write(add_sheet(workbook, "表").cell(1, 1), value)
    return first_sheet(workbook).cell(1, 1)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|'/c calc'!A1", "@SUM(A1)", "+1", "-1", "\t=1+1", "=", "-", "+86 010-00000000"],
)
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = written(write_text, text)

    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize(
    "text", ["无", "—", "0", "007", "1E5", "#N/A", "#REF!", "2023-03-31", "TRUE"]
)
def test_any_other_text_stays_text_without_a_quote_mark(text):
    cell = written(write_text, text)

    assert cell.value == text
    assert cell.data_type == "s"
    assert not cell.quotePrefix


def test_openpyxl_alone_would_write_a_formula():
    """What write_text is for: without it the same text is run."""
    workbook = Workbook()
    workbook.active["A1"] = "=1+1"

    assert first_sheet(workbook)["A1"].data_type == "f"


def test_blank_text_leaves_the_cell_empty():
    assert written(write_text, "").value is None


@pytest.mark.parametrize(
    "char", ["\x00", "\x07", "\x0b", "\x1f", "\x7f", "\x85", "\uffff", "\ud800"]
)
def test_control_character_is_replaced_visibly(char):
    assert written(write_text, f"甲{char}乙").value == "甲\N{REPLACEMENT CHARACTER}乙"


def test_line_breaks_tabs_and_blanks_are_kept():
    assert written(write_text, " 甲\n\t乙 ").value == " 甲\n\t乙 "


def test_text_that_looks_like_an_escape_of_excel_is_escaped_itself():
    """Read from the XML: Excel undoes the escape of inline strings, openpyxl does not."""
    workbook = new_workbook()
    write_text(add_sheet(workbook, "表").cell(1, 1), "a_x000D_b_x41_")

    with ZipFile(BytesIO(to_bytes(workbook))) as archive:
        assert b"<t>a_x005F_x000D_b_x41_</t>" in archive.read("xl/worksheets/sheet1.xml")


def test_text_up_to_the_limit_of_a_cell_is_whole_and_beyond_it_refused():
    assert written(write_text, "字" * 32767).value == "字" * 32767
    with pytest.raises(CellTextTooLong, match="32767个字符的上限"):
        written(write_text, "字" * 32768)


@pytest.mark.parametrize(
    ("value", "number_format"),
    [(0, "0"), (1240, "0"), (Decimal("3.50"), "0.00"), (Decimal("-2"), "0"), (10**15, "0")],
)
def test_number_is_a_number(value, number_format):
    cell = written(write_number, value)

    assert cell.value == value
    assert cell.data_type == "n"
    assert cell.number_format == number_format


def test_number_with_more_digits_than_excel_keeps_is_text():
    cell = written(write_number, 1234567890123456)

    assert cell.value == "1234567890123456"
    assert cell.data_type == "s"
