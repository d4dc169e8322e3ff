"""The run of a text around the words that were looked for, cut into what is marked and what not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bureaus.search.spelling import folded, pattern

BEFORE, LENGTH = 16, 76  # characters before the first word, and of all
_GAP = "…"


@dataclass(frozen=True)
class Run:
    """A piece of text as it is written; ``is_found`` where it is one of the words."""

    text: str
    is_found: bool = False


def excerpt(text: str, words: Sequence[str]) -> list[Run]:
    """Around the first place of the first word that is there; [] where none is."""
    found = _places(text, words)
    start = next(found, None)
    if start is None:
        return []
    begin = max(0, start[0] - BEFORE) if start[0] + 1 > BEFORE else 0
    end = max(begin + LENGTH, start[1])
    piece = re.sub(r"\s+", " ", text[begin:end])
    runs = marked(piece, words)
    before = [Run(_GAP)] if begin else []
    after = [Run(_GAP)] if end < len(text) else []
    return [*before, *runs, *after]


def marked(text: str, words: Sequence[str]) -> list[Run]:
    """The whole text, its words marked."""
    runs, at = [], 0
    for start, end in _places(text, words):
        runs += [Run(text[at:start])] if start > at else []
        runs.append(Run(text[start:end], is_found=True))
        at = end
    return [*runs, Run(text[at:])] if at < len(text) else runs


def _places(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From left to right; of words that begin together the longest."""
    longest_first = sorted(words, key=len, reverse=True)
    if longest_first:
        any_of = "|".join(map(pattern, longest_first))
        yield from (found.span() for found in re.finditer(any_of, folded(text)))
