"""The lines of a notice, each with the part it belongs to, and the paragraphs they make up.

Text comes as found: lines broken by a page end, whole notices on one line with runs of blanks for
paragraph marks, page numbers between the halves of a sentence, list marks of a web converter.
Opening (number, title, addressees) and close (names, date) are found first, by what they are; then
the text is cut where they meet, at its own line breaks and where paragraphs were.
"""

import re
from dataclasses import dataclass

from notices.text.characters.headings import HEADING
from notices.text.page import breaks, closing, opening

_PAGE_NUMBER = re.compile(r"[-—_ ]*(?:第\s*)?\d{1,3}(?:\s*页)?[-—_ ]*$")
_MARKUP = re.compile(r"(?:#{1,6}|[-*+•·]|>)\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A stripped, non-empty line of the folded text, its offsets and the part of the opening that
    it belongs to: number, title, recipients, or empty."""

    text: str
    start: int
    end: int
    part: str = ""


def lines(folded: str) -> list[Line]:
    """Non-empty lines in order, flat ones broken up, page numbers and list marks dropped."""
    parts = opening.read(folded)
    out: list[Line] = []
    last = 0
    for start, end in sorted(_cuts(folded, parts)):
        if start >= last:
            line = _line(folded, last, start, parts)
            out += [line] if line else []
            last = end
    return out


def _cuts(folded: str, parts: list[opening.Part]) -> list[tuple[int, int]]:
    """Where one line ends and the next starts, in any order."""
    out = [(at, at) for part in parts for at in (part.start, part.end)]
    signed = closing.read(folded, opening.names(folded, parts))
    out += [cut for signature in signed for cut in signature.cuts()]
    position = 0
    for physical in folded.split("\n"):
        at_head = position < _HEAD_REACH
        marks = breaks.cuts(physical, at_head=at_head) if len(physical) > _SHORT else []
        for start, end in marks[:_MOST]:
            if not any(s.parts(position + start) for s in signed):
                out.append((position + start, position + end))
        position += len(physical) + 1
        out.append((position - 1, position))
    return out


_HEAD_REACH = 1500
"""Offset up to which a line may hold the table of a website."""
_MOST = 9000
"""Places at which one line is broken: more than any notice has."""
_SHORT = 20
"""Signs of a line that may be a page number and holds no more than one line."""


def _line(folded: str, start: int, end: int, parts: list[opening.Part]) -> Line | None:
    text = folded[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if mark := _MARKUP.match(text):
        start += mark.end()
        text = text[mark.end() :]
    if not text or (len(text) < _SHORT and _PAGE_NUMBER.match(text)):
        return None
    part = "body"
    if start < parts[-1].start:
        part = next((p.kind for p in parts if p.start <= start < p.end), "")
    return Line(text, start, start + len(text), part)


_OPEN_END = re.compile(r"[\u4e00-\u9fffA-Za-z0-9,、(《“]$")
_STARTS_ANEW = re.compile(
    r"附\s*[件表]|联\s*系|电\s*话|传\s*真|邮\s*箱|抄送|主送|\(此件|\(?联系|(?:特此|此[复致])|"
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日$|[一二]〇"
)
_WRAPPED = 18
"""A line shorter than this that does not end a sentence is a heading, not a broken line."""


def joins(previous: Line, following: Line) -> bool:
    """Whether `following` goes on with the sentence that `previous` broke off."""
    if not _OPEN_END.search(previous.text) or len(previous.text) < _WRAPPED:
        return False
    if HEADING.match(following.text) or _STARTS_ANEW.match(following.text):
        return False
    if HEADING.match(previous.text) and "。" not in previous.text and len(previous.text) < 45:
        return len(following.text) < _WRAPPED and bool(re.search(r"[。;]$", following.text))
    return bool(re.search(r"[,。;:、]", previous.text + following.text))


def paragraphs(found: list[Line]) -> list[tuple[int, int]]:
    """Offsets of the paragraphs: lines, with the halves of broken sentences put together."""
    out: list[tuple[int, int]] = []
    for i, line in enumerate(found):
        if out and i and joins(found[i - 1], line):
            out[-1] = (out[-1][0], line.end)
        else:
            out.append((line.start, line.end))
    return out
