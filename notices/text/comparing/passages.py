"""What differs between two copies of one text: sentence by sentence, then word by word inside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notices.text.characters.normalize import fold, squeeze
from notices.text.page.lines import lines

MOST_SENTENCES = 2500  # compared on each side, between the beginning and the end that are alike
MOST_SHOWN = 60  # differences given; the rest is counted
MOST_WORDS = 3_000_000  # pairs of words compared in all; beyond, a passage is given as a whole
ALIKE = 0.4  # of two passages, below which one replaces the other as a whole
LONGEST = 400  # characters of a passage that came or went, beyond which its middle is left out
ENDS = 14  # characters left at each end of what stayed inside a changed passage
GAP = "……"

_SENTENCE = re.compile(r"[^。;!?]*[。;!?]?[”’\"')》]*")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|.", re.DOTALL)
_IDLE = str.maketrans("", "", "“”‘’\"'#*|_ \n")
"""Signs in which copies of one text differ without saying anything else."""


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
    shown, stayed = _shown(places[:MOST_SHOWN])
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
            if key := match.group().translate(_IDLE):
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


def _shown(
    places: Sequence[tuple[Sequence[_Sentence], Sequence[_Sentence]]],
) -> tuple[list[Difference], int]:
    """As people read them, and how many characters stayed inside the changed ones."""
    made, stayed, left = [], 0, MOST_WORDS
    for before, now in places:
        old, new = _joined(before), _joined(now)
        words = _WORD.findall(old), _WORD.findall(new)
        left -= (cost := len(words[0]) * len(words[1]))
        if not cost or left < 0:
            made.append(Difference(_whole(old), _whole(new)))
            continue
        matcher = SequenceMatcher(None, *words, autojunk=False)
        if matcher.ratio() < ALIKE and not _is_cut(old, new):
            made.append(Difference(_whole(old), _whole(new)))
            continue
        difference, same = _word_by_word(matcher, *words)
        made.append(difference)
        stayed += same
    return made, stayed


def _is_cut(old: str, new: str) -> bool:
    """One passage is the beginning of the other: a copy that was cut off here."""
    return old.startswith(new) or new.startswith(old)


def _joined(side: Sequence[_Sentence]) -> str:
    return re.sub(r"\s*\n\s*", "", "".join(one.text for one in side))


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
            same += len("".join(struck.split()).translate(_IDLE))
            old.append(Run(_shortened(struck)))
            new.append(Run(_shortened(put_in)))
            continue
        old += _whole(struck)
        new += _whole(put_in)
    return Difference(tuple(old), tuple(new)), same


def _shortened(text: str) -> str:
    return text if len(text) <= 2 * ENDS + 2 else f"{text[:ENDS]}{GAP}{text[-ENDS:]}"
