"""A rule that a person sets in place of what was read: how often, which day of each period, until
when."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import get_args

from notices.text.characters.normalize import fold
from notices.text.characters.numerals import to_int
from notices.text.deadlines.occurrences import due_days, last_due
from notices.text.deadlines.rules import Freq, RecurringDeadline

ONCE, AS_READ = "once", "read"
CHOICES = (
    (ONCE, "一次"),
    ("weekly", "每周"),
    ("monthly", "每月"),
    ("monthly_next", "每月（次月报上月）"),
    ("quarterly", "每季度（季末月）"),
    ("quarterly_next", "每季度（次季首月报上季）"),
    ("semiannual", "每半年（6月、12月）"),
    ("semiannual_next", "每半年（7月、1月报上半期）"),
    ("yearly", "每年"),
)
_NEXT = "_next"
_WORDS = {
    "weekly": "每{day}",
    "monthly": "每月{day}",
    "monthly_next": "次月{day}报上月",
    "quarterly": "每季度末月{day}",
    "quarterly_next": "季后首月{day}报上季度",
    "semiannual": "每年6月、12月{day}",
    "semiannual_next": "每年7月、1月{day}报上半期",
    "yearly": "每年{day}",
}
_WEEK = "一二三四五六日"
_WEEKDAY = re.compile(r"(?:每?(?:周|星期|礼拜))?([一二三四五六日天1-7])")
_DAY = re.compile(r"(\d{1,2}|[二三]?十?[一二三四五六七八九]|[二三]?十)[日号]?前?")
_LAST = re.compile(r"(?:月|季|季度|期)?(?:末|底|最后一[日天])前?")
_YEAR_DAY = re.compile(r"(\d{1,2})(?:月|[-./])(\d{1,2}|末|底)[日号]?前?")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class NotARule(ValueError):
    """What was typed is no day of such a period; the message says what to write."""


@dataclass(frozen=True)
class Typed:
    """A rule as its fields: the key of ``CHOICES``, or AS_READ where that does not hold it."""

    freq: str
    day: str
    stop_on: date | None


def typed(rule: RecurringDeadline) -> Typed:
    """The fields in which a rule stands, as ``by_hand`` would take them again."""
    key = rule.freq + (_NEXT if rule.offset else "")
    if key not in _WORDS:
        return Typed(AS_READ, "", last_due(rule))
    day = "" if rule.day is None else _day_in_words(rule.freq, rule.day)
    return Typed(key, day, last_due(rule))


def by_hand(freq: str, day: str, stop_on: date | None, *, time: str | None) -> RecurringDeadline:
    """The rule of these fields; raises NotARule. ``freq`` is one of ``CHOICES`` but 一次."""
    key = freq.removesuffix(_NEXT)
    found = _day(key, fold(day).replace(" ", ""))
    shown = _day_in_words(key, found)
    known: dict[str, Freq] = {name: name for name in get_args(Freq)}
    return RecurringDeadline(
        freq=known[key],
        rule=_WORDS[freq].format(day=shown).replace("月月末", "月末"),
        day=found,
        time=time,
        edge="by",
        offset=freq.endswith(_NEXT),
        end=stop_on.isoformat() if stop_on else None,
        by_hand=True,
    )


def due_from(rule: RecurringDeadline, start: date, *, most: int) -> list[date]:
    """The first due days from ``start`` on, at most so many, none after the rule's last."""
    last = last_due(rule) or date(start.year + 60, 12, 31)
    # what falls due in this period may be about the one before
    days = takewhile(lambda day: day <= last, due_days(rule, start - timedelta(days=366)))
    found: list[date] = []
    for day in days:
        if day >= start:
            found.append(day)
        if len(found) == most:
            break
    return found


def _day(key: str, said: str) -> int | str:
    if key == "weekly":
        if match := _WEEKDAY.fullmatch(said):
            return _WEEK.replace("天", "日").find(match[1].replace("天", "日")) + 1 or int(match[1])
        raise NotARule("请写明每周哪一天，如“周五”")
    if key == "yearly":
        match = _YEAR_DAY.fullmatch(said)
        if match and 1 <= int(match[1]) <= 12 and _is_day(match[2], _LONGEST[int(match[1]) - 1]):
            last = match[2] in ("末", "底")
            return f"{int(match[1]):02}-" + ("末" if last else f"{int(match[2]):02}")
        raise NotARule("请写明每年哪一天，如“12月31日”")
    if _LAST.fullmatch(said):
        return "末"
    match = _DAY.fullmatch(said)
    if match and 1 <= to_int(match[1]) <= 31:
        return to_int(match[1])
    raise NotARule("请写明每期哪一天截止，如“10日”，最后一天写“月末”")


def _is_day(said: str, most: int) -> bool:
    return not said.isdecimal() or 1 <= int(said) <= most


def _day_in_words(key: str, day: int | str) -> str:
    if key == "weekly" and isinstance(day, int):
        return f"周{_WEEK[day - 1]}"
    if isinstance(day, int):
        return f"{day}日"
    if "-" in day:
        month, number = day.split("-")
        return f"{int(month)}月" + ("末" if number == "末" else f"{int(number)}日")
    return "月末"
