"""Finds the words that set a deadline and turns them into rules.

The text searched is folded and without blanks (see `normalize`). What is only a date in the text
(a period of validity, a range of work, a fact with 截至) is no deadline and is not returned.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from notices.text.deadlines import counted_days, named_days, recurring_days
from notices.text.deadlines.dates import BaseDay, clamp
from notices.text.deadlines.rules import (
    FixedDeadline,
    Mention,
    RecurringDeadline,
    UndatedDeadline,
)
from notices.text.deadlines.time_words import Sentence

_SOON = (
    "及时 尽快 尽早 立即 立刻 马上 第一时间 随时 随即 即时 抓紧 不断 定期 适时 按时 按期 即刻 "
    "及早 不定期 迅速"
)
_DONE = r"(?:结束|完成|完毕|分析|解除)后"
_UNDATED = re.compile(rf"(?P<done>{_DONE}(?:应?当?|要))?(?:{'|'.join(_SOON.split())})|{_DONE}")
_EVENT = re.compile(r"[\u4e00-\u9fff]{2,10}$")
_PUT_OFF = re.compile(r"遇[^,;。]{0,8}(?:假|休息|公休|周末)[^,;。]{0,10}顺延")
_LAST_YEAR, _STANDING = re.compile("上一?年度"), re.compile("长期|制度|今后")
_RANK = {"recurring": 0, "relative": 1, "fixed": 2, "undated": 3}


def find(text: str, base: BaseDay | date | None = None) -> list[Mention]:
    """All deadlines in `text` from left to right, overlaps settled for the earlier and longer.

    `base` is the notice's date: a day without a year is the first such day on or after it. Without
    one such a day is kept as words only.
    """
    day = BaseDay(base) if isinstance(base, date) else base
    found = sorted(
        _all(Sentence(text), day),
        key=lambda m: (not m.firm, _RANK[m.rule.kind], m.start - m.end, m.start),
    )
    taken, kept = bytearray(len(text)), []
    for mention in found:
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    kept.sort(key=lambda m: m.start)
    kept = _in_context(kept, day)
    if _LAST_YEAR.search(text) and _STANDING.search(text):
        kept = [every_year(mention) for mention in kept]
    return [_put_off(m) for m in kept] if _PUT_OFF.search(text) else kept


def _all(sentence: Sentence, base: BaseDay | None) -> Iterator[Mention]:
    recurring, counted = recurring_days.Reader(sentence, base), counted_days.Reader()
    for phrase in sentence.phrases(recurring_days.PATTERN, "kEBKA"):
        yield from recurring.read(phrase)
    for phrase in sentence.phrases(counted_days.PATTERN, "gGnd"):
        yield from counted.read(phrase)
    for phrase in sentence.phrases(named_days.PATTERN, "dDtWpiqhYf"):
        yield from named_days.read(phrase, base)
    for phrase in sentence.phrases(named_days.STAGE, "y"):
        yield from named_days.stage(phrase)
    yield from _undated(sentence.text)


def _undated(text: str) -> Iterator[Mention]:
    """`及时`, `活动结束后及时`, `活动结束后`."""
    for match in _UNDATED.finditer(text):
        start, end = match.span()
        if match["done"] or match[0].endswith("后"):
            event = _EVENT.search(text[max(0, start - (10 if match["done"] else 8)) : start])
            if not match["done"] and (not event or match[0].startswith("解除")):
                continue
            start = start - len(event[0]) if event else match.end("done")
        yield Mention(start, end, UndatedDeadline(text[start:end]), firm=False)


def _in_context(found: list[Mention], base: BaseDay | None) -> list[Mention]:
    """`2021年6月底前…,12月底前…`, `3月5日前…,20日前…`: year and month hold for later days."""
    out: list[Mention] = []
    last: date | None = None
    named: date | None = None
    for mention in found:
        rule = mention.rule
        if isinstance(rule, FixedDeadline):
            day = rule.day
            if "month_inferred" in rule.marks and last and not re.search("[本当下]", rule.phrase):
                day = _after(last, last.month, rule.day.day)
            elif not rule.year_from:
                named = rule.day
            elif named and rule.strict_on is None and not re.search("[今本当次明]", rule.phrase):
                number = 31 if re.search("[底末]", rule.phrase) else rule.day.day
                later = clamp(named.year, rule.day.month, number)
                later = later if later >= named else clamp(named.year + 1, rule.day.month, number)
                day = later if base is None or later >= base.day else day
            mention = replace(mention, rule=replace(rule, day=day))
            last = day
        out.append(mention)
    return out


def every_year(mention: Mention) -> Mention:
    """In a regulation or standing rule, which is of no year, `四月底前` comes back every year."""
    rule = mention.rule
    if not isinstance(rule, FixedDeadline) or "year_inferred" not in rule.marks:
        return mention
    number = "末" if re.search("[底末]", rule.phrase) else f"{rule.day.day:02d}"
    yearly = RecurringDeadline("yearly", rule.phrase, f"{rule.day.month:02d}-{number}", rule.time)
    return replace(mention, rule=yearly)


def _after(last: date, month: int, number: int) -> date:
    day = clamp(last.year, month, number)
    return day if day >= last else clamp(last.year + month // 12, month % 12 + 1, number)


def _put_off(mention: Mention) -> Mention:
    """`遇节假日顺延` is no day but moves the days of its sentence."""
    rule = mention.rule
    if isinstance(rule, RecurringDeadline):
        return replace(mention, rule=replace(rule, put_off=True))
    if isinstance(rule, FixedDeadline):
        return replace(mention, rule=replace(rule, marks=(*rule.marks, "put_off")))
    return mention
