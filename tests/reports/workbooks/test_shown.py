"""What a cell shows by its number format, as Excel and WPS in Chinese put it on the screen."""

from datetime import date

import pytest

from reports.workbooks.reading.number_formats import code_of
from reports.workbooks.reading.shown import shown

ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (27, "2026年3月"),
        (28, "3月31日"),
        (29, "3月31日"),
        (30, "3-31-26"),
        (31, "2026年3月31日"),
        (32, "15时36分"),
        (33, "15时36分00秒"),
        (34, "下午3时36分"),
        (35, "下午3时36分00秒"),
        (36, "2026年3月"),
        (50, "2026年3月"),
        (51, "3月31日"),
        (52, "2026年3月"),
        (53, "3月31日"),
        (54, "3月31日"),
        (55, "下午3时36分"),
        (56, "下午3时36分00秒"),
        (57, "2026年3月"),
        (58, "3月31日"),
        (14, "2026/3/31"),
        (22, "2026/3/31 15:36"),
    ],
)
def test_format_that_no_file_defines(number, text):
    assert shown(46112.65, code_of(number, "General")).shown == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12, "000000", "000012"),
        (13800001111, "000-0000-0000", "138-0000-1111"),
        (125000, '0!.0,"万元"', "12.5万元"),
        (125000, '0\\.0,"万元"', "12.5万元"),
        (12.5, '0.0"万元"', "12.5万元"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567, '#,##0,"千"', "1,235千"),
        (0.355, "0.00%", "35.50%"),
        (35, '0"%"', "35%"),
        (-1234, "#,##0_);(#,##0)", "(1,234)"),
        (-5, "0.00;[Red]0.00", "5.00"),
        (-5, "0.00;[红色]-0.00", "-5.00"),
        (0, '0;-0;"无"', "无"),
        (0, ACCOUNTS, "-"),
        (-1234.5, ACCOUNTS, "-1,234.50"),
        (5, ";;;", ""),
        (150, '[>=100]0"大";0"小"', "150大"),
        (50, '[>=100]0"大";0"小"', "50小"),
        (12, 'General"元"', "12元"),
        (12, "G/通用格式", "12"),
        (125000, "0.00E+00", "1.25E+05"),
        (1.5, "# ?/?", "1 1/2"),
        (1234, "[$¥-804]#,##0", "¥1,234"),
        (2.5, "0", "3"),
        (-0.001, "0.00", "0.00"),
        ("张三", '@"先生"', "张三先生"),
        ("张三", ";;;", ""),
        ("张三", "0.00", "张三"),
    ],
)
def test_figure_and_text_by_format(value, code, text):
    assert shown(value, code).shown.strip() == text


@pytest.mark.parametrize(
    ("value", "code", "text", "names"),
    [
        (46112, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二六年三月三十一日", "dmy"),
        (46112, "[$-F800]dddd, mmmm dd, yyyy", "2026年3月31日", "dmy"),
        (46112.65, "yyyy/m/d h:mm", "2026/3/31 15:36", "dmty"),
        (46112, "aaaa", "星期二", "w"),
        (2026.1, 'yyyy"年"m"月"', "1905年7月", "my"),
        (1.5, "[h]:mm", "36:00", ""),
        (46112, 'yyyy"年"m"月"d"日";@', "2026年3月31日", "dmy"),
    ],
)
def test_day_by_format(value, code, text, names):
    found = shown(value, code)

    assert (found.shown, found.names) == (text, names)


@pytest.mark.parametrize(("value", "is_1904"), [(46112, False), (44650, True)])
def test_day_of_both_systems(value, is_1904):
    assert shown(value, "yyyy-mm-dd", is_1904=is_1904).shown == "2026-03-31"
    assert shown(date(2026, 3, 31), "yyyy-mm-dd", is_1904=is_1904).shown == "2026-03-31"


@pytest.mark.parametrize("value", [-1, 3_000_000, 1e15])
def test_day_that_excel_does_not_know_is_an_error(value):
    assert shown(value, "yyyy-mm-dd").kind == "error"


def test_format_that_is_not_known_is_not_guessed():
    assert shown(12, "[DBNum2]General").shown is None
