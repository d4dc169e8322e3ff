"""Numbers and months of an .xlsx are read as its cells show them."""

import io
from datetime import date

import openpyxl
import pytest

from notices.readers.spreadsheet.document import SpreadsheetReader


def read(value: object, code: str) -> str:
    """What is read of a cell with that format, between two others."""
    book = openpyxl.Workbook()
    book.active.append(["指标", value, "说明"])
    book.active["B1"].number_format = code
    out = io.BytesIO()
    book.save(out)
    return SpreadsheetReader().read(out.getvalue()).split("\t")[1]


SHOWN = [
    (0.95, "0%", "95%"),
    (0.9567, "0.0%", "95.7%"),
    (0.5, "0.00%", "50.00%"),
    (3.14159, "0.00", "3.14"),
    (2.345, "0.00", "2.35"),
    (1234567, "#,##0", "1,234,567"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (7, "000", "007"),
    (12, '0"家"', "12家"),
    (12.5, '0.0"万元"', "12.5万元"),
    (1000, '"￥"#,##0', "￥1,000"),
    (-5, "0", "-5"),
    (-5, "0;(0)", "(5)"),
    (0, '0;-0;"无"', "无"),
    (0, "0;-0;", ""),
    (3, '0;-0;"无"', "3"),
    (-1234.5, '[Red]"￥"#,##0.00', "-￥1,234.50"),
    (date(2026, 8, 1), 'yyyy"年"m"月"', "2026年8月"),
    (date(2026, 8, 1), "yyyy-mm", "2026年8月"),
    (date(2026, 8, 1), 'yyyy"年"', "2026年"),
    (date(2026, 8, 20), 'yyyy"年"m"月"d"日"', "2026年8月20日"),
    (date(2026, 8, 20), "yyyy/m/d", "2026年8月20日"),
    (12.5, "General", "12.5"),
    (12.5, "@", "12.5"),
    (12.5, "0.00E+00", "12.5"),
    (0.5, "# ?/?", "0.5"),
    (12500, '0.0,"千"', "12500"),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_cell_is_read_as_it_is_shown(value: object, code: str, shown: str) -> None:
    assert read(value, code) == shown


@pytest.mark.parametrize("value", ["旧目标", 999, date(2026, 1, 5)])
def test_cell_whose_format_hides_it_is_not_read(value: object) -> None:
    assert read(value, ";;;") == ""
