"""Sheets written forwards: what is in them reads back as it was, whatever a person wrote."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.workbooks.sheets.book import add_sheet, new_workbook
from reports.workbooks.sheets.cells import CellTextTooLong, write_text
from reports.workbooks.sheets.forwards import ForwardBook
from reports.workbooks.sheets.styles import CellStyle

LOOK = CellStyle("仿宋", 10.5, bordered=True)


class OneWay:
    """Takes bytes and nothing else, as a file in the store does."""

    def __init__(self):
        self.data = b""

    def write(self, data):
        self.data += bytes(data)
        return len(data)

    def flush(self):
        pass


def written(*lines, out=None):
    """The file with these lines from row 2 on, below a title."""
    workbook = new_workbook()
    sheet = add_sheet(workbook, "表")
    write_text(sheet["A1"], "标题")
    out = out or BytesIO()
    with ForwardBook(out, workbook) as book, book.write(sheet) as rows:
        look = rows.look(LOOK)
        for row, texts in enumerate(lines, start=2):
            rows.row(row, 20, [look.text(text) for text in texts])
    return out.data if isinstance(out, OneWay) else out.getvalue()


def read(data):
    return load_workbook(BytesIO(data)).worksheets[0]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "=cmd|'/c calc'!A1", "@SUM(A1)", "+1", "-1", "\t制表", "'单引号"),
        *(
            "<b>&amp;</b>",
            "两\n行",
            " 前后有空格 ",
            "　全角空格",
            "_x000D_ 看似转义",
            "😀 表情",
            "1,240",
        ),
    ],
)
def test_text_reads_back_as_it_was_written_and_is_never_a_formula(text):
    cell = read(written([text]))["A2"]

    assert cell.data_type == "s"
    assert cell.value.replace("_x005F_", "_") == text
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@", "\t"))


def test_control_characters_become_visible():
    assert read(written(["铃\x07与\x00与\r"]))["A2"].value == "铃\ufffd与\ufffd与\ufffd"


def test_text_longer_than_a_cell_is_refused():
    with pytest.raises(CellTextTooLong):
        written(["字" * 32768])


def test_longest_text_of_a_cell_is_written_whole():
    assert len(read(written(["字" * 32767]))["A2"].value) == 32767


def test_what_is_drawn_above_stays():
    sheet = read(written(["甲"], ["乙"]))

    assert [cell.value for (cell,) in sheet["A1:A3"]] == ["标题", "甲", "乙"]


def test_same_bytes_wherever_it_is_written_to():
    assert written(["甲", ""], out=OneWay()) == written(["甲", ""])


def test_merges_breaks_heights_and_figures():
    workbook = new_workbook()
    sheet, out = add_sheet(workbook, "表"), BytesIO()
    with ForwardBook(out, workbook) as book, book.write(sheet) as rows:
        look = rows.look(LOOK)
        ends = (look.figure(Decimal("12.50")), look.figure(Decimal("35.5"), is_percent=True))
        rows.row(1, 33, ends)
        rows.row(2, 20, [look.blank, look.blank])
        rows.merge(1, 1, 2, 1)
        rows.break_before(2)

    read_back = read(out.getvalue())
    assert (read_back["A1"].value, read_back["A1"].number_format) == (12.5, "0.00")
    assert (read_back["B1"].value, read_back["B1"].number_format) == (0.355, "0.0%")
    assert read_back.row_dimensions[1].height == 33
    assert [str(one) for one in read_back.merged_cells.ranges] == ["A1:A2"]
    assert [one.id for one in read_back.row_breaks.brk] == [1]


def test_number_with_more_digits_than_excel_keeps_is_no_figure():
    workbook = new_workbook()
    sheet, out = add_sheet(workbook, "表"), BytesIO()
    with ForwardBook(out, workbook) as book, book.write(sheet) as rows:
        assert rows.look(LOOK).figure(Decimal("1234567890123456")) is None
        rows.row(1, 20, [])


def test_second_sheet_follows_the_first():
    workbook = new_workbook()
    first, second, out = add_sheet(workbook, "一"), add_sheet(workbook, "二"), BytesIO()
    with ForwardBook(out, workbook) as book:
        for sheet, text in ((first, "甲"), (second, "乙")):
            with book.write(sheet) as rows:
                rows.row(1, 20, [rows.look(LOOK).text(text)])

    found = load_workbook(BytesIO(out.getvalue()))
    assert {sheet.title: sheet["A1"].value for sheet in found} == {"一": "甲", "二": "乙"}


def test_row_that_is_there_already_is_refused():
    workbook = new_workbook()
    sheet = add_sheet(workbook, "表")
    write_text(sheet["A1"], "标题")

    with (
        ForwardBook(BytesIO(), workbook) as book,
        book.write(sheet) as rows,
        pytest.raises(ValueError, match="row 1 comes after row 1"),
    ):
        rows.row(1, 20, [])
