"""What a text is: made clean, counted as 字数, and fit to reach Excel whole.

字数 is what the status bar of Word and WPS shows. A Han character or a full-width mark counts 1, so
does a run of anything else (Latin letters, digits, half-width marks) up to the next blank, Han
character or full-width mark.
"""

import re
import unicodedata
from collections.abc import Iterator

# Every way a line ends in Word, a browser or an Excel cell, the soft break (\v) included.
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# "Total number of characters that a cell can contain: 32,767" (Excel specifications and limits).
EXCEL_CELL_CHARS = 32767


def normalise_text(text: str) -> str:
    """Line ends as \\n, no blanks at the end of a line, none around the whole."""
    lines = _LINE_END.sub("\n", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def is_control(char: str) -> bool:
    """Characters XML (and so Excel) cannot hold, and other invisible controls; not \\n and \\t."""
    if char in "\n\t":
        return False
    return unicodedata.category(char) in {"Cc", "Cs"} or ord(char) & 0xFFFE == 0xFFFE


def excel_length(text: str) -> int:
    """Length as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def count_words(text: str) -> int:
    """字数, marks included."""
    return sum(1 for _ in _words(text))


def count_without_punctuation(text: str) -> int:
    """字数 without marks: 不计标点. A mark inside a run (3.5, 50%) does not split it."""
    return sum(1 for word in _words(text) if any(not _is_punctuation(char) for char in word))


def _words(text: str) -> Iterator[str]:
    run = ""
    for char in text:
        if unicodedata.category(char) in {"Cf", "Mn", "Me"}:  # takes no place of its own
            continue
        if not (char.isspace() or _stands_alone(char)):
            run += char
            continue
        if run:
            yield run
            run = ""
        if not char.isspace():
            yield char
    if run:
        yield run


def _stands_alone(char: str) -> bool:
    """Wide characters, and the marks Chinese shares with the West (“” — … ·) when not letters."""
    width = unicodedata.east_asian_width(char)
    return width in "WF" or (width == "A" and unicodedata.category(char)[0] not in "LM")


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"
