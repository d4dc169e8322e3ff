"""How often, which day, until when: a rule that a person sets, from the words of a field."""

from datetime import date

import pytest

from notices.text.deadlines.rules import RecurringDeadline
from notices.text.deadlines.set_by_hand import NotARule, by_hand, due_from, typed

SINCE = date(2026, 3, 2)
STOP = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("freq", "day", "words", "days"),
    [
        ("weekly", "周五", "每周五", ["2026-03-06", "2026-03-13"]),
        ("weekly", "星期天", "每周日", ["2026-03-08", "2026-03-15"]),
        ("weekly", "7", "每周日", ["2026-03-08", "2026-03-15"]),
        ("monthly", "10日", "每月10日", ["2026-03-10", "2026-04-10"]),
        ("monthly", "１０日前", "每月10日", ["2026-03-10", "2026-04-10"]),
        ("monthly", "二十五日", "每月25日", ["2026-03-25", "2026-04-25"]),
        ("monthly", "31", "每月31日", ["2026-03-31", "2026-04-30"]),
        ("monthly", "月底前", "每月末", ["2026-03-31", "2026-04-30"]),
        ("monthly_next", "5", "次月5日报上月", ["2026-03-05", "2026-04-05"]),
        ("quarterly", "25日", "每季度末月25日", ["2026-03-25", "2026-06-25"]),
        ("quarterly", "季末", "每季度末月末", ["2026-03-31", "2026-06-30"]),
        ("quarterly_next", "15", "季后首月15日报上季度", ["2026-04-15", "2026-07-15"]),
        ("semiannual", "末", "每年6月、12月末", ["2026-06-30", "2026-12-31"]),
        ("semiannual_next", "10", "每年7月、1月10日报上半期", ["2026-07-10"]),
        ("yearly", "12月31日", "每年12月31日", ["2026-12-31"]),
        ("yearly", "6-30", "每年6月30日", ["2026-06-30"]),
        ("yearly", "6月底", "每年6月末", ["2026-06-30"]),
    ],
)
def test_rule_of_the_fields(freq, day, words, days):
    rule = by_hand(freq, day, STOP, time=None)

    assert rule.rule == words
    assert [str(each) for each in due_from(rule, SINCE, most=2)] == days
    assert RecurringDeadline.from_json(rule.as_json()) == rule
    back = typed(rule)
    assert by_hand(back.freq, back.day, back.stop_on, time=None) == rule


@pytest.mark.parametrize(
    ("freq", "day"),
    [
        *(("weekly", day) for day in ("", "8", "0", "10日", "周")),
        *(("monthly", day) for day in ("", "0", "32", "周五", "三十二日", "10月1日", "十十")),
        *(("quarterly", day) for day in ("", "99", "中旬")),
        *(("yearly", day) for day in ("", "31", "2月30日", "13月1日", "0-1", "末")),
    ],
)
def test_what_is_no_day_of_the_period_is_told(freq, day):
    with pytest.raises(NotARule, match="请写明每"):
        by_hand(freq, day, STOP, time=None)


def test_nothing_falls_due_after_the_last_day_that_was_set():
    rule = by_hand("weekly", "周五", date(2026, 3, 19), time=None)

    assert due_from(rule, SINCE, most=9) == [date(2026, 3, 6), date(2026, 3, 13)]


def test_rule_of_a_text_that_has_no_field_stays_as_read():
    read = RecurringDeadline(freq="daily", rule="每日", end="2026-05")

    assert typed(read).freq == "read"
    assert typed(read).stop_on == date(2026, 5, 31)


def test_day_that_a_person_names_does_not_run_on_over_days_of_rest():
    assert not by_hand("quarterly_next", "15", STOP, time=None).rolls
