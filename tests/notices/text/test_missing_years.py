"""A day without a year is never dropped: where its year comes from, and what is said of it."""

from datetime import date, datetime

import pytest

from notices.text.deadlines import finding
from notices.text.deadlines.computing import Bases, Dates, compute
from notices.text.deadlines.dates import BaseDay
from notices.text.deadlines.office_time import SHANGHAI
from notices.text.deadlines.rules import FixedDeadline, UndatedDeadline
from notices.text.deadlines.workdays import WorkCalendar
from notices.text.reading import read

CALENDAR = WorkCalendar(
    frozenset(date(2023, 10, day) for day in range(1, 7)),
    frozenset({date(2023, 10, 7)}),
    date(2023, 1, 1),
    date(2023, 12, 31),
)


def dates(words: str, base: BaseDay | None = None, bases: Bases | None = None) -> Dates:
    (mention,) = finding.find(words, base)
    return compute(mention.rule, bases or Bases(), CALENDAR)


@pytest.mark.parametrize(
    ("base", "wanted", "source", "unsure"),
    [
        (BaseDay(date(2023, 3, 8), "落款日期2023年3月8日"), "2023-03-20", "落款日期", False),
        (BaseDay(date(2021, 1, 1), "文号的年份", only_year=True), "2021-03-20", "文号", True),
        (BaseDay(date(2024, 1, 1), "导入的年份", only_year=True), "2024-03-20", "导入", True),
        (BaseDay(date(2023, 4, 1), "落款日期2023年4月1日"), "2024-03-20", "落款日期", True),
    ],
)
def test_year_comes_from_what_is_known(
    base: BaseDay, wanted: str, source: str, unsure: bool
) -> None:
    (mention,) = finding.find("请于3月20日前报送", base)

    assert isinstance(mention.rule, FixedDeadline)
    assert mention.rule.day.isoformat() == wanted
    assert source in mention.rule.year_from
    assert ("year_unsure" in mention.rule.marks) == unsure


@pytest.mark.parametrize(
    "words",
    ["3月20日前", "15日前", "本周五前", "今日17:00前", "次年2月底前", "一季度末前", "月底前"],
)
def test_day_that_nothing_dates_is_kept_as_words(words: str) -> None:
    (mention,) = finding.find(words, None)

    assert mention.firm
    assert mention.rule == UndatedDeadline(mention.rule.phrase)


def test_year_alone_dates_no_week_and_no_month() -> None:
    base = BaseDay(date(2023, 1, 1), "文号的年份", only_year=True)

    for words in ("15日前", "本周五前", "今日17:00前", "本月底前"):
        (mention,) = finding.find(words, base)
        assert isinstance(mention.rule, UndatedDeadline)


@pytest.mark.parametrize(
    ("base", "unsure"),
    [
        (BaseDay(date(2023, 2, 8), "落款日期2023年2月8日"), False),
        (BaseDay(date(2023, 1, 1), "导入的年份", only_year=True), True),
    ],
)
def test_year_that_the_words_do_not_say_is_explained(base: BaseDay, unsure: bool) -> None:
    found = dates("3月31日前", base)

    said = f"年份待核定：原文没有写年份，按{base.source}推算为2023年。"
    assert said in found.explanation
    assert ("year_unsure" in found.flags) == unsure


def test_words_that_put_off_days_of_rest_move_the_due_day() -> None:
    each = dates("每月5日前报送,遇节假日顺延", bases=Bases(printed_on=date(2023, 10, 1)))
    once = dates("请于2023年4月2日前报送,遇节假日顺延")

    assert each.due_at == datetime(2023, 10, 7, 23, 59, 59, tzinfo=SHANGHAI)
    assert once.due_at == datetime(2023, 4, 3, 23, 59, 59, tzinfo=SHANGHAI)


def test_clock_beyond_the_day_is_no_clock() -> None:
    found = dates("2023年3月31日24:30前")

    assert found.due_at == datetime(2023, 3, 31, 23, 59, 59, tzinfo=SHANGHAI)


ASKED = "请各市局于3月20日前将整改情况报送省局。\n"
SIGNED = "示例省市场监督管理局\n2022年3月8日\n"


@pytest.mark.parametrize(
    ("number", "below", "today", "day", "source"),
    [
        ("示市监质〔2021〕9号\n", SIGNED, None, "2022-03-20", "落款日期2022年3月8日"),
        ("", "示例局办公室 2022年3月9日印发\n", None, "2022-03-20", "印发日期2022年3月9日"),
        ("示市监质〔2021〕9号\n", "", date(2024, 5, 6), "2021-03-20", "文号的年份"),
        ("", "", date(2024, 5, 6), "2024-03-20", "导入的年份"),
        ("", "", None, None, None),
    ],
)
def test_year_of_a_day_comes_from_the_first_date_known(
    number: str, below: str, today: date | None, day: str | None, source: str | None
) -> None:
    text = f"{number}关于报送整改情况的通知\n各市市场监督管理局：\n{ASKED}{below}"

    (item,) = read(text, today=today).obligations

    said = item.deadline.as_json()
    assert (said.get("date"), said.get("year_from")) == (day, source)
    assert said["phrase"] == "于3月20日前"
