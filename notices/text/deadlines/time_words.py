"""The words of time in a text, each as a letter, so that a phrase is a pattern over few letters.

`请于3月31日17:00前报送` becomes `_zmdce_`: a month, a day, a clock, an edge. How a word may be
spelled stands here and nowhere else; which letters make a deadline stands with the deadlines.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from notices.text.characters.numerals import NUMBER, leading_int, to_int

WEEKDAYS = "一二三四五六日"
_GAP = "_"  # the letter of everything that is no word of time
_SMALL = r"(?:(?<!\d)\d{1,2}|[一二三四五六七八九十]{1,3})"
_HALF = r"(?:[上下]午|晚上?|中午|早上?|凌晨|午夜)"
_ACT = r"(?:截[止至]|[填上]报|报送|反馈|[提递]交)"

# One entry a letter, its spellings parted by blanks; the earlier one wins where two fit.
_VOCABULARY = {
    "D": r"20\d\d-\d\d?-\d\d?日? 20\d\d[.]\d\d?[.]\d\d?日? 20\d\d/\d\d?/\d\d?日?",
    "y": r"(?:19|20)\d\d年度? [一二][〇零一二三四五六七八九]{3}年 (?<!\d)2\d年(?=\d{1,2}月) "
    r"[今明去当]年 [本上]一?年度? 次年 翌年 第二年",
    "c": rf"{_HALF}?\d{{1,2}}(?::\d\d分?|[点时](?:\d{{1,2}}分?|半|整)?) "
    rf"(?:{_HALF}|(?<=[日号])){_SMALL}[点时](?:半|整)? {_HALF}?下班 {_HALF} "
    r"(?<=[日)])\w{1,2}[:点时]\w{1,3}(?=前)",
    "B": r"(?:实行|[按逐])[日周月季年]度?(?=[向将,]|[^,;。申通]{0,4}(?:报|反馈|提交|送)|汇总|统计)",
    "A": r"每[个一]?(?:[季月年周]|半年)度?(?:[^\d,;。]{0,10}(?:结束|完成|终了))?后的? "
    r"[季月][度份]?(?:终了|结束)(?:之日起|后) [季月]后(?=[\d一二三四五十])",
    "E": rf"每隔?{NUMBER}个?(?:工作日|小时|[日天周]|月)",
    "k": r"每[个一]?(?:工作日|(?:半?年|季|月)[度份]?|[日天])的? "
    r"每个?(?:周的?星期|周|星期)(?:[一二三四五六日天](?![次期报]))?的? (?:下个?|次)季度的?",
    "K": r"[次翌]月的? 下个?月的?",
    "S": r"首月 末月 第一个月 最后一?个?月",
    "q": r"第?[一二三四1-4]季度",
    "h": r"[上下]半年",
    "Y": r"年[底末内终]",
    "f": r"(?:春节|元旦|清明|五一|劳动节|端午|中秋|国庆|双节)(?:国际)?(?:劳动)?节?(?:假期|放假)? "
    r"(?<![\u4e00-\u9fff])节(?=前)",
    "n": rf"{NUMBER}个?(?:工作日|小时|[天周年]|星期) (?:{NUMBER}个|两|半个?)月 {NUMBER}个日 半年",
    "m": rf"{_SMALL}月份?的?",
    "d": rf"{NUMBER}[日号]",
    "M": r"本月份?的? 当月的? 这个月的? (?<!\d)月(?=[底末初])",
    "W": r"[本这下]个?(?:周|星期)[一二三四五六日天]? (?:周|星期)[一二三四五六日天]",
    "w": r"[(〔\[][本下]?(?:周|星期)[一二三四五六日天][)〕\]] \(含[^()]{0,4}\) "
    r"(?<=[今明后][日天])\(\d{1,2}月\d{1,2}日[^()]{0,8}\)",
    "t": r"今[日天] 明[日天] 后天",
    "p": r"[上中下]旬 最后一?个?(?:工作日|[日天]) [底末初]",
    "g": r"当[天日]",
    "G": r"[次翌隔]日 第二[天日]",
    "a": r"之日起?的?",
    "V": r"(?:顺延|延[长期迟]|推迟|调整|更?改|提前|变更)[至到为在]",
    "b": r"提前",
    "e": r"[之以]?前(?![夕后往瞻])",
    "i": r"[之以]?内",
    "L": rf"{_ACT}(?:材料)?的?(?:最[后迟]|截止)?(?:时间|日期|时限|期限|日)(?:[为是:]|定于)?",
    "l": r"截[至止]到? (?:最[迟晚]|至迟) 不[得能]?[迟晚]于",
    "u": r"为?止",
    "X": r"不[得能]?超过",
    "z": r"[于在]",
    "o": r"起的? 开始 以来 [之以]?后的?",
    "r": r"[至到~—-]",
    "x": r"、 以?及 [和与]",
    "C": r",",
    "N": r"(?<=[\u4e00-\u9fff、])\d{1,2}(?=[、和及—~至-])",
}
# What a word may begin with, and that it never begins inside a number: most signs cost little then.
_MAY_BEGIN = (
    r"(?:(?<!\d)(?=\d)|(?=[一二三四五六七八九十〇零百两半年季月日周星今明去当本上中下次翌隔第这个后"
    r"晚早凌午实按逐每首末最春元清劳端国双节底初之顺延推调更改提变前内截填申报反递交至不为止于在起开以"
    r"到~—、及和与,(〔\[-])|(?<=[日)])(?=[a-zA-Z]))"
)
_SPELLINGS = [(letter, one) for letter, words in _VOCABULARY.items() for one in words.split()]
# The empty group behind a spelling tells which it was; the others fail at their first sign.
_LETTERS = [_GAP, *(letter for letter, _ in _SPELLINGS)]
_WORD = re.compile(f"{_MAY_BEGIN}(?:{'|'.join(f'{one}()' for _, one in _SPELLINGS)})")


class Word(NamedTuple):
    """A word of time, or the run of signs between two (``_``)."""

    letter: str
    start: int
    end: int
    text: str


class Sentence:
    """A text as words of time, one letter each, the run between two being a ``_``."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters: list[str] = []
        self.spans: list[tuple[int, int]] = []
        at = 0
        for match in _WORD.finditer(text):
            start, end = match.span()
            if start > at:
                letters.append(_GAP)
                self.spans.append((at, start))
            letters.append(_LETTERS[match.lastindex or 0])
            self.spans.append((start, end))
            at = end
        if at < len(text):
            letters.append(_GAP)
            self.spans.append((at, len(text)))
        self.letters = "".join(letters)

    def words(self, first: int, after: int) -> list[Word]:
        spans = self.spans[max(first, 0) : max(after, 0)]
        letters = self.letters[max(first, 0) : max(after, 0)]
        return [Word(a, *b, self.text[slice(*b)]) for a, b in zip(letters, spans, strict=True)]

    def phrases(self, pattern: re.Pattern[str], needed: str) -> "list[Phrase]":
        """The phrases of a pattern, which has at least one of the letters ``needed``."""
        if set(needed).isdisjoint(self.letters):
            return []
        return [Phrase(self, match) for match in pattern.finditer(self.letters)]


@dataclass(frozen=True)
class Phrase:
    """Words of a sentence that fit a pattern of letters, with the signs around them."""

    sentence: Sentence
    match: re.Match[str]

    @cached_property
    def start(self) -> int:
        return self.sentence.spans[self.match.start()][0]

    @cached_property
    def end(self) -> int:
        """The end of the last word that is not of the group ``after``."""
        last = self.match.end() - len(self.match.groupdict().get("after") or "")
        return self.sentence.spans[last - 1][1]

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]

    def before(self, reach: int = 24) -> str:
        return self.sentence.text[max(0, self.start - reach) : self.start]

    def following(self, reach: int = 8) -> str:
        return self.sentence.text[self.end : self.end + reach]

    @property
    def letters_before(self) -> str:
        return self.sentence.letters[max(0, self.match.start() - 8) : self.match.start()]

    def words_before(self, count: int) -> list[Word]:
        return self.sentence.words(self.match.start() - count, self.match.start())

    def words(self, group: str) -> list[Word]:
        return self.sentence.words(*self.match.span(group))

    def said(self, group: str, letter: str = "") -> str:
        """The text of the last word of a group, or of the last with that letter; "" without one."""
        found = [w.text for w in self.words(group) if letter in ("", w.letter)]
        return found[-1] if found else ""


_CLOCK = re.compile(rf"({_HALF})?({NUMBER})[:点时](\d\d?)?(半)?[分整]?")


def clock_of(words: str) -> str | None:
    """ "HH:MM" of a clock, "下班" for the end of office hours, None where it says no time."""
    if words.endswith("下班"):
        return "下班"
    match = _CLOCK.fullmatch(words)
    if match is None:
        return "12:00" if words == "中午" else None
    hour, minute = to_int(match[2]), 30 if match[4] else int(match[3] or 0)
    half = match[1] or ""
    if (half in ("下午", "晚", "晚上", "午夜") and hour < 12) or (half == "中午" and hour < 4):
        hour += 12
    in_a_day = hour * 60 + minute <= 24 * 60 and minute < 60
    return f"{hour:02d}:{minute:02d}" if in_a_day else None


def weekday_of(words: str) -> int | None:
    """0 for Monday; None where no day of the week is named."""
    match = re.search(r"[周期]([一二三四五六日天])", words)
    return WEEKDAYS.index(match[1].replace("天", "日")) if match else None


def last_month_of(words: str) -> int:
    """The month in which 上半年, 第二季度 end."""
    if words.endswith("半年"):
        return 6 if words[0] == "上" else 12
    number = words.strip("第季度")
    return 3 * (leading_int(number.translate(_NUMBERS)))


_NUMBERS = str.maketrans("一二三四", "1234")
