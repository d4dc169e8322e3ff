"""What to do with another copy of a notice that is there already."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from notices.text.comparing.passages import Passages

FOREIGN = 0.3  # of the text, below which two copies are not of one notice
MUCH = 1.2  # times as long: where both have words of their own, the fuller copy
FEW = 0.02  # of the text, up to which words that only one copy has are no more than wording
_CORRECTS = re.compile(r"更正|勘误|重新印发|重发|补发|修订|修改|调整")


class Advice(StrEnum):
    """``FULLER`` and ``CORRECTED``: the new copy is taken over. ``SAME``, ``CUT``, ``OLDER`` and
    ``WORDING``: what is there stands, the new copy is kept as a source. ``OTHER``: it is of
    another notice.
    """

    SAME = "same"
    FULLER = "fuller"
    CUT = "cut"
    CORRECTED = "corrected"
    OLDER = "older"
    WORDING = "wording"
    OTHER = "other"

    @property
    def takes_over(self) -> bool:
        return self in (Advice.FULLER, Advice.CORRECTED)


@dataclass(frozen=True, slots=True)
class Copy:
    """What is known of one copy beside its text."""

    title: str
    issuers: frozenset[str]
    dated_on: date | None
    is_truncated: bool


def advise(old: Copy, new: Copy, passages: Passages, *, is_more: bool, is_less: bool) -> Advice:
    """``is_more``: the new copy asks for something that the old one does not, or for another day;
    ``is_less``: the old one asks for something that the new one does not."""
    if passages.is_same:
        return Advice.SAME
    if _is_foreign(old, new, passages):
        return Advice.OTHER
    if new.is_truncated != old.is_truncated:
        return Advice.CUT if new.is_truncated else Advice.FULLER
    if new.dated_on and old.dated_on and new.dated_on < old.dated_on:
        return Advice.OLDER
    if is_more or (_CORRECTS.search(new.title) and not _CORRECTS.search(old.title)):
        return Advice.CORRECTED if passages.gone or is_less else Advice.FULLER
    if is_less:
        return Advice.CUT
    size, comes = passages.kept + passages.gone, passages.kept + passages.added
    if comes > MUCH * size or (passages.added > FEW * size and not passages.gone):
        return Advice.FULLER
    if size > MUCH * comes or (passages.gone > FEW * size and not passages.added):
        return Advice.CUT
    return Advice.WORDING


def _is_foreign(old: Copy, new: Copy, passages: Passages) -> bool:
    """Other words under another title: the number is wrong in one of them, or another body's."""
    if new.is_truncated or old.is_truncated:
        shared = passages.kept / max(
            min(passages.kept + passages.gone, passages.kept + passages.added), 1
        )
    else:
        shared = passages.kept / max(
            passages.kept + passages.gone, passages.kept + passages.added, 1
        )
    titles = SequenceMatcher(None, old.title, new.title, autojunk=False).ratio()
    others = bool(old.issuers and new.issuers) and old.issuers.isdisjoint(new.issuers)
    return shared < FOREIGN and (titles < 0.6 or others)
