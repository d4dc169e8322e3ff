"""Finds the words that set a deadline and turns them into rules.

The text searched is folded and without blanks (see `normalize`). What is only a date in the text
(a period of validity, a range of work, a fact with 截至) is no deadline and is not returned.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from notices.text.characters.numerals import NUMBER, to_int
from notices.text.deadlines.dates import clamp
from notices.text.deadlines.fixed_words import FIXED, Builder
from notices.text.deadlines.period_words import PERIOD_ENDS
from notices.text.deadlines.recurrence_words import RECURRING, recurring
from notices.text.deadlines.relative_words import RELATIVE
from notices.text.deadlines.rules import (
    Deadline,
    FixedDeadline,
    Mention,
    RecurringDeadline,
    RelativeDeadline,
    UndatedDeadline,
)

_UNDATED = re.compile(
    r"(?:(?:(?P<event>[\u4e00-\u9fff]{2,10}(?:结束|完成|完毕|分析|解除)后)(?:要|应|应当)?)?"
    r"(?P<word>及时|尽快|尽早|立即|立刻|马上|第一时间|随时|即时|抓紧|不断|定期|适时|按时|按期|即刻|及早|不定期|迅速))"
    r"|(?P<only>待?[\u4e00-\u9fff]{2,8}(?:结束|完成|完毕|分析)后)"
)


def _undated(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    return UndatedDeadline(match.group())


_READERS: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (RECURRING, recurring),
    *FIXED,
    *PERIOD_ENDS,
    *RELATIVE,
    (_UNDATED, _undated),
)

_RANK = {"recurring": 0, "relative": 1, "fixed": 2, "undated": 3}


def find(text: str, base: date | None = None) -> list[Mention]:
    """All deadlines in `text` from left to right, overlaps settled for the earlier and longer.

    `base` is the notice's date: a day without a year is the first such day on or after it, and is
    left out where `base` is None.
    """
    found: list[Mention] = []
    for pattern, build in _READERS:
        for match in pattern.finditer(text):
            rule = build(match, base, text)
            if rule is not None:
                start = match.start()
                if isinstance(rule, RelativeDeadline):  # it may stand behind what is to be reported
                    start = match.end() - len(rule.phrase)
                found.append(
                    Mention(start, match.end(), rule, not isinstance(rule, UndatedDeadline))
                )
    found.extend(_lists(text, base, found))
    found.sort(key=lambda m: (not m.firm, _RANK[m.rule.kind], -(m.end - m.start)))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    return _repeated(text, _same_year(sorted(kept, key=lambda m: m.start), base))


def _same_year(found: list[Mention], base: date | None) -> list[Mention]:
    """`2021年6月底前…,12月底前…`: a year that is written holds for the days after it."""
    out: list[Mention] = []
    named: date | None = None
    for mention in found:
        rule = mention.rule
        if isinstance(rule, FixedDeadline):
            if "year_inferred" not in rule.marks:
                named = rule.day
            elif named and not re.search("[今本当次明]", rule.phrase) and rule.strict_on is None:
                day = clamp(named.year, rule.day.month, _day_of(rule))
                if day < named:
                    day = clamp(named.year + 1, rule.day.month, _day_of(rule))
                if base is None or day >= base:
                    mention = replace(mention, rule=replace(rule, day=day))
        out.append(mention)
    return out


def _day_of(rule: FixedDeadline) -> int:
    return 31 if re.search("[底末]", rule.phrase) else rule.day.day


def _repeated(text: str, found: list[Mention]) -> list[Mention]:
    """`每年6月20日、12月20日前` and `每月15日、月底前`: 每 holds for all days of the list."""
    out: list[Mention] = []
    for mention in found:
        last = out[-1] if out else None
        if (
            last
            and isinstance(last.rule, RecurringDeadline)
            and isinstance(mention.rule, FixedDeadline)
            and "year_inferred" in mention.rule.marks
            and _LIST_MARK.fullmatch(text[last.end : mention.start])
            and (rule := _of_period(last.rule, mention.rule))
        ):
            mention = Mention(mention.start, mention.end, rule)
        out.append(mention)
    return out


_LIST_MARK = re.compile(r"(?:之?前)?(?:、|和|及|以及|与|,)")


def _of_period(first: RecurringDeadline, day: FixedDeadline) -> RecurringDeadline | None:
    """The rule of a further day in the period that `first` names."""
    end = bool(re.search("[底末]", day.phrase))
    if first.freq == "yearly":
        named = f"{day.day.month:02d}-{'末' if end else f'{day.day.day:02d}'}"
        return replace(first, rule=day.phrase, day=named)
    if first.freq == "monthly" and not re.search(r"\d月", day.phrase):
        return replace(first, rule=day.phrase, day="末" if end else day.day.day)
    return None


def _lists(text: str, base: date | None, found: list[Mention]) -> Iterator[Mention]:
    """`4月15日、8月1日、10月15日前` and `在2018年、2020年底`: the last one's edge holds for all."""
    for mention in found:
        if not isinstance(mention.rule, FixedDeadline):
            continue
        low = max(0, mention.start - _LIST_REACH)
        head = text[low : mention.start]
        last = mention.rule.day
        while match := _LISTED.search(head):
            day = _listed_day(match, last, base, mention.rule.phrase)
            if day is None:
                break
            last_rule = mention.rule
            rule = FixedDeadline(
                day, match["words"] + "前", last_rule.time, last_rule.edge, None, last_rule.marks
            )
            yield Mention(low + match.start("words"), low + match.end(), rule)
            head = head[: match.start()]


_LIST_REACH = 80
"""Signs before a date in which others of its list are looked for."""
_LISTED = re.compile(
    r"(?P<words>(?P<ends>(?P<only_year>20\d\d)年(?:年?底)?)"
    rf"|(?:(?P<year>20\d\d)年)?(?P<month>{NUMBER})月(?:(?P<day>{NUMBER})[日号]?|(?P<end>底|末))?"
    rf"|(?P<bare>{NUMBER})[日号]|(?<!\d)(?P<only_month>\d{{1,2}}))(?:、|和|及|,|以及|与)$"
)


def _listed_day(match: re.Match[str], last: date, base: date | None, phrase: str) -> date | None:
    try:
        if match["only_year"]:
            return clamp(int(match["only_year"]), last.month, 31)
        if match["only_month"]:
            if not re.match(r"\D{0,3}\d{1,2}月", phrase):
                return None
            return clamp(last.year, to_int(match["only_month"]), last.day)
        if match["bare"]:
            return clamp(last.year, last.month, to_int(match["bare"]))
        month = to_int(match["month"])
        year = int(match["year"]) if match["year"] else None
        if year is None:
            year = last.year if month <= last.month else last.year - 1
            if base and clamp(year, month, 28) < base.replace(day=1):
                return None
        if match["day"]:
            return clamp(year, month, to_int(match["day"]))
        return clamp(year, month, 31 if match["end"] else last.day)
    except ValueError:
        return None
