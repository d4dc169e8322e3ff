"""One passage in two wordings: what stayed, what went and what came, word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 3_000_000  # pairs of words compared in all; beyond, a passage is given as a whole
ALIKE = 0.4  # of two passages, below which one replaces the other as a whole
LONGEST = 400  # characters of a passage that came or went, beyond which its middle is left out
ENDS = 14  # characters left at each end of what stayed inside a changed passage
GAP = "……"
IDLE = str.maketrans("", "", "“”‘’\"'#*|_ \n")
"""Signs in which copies of one text differ without saying anything else."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a passage; marked where the other copy has it otherwise or not at all."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One place: as the old copy says it and as the new one does; empty on one side where only
    the other has it."""

    old: tuple[Run, ...]
    new: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        return bool(self.old and self.new)


def differences(passages: Iterable[tuple[str, str]]) -> tuple[list[Difference], int]:
    """Each passage in its old and its new wording as people read it, and how many characters
    stayed inside them."""
    made, stayed, left = [], 0, MOST_WORDS
    for old, new in passages:
        words = _WORD.findall(old), _WORD.findall(new)
        cost = len(words[0]) * len(words[1])
        matcher = SequenceMatcher(None, *words, autojunk=False) if 0 < cost <= left else None
        left -= cost if matcher else 0
        if matcher is None or (matcher.ratio() < ALIKE and not _is_cut(old, new)):
            made.append(Difference(_whole(old), _whole(new)))
            continue
        difference, same = _word_by_word(matcher, *words)
        made.append(difference)
        stayed += same
    return made, stayed


def _is_cut(old: str, new: str) -> bool:
    """One passage is the beginning of the other: a copy that was cut off here."""
    return old.startswith(new) or new.startswith(old)


def _whole(text: str) -> tuple[Run, ...]:
    if not text:
        return ()
    if len(text) > LONGEST:
        half = LONGEST // 2
        text = f"{text[:half]}{GAP}（此处省略{len(text) - LONGEST}字）{GAP}{text[-half:]}"
    return (Run(text, is_marked=True),)


def _word_by_word(
    matcher: SequenceMatcher[str], before: list[str], now: list[str]
) -> tuple[Difference, int]:
    old: list[Run] = []
    new: list[Run] = []
    same = 0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        struck, put_in = "".join(before[i1:i2]), "".join(now[j1:j2])
        if tag == "equal":
            same += len("".join(struck.split()).translate(IDLE))
            old.append(Run(_shortened(struck)))
            new.append(Run(_shortened(put_in)))
            continue
        old += _whole(struck)
        new += _whole(put_in)
    return Difference(tuple(old), tuple(new)), same


def _shortened(text: str) -> str:
    return text if len(text) <= 2 * ENDS + 2 else f"{text[:ENDS]}{GAP}{text[-ENDS:]}"
