"""Periods of recurring clauses; days and names are worked by hand in the domain notes (D42-D51)."""

import csv
from datetime import date, time

import pytest

from notices.text.characters.normalize import fold
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.rules import RecurringDeadline
from notices.text.deadlines.workdays import WorkCalendar
from tasks.scheduling.periods import CAP, Period, TooManyPeriods, last_day, periods
from tests.folders import ROOT


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    text = (ROOT / "bureaus/data/workdays.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    rest, work = (
        frozenset(date.fromisoformat(row["date"]) for row in rows if row["kind"] == kind)
        for kind in "HW"
    )
    return WorkCalendar(rest, work, date(2021, 1, 1), date(2026, 12, 31))


def day(said: str) -> date:
    return date.fromisoformat(said)


def rule_of(words: str, base: str = "2026-03-02") -> RecurringDeadline:
    found = deadline_words.find(fold(words).replace(" ", ""), day(base))
    return next(m.rule for m in found if isinstance(m.rule, RecurringDeadline))


def found(words: str, start: str, stop: str, calendar: WorkCalendar) -> list[Period]:
    return periods(
        rule_of(words, start),
        words=words,
        start=day(start),
        stop=day(stop),
        calendar=calendar,
        closes=time(17, 30),
    )


def shown(each: Period) -> tuple[str, str, str, str]:
    dates = each.dates
    return each.label, *(str(on) for on in (dates.due_at.date(), dates.strict_on, dates.target_on))


SERIES = [
    # D42: the report due in May is about April
    (
        "自5月起，于每月10日前报送上月情况统计表",
        ("2026-05-01", "2026-07-31"),
        [
            ("2026年4月", "2026-05-10", "2026-05-09", "2026-05-09"),  # a worked Saturday
            ("2026年5月", "2026-06-10", "2026-06-09", "2026-06-09"),
            ("2026年6月", "2026-07-10", "2026-07-09", "2026-07-09"),
        ],
    ),
    # D43: no 30 February
    (
        "每月30日前报送",
        ("2023-02-01", "2023-04-30"),
        [
            ("2023年2月", "2023-02-28", "2023-02-27", "2023-02-27"),
            ("2023年3月", "2023-03-30", "2023-03-29", "2023-03-29"),
            ("2023年4月", "2023-04-30", "2023-04-29", "2023-04-28"),
        ],
    ),
    # D44, and the last day of a leap February
    (
        "每月底前报送",
        ("2024-02-01", "2024-03-31"),
        [
            ("2024年2月", "2024-02-29", "2024-02-29", "2024-02-29"),
            ("2024年3月", "2024-03-31", "2024-03-31", "2024-03-29"),
        ],
    ),
    # D45: a fixed day does not roll over, its target moves before the holiday
    (
        "次月5日内报送月报",
        ("2023-10-01", "2023-10-31"),
        [("2023年9月", "2023-10-05", "2023-10-05", "2023-09-28")],
    ),
    # D46: so many days after the quarter do roll over
    (
        "季度终了后15日内报送",
        ("2023-04-01", "2023-12-31"),
        [
            ("2023年第一季度", "2023-04-17", "2023-04-15", "2023-04-14"),
            ("2023年第二季度", "2023-07-17", "2023-07-15", "2023-07-14"),
            ("2023年第三季度", "2023-10-16", "2023-10-15", "2023-10-13"),
        ],
    ),
    # D47
    (
        "每季度末月25日前报送",
        ("2023-01-03", "2023-06-30"),
        [
            ("2023年第一季度", "2023-03-25", "2023-03-24", "2023-03-24"),
            ("2023年第二季度", "2023-06-25", "2023-06-24", "2023-06-21"),
        ],
    ),
    # D49: no day named, the end of the period
    (
        "每半年报送一次",
        ("2023-01-03", "2023-12-31"),
        [
            ("2023年上半年", "2023-06-30", "2023-06-30", "2023-06-30"),
            ("2023年下半年", "2023-12-31", "2023-12-31", "2023-12-29"),
        ],
    ),
    # D50: the year before
    (
        "每年3月底前报送上年度情况",
        ("2023-04-10", "2025-12-31"),
        [
            ("2023年度", "2024-03-31", "2024-03-31", "2024-03-29"),
            ("2024年度", "2025-03-31", "2025-03-31", "2025-03-31"),
        ],
    ),
    # D51
    (
        "2023—2025年每年12月底前报送",
        ("2023-02-08", "2025-12-31"),
        [
            ("2023年度", "2023-12-31", "2023-12-31", "2023-12-29"),
            ("2024年度", "2024-12-31", "2024-12-31", "2024-12-31"),
            ("2025年度", "2025-12-31", "2025-12-31", "2025-12-31"),
        ],
    ),
    # the week starts on Monday; a named hour leaves the day whole
    (
        "每周五下班前报送",
        ("2026-05-11", "2026-05-24"),
        [
            ("2026年第20周", "2026-05-15", "2026-05-15", "2026-05-15"),
            ("2026年第21周", "2026-05-22", "2026-05-22", "2026-05-22"),
        ],
    ),
    (
        "每两个月报送一次",
        ("2026-03-01", "2026-06-30"),
        [
            ("2026年3—4月", "2026-04-30", "2026-04-30", "2026-04-30"),
            ("2026年5—6月", "2026-06-30", "2026-06-30", "2026-06-30"),
        ],
    ),
    (
        "每10天报送一次",
        ("2026-03-02", "2026-03-12"),
        [
            ("2026年3月2日", "2026-03-02", "2026-03-02", "2026-03-02"),
            ("2026年3月12日", "2026-03-12", "2026-03-12", "2026-03-12"),
        ],
    ),
]


@pytest.mark.parametrize(("words", "span", "wanted"), SERIES, ids=[each[0] for each in SERIES])
def test_periods_have_names_and_days(words, span, wanted, calendar):
    assert [shown(each) for each in found(words, *span, calendar)] == wanted


@pytest.mark.parametrize(
    ("words", "on", "label"),
    [
        ("每月5日前报送上月情况", "2027-01-05", "2026年12月"),
        ("每月5日前报送上个月情况", "2026-05-05", "2026年4月"),
        ("每月5日前报送工作情况", "2026-05-05", "2026年5月"),
        ("次月5日内报送月报", "2027-01-05", "2026年12月"),
        ("每季度首月10日前报送上季度情况", "2027-01-10", "2026年第四季度"),
        ("季度终了后15日内报送", "2027-01-15", "2026年第四季度"),
        ("每周一前报送上周情况", "2027-01-04", "2026年第53周"),
        ("每年1月10日前报送上年度总结", "2027-01-10", "2026年度"),
        ("每年1月10日前报送计划", "2027-01-10", "2027年度"),
        ("每年7月15日前报送上半年情况", "2026-07-15", "2026年上半年"),
    ],
)
def test_period_is_the_one_reported_on(words, on, label, calendar):
    assert [each.label for each in found(words, on, on, calendar)] == [label]


def test_both_ends_are_included_and_nothing_beyond(calendar):
    words = "每月10日前报送"

    assert [p.label for p in found(words, "2026-05-10", "2026-06-10", calendar)] == [
        "2026年5月",
        "2026年6月",
    ]
    assert found(words, "2026-05-11", "2026-06-09", calendar) == []


def test_what_is_due_early_in_the_first_month_is_not_lost(calendar):
    """次月5日内: what falls due in May is about April, though April is before the start."""
    (first,) = found("次月5日内报送月报", "2026-05-01", "2026-05-31", calendar)

    assert first.label == "2026年4月"


def test_closing_time_is_the_offices(calendar):
    (each,) = found("每周五下班前报送", "2026-05-11", "2026-05-17", calendar)

    assert each.dates.due_at.time() == time(17, 30)


def test_more_than_the_cap_is_refused_and_the_cap_itself_is_not(calendar):
    words = "每日17时前报送"

    assert len(found(words, "2026-03-01", "2026-04-29", calendar)) == CAP == 60
    with pytest.raises(TooManyPeriods):
        found(words, "2026-03-01", "2026-04-30", calendar)


def test_years_not_announced_are_said_to_be_so(calendar):
    (each,) = found("每月10日前报送", "2027-05-01", "2027-05-31", calendar)

    assert "beyond_calendar" in each.dates.flags
    assert "2027年节假日安排尚未载入" in each.dates.explanation


@pytest.mark.parametrize(
    ("words", "on", "end"),
    [
        ("每月10日前报送上月情况", "2026-03-10", "2026-02-28"),
        ("每月10日前报送", "2024-02-10", "2024-02-29"),
        ("每季度末月25日前报送", "2026-09-25", "2026-09-30"),
        ("每年12月20日前报送", "2026-12-20", "2026-12-31"),
        ("每周五下班前报送", "2026-05-15", "2026-05-17"),
        ("每日17时前报送", "2026-05-11", "2026-05-11"),
    ],
)
def test_last_day_is_that_of_the_period_reported_on(words, on, end, calendar):
    (each,) = found(words, on, on, calendar)

    assert last_day(each.label) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("label", "end"),
    [
        ("2026年上半年", "2026-06-30"),
        ("2026年下半年", "2026-12-31"),
        ("2026年1—2月", "2026-02-28"),
        ("2026年4月份", "2026-04-30"),  # as people type it
        ("2026年1月—6月", "2026-06-30"),
        ("2026年1季度", "2026-03-31"),
        ("2026年四季度", "2026-12-31"),
        ("2026年全年", "2026-12-31"),
        ("2026年第53周", "2027-01-03"),
    ],
)
def test_last_day_of_names_as_they_are_given(label, end):
    assert last_day(label) == date.fromisoformat(end)


@pytest.mark.parametrize(
    "label",
    ["", "第一批", "2026年", "2026年13月", "2026年第54周", "2026年2月30日", "2026年第五季度"],
)
def test_other_names_end_on_no_day(label):
    assert last_day(label) is None
