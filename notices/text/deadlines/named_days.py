"""Days that the words name: 3月31日前, 4月15日、8月1日前, 一季度末, 年底前, 春节前, 本周五."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from notices.text.characters.numerals import leading_int
from notices.text.deadlines.dates import PARTS, BaseDay, clamp, month_end, part_end, with_year
from notices.text.deadlines.limits import is_limit
from notices.text.deadlines.rules import (
    Deadline,
    Edge,
    FixedDeadline,
    HolidayDeadline,
    Mention,
    UndatedDeadline,
)
from notices.text.deadlines.time_words import Phrase, Word, clock_of, last_month_of, weekday_of

PATTERN = re.compile(
    r"(?P<lead>[lLVz]*)(?P<listed>(?:(?:y?m?[dp]|y|m|N)[wW]?x){0,11})"
    r"(?P<day>y?m[dpi]|y?D|[MK][dpi]|t|W[pi]?|y?q[pi]|y?h[pi]?|y[pi]|y?Y|y?f|d)"
    r"(?P<tail>[wWgc]*)(?P<edge>[eiul]?)(?P<after>[or]?)"
)
STAGE = re.compile(r"(?P<day>y[Nm]rm)(?P<after>C)")
_FAR = timedelta(days=275)  # a day of next year, nine months off, may be one of this year

Said = dict[str, str]
"""The words of one day by their letters: {"m": "3月", "d": "31日"}."""


class _NoBase(Exception):
    """The words count from the day of the notice, which nobody knows."""


class _IsPast(Exception):
    """去年, 上年: what has been sets no deadline."""


def read(phrase: Phrase, base: BaseDay | None) -> Iterator[Mention]:
    """The deadlines of a PATTERN phrase: the day and those listed before it with one edge."""
    if not is_limit(phrase):
        return
    runs = [*_runs(phrase.words("listed")), [*_month_ahead(phrase), *phrase.words("day")]]
    for run, said in zip(runs, _completed(runs), strict=True):
        is_last = run is runs[-1]
        lead = [word for word in phrase.words("lead") if word.letter != "L" or word.text[0] == "截"]
        start = (lead or run)[0].start if len(runs) == 1 else max(run[0].start, phrase.start)
        end = phrase.end if is_last else run[-1].end
        words = phrase.sentence.text[start:end] + ("" if is_last else "前")
        try:
            yield Mention(start, end, _rule(said, words, phrase, base))
        except _NoBase:
            yield Mention(start, end, UndatedDeadline(words))
        except _IsPast:
            continue
        except ValueError:  # no day of the calendar
            yield Mention(start, end, UndatedDeadline(words, impossible=True))


def stage(phrase: Phrase) -> Iterator[Mention]:
    """`1997年7—9月,由…审查后送交…`: a stage's last day, where it opens the sentence."""
    if re.search(r"(?:^|[。;:)、])$", phrase.before()):
        year, month = (leading_int(phrase.said("day", letter)) for letter in "ym")
        if 1 <= month <= 12:
            rule = FixedDeadline(month_end(year, month), phrase.text, None, "by", None, ("part",))
            yield Mention(phrase.start, phrase.end, rule)


def _month_ahead(phrase: Phrase) -> list[Word]:
    """The month of `3月10日至15日期间`, which the range names once."""
    if phrase.match["day"] != "d" or phrase.letters_before[-1:] != "r":
        return []
    return [word for word in phrase.words_before(4) if word.letter in "ym"]


def _runs(listed: list[Word]) -> Iterator[list[Word]]:
    """The words of each listed day."""
    run: list[Word] = []
    for word in listed:
        if word.letter == "x":
            yield run
            run = []
        else:
            run.append(word)


def _completed(runs: list[list[Word]]) -> list[Said]:
    """Each day with what it shares: `3月15日、20日前`, `3、6、9月底前`, `2018年、2020年底`."""
    days = [{word.letter: word.text for word in run} for run in runs]
    last = dict(days[-1])
    month = last.get("m")
    for said in days:
        if "N" in said:
            said["m"] = said.pop("N")
        if {"d", "p", "i"}.isdisjoint(said) and {"m", "y"} & said.keys() and said is not days[-1]:
            kept = "dpiY" if "m" in said else "mdpiY"
            said.update({letter: last[letter] for letter in kept if letter in last})
        if "d" in said and "M" not in said:
            month = said.get("m", month)
            said.update({"m": month} if month else {})
    return days


def _rule(said: Said, words: str, phrase: Phrase, base: BaseDay | None) -> Deadline:
    edge = phrase.said("edge")
    if "f" in said:
        name = re.sub("节?(?:假期|放假)?$|国际劳动", "", said["f"]) or "节"
        name = {"劳动": "五一", "春": "春节"}.get(name, name)
        year = leading_int(said["y"]) if "y" in said else None
        return HolidayDeadline(name, year, words)
    tail = {word.letter: word.text for word in phrase.words("tail")}
    day, marks, year_from = _day(tail | said if "t" in said else said, base)
    clock = clock_of(tail.get("c", ""))
    named = weekday_of(tail.get("w") or tail.get("W", ""))
    if named is not None and named != day.weekday():
        marks += ("weekday_mismatch",)
    strict = None
    part = said.get("p", "")
    if part in _FIRST_OF:
        marks += ("part",) + (("ambiguous",) if edge else ())
        strict = day.replace(day=_FIRST_OF[part]) - timedelta(days=1) if edge else None
    led = any(word.letter in "lLV" for word in phrase.words("lead"))
    exact = {"d", "D"} & said.keys() and phrase.said("edge", "e")
    limit: Edge = "before" if exact and not led and not clock else "by"
    return FixedDeadline(day, words, clock, limit, strict, marks, year_from)


_FIRST_OF = {"上旬": 1, "中旬": 11, "下旬": 21, "初": 1}


def _day(said: Said, base: BaseDay | None) -> tuple[date, tuple[str, ...], str]:
    """The day, the marks it bears, and where its year was read if the words do not say it.

    Raises _NoBase, _IsPast, or ValueError for a day that no calendar has.
    """
    if "D" in said:
        year, of_year, of_month = (int(number) for number in re.findall(r"\d+", said["D"]))
        return date(year, of_year, of_month), (), ""
    if "t" in said or "W" in said:
        return _near(said, base), ("relative_week",), ""
    month = _month(said)
    number = leading_int(said["d"]) if "d" in said else 0
    part = said.get("p") or said.get("i", "")
    part = part if part in PARTS else "末"
    if month is None:
        return _of_this_month(said, number, part, base), ("month_inferred",), ""
    if (named := _year(said.get("y"), base)) is not None:
        day = date(named, month, number) if number else part_end(named, month, part)
        if base is None or not base.only_year or said["y"][0] in "12一二":
            return day, (), ""
    elif base is None:
        raise _NoBase
    elif number:
        day = with_year(base.day, month, number)
    else:
        year = base.day.year
        day = part_end(year + (part_end(year, month, part) < base.day), month, part)
    unsure = base.only_year or (day.year > base.day.year and day - base.day > _FAR)
    return day, ("year_inferred", "year_unsure") if unsure else ("year_inferred",), base.source


def _month(said: Said) -> int | None:
    """The month that the words name; None where it is that of the notice."""
    if "m" in said:
        month = leading_int(said["m"])
    elif "q" in said or "h" in said:
        month = last_month_of(said.get("q") or said["h"])
    elif "Y" in said or "y" in said:
        month = 12
    else:
        return None
    if not 1 <= month <= 12:
        raise ValueError(month)
    return month


def _year(words: str | None, base: BaseDay | None) -> int | None:
    if not words:
        return None
    if words[0] in "去上":
        raise _IsPast(words)
    if words[0] in "12一二":
        year = leading_int(words)
        return year + 2000 * (year < 100)
    if base is None:
        raise _NoBase
    return base.day.year + (words[0] in "明次翌第")


def _of_this_month(said: Said, number: int, part: str, base: BaseDay | None) -> date:
    """`本月20日`, `下月底`, `月底`; `15日前` is the first 15th on or after the notice's day."""
    if base is None or base.only_year:
        raise _NoBase
    named = said.get("M") or said.get("K")
    later = named[0] == "下" if named else number < base.day.day
    index = base.day.month + later
    year, month = base.day.year + (index > 12), (index - 1) % 12 + 1
    if not number:
        return part_end(year, month, part)
    if number > 31:
        raise ValueError(number)
    return clamp(year, month, number)


def _near(said: Said, base: BaseDay | None) -> date:
    """`明日`, `本周五`, `周五`, `下周末`, counted from the notice's day; 明日(4月29日) says it."""
    if named := re.search(r"(\d+)月(\d+)日", said.get("w", "")):
        return _day({"m": named[1], "d": named[2]}, base)[0]
    if base is None or base.only_year:
        raise _NoBase
    if "t" in said:
        return base.day + timedelta(days="今明后".index(said["t"][0]))
    weekday = weekday_of(said["W"])
    next_week = 7 * (said["W"][0] == "下")
    day = base.day + timedelta(
        days=next_week - base.day.weekday() + (6 if weekday is None else weekday)
    )
    return day + timedelta(days=7 * (said["W"][0] in "周星" and day < base.day))
