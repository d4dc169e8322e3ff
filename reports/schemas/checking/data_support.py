"""要有数据支撑: the figures, documents and days that a text gives.

A number that only puts things in order (一、 1. 第一 一是), a year by itself and the names of
plans, slogans and hotlines (十四五, 四个意识, 12315) say nothing of what was done.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_HALF = str.maketrans("０１２３４５６７８９％．，（）", "0123456789%.,()")

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_NUMBER_OF_DOCUMENT = re.compile(
    r"[^\s(,、;；。：:》]{1,20}[〔\[【(]\s*(?:19|20)\d{2}\s*[〕\]】)]\s*(?:第\s*)?\d+\s*号"
)
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = re.compile(
    rf"(?:{_YEAR}\s*年\s*)?{_SMALL}\s*月(?:份|底|初|中旬|上旬|下旬)?(?:\s*{_SMALL}\s*[日号])?"
    rf"|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
)

_YEARS = re.compile(rf"{_YEAR}(?:\s*[-—–~～至到]+\s*(?:{_YEAR}|\d{{2}}))?\s*年(?:度|代)?")
_ORDER = re.compile(
    r"(?:^|(?<=[\s。；;：:，,]))(?:\(?\d{1,2}\)|\d{1,2}[.、](?!\d))"
    r"|(?:^|(?<=[\s。；;：:]))\(?[一二三四五六七八九十]{1,3}(?:\)|[、.])"
    r"|第\s*(?:\d+|[一二三四五六七八九十百]+)"
    r"|[一二三四五六七八九十](?=是|要|来|则|方面)"
    r"|其[一二三四五六七八九十]",
    re.MULTILINE,
)
_NAMES = re.compile(
    r"十[一二三四五六]五|123(?:15|45)|3[.·]15|三[.·]一五|5[.·]20"
    r"|两个(?:确立|维护|毫不动摇)|四个(?:意识|自信|全面|最严)|三个(?:务必|必须|区分开来)"
    r"|[五四三两]位一体|三会一课|三重一大|三品一标|三新一高|两品一械|一件事|一个(?:目标|体系|平台)"
    r"|双随机、?一公开|千家万户|万家灯火|[A-Za-z][A-Za-z/\s-]*\d[\d.:—-]*"
)
# A Han numeral is a figure where a word of measure follows; a bare 一 is mostly no count at all
# (一批, 一系列), but for what happens or is made once (一次, 一篇).
_MEASURES = (
    "余?(?:人次|人|名|次|场|期|家|个|项|份|件|篇|户|批次|批|种|类|条|起|宗|部|套|册|处|所|台|例|组|块|幅|张|支|"
    "万元|亿元|元|公里|公斤|吨|天|小时)"
)
_ONCE = "(?:人次|名|次|场|期|家|份|件|篇|户|起|宗|部|册|例)"
_HAN = re.compile(
    rf"百分之[〇零一二两三四五六七八九十百点]+"
    rf"|(?:[〇零二两三四五六七八九十百千万亿][〇零一二两三四五六七八九十百千万亿]*"
    rf"|一[〇零一二两三四五六七八九十百千万亿]+)[多余]?{_MEASURES}"
    rf"|一{_ONCE}"
)
_DIGITS = re.compile(
    r"\d[\d,]*(?:\.\d+)?\s*(?:%|[万亿]?\s*[多余]?\s*(?:人次|[万亿]元|批次|[^\W\d_])?)"
)


@dataclass(frozen=True, slots=True)
class Support:
    """What a text gives, as it is written there."""

    figures: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    days: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.documents or self.days)


def support_of(text: str, *, subjects: Iterable[str] = ()) -> Support:
    """``subjects`` are the titles of documents that a text is about anyway, as titles_in() gives
    them: naming those says nothing of what was done."""
    rest = text.translate(_HALF)
    known = tuple(subjects)
    documents, rest = _taken(_NUMBER_OF_DOCUMENT, rest)
    documents += [f"《{title}》" for title in titles_in(rest) if not _is_subject(title, known)]
    rest = _TITLE.sub(" ", rest)
    days, rest = _taken(_DAY, rest)
    for beside in (_YEARS, _NAMES, _ORDER):
        rest = beside.sub(" ", rest)
    digits, rest = _taken(_DIGITS, rest)
    han, _ = _taken(_HAN, rest)
    return Support(tuple(digits + han), tuple(documents), tuple(days))


def titles_in(text: str) -> list[str]:
    """The titles between 《 and 》, without those marks."""
    return _TITLE.findall(text)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    """What the pattern finds, and the text without it."""
    return [found[0].strip() for found in pattern.finditer(text)], pattern.sub(" ", text)


def _is_subject(title: str, subjects: Iterable[str]) -> bool:
    """《纲要》 is short for 《质量强国建设纲要》."""
    return any(subject.endswith(title) for subject in subjects)
