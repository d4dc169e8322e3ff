"""Footnotes and endnotes: what they say is put behind the sentence that refers to them."""

import re
from bisect import bisect_left
from collections.abc import Sequence

_END = re.compile(r"[。；！？;!?]")
_CLOSING = "”’」』）) "
_REACH = 20


def with_notes(text: str, notes: Sequence[tuple[int, str]]) -> tuple[str, list[str]]:
    """The paragraph with its notes, given as (place of the reference, words), in brackets before
    the end of their sentence; and the lines of those that stand in no sentence: of a title, an
    addressee, a heading."""
    ends = [match.start() for match in _END.finditer(text)]
    pieces: list[str] = []
    lines: list[str] = []
    done = 0
    for place, words in notes:
        end = _sentence_end(text, place, ends)
        if end is None:
            lines.append(f"（{words}）")
            continue
        pieces += [text[done:end], f"（{words.rstrip('。；;')}）"]
        done = end
    return "".join(pieces) + text[done:], lines


def _sentence_end(text: str, place: int, ends: list[int]) -> int | None:
    """Where the sign is that ends the sentence; a reference may also stand right behind it."""
    at = place
    while at and place - at < _REACH and text[at - 1] in _CLOSING:
        at -= 1
    if at and _END.match(text[at - 1]):
        return at - 1
    following = bisect_left(ends, place)
    return ends[following] if following < len(ends) else None
