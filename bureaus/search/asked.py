"""What somebody looks for: words that all have to be there, or a 文号 however it is typed."""

import re
from dataclasses import dataclass

from bureaus.search.spelling import squeezed

LONGEST = 100  # characters that are read; nobody types more by hand
MOST_WORDS = 8
_NUMBER = re.compile(
    r"(?P<code>[^\d\s()]{0,20}?)\s*"
    r"(?:\(\s*(?P<in_brackets>(?:19|20)\d\d)\s*\)|(?P<bare>(?:19|20)\d\d)(?P<parted>\s*年|\s+|-)?)"
    r"\s*第?\s*(?P<serial>\d{1,5})\s*(?P<mark>号)?"
)


@dataclass(frozen=True)
class Asked:
    """``words`` in one spelling; ``number`` is the end of a 文号 as a notice bears it, else ""."""

    words: tuple[str, ...]
    number: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def is_too_short(self) -> bool:
        """Nothing of two characters: half of all texts would be found."""
        return not any(len(word) > 1 for word in self.words)


def read(text: str) -> Asked:
    """``市监稽发2023 12号``, ``市监稽发[2023]12号`` and ``2023年12号`` are numbers.

    Several words are parted by blanks. Characters that are all typed apart are one word: 质 量.
    """
    text = text.replace("\0", "")[:LONGEST].strip()
    if number := _number(text):
        return Asked((squeezed(number),), number)
    words = [word for each in text.split() if (word := squeezed(each))]
    if len(words) > 1 and all(len(word) == 1 for word in words):
        words = [squeezed("".join(words))]
    return Asked(tuple(dict.fromkeys(words))[:MOST_WORDS])


def _number(text: str) -> str:
    """As notices have it, 机关代字〔年〕序号号; "" where the words are none."""
    spelled = " ".join(filter(None, (squeezed(each) for each in text.split())))
    found = _NUMBER.fullmatch(spelled)
    if not found:
        return ""
    is_said = found["in_brackets"] or found["mark"] or (found["code"] and found["parted"] == "-")
    year = found["in_brackets"] or found["bare"]
    serial = int(found["serial"])
    return f"{found['code'].upper()}〔{year}〕{serial}号" if is_said and serial else ""
