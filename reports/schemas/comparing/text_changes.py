"""A text beside its earlier wording: what stayed, what was struck out, what was put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A number or a Latin word is changed as a whole, Han one by one; sentences are matched first.
_WORD = re.compile(r"[0-9０-９]+(?:[.,][0-9]+)*|[A-Za-z]+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
ALIKE = 0.4  # of two passages, below which one replaces the other as a whole
MOST_WORDS = 4_000_000  # pairs of words compared in one passage; beyond, it is replaced as a whole
SHOWN = 12  # characters left at each end of a long passage that stayed


class Kind(StrEnum):
    """What happened to a run of text."""

    KEPT = "kept"
    STRUCK = "struck"
    PUT_IN = "put_in"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text that stayed, went or came."""

    kind: Kind
    text: str


def runs(old: str, new: str) -> list[Run]:
    """The new text, what was struck out of the old one at its place; [] where both are blank."""
    found: list[Run] = []
    before, now = _SENTENCE.findall(old), _SENTENCE.findall(new)
    for run in _matched(before, now, finer=True):
        if found and found[-1].kind == run.kind:
            run = Run(run.kind, found.pop().text + run.text)
        if run.text:
            found.append(run)
    return found


def shortened(found: Sequence[Run]) -> list[Run]:
    """The same with long passages that stayed cut to their ends, for a list of changes."""
    return [
        Run(run.kind, f"{run.text[:SHOWN]}……{run.text[-SHOWN:]}")
        if run.kind is Kind.KEPT and len(run.text) > 2 * SHOWN + 2
        else run
        for run in found
    ]


def _matched(before: Sequence[str], now: Sequence[str], *, finer: bool) -> Iterator[Run]:
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        struck, put_in = before[i1:i2], now[j1:j2]
        if tag == "equal":
            yield Run(Kind.KEPT, "".join(put_in))
        elif finer:
            yield from _passage("".join(struck), "".join(put_in))
        else:
            yield Run(Kind.STRUCK, "".join(struck))
            yield Run(Kind.PUT_IN, "".join(put_in))


def _passage(old: str, new: str) -> Iterator[Run]:
    """A rewritten passage, word by word where the two wordings are alike."""
    before, now = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(now) <= MOST_WORDS:
        matcher = SequenceMatcher(None, before, now, autojunk=False)
        if matcher.ratio() >= ALIKE:
            yield from _matched(before, now, finer=False)
            return
    yield Run(Kind.STRUCK, old)
    yield Run(Kind.PUT_IN, new)
