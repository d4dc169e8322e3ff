"""One spelling for one thing, without moving a character.

Notices come with full and half width mixed, with four kinds of brackets around the year of the
文号, with 〇/○/O for zero and, from OCR, with 曰 for 日. `fold` rewrites all of that character by
character, so an offset into the folded text is an offset into the original: quotes stay exact.
"""

import re
from dataclasses import dataclass

_FULL_TO_HALF = {0xFF01 + i: 0x21 + i for i in range(94)}
UNSEEN = "".join(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
) + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Signs without width: joiners, directions, places to break a word, forms of the sign before."""
_BLANKS = "\u3000\xa0\u202f\u205f\t\r\f\v\x85\u2028\u2029" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_SPACES = dict.fromkeys(map(ord, _BLANKS + UNSEEN), " ")
_BRACKETS = {"﹝": "〔", "﹞": "〕", "【": "[", "】": "]", "〈": "《", "〉": "》"}
_QUOTES = {"「": "“", "」": "”", "＂": '"'}
_DASHES = {"―": "—", "–": "—", "－": "-", "‐": "-", "−": "-", "～": "~", "〜": "~"}
_POINTS = {"｡": "。", "､": "、", "﹐": ",", "﹔": ";", "﹕": ":", "∶": ":", "．": "."}
_TABLE: dict[int, int | str] = {
    **_FULL_TO_HALF,
    **_SPACES,
    **{ord(k): v for m in (_BRACKETS, _QUOTES, _DASHES, _POINTS) for k, v in m.items()},
}

_ZERO = re.compile(
    r"(?<=[一二三四五六七八九〇零○OoＯ])[○OoＯ〇](?=[一二三四五六七八九〇零○OoＯ年])"
    r"|(?<=[一二])(?:0{1,2}|(?<=二)口)(?=[一二三四五六七八九〇零0]{0,2}年)"
)
_DIGITS = str.maketrans("lIOo", "1100")
# What recognition makes of a date: 3月l5日, 2O21年, l5时oo分, 3月10曰, 请干3月5日前, 3月15。日前.
_MISREAD = re.compile(
    r"(?P<number>(?<![0-9A-Za-z])(?=[0-9]{0,3}[lIOo])[0-9lIOo]{1,4}"
    r"(?=\s?[年月日号时点分]|:\s?[0-9Oo]{2}(?![0-9A-Za-z])))"
    r"|(?P<day>(?<=[0-9一二三四五六七八九十])\s?曰|(?:(?<=月[0-9l])|(?<=月[0-9l][0-9lO]))口(?=[前之(上下中0-9]))"
    r"|(?P<at>(?<![若0-9一二三四五六七八九])[干千](?=\s?(?:20\d\d\s?年|[0-9l]{1,2}\s?月\s?[0-9lO])))"
    r"|(?P<stray>(?<=\d)\s?。(?=\s?[日号]\s?[前之(0-9上下]|\s?月\s?\d{1,2}\s?[日号]))"
)
_DOC_YEAR = re.compile(
    r"(?<=[\u4e00-\u9fff])\s?[〔\[(《‘]\s?((?:19|20)\d\d)\s?[〕\])》’](?=\s?(?:第\s?)?\d+\s?号)"
)

HAN = r"\u4e00-\u9fff"


def fold(text: str) -> str:
    """The same text in one spelling; every character keeps its offset.

    Punctuation and digits become half width (`，` → `,`), except 。、“”《》〔〕. Tabs and odd
    blanks become a plain space; line feeds stay.
    """
    folded = text.translate(_TABLE)
    folded = _ZERO.sub(lambda zero: "〇" * len(zero.group()), folded)
    folded = _MISREAD.sub(_mended, folded)
    return _DOC_YEAR.sub(_hexagonal, folded)


def _mended(match: re.Match[str]) -> str:
    words, around = match.group(), match.string[max(0, match.start() - 1) : match.end() + 2]
    if match["number"]:
        follows = match.start() > 0 and around[0] in "年月时:"
        is_number = follows or any(sign.isdigit() for sign in words)
        is_number |= around[-2:-1] == "月" and around[-1:].isdigit()
        return words.translate(_DIGITS) if is_number else words
    if match["day"]:
        return words[:-1] + "日"
    return "于" if match["at"] else " " * len(words)


def _hexagonal(match: re.Match[str]) -> str:
    return re.sub(r"[\[(《‘]", "〔", re.sub(r"[\])》’]", "〕", match.group()))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of the folded text without blanks, which still knows where each character stood."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of `text[start:end]`, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


def squeeze(folded: str, start: int, end: int) -> Run:
    """`folded[start:end]` as a Run: blanks and line feeds dropped, except between Latin words."""
    piece = folded[start:end]
    if " " not in piece and "\n" not in piece:
        return Run(piece, tuple(range(start, end)))
    kept: list[int] = []
    for i in range(start, end):
        char = folded[i]
        if char in " \n" and not (
            kept
            and folded[kept[-1]].isascii()
            and folded[kept[-1]].isalpha()
            and i + 1 < end
            and folded[i + 1].isascii()
            and folded[i + 1].isalpha()
        ):
            continue
        kept.append(i)
    return Run("".join(folded[i] for i in kept), tuple(kept))


def plain(text: str) -> str:
    """A short piece (a title, a name) with blanks between Chinese characters removed."""
    text = re.sub(r"\s+", " ", text).strip()
    around = r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef“”‘’()\[\],:;0-9A-Za-z.%/-]"
    return re.sub(rf"(?<={around}) (?=[{HAN}《“（(])|(?<=[{HAN}》”）)]) (?={around})", "", text)


def indent_of(text: str) -> str:
    """The blanks of a full sign's width at its left: in a cell they say what is part of what."""
    return text[: len(text) - len(text.lstrip("　"))]
