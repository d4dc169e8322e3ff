"""字数 as the status bar of Word and WPS counts it.

A Han character or a full-width mark counts 1, and so does a run of anything else (Latin letters,
digits, half-width marks) up to the next blank, Han character or full-width mark.
"""

import unicodedata
from collections.abc import Iterator


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
