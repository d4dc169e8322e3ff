"""Which duty of one copy is which of another: by their words, whatever days they name."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache

from notices.text.characters.normalize import fold

ALIKE = 0.6  # of the words without figures, from which two are taken for the same duty
_FIGURES = re.compile(r"[\d一二三四五六七八九十〇]+(?:[年月日号时分]|个工作日)?[前底初]?|\W")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Item:
    """A duty: ``key`` is the caller's own name for it. ``rule`` says the deadline as the words do
    (JSON), ``due_at`` what it came to; ``is_by_hand``: a person set ``due_at`` instead. ``read``:
    the rule as it was read, where a person may have set another."""

    key: int
    quote: str
    deliverable: str
    due_at: datetime | None = None
    rule: str = ""
    attachments: frozenset[str] = frozenset()
    is_by_hand: bool = False
    read: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same duty in both copies, or in one of them."""

    old: Item | None
    new: Item | None

    @property
    def is_moved(self) -> bool:
        """Is the day another, or what it counts from, or how often? A person's own day stays where
        both copies say the same words."""
        if self.old is None or self.new is None:
            return False
        if self.old.due_at == self.new.due_at:
            return _plan(self.new.rule) not in (_plan(self.old.rule), _plan(self.old.read))
        return not (self.old.is_by_hand and self.old.rule == self.new.rule)


def pairs(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Each item once, most alike first taken; in the order of ``new``, what is gone at the end."""
    found = sorted(
        (
            (score, i, j)
            for i, a in enumerate(old)
            for j, b in enumerate(new)
            if (score := _score(a, b))
        ),
        key=lambda one: (-one[0], abs(one[1] - one[2]), one[1], one[2]),
    )
    of_new: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in found:
        if i not in taken and j not in of_new:
            of_new[j] = i
            taken.add(i)
    made = [Pair(old[of_new[j]] if j in of_new else None, item) for j, item in enumerate(new)]
    return made + [Pair(item, None) for i, item in enumerate(old) if i not in taken]


def _plan(rule: str) -> dict[str, object]:
    """What a rule means beside its first day: from when it counts, how often it comes again."""
    kept = json.loads(rule or "{}")
    if kept.get("kind") not in ("relative", "recurring"):
        return {}
    return {name: value for name, value in kept.items() if name not in ("phrase", "rule")}


def _score(one: Item, other: Item) -> float:
    """0 where they are not alike; the same day and attachments tell twins in a sentence apart."""
    quotes = _ratio(_plain(one.quote), _plain(other.quote))
    things = _ratio(_plain(one.deliverable), _plain(other.deliverable))
    if max(quotes, things) < ALIKE:
        return 0
    same = 0.2 * (one.due_at == other.due_at) + 0.1 * (one.attachments == other.attachments)
    return max(quotes, things) + 0.3 * min(quotes, things) + same


@lru_cache(maxsize=1024)  # each is held against all of the other copy
def _plain(words: str) -> str:
    return _FIGURES.sub("", fold(words))[:_LONGEST]


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0 if one else 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
