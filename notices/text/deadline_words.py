"""Finds the words that set a deadline and turns them into rules.

The text searched is folded and without blanks (see `normalize`). What is only a date in the text
(a period of validity, a range of work, a fact with 截至) is no deadline and is not returned.
"""

import re
from collections.abc import Iterator
from datetime import date

from notices.text.dates import clamp
from notices.text.deadlines import Deadline, FixedDeadline, Mention, UndatedDeadline
from notices.text.fixed_words import FIXED, Builder
from notices.text.numerals import NUMBER, to_int
from notices.text.recurrence_words import RECURRING, recurring
from notices.text.relative_words import RELATIVE

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
                found.append(
                    Mention(start, match.end(), rule, not isinstance(rule, UndatedDeadline))
                )
    found.extend(_lists(text, base, found))
    found.sort(key=lambda m: (not m.firm, _RANK[m.rule.kind], -(m.end - m.start)))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _lists(text: str, base: date | None, found: list[Mention]) -> Iterator[Mention]:
    """`4月15日、8月1日、10月15日前` and `在2018年、2020年底`: the last one's edge holds for all."""
    for mention in found:
        if not isinstance(mention.rule, FixedDeadline):
            continue
        low = max(0, mention.start - _LIST_REACH)
        head = text[low : mention.start]
        last = mention.rule.day
        while match := _LISTED.search(head):
            day = _listed_day(match, last, base)
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
    rf"|(?P<bare>{NUMBER})[日号])(?:、|和|及|,|以及|与)$"
)


def _listed_day(match: re.Match[str], last: date, base: date | None) -> date | None:
    try:
        if match["only_year"]:
            return clamp(int(match["only_year"]), last.month, 31)
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
