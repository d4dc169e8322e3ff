"""Rows and columns of a workbook that nobody sees are no part of its text."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from notices.readers.base import UnreadableDocument
from notices.readers.registry import read_document
from tests.notices.made_files import zipped

ROWS = (
    ["情况表"],
    ["序号", "企业名称", "旧栏目", "数量（家）"],
    ["1", "示例甲厂", "旧一", "3"],
    ["2", "示例乙厂", "旧二", "4"],
    ["填报要求：请于2025年1月10日前报送（旧）"],
)
SEEN = "情况表\n序号\t企业名称\t数量（家）\n1\t示例甲厂\t3\n2\t示例乙厂\t4"


def made() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    return book, book.active


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_of(book: openpyxl.Workbook) -> str:
    return read_document("附件1.xlsx", saved(book))


def rewritten(data: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    """The workbook with its first sheet written otherwise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in changes:
        assert old in parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(old, new)
    return zipped(parts)


def test_hidden_column_and_row() -> None:
    book, sheet = made()
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = True

    assert text_of(book) == SEEN


@pytest.mark.parametrize(
    ("column", "row"),
    [
        (b'width="0"', b'ht="0" customHeight="1"'),
        (b'width="0.0"', b'ht="0.00"'),
        (b'hidden="true" width="9"', b'hidden="true"'),
    ],
)
def test_other_ways_to_hide(column: bytes, row: bytes) -> None:
    book, sheet = made()
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = True
    data = rewritten(
        saved(book),
        (b'<col hidden="1" width="13" customWidth="1"', b"<col " + column),
        (b'<row r="5" hidden="1"', b'<row r="5" ' + row),
    )

    assert read_document("附件1.xlsx", data) == SEEN


def test_folded_group_of_columns_and_rows() -> None:
    book, sheet = made()
    sheet.insert_cols(4)
    sheet["D2"] = "旧栏目二"
    sheet.column_dimensions.group("C", "D", hidden=True)
    sheet.row_dimensions.group(5, 6, hidden=True)
    sheet["A6"] = "旧要求二"

    assert text_of(book) == SEEN


def test_rows_that_a_filter_leaves_out() -> None:
    book, sheet = made()
    sheet.auto_filter.ref = "A2:D4"
    for row in (4, 5):
        sheet.row_dimensions[row].hidden = True

    assert "示例甲厂" in text_of(book)
    assert "示例乙厂" not in text_of(book)


def test_merged_area_that_begins_in_a_hidden_column_is_still_seen() -> None:
    book, sheet = made()
    sheet.merge_cells("C2:D2")
    sheet["C2"] = "数量（家）"
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = True

    assert text_of(book) == SEEN


def test_merged_header_over_a_hidden_column_keeps_its_width() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["序号", "数量", None, None], [None, "甲", "旧", "乙"], ["1", "2", "9", "3"]):
        sheet.append(row)
    sheet.merge_cells("B1:D1")
    sheet.merge_cells("A1:A2")
    sheet.column_dimensions["C"].hidden = True

    assert text_of(book) == "序号\t数量\t\n\t甲\t乙\n1\t2\t3"


def test_each_sheet_has_its_own_hidden_places() -> None:
    book, sheet = made()
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("另一张", 0)
    other.append(["另表"])
    other.append(["序号", "旧栏目", "名称"])

    assert text_of(book) == "另表\n序号\t旧栏目\t名称\n\n" + SEEN


def test_sheet_of_which_nothing_is_seen_is_named() -> None:
    book, sheet = made()
    for row in range(1, 6):
        sheet.row_dimensions[row].hidden = True

    with pytest.raises(UnreadableDocument, match="隐藏的行"):
        text_of(book)
