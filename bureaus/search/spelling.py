"""One spelling for what is written and for what is looked for.

Full and half width, capital and small letters, the brackets of a 文号 〔〕[]()（）【】, quotes and
dashes of every kind are one character each; blanks between Chinese characters are none.
"""

import re
import unicodedata
from functools import cache

UNSEEN = "\u200b"
"""Stands for every sign without width: it is in no word."""
_SAME = {
    **dict.fromkeys("〔﹝【[［（〖{｛﹙", "("),
    **dict.fromkeys("〕﹞】]］）〗}｝﹚", ")"),
    **dict.fromkeys("〈<＜«", "《"),
    **dict.fromkeys("〉>＞»", "》"),
    **dict.fromkeys("“”„‟「」『』﹁﹂＂", '"'),
    **dict.fromkeys("‘’‚‛＇`´", "'"),
    **dict.fromkeys("—―–－‐‑‒−﹣─", "-"),
    **dict.fromkeys("～〜∼", "~"),
    **dict.fromkeys("·•∙‧・･", "·"),
    **dict.fromkeys("、﹑､", "、"),
    **dict.fromkeys("。｡", "。"),
    **dict.fromkeys("○◯", "〇"),
}


@cache
def _one(char: str) -> str:
    """The character that stands for this one and all that are written for it."""
    if char in _SAME:
        return _SAME[char]
    if char == "\n":
        return char
    if unicodedata.category(char) in ("Cf", "Cc", "Mn", "Me") and not char.isspace():
        return UNSEEN
    if char.isspace():
        return " "
    whole = unicodedata.normalize("NFKC", char).lower()
    return _SAME.get(whole, whole) if len(whole) == 1 else char


class _Table(dict):
    """For ``str.translate``: every character is looked at once in the life of the process."""

    def __missing__(self, code: int) -> str:
        self[code] = _one(chr(code))
        return self[code]


_TABLE = _Table()
_BLANKS = re.compile(r"(?<![0-9a-z\s])\s++|\s++(?![0-9a-z])")
_BETWEEN = re.compile(r"\s+")


def folded(text: str) -> str:
    """One spelling, in which every character keeps its place."""
    return text.translate(_TABLE)


def squeezed(text: str) -> str:
    """The text in one spelling without blanks and line ends; between Latin words one blank."""
    seen = folded(text).replace(UNSEEN, "")
    return _BETWEEN.sub(" ", _BLANKS.sub("", seen))


def joined(*texts: str) -> str:
    """Several texts as one to be searched, each on a line of its own: no word goes across."""
    return "\n".join(filter(None, map(squeezed, texts)))


def pattern(word: str) -> str:
    """A regular expression for a word in a folded text, whatever blanks stand within."""
    return rf"[\s{UNSEEN}]*".join(map(re.escape, word))
