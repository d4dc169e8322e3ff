"""Classes of words around acts of handing in, from `words.toml`, and where they stand in a text."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_LONGEST = 12
"""Signs of the longest word of a class."""
FILE = Path(__file__).with_name("words.toml")


@cache
def _loaded() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def some(names: str) -> frozenset[str]:
    """Names of classes, which must be known."""
    found = frozenset(names.split())
    if unknown := found - _loaded()["classes"].keys():
        raise KeyError(f"no such class of words: {sorted(unknown)}")
    return found


@cache
def together() -> dict[str, tuple[str, ...]]:
    """Features, each with those that mean more beside it."""
    return {one: tuple(others.split()) for one, others in _loaded()["together"].items()}


def _longest_first(found: Iterable[str]) -> list[str]:
    return sorted(set(found), key=lambda word: (-len(word), word))


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a class, the longest first."""
    return tuple(_longest_first(_loaded()["classes"][name].split()))


@cache
def anywhere(name: str) -> re.Pattern[str]:
    """Any word of a class, wherever it stands."""
    return re.compile("|".join(map(re.escape, words(name))))


@cache
def _kinds() -> dict[str, str | None]:
    """Every word that is an act, or holds its sign and is none (None), with its kind."""
    loaded = _loaded()
    kinds: dict[str, str | None] = dict.fromkeys(loaded["none"]["words"].split())
    for part in ("bare", "acts"):
        for kind, found in loaded[part].items():
            kinds |= dict.fromkeys(found.split(), kind)
    return kinds


@cache
def acts() -> re.Pattern[str]:
    """The words that are acts, and the compounds to be stepped over; the longest counts.

    A compound that ends in 报 is none where 报 goes on: 按月|报送 has no 月报.
    """
    kinds = _kinds()
    return re.compile(
        "|".join(
            word + ("(?![送告至给备回])" if kinds[word] is None and word.endswith("报") else "")
            for word in _longest_first(kinds)
        )
    )


def begins_with_act(text: str) -> bool:
    """Whether the text begins with a word of handing in: no name of an organ does."""
    match = acts().match(text)
    if match is None or kind_of(match.group()) is None:
        return False
    return len(match.group()) > 1 or match.group() in "报送寄"


def kind_of(word: str) -> str | None:
    """What kind of act a word is; None for the compounds that are none."""
    return _kinds()[word]


@cache
def _by_first_sign() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """The words of all classes by their first sign, the longest first."""
    names: dict[str, set[str]] = {}
    for name, listed in _loaded()["classes"].items():
        for word in listed.split():
            names.setdefault(word, set()).add(name)
    out: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for word in _longest_first(names):
        out.setdefault(word[0], []).append((word, frozenset(names[word])))
    return {sign: tuple(found) for sign, found in out.items()}


class Tokens:
    """The words of a text that are in a class, each with its place and its classes."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def found(self) -> list[tuple[int, int, frozenset[str]]]:
        """Start, end and classes of the longest word that begins at each sign."""
        text, known = self.text, _by_first_sign()
        out = []
        for start, sign in enumerate(text):
            for word, names in known.get(sign, ()):
                if text.startswith(word, start):
                    out.append((start, start + len(word), names))
                    break
        return out

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self.found]

    def between(self, start: int, end: int) -> set[str]:
        """The classes of the words that stand in [start, end)."""
        out: set[str] = set()
        for place in range(bisect_left(self._starts, start), len(self.found)):
            first, after, names = self.found[place]
            if first >= end:
                break
            if after <= end:
                out |= names
        return out

    def at(self, start: int) -> frozenset[str]:
        """The classes of the word that begins right here."""
        place = bisect_left(self._starts, start)
        if place < len(self.found) and self.found[place][0] == start:
            return self.found[place][2]
        return frozenset()

    def ending(self, end: int) -> set[str]:
        """The classes of the words that end right here."""
        out: set[str] = set()
        for place in range(bisect_left(self._starts, end - _LONGEST), len(self.found)):
            first, after, names = self.found[place]
            if first >= end:
                break
            if after == end:
                out |= names
        return out
