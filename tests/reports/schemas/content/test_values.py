from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.schemas.content.values import (
    Reading,
    decimals_of,
    is_date,
    is_month,
    is_no_value_mark,
    parse_number,
    read_number,
)


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


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("2000万", "元", "20000000"),
        ("2000万元", "元", "20000000"),
        ("2000万", "万元", "2000"),
        ("2000万元", "万元", "2000"),
        ("2000", "万元", "2000"),
        ("２０００万", "元", "20000000"),
        ("2,000 万元", "元", "20000000"),
        ("500元", "万元", "0.05"),
        ("1.5亿", "万元", "15000"),
        ("3亿元", "亿元", "3"),
        ("￥1,240.50", "元", "1240.50"),
        ("1.2万家", "家", "12000"),
        ("1.2万", "人次", "12000"),
        ("3万人", "万人", "3"),
        ("50人", "万人", "0.005"),
        ("5吨", "公斤", "5000"),
        ("5", "吨", "5"),
        ("20千克", "公斤", "20"),
        ("2万", "吨", "20000"),
        ("-0", "", "0"),
        ("35%", "%", "35"),
        ("0.35", "%", "0.35"),
    ],
)
def test_number_with_a_unit_is_reckoned_into_that_of_its_column(text, measure, expected):
    assert parse_number(text, measure=measure) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("2000万", ""),
        ("2000吨", "元"),
        ("20个", "家"),
        ("20万", "%"),
        ("20‰", "%"),
        ("1亿2000万", "元"),
        ("3万多", "元"),
        ("200余", "家"),
        ("10-20", "家"),
        ("10～20", "家"),
        ("1 240", ""),
        ("1,2345", ""),
        ("二十", "家"),
        ("￥5", "家"),
        ("1234567890123456", ""),
        ("0.1234567890123456", ""),
        ("99999999999999999亿", "元"),
    ],
)
def test_number_in_a_unit_that_does_not_belong_is_none(text, measure):
    assert parse_number(text, measure=measure) is None


def test_reading_says_whether_it_was_reckoned():
    assert read_number("2000万", measure="元") == Reading(Decimal(20000000), is_reckoned=True)
    assert read_number("2000元", measure="元") == Reading(Decimal(2000))


@pytest.mark.parametrize(("text", "count"), [("3", 0), ("3.50", 1), ("0.05", 2), ("100", 0)])
def test_decimals_are_those_a_number_needs(text, count):
    assert decimals_of(Decimal(text)) == count


def test_month_has_no_day():
    assert [is_month(text) for text in ("2023年3月", "2023-03", "2023-03-01", "三月")] == [
        True,
        True,
        False,
        False,
    ]


numbers = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False)
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@given(numbers)
def test_every_spelling_of_a_number_is_that_number(number):
    spellings = [f"{number}", f"{number:,}", f" {number} ", f"{number}家", f"+{number}"]

    read = [parse_number(text, measure="家") for text in spellings]
    wide = [parse_number(text.translate(WIDE), measure="家") for text in spellings]

    assert set(read + wide) == {number}


@given(numbers)
def test_ten_thousands_are_never_lost(number):
    assert parse_number(f"{number}万", measure="元") == number * 10000
    assert parse_number(f"{number}万元", measure="万元") == number


@given(st.text(max_size=12), st.sampled_from(["", "元", "万元", "家", "%", "公斤"]))
def test_text_without_a_digit_is_never_a_number(text, measure):
    found = parse_number(text, measure=measure)

    assert found is None or any(char.isdigit() for char in text)


@given(st.text(alphabet="0123456789.,万亿千元家余约 -", max_size=10))
def test_zero_is_read_only_where_every_digit_is_zero(text):
    if parse_number(text, measure="元") == 0:
        assert set(text) & set("0123456789") == {"0"}
