"""Days that come back: 每月10日前, 次月5日内, 每季度末月25日前, 每年6月底和12月底前, 每周五."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from notices.text.characters.numerals import leading_int
from notices.text.deadlines.dates import BaseDay
from notices.text.deadlines.rules import Freq, Mention, RecurringDeadline
from notices.text.deadlines.time_words import (
    Phrase,
    Sentence,
    Word,
    clock_of,
    last_month_of,
    weekday_of,
)

PATTERN = re.compile(
    r"(?P<every>[kEBKA])(?P<month_of>[SK]?)(?P<day>(?:m?dr)?(?:m?[dp]|m|q[pi]?|h[pi]?|Yp?|(?<=[KA])n)?)"
    r"(?P<more>(?:[ei]?[xC](?:m?[dp]|Mp|W)){0,11})(?P<tail>[wc]*)(?P<edge>[eil]?)"
)
_FREQ: dict[str, Freq] = {
    **{"日": "daily", "天": "daily", "工": "daily", "周": "weekly", "星": "weekly"},
    **{"月": "monthly", "季": "quarterly", "半": "semiannual", "年": "yearly"},
}
_EVERY_MONTHS: dict[int, Freq] = {2: "bimonthly", 3: "quarterly", 6: "semiannual"}
_TENTH = {"上旬": 10, "中旬": 20, "初": 10}
_EVERY_MONTH = re.compile("每|[按逐]月|上月")
_EVENT = re.compile(r"每[个一]?[季月年周]度?[^\d,;。]{2,10}(?:结束|完成|终了)")
_BETWEEN = re.compile(r",?[^,;。]{0,20}")
_YEARS = re.compile(r"(20\d\d)年?[—-](20\d\d)年$")
_STARTS = re.compile(r"(?P<start>ym?|m)d?o")
_ENDS = re.compile(r"[ymdpo]C?r(?P<last>y?m|y?Y|y?p|y)")

Said = dict[str, str]
_Found = tuple[Freq, int | str | None, bool]
"""How often, which day, and whether that day belongs to the next period."""


class Reader:
    """Reads the phrases of one sentence, which may say once from when to when all of it holds."""

    def __init__(self, sentence: Sentence, base: BaseDay | None) -> None:
        self.sentence = sentence
        self.base = base.day if base else None

    def read(self, phrase: Phrase) -> Iterator[Mention]:
        """The rule of a PATTERN phrase, and of the further days that its 每 holds for."""
        found = self._found(phrase)
        if found is None:
            return
        freq, day, offset = found
        until = "i" in phrase.match["edge"] + phrase.match["more"]
        open_ended = until or day in ("末", None) or not re.search("e", phrase.match[0])
        years = _YEARS.search(phrase.before())
        start, first = self._start(phrase)
        start = start or (years[1] if years else None)
        start_at = min(first, phrase.start - len(years[0]) if years else phrase.start)
        more = list(_items(phrase.words("more")))
        end = more[0][0].start if more else phrase.end
        rule = RecurringDeadline(
            freq,
            self.sentence.text[start_at:end].rstrip("、和及与,"),
            day,
            clock_of(phrase.said("tail", "c")),
            "by" if open_ended else "before",
            offset,
            start,
            years[2] if years else self._end(start),
        )
        yield Mention(start_at, start_at + len(rule.rule), rule)
        month = phrase.said("day", "m")
        for words in more:
            said = {word.letter: word.text for word in words}
            month = said.get("m", month)
            if (further := _further(freq, said, month)) is not None:
                at, after = words[0].start, phrase.end if words is more[-1] else words[-1].end
                text = self.sentence.text[at:after]
                yield Mention(at, after, replace(rule, rule=text, day=further))

    def _found(self, phrase: Phrase) -> _Found | None:
        letter, words = phrase.match["every"], phrase.said("every")
        said = {word.letter: word.text for word in phrase.words("day")}
        if letter == "E":
            return _every(words)
        if letter == "B":
            return _FREQ[words.rstrip("度")[-1]], None, False
        number = (
            leading_int(said["d"] if "d" in said else said["n"])
            if {"d", "n"} & said.keys()
            else None
        )
        part = _part(said["p"]) if "p" in said else None
        if letter == "K":
            once = words[0] == "下" and self.base and not _EVERY_MONTH.search(self._said)
            return None if once or not said else ("monthly", number or part, True)
        freq = _FREQ[words.lstrip("每个一下次")[0]]
        if letter == "A":
            if _EVENT.match(words) or freq in ("yearly", "weekly"):
                return freq, None, False
            return (freq, number, True) if number or words[0] == "每" else None
        return _of_each(freq, phrase, said, number, part)

    @cached_property
    def _said(self) -> str:
        return self.sentence.text[:1000]

    @cached_property
    def _starts(self) -> tuple[str, int, int] | None:
        """`自5月起`, `2020年起`: "5", "2020" and where the words stand."""
        for match in _STARTS.finditer(self.sentence.letters):
            words = self.sentence.words(*match.span())
            if words[-1].text[0] in "起开":
                at = words[0].start - (
                    self.sentence.text[words[0].start - 1 : words[0].start] in ("自", "从")
                )
                said = "-".join(
                    str(leading_int(w.text))
                    for w in words
                    if w.letter in "ym" and w.text[0].isdigit()
                )
                return said, at, words[-1].end
        return None

    def _start(self, phrase: Phrase) -> tuple[str | None, int]:
        """From when the rule holds, and where it begins if words right before it say that."""
        if self._starts is None:
            return None, phrase.start
        start, at, end = self._starts
        near = end <= phrase.start <= end + 21
        near = near and bool(_BETWEEN.fullmatch(self.sentence.text[end : phrase.start]))
        return start or None, at if near else phrase.start

    @cached_property
    def _ends(self) -> Said | None:
        match = _ENDS.search(self.sentence.letters)
        words = self.sentence.words(*match.span("last")) if match else []
        return {word.letter: word.text for word in words} or None

    def _end(self, start: str | None) -> str | None:
        """The last month of `自5月起至12月` and `即日起至2026年6月30日` in the same sentence."""
        if self._ends is None:
            return None
        year, month = self._ends.get("y", ""), self._ends.get("m")
        if year[:2] in ("19", "20"):
            return year[:4] + (f"-{leading_int(month)}" if month else "")
        first = _first_month(start, self.base)
        if first is None:
            return None
        number = first.year + (year[:1] in ("明", "次", "翌", "第"))
        if not month:
            return str(number)
        return f"{number + (not year and leading_int(month) < first.month)}-{leading_int(month)}"


def _first_month(start: str | None, base: date | None) -> date | None:
    """The month from which the reports run, as far as the words and the notice's date say."""
    numbers = [int(number) for number in (start or "").split("-") if number]
    years = [number for number in numbers if number > 12]
    months = [number for number in numbers if number <= 12]
    if not years and base is None:
        return None
    year = years[0] if years else base.year if base else 0
    month = months[0] if months else base.month if base and not years else 1
    return date(year + (not years and base is not None and month < base.month), month, 1)


def _every(words: str) -> _Found:
    amount = leading_int(words.lstrip("每隔"))
    if words.endswith("月"):
        return _EVERY_MONTHS.get(amount, "monthly"), None, False
    if words.endswith(("周", "小时")):
        return ("weekly" if words.endswith("周") else "daily"), None, False
    return ("daily" if amount == 1 else "every_n_days"), amount if amount > 1 else None, False


def _of_each(
    freq: Freq, phrase: Phrase, said: Said, number: int | None, part: int | str | None
) -> _Found:
    """The day of every year, half, quarter, month, week."""
    if freq == "yearly":
        return freq, _day_of_year(said), False
    if freq == "weekly":
        weekday = weekday_of(phrase.said("every"))
        return freq, None if weekday is None else weekday + 1, False
    if freq == "quarterly":
        month = phrase.said("month_of")
        ends = month[:1] in ("末", "最") or bool(part)
        return freq, number or ("末" if ends else None), bool(month) and not ends
    if freq == "semiannual":
        return freq, "末" if part else None, False
    return freq, (number or part) if freq == "monthly" else None, False


def _day_of_year(said: Said) -> str | None:
    if "Y" in said or said.keys() == {"p"}:
        return "12-31"
    if "h" in said or "q" in said:
        return f"{last_month_of(said.get('h') or said['q']):02d}-末"
    if "m" not in said:
        return None
    month = leading_int(said["m"])
    if "d" in said:
        return f"{month:02d}-{leading_int(said['d']):02d}"
    return f"{month:02d}-{_part(said.get('p', '底'))}"


def _part(words: str) -> int | str:
    return _TENTH.get(words, "末")


def _items(words: list[Word]) -> Iterator[list[Word]]:
    """The words of each further day in `、12月20日`, `前和月底`."""
    item: list[Word] = []
    for word in words:
        if word.letter in "xCei":
            if item:
                yield item
            item = []
        else:
            item.append(word)
    if item:
        yield item


def _further(freq: Freq, said: Said, month: str) -> int | str | None:
    """A further day in the period of the first; None where it is no day of such a period."""
    if freq == "weekly" and "W" in said:
        weekday = weekday_of(said["W"])
        return None if weekday is None else weekday + 1
    if freq == "yearly" and month:
        return _day_of_year({"m": month} | said)
    if freq == "monthly" and "m" not in said:
        return leading_int(said["d"]) if "d" in said else _part(said["p"])
    return None
