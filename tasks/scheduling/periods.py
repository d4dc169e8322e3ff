"""期次: the reports that a recurring clause comes to between two days, each with its name. Pure.

Source: R1-R7 of the office's rules on deadlines. The period is the one REPORTED ON: what falls due
on 10 May by 每月10日前报送上月情况 is called 4月.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import takewhile

from notices.text.deadlines import computing as deadline_dates
from notices.text.deadlines.bases import Dates
from notices.text.deadlines.dates import add_months
from notices.text.deadlines.occurrences import due_days
from notices.text.deadlines.rules import RecurringDeadline
from notices.text.deadlines.workdays import WorkCalendar

CAP = 60  # a weekly report of a year, or a monthly one of five
OFTEN = ("daily", "weekly", "every_n_days")
_MONTHS = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "semiannual": 6, "yearly": 12}
# How the words say that a report is about the period before the one in which it falls due.
_LAST = {
    "weekly": re.compile(r"上一?个?(?:周|星期)"),
    "monthly": re.compile(r"[上前]一?个?月"),
    "quarterly": re.compile(r"[上前]一?个?季"),
    "semiannual": re.compile(r"[上前](?:一个?|个)半年"),
    "yearly": re.compile(r"[上前]一?个?年|去年"),
}


class TooManyPeriods(ValueError):
    """More than CAP reports between the two days."""


@dataclass(frozen=True)
class Period:
    """One report of a series: what it is about, and its dates."""

    label: str
    dates: Dates


def periods(
    rule: RecurringDeadline,
    *,
    words: str,
    start: date,
    stop: date,
    calendar: WorkCalendar,
    closes: time,
) -> list[Period]:
    """The reports that fall due from ``start`` to ``stop``, both inclusive, in order of time.

    ``words`` is the clause: 上月, 上季度 and the like say which period it is about. ``closes`` is
    下班. Raises TooManyPeriods.
    """
    found: list[Period] = []
    for due in takewhile(lambda day: day <= stop, _due_from(rule, start)):
        if len(found) == CAP:
            raise TooManyPeriods
        dates = deadline_dates.occurrence(rule, due, calendar, closes)
        found.append(Period(label_of(rule, due, words), dates))
    return found


def _due_from(rule: RecurringDeadline, start: date) -> Iterator[date]:
    # What falls due in this period may be about the one before.
    first = add_months(start, -_MONTHS[rule.freq]) if rule.offset else start
    return (day for day in due_days(rule, first) if day >= start)


def label_of(rule: RecurringDeadline, due: date, words: str) -> str:
    """What the report that falls due on ``due`` is called: 2026年4月, 2026年第一季度."""
    is_about_last = rule.freq in _LAST and bool(_LAST[rule.freq].search(words))
    if rule.freq == "weekly":
        year, week, _ = date.fromordinal(due.toordinal() - 7 * is_about_last).isocalendar()
        return f"{year}年第{week}周"
    if rule.freq not in _MONTHS:
        return f"{due.year}年{due.month}月{due.day}日"
    length = _MONTHS[rule.freq]
    number = (due.year * 12 + due.month - 1) // length - (rule.offset or is_about_last)
    year, first = divmod(number * length, 12)
    return f"{year}年" + _part_of_year(rule.freq, first, words)


def _part_of_year(freq: str, first: int, words: str) -> str:
    """The words for the part that starts at month ``first``, counted from 0."""
    match freq:
        case "monthly":
            return f"{first + 1}月"
        case "bimonthly":
            return f"{first + 1}—{first + 2}月"
        case "quarterly":
            return f"第{'一二三四'[first // 3]}季度"
        case "semiannual":
            return "下半年" if first else "上半年"
    return "上半年" if "上半年" in words and "下半年" not in words else "度"


def last_day(label: str) -> date | None:
    """The day with which a period of this name ends; None for a name that is none of these."""
    if found := re.fullmatch(r"(\d{4})年第(\d{1,2})周", label):
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 7)
        except ValueError:
            return None
    if found := re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", label):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    found = re.fullmatch(r"(\d{4})年(.+)", label)
    month = _last_month(found[2]) if found else 0
    if not found or not 1 <= month <= 12:
        return None
    return add_months(date(int(found[1]), month, 1), 1) - timedelta(days=1)


def first_day(label: str) -> date | None:
    """The day with which a period of this name begins; None where ``last_day`` knows none."""
    end = last_day(label)
    if end is None or re.search(r"\d日$", label):
        return end
    if "周" in label:
        return end - timedelta(days=6)
    if found := re.search(r"年(\d{1,2})月?[—-]", label):
        return date(end.year, int(found[1]), 1)
    is_half = label.endswith("半年")
    months = 3 if label.endswith("季度") else 6 if is_half else 12 if "月" not in label else 1
    return add_months(date(end.year, end.month, 1), 1 - months)


def _last_month(part: str) -> int:
    """The number of the month with which a part of a year ends; 0 for other words."""
    if found := re.fullmatch(r"第?([一二三四1-4])季度", part):
        return 3 * ("一二三四1234".index(found[1]) % 4 + 1)
    if found := re.fullmatch(r"(?:\d{1,2}月?[—-])?(\d{1,2})月份?", part):
        return int(found[1])
    return {"上半年": 6, "下半年": 12, "度": 12, "全年": 12}.get(part, 0)
