"""Words of deadlines and the days they come to; oracles are worked by hand in the domain notes."""

import csv
from datetime import date, datetime, time
from pathlib import Path

import pytest

from notices.text.characters.normalize import fold
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.computing import Bases, Dates, compute
from notices.text.deadlines.office_time import SHANGHAI
from notices.text.deadlines.rules import (
    Deadline,
    FixedDeadline,
    RecurringDeadline,
    UndatedDeadline,
)
from notices.text.deadlines.workdays import WorkCalendar
from tests.folders import ROOT

ORACLES = ROOT.parent / "shared" / "domain" / "deadline_oracles.csv"


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    rows = table(ROOT / "bureaus/data/workdays.csv")
    days = {
        kind: {date.fromisoformat(r["date"]) for r in rows if r["kind"] == kind} for kind in "HW"
    }
    return WorkCalendar(
        frozenset(days["H"]), frozenset(days["W"]), date(2021, 1, 1), date(2026, 12, 31)
    )


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def rules(words: str, base: date | None = None) -> list[Deadline]:
    text = fold(words).replace(" ", "")
    found = deadline_words.find(text, base)
    return [m.rule for m in found if m.firm] or [m.rule for m in found]


VARIANTS = [
    "2023年3月31日前",
    "2023 年 3 月 31 日前",
    "２０２３年３月３１日前",
    "2023年03月31日前",
    "二〇二三年三月三十一日前",
    "二○二三年三月三十一日前",
    "二O二三年三月三十一日前",
    "二零二三年三月三十一日前",
    "2023.3.31前",
    "2023-03-31前",
    "2023/3/31 前",
    "3月31日（星期五）前",
    "三月底前",
    "3月末前",
    "2023年一季度末前",
    "今年3月底前",
    "最迟不晚于2023年3月31日",
    "3月31日17时前",
    "2023年3月31曰前",
]


@pytest.mark.parametrize("words", VARIANTS)
def test_spellings_of_one_day_give_that_day(words: str) -> None:
    (rule,) = rules(words, date(2023, 2, 8))

    assert rule.as_json()["date"] == "2023-03-31"


@pytest.mark.parametrize(
    "words",
    [
        "自2023年3月31日起施行",
        "2023年3月1日至31日开展检查",
        "2021年9月16日致贺信",
        "到2025年覆盖率达到80%",
        "力争到2025年底实现全覆盖",
        "去年12月31日前",
    ],
)
def test_dates_that_set_no_deadline_are_left_alone(words: str) -> None:
    assert rules(words, date(2023, 2, 8)) == []


@pytest.mark.parametrize(
    "words",
    ["2023年2月30日前", "2027年2月29日前", "4月31日前", "2026-06-31前", "13月5日前", "9月45日前"],
)
def test_a_day_that_no_calendar_has_is_asked_for(words: str, calendar: WorkCalendar) -> None:
    (rule,) = rules(words, date(2023, 2, 8))

    assert rule == UndatedDeadline(words, impossible=True)
    assert rule.as_json() == {"kind": "undated", "phrase": words, "impossible": True}
    found = compute(rule, Bases(written_on=date(2023, 2, 8)), calendar)
    assert (found.due_at, found.flags) == (None, ("no_such_day",))
    assert found.explanation == f"原文写的“{words}”，日历上没有这一天，请核对原文后填写截止时间。"


def test_weekday_in_brackets_that_does_not_fit_is_flagged() -> None:
    (right,) = rules("3月31日（星期五）前", date(2023, 2, 8))
    (wrong,) = rules("3月31日（星期四）前", date(2023, 2, 8))

    assert isinstance(right, FixedDeadline)
    assert isinstance(wrong, FixedDeadline)
    assert "weekday_mismatch" not in right.marks
    assert "weekday_mismatch" in wrong.marks


@pytest.mark.parametrize(
    ("words", "clock"),
    [
        ("3月31日下午5时前", "17:00"),
        ("3月31日16:00前", "16:00"),
        ("3月31日晚9时前", "21:00"),
        ("3月31日下午3点半前", "15:30"),
        ("3月31日中午前", "12:00"),
        ("3月31日20：00前", "20:00"),
        ("每周五下午3点半前", "15:30"),
        ("每月5日上午9时整前", "09:00"),
    ],
)
def test_clock_time_is_read(words: str, clock: str) -> None:
    (rule,) = rules(words, date(2023, 2, 8))

    assert rule.as_json()["time"] == clock


def test_end_of_office_hours_is_no_clock_time_in_the_answer() -> None:
    (rule,) = rules("3月31日下班前", date(2023, 2, 8))

    assert "time" not in rule.as_json()


@pytest.mark.parametrize(
    ("words", "freq", "day"),
    [
        ("每月10日前", "monthly", 10),
        ("次月5日内", "monthly", 5),
        ("每月底前", "monthly", "末"),
        ("每季度末月25日前", "quarterly", 25),
        ("季度终了后15日内", "quarterly", 15),
        ("每半年", "semiannual", None),
        ("每年3月底前", "yearly", "03-末"),
        ("每年11月30日前", "yearly", "11-30"),
        ("每周五中午前", "weekly", 5),
        ("每日", "daily", None),
        ("每两个月", "bimonthly", None),
        ("每3天", "every_n_days", 3),
    ],
)
def test_recurring_words(words: str, freq: str, day: int | str | None) -> None:
    (rule,) = rules(words)

    assert isinstance(rule, RecurringDeadline)
    assert (rule.freq, rule.day) == (freq, day)


@pytest.mark.parametrize(
    ("words", "anchor", "amount", "unit"),
    [
        ("自收到本通知之日起10日内", "收到本通知之日", 10, "日"),
        ("自印发之日起15个工作日内", "印发之日", 15, "工作日"),
        ("印发之日起一个月内", "印发之日", 1, "月"),
        ("活动结束后两周内", "活动结束", 14, "日"),
        ("事故发生后一小时内", "事故发生", 1, "小时"),
        ("会议召开前5个工作日", "会议召开前", -5, "工作日"),
        ("信息发生变更的,应当于七日内", "信息发生变更", 7, "日"),
        ("将名单（附件2）于本通知印发之日起5个工作日内", "通知印发之日", 5, "工作日"),
        ("有关情况请于活动结束后10日内", "活动结束", 10, "日"),
        ("自查报告请于整改完成后3个工作日内", "整改完成", 3, "工作日"),
    ],
)
def test_relative_words(words: str, anchor: str, amount: int, unit: str) -> None:
    (rule,) = rules(words)

    found = rule.as_json()
    assert (found["anchor"], found["amount"], found["unit"]) == (anchor, amount, unit)


CASES = [
    ("于2023年3月31日前", "2023-02-08", "2023-03-31", "2023-03-30", "2023-03-30"),
    ("2023年12月底前", "2023-02-08", "2023-12-31", "2023-12-31", "2023-12-29"),
    ("于1月15日前", "2023-12-10", "2024-01-15", "2024-01-14", "2024-01-12"),
    ("于2023年10月5日前", "2023-09-18", "2023-10-05", "2023-10-04", "2023-09-28"),
    ("于2023年4月23日前", "2023-04-03", "2023-04-23", "2023-04-22", "2023-04-21"),
    ("截至2024年2月18日", "2024-01-25", "2024-02-18", "2024-02-18", "2024-02-18"),
    ("于3月中旬前", "2023-02-08", "2023-03-20", "2023-03-10", "2023-03-10"),
    ("年底前", "2022-03-01", "2022-12-31", "2022-12-31", "2022-12-30"),
    ("春节前", "2024-01-15", "2024-02-09", "2024-02-08", "2024-02-08"),
    ("国庆节前", "2025-09-01", "2025-09-30", "2025-09-30", "2025-09-30"),
    ("次年2月底前", "2023-11-20", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("自印发之日起1个月内", "2023-01-31", "2023-02-28", "2023-02-28", "2023-02-28"),
    ("印发之日起30日内", "2024-01-11", "2024-02-18", "2024-02-10", "2024-02-09"),
    ("自印发之日起15个工作日内", "2023-09-20", "2023-10-17", "2023-10-17", "2023-10-17"),
    ("每年3月底前", "2023-04-10", "2024-03-31", "2024-03-31", "2024-03-29"),
    ("每月10日前(自5月起)", "2012-03-28", "2012-05-10", "2012-05-09", "2012-05-09"),
    ("本周五下班前", "2023-09-26", "2023-09-29", "2023-09-29", "2023-09-28"),
]


def shown(dates: Dates) -> tuple[str, str, str]:
    due = dates.due_at.date() if dates.due_at else ""
    return str(due), str(dates.strict_on or ""), str(dates.target_on or "")


@pytest.mark.parametrize(("words", "printed", "due", "strict", "target"), CASES)
def test_days_of_a_deadline(
    words: str, printed: str, due: str, strict: str, target: str, calendar: WorkCalendar
) -> None:
    base = date.fromisoformat(printed)

    dates = compute(rules(words, base)[0], Bases(printed_on=base), calendar)

    assert shown(dates) == (due, strict, target)
    assert dates.explanation


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("自2026年5月起至2026年12月，每月5日前报送", "2026-12"),
        ("自5月起至12月，每月10日前报送", "2026-12"),
        ("2026年5月至12月，每月5日前报送", "2026-12"),
        ("2026年7月—12月每月底前报送", "2026-12"),
        ("从9月起至次年3月，每月10日前报送", "2027-3"),
        ("从9月起至3月，每月10日前报送", "2027-3"),
        ("即日起至年底，每周五前报送", "2026"),
        ("自即日起至2026年6月30日开展检查，每月5日前报送", "2026-6"),
        ("自2026年起至2028年，每年12月底前报送", "2028"),
        ("2026—2028年每年12月底前报送", "2028"),
        ("自5月起，于每月10日前报送，12月底前报送总结", None),
        ("每月5日前报送", None),
    ],
)
def test_end_of_what_recurs_is_read(words: str, end: str | None) -> None:
    found = [rule for rule in rules(words, date(2026, 3, 2)) if rule.kind == "recurring"]

    assert [rule.end for rule in found] == [end]


@pytest.mark.parametrize(
    "words",
    ["自5月起至12月，每周五下班前报送", "每月5日17时前报送", "季度终了后15日内报送", "每半年报送"],
)
def test_recurring_rule_survives_being_kept(words: str) -> None:
    (rule,) = rules(words, date(2026, 3, 2))

    assert RecurringDeadline.from_json(rule.as_json()) == rule


def test_nothing_recurs_after_its_end(calendar: WorkCalendar) -> None:
    (rule,) = rules("自2021年5月起至9月，每月5日前报送", date(2021, 3, 1))

    assert compute(rule, Bases(printed_on=date(2021, 9, 1)), calendar).due_at is not None
    assert compute(rule, Bases(printed_on=date(2021, 9, 6)), calendar).due_at is None


def test_day_with_a_clock_is_whole_for_what_recurs_too(calendar: WorkCalendar) -> None:
    (rule,) = rules("每周五17:00前报送", date(2023, 6, 1))

    dates = compute(rule, Bases(printed_on=date(2023, 6, 1)), calendar)

    assert shown(dates) == ("2023-06-02", "2023-06-02", "2023-06-02")


def test_day_without_a_clock_ends_at_midnight_in_shanghai(calendar: WorkCalendar) -> None:
    (rule,) = rules("2023年3月31日前")

    dates = compute(rule, Bases(), calendar)

    assert dates.due_at == datetime(2023, 3, 31, 23, 59, 59, tzinfo=SHANGHAI)


def test_office_hours_come_from_the_caller(calendar: WorkCalendar) -> None:
    (rule,) = rules("2023年6月30日下班前")

    dates = compute(rule, Bases(), calendar, office_closes=time(17, 30))

    assert dates.due_at == datetime(2023, 6, 30, 17, 30, tzinfo=SHANGHAI)


def test_hours_run_through_holidays(calendar: WorkCalendar) -> None:
    (rule,) = rules("事发后48小时内")
    began = datetime(2023, 9, 29, 16, tzinfo=SHANGHAI)

    dates = compute(rule, Bases(event=began), calendar)

    assert dates.due_at == datetime(2023, 10, 1, 16, tzinfo=SHANGHAI)


def test_unknown_base_is_flagged_not_guessed(calendar: WorkCalendar) -> None:
    (rule,) = rules("活动结束后10个工作日内")

    dates = compute(rule, Bases(printed_on=date(2023, 9, 1)), calendar)

    assert dates.due_at is None
    assert dates.flags == ("base_unknown",)


def test_day_that_the_words_name_starts_the_count(calendar: WorkCalendar) -> None:
    (rule,) = rules("请各地在2023年9月25日起5个工作日内")

    dates = compute(rule, Bases(printed_on=date(2023, 9, 1)), calendar)

    assert shown(dates)[0] == "2023-10-08"
    assert dates.explanation.startswith("从2023年9月25日（星期一）起算，")


def test_undated_has_a_review_day_and_is_never_due(calendar: WorkCalendar) -> None:
    (rule,) = rules("活动结束后及时")

    dates = compute(rule, Bases(event=date(2023, 9, 30)), calendar)

    assert (dates.due_at, dates.review_on) == (None, date(2023, 10, 18))


def test_day_beyond_the_calendar_is_flagged(calendar: WorkCalendar) -> None:
    (rule,) = rules("2027年10月1日前")

    dates = compute(rule, Bases(), calendar)

    assert "beyond_calendar" in dates.flags
    assert dates.target_on == date(2027, 9, 30)


def test_named_years_over_give_no_day(calendar: WorkCalendar) -> None:
    (rule,) = rules("2023—2025年每年12月底前")

    assert compute(rule, Bases(printed_on=date(2026, 2, 1)), calendar).due_at is None


# Rows that need more than one rule of the sentence: the last one is the report's.
LAST = {"D14", "D15"}
EVENTS = ("结束", "会议", "事发", "公开发布")


@pytest.mark.skipif(not ORACLES.exists(), reason="the shared oracles are not beside this checkout")
def test_all_shared_oracles(calendar: WorkCalendar) -> None:
    rows = table(ORACLES)

    wrong = {row["id"]: found for row in rows if (found := oracle(row, calendar)) != wanted(row)}

    assert len(rows) == 55
    assert wrong == {}


def wanted(row: dict[str, str]) -> tuple[str, str, str]:
    return tuple(row[k][:10] for k in ("due_default", "strict_reading", "target_conservative"))


def oracle(row: dict[str, str], calendar: WorkCalendar) -> tuple[str, str, str]:
    instant = datetime.fromisoformat(row["base"])
    day, kind = instant.date(), row["base_kind"]
    found = rules(row["text"], day)
    if not found:
        return "", "", ""
    event = None
    if any(word in kind for word in EVENTS):
        event = instant if "T" in row["base"] else day
    bases = Bases(
        written_on=day if kind.startswith("成文") or kind[0] in "制—真" else None,
        printed_on=day if "印发" in kind else None,
        published_on=day if kind == "发布日期" else None,
        received_on=day if "签收" in kind else None,
        event=event,
        period=PERIODS.get(row["id"]),
    )
    dates = compute(found[-1 if row["id"] in LAST else 0], bases, calendar)
    if row["id"] == "D39":  # the oracle writes the review day into the target column
        return "", "", str(dates.review_on)
    return shown(dates)


# The period each recurring row is about stands in brackets in its text.
PERIODS = {
    "D43": date(2023, 2, 1),
    "D44": date(2023, 4, 1),
    "D45": date(2023, 9, 1),
    "D46": date(2023, 7, 1),
    "D47": date(2023, 1, 1),
}
