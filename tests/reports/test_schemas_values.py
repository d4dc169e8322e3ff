from decimal import Decimal

import pytest

from reports.schemas.values import is_date, is_no_value_mark, parse_integer, parse_number


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("0", "", Decimal(0)),
        ("1240", "", Decimal(1240)),
        ("１２４０", "", Decimal(1240)),
        ("1,240.50", "", Decimal("1240.50")),
        ("12,345,678", "", Decimal(12345678)),
        ("-3", "", Decimal(-3)),
        ("−3", "", Decimal(-3)),
        ("35%", "%", Decimal(35)),
        ("35％", "%", Decimal(35)),
        ("20 家", "家", Decimal(20)),
        ("20家", "", None),
        ("2000万", "元", None),
        ("1,24", "", None),
        ("1.2.3", "", None),
        ("约20", "", None),
        ("无", "", None),
        ("", "", None),
        ("1e5", "", None),
        ("家", "家", None),
    ],
)
def test_number_is_read_or_refused_never_guessed(text, measure, expected):
    assert parse_number(text, measure=measure) == expected


@pytest.mark.parametrize(("text", "expected"), [("3", 3), ("3.0", 3), ("3.5", None), ("甲", None)])
def test_integer_has_no_fraction(text, expected):
    assert parse_integer(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月31日",
        "2023 年 3 月 31 日",
        "２０２３年３月３１日",
        "2023-03-31",
        "2023/3/31",
        "2023.3.31",
        "2023年3月",
        "2023-03",
        "2024-02-29",
    ],
)
def test_days_and_months_are_dates(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["2023年2月29日", "2023-13-01", "3月31日", "2023年", "2023-3-", "0000-01-01", "近期", ""],
)
def test_what_names_no_day_is_no_date(text):
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("无", True), ("—", True), ("/", True), ("0", False), ("", False)]
)
def test_marks_for_no_value_are_neither_blank_nor_zero(text, expected):
    assert is_no_value_mark(text) is expected
