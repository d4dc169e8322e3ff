"""What differs between two copies of one text: sentence by sentence, then word by word inside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notices.text.characters.normalize import fold, squeeze
from notices.text.comparing.words import IDLE, Difference, differences
from notices.text.page.lines import lines

MOST_SENTENCES = 2500  # compared on each side, between the beginning and the end that are alike
MOST_SHOWN = 60  # differences given; the rest is counted

_SENTENCE = re.compile(r"[^。;!?]*[。;!?]?[”’\"')》]*")


@dataclass(frozen=True, slots=True)
class Passages:
    """All differences in the order of the text. ``added`` and ``gone`` count characters that one
    copy has and the other has not; ``kept`` those that both have. ``left_off`` differences are
    not among ``shown``; ``is_partial``: the texts are too long to be compared to their ends."""

    shown: tuple[Difference, ...]
    left_off: int
    kept: int
    added: int
    gone: int
    is_partial: bool

    @property
    def is_same(self) -> bool:
        return not self.shown and not self.is_partial


@dataclass(frozen=True, slots=True)
class _Sentence:
    key: str
    text: str


def compare(old: str, new: str) -> Passages:
    """The differences between two texts; widths, blanks, line ends and quotation marks aside."""
    before, now = _sentences(old), _sentences(new)
    head = _common(before, now)
    tail = _common(before[head:][::-1], now[head:][::-1])
    kept = sum(len(one.key) for one in before[:head])
    kept += sum(len(one.key) for one in before[len(before) - tail :])
    before, now = before[head : len(before) - tail], now[head : len(now) - tail]
    is_partial = max(len(before), len(now)) > MOST_SENTENCES
    before, now = before[:MOST_SENTENCES], now[:MOST_SENTENCES]
    places = [
        (a, b)
        for a, b in _places(before, now)
        if "".join(one.key for one in a) != "".join(one.key for one in b)
    ]
    went, came = _size(a for a, _ in places), _size(b for _, b in places)
    kept += sum(len(one.key) for one in before) - went
    shown, stayed = differences((_joined(a), _joined(b)) for a, b in places[:MOST_SHOWN])
    return Passages(
        shown=tuple(shown),
        left_off=max(len(places) - MOST_SHOWN, 0),
        kept=kept + stayed,
        added=came - stayed,
        gone=went - stayed,
        is_partial=is_partial,
    )


def _sentences(text: str) -> list[_Sentence]:
    folded, found = fold(text), []
    for line in lines(folded):
        if not line.part:  # a website's table above the document
            continue
        run = squeeze(folded, line.start, line.end)
        for match in _SENTENCE.finditer(run.text):
            if key := match.group().translate(IDLE):
                start, end = run.span(match.start(), match.end())
                found.append(_Sentence(key, text[start:end].strip()))
    return found


def _common(before: Sequence[_Sentence], now: Sequence[_Sentence]) -> int:
    """How many sentences at the beginning are alike."""
    count = 0
    for one, other in zip(before, now, strict=False):
        if one.key != other.key:
            break
        count += 1
    return count


def _places(
    before: Sequence[_Sentence], now: Sequence[_Sentence]
) -> Iterator[tuple[Sequence[_Sentence], Sequence[_Sentence]]]:
    keys = [one.key for one in before], [one.key for one in now]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *keys).get_opcodes():
        if tag != "equal":
            yield before[i1:i2], now[j1:j2]


def _size(sides: Iterator[Sequence[_Sentence]]) -> int:
    return sum(len(one.key) for side in sides for one in side)


def _joined(side: Sequence[_Sentence]) -> str:
    return re.sub(r"\s*\n\s*", "", "".join(one.text for one in side))
