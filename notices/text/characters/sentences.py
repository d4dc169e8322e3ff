"""Sentences and their comma-separated parts, with quoted and bracketed words masked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notices.text.characters.normalize import Run

MASK = "□"
_LONGEST = 1000
"""Signs after which a sentence is cut though it does not end, so that no text takes for ever."""
_SENTENCE = re.compile(rf"[^。;!?]{{1,{_LONGEST}}}[。;!?]?")
_CHUNK = re.compile(r"(?:[^,:。;!?]|(?<=\d):(?=\d))+")
"""What stands between commas and colons; the colon of a clock time (16:00) parts nothing."""
_HIDDEN = (
    re.compile(r"《[^《》]{1,120}》"),
    re.compile(r"“[^“”]{1,60}”"),
    re.compile(r'"[^"]{1,60}"'),
    re.compile(r"\([^()]{1,120}\)"),
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a sentence between commas or colons; offsets are within the sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph. `masked` has the same length as `text`; `start` is its offset in
    the paragraph's Run."""

    text: str
    masked: str
    start: int
    chunks: tuple[Chunk, ...]

    def chunk_at(self, position: int) -> int:
        """Index of the chunk that holds an offset of the sentence."""
        for i, chunk in enumerate(self.chunks):
            if position < chunk.end:
                return i
        return len(self.chunks) - 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and its sentences, split once for all that read them."""

    run: Run
    sentences: tuple[Sentence, ...]


def paragraph(run: Run) -> Paragraph:
    return Paragraph(run, tuple(split(run)))


def split(run: Run) -> Iterator[Sentence]:
    """The sentences of a paragraph; 。 and ； end one, also inside brackets left open."""
    masked_run = mask(run.text)
    for match in _SENTENCE.finditer(masked_run):
        text = run.text[match.start() : match.end()]
        yield Sentence(text, match.group(), match.start(), tuple(_chunks(match.group())))


def mask(text: str) -> str:
    """`text` with what stands in 《》, “” and () replaced sign by sign; the marks stay."""
    for pattern in _HIDDEN:
        text = pattern.sub(_hide, text)
    return text


def _hide(match: re.Match[str]) -> str:
    words = match.group()
    return words[0] + MASK * (len(words) - 2) + words[-1]


def _chunks(masked: str) -> Iterator[Chunk]:
    for match in _CHUNK.finditer(masked):
        yield Chunk(*match.span())
