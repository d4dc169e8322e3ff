"""Paragraphs of a notice from lines of print, by indent, line length and ends of sentences."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from notices.readers.layout.lines import TextLine
from notices.readers.layout.page import Page
from notices.readers.layout.tables import Table, continues_table

_SENTENCE_ENDS = re.compile(r"[。；：！？!?;:][”’」』）)]*$")
_STARTS_ANEW = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十]{1,3}[章节条]|附\s*[件表录]|联\s*系|抄\s*送|主\s*送|[（(]此件|特此"
)
_TOKEN = re.compile(r"[A-Za-z0-9@._/%+:?=&#~-]+|.")
_CLOSING = "，。、；：！？）》」』】〕”’,.;:!?)"
_SAME_MARGIN = 0.6
"""Ems by which two line starts may differ and still stand on the same margin."""
_INDENT = 1.2
_HANGING = 2.6
_SLACK = 0.9
"""Ems left free at the right by punctuation rules and justification in a full line."""
_APART = 1.45
"""Times the usual distance of lines beyond which a new paragraph starts."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """The type area of pages of one width: its left and right edge, the distance of lines."""

    left: float
    right: float
    pitch: float
    indented: bool


def text_of(pages: Sequence[Page]) -> str:
    """The pages' text: a paragraph or a table row a line. Furniture must be gone already."""
    frames = _frames(pages)
    flow = _Flow()
    for page in pages:
        items: list[TextLine | Table] = [*page.lines, *page.tables]
        region = 0
        for item in sorted(items, key=lambda x: (x.region, x.top)):
            if item.region != region:
                region = item.region
                flow.turn()
            if isinstance(item, Table):
                flow.add_table(item)
            else:
                flow.add_line(item, frames[round(page.width), item.column])
        flow.turn()
    return "\n".join(flow.out)


class _Flow:
    """Paragraphs and table rows so far, and what stood last."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.line: TextLine | None = None
        self.frame: _Frame | None = None
        self.table: Table | None = None
        self.turned = False

    def turn(self) -> None:
        """A new page or a new column begins."""
        self.turned = True

    def add_line(self, line: TextLine, frame: _Frame) -> None:
        """Goes on with the last paragraph or begins a new one."""
        if self.line and self._goes_on(self.line, line, frame):
            self.out[-1] += _glue(self.out[-1], line.text) + line.text
        else:
            self.out.append(line.text)
        self.line, self.frame, self.table, self.turned = line, frame, None, False

    def _goes_on(self, last: TextLine, line: TextLine, frame: _Frame) -> bool:
        if self.frame and self.frame is not frame:  # seen as if it stood in the column of the next
            last = replace(last, x1=last.x1 + frame.right - self.frame.right)
        return continues(last, line, frame, same_page=not self.turned)

    def add_table(self, table: Table) -> None:
        """Adds the rows; a header that is repeated on the next page is left out."""
        rows = table.text().split("\n")
        if self.table and self.turned and continues_table(self.table, table):
            head = self.table.text().split("\n")
            while rows and head and rows[0] == head[0]:
                del rows[0], head[0]
        self.out += rows
        self.line, self.table, self.turned = None, table, False


def _glue(before: str, after: str) -> str:
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii()
    return " " if latin and after[:1].isalpha() else ""


def continues(a: TextLine, b: TextLine, frame: _Frame, *, same_page: bool) -> bool:
    """Whether line `b`, the next one below, goes on with the paragraph of line `a`."""
    em = max(a.size, b.size)
    if abs(a.size - b.size) > 0.15 * em:
        return False
    if same_page and b.top - a.top > _APART * max(frame.pitch, em):
        return False
    if frame.right - a.x1 > _first_token(b) + _SLACK * em:
        return False
    ended = bool(_SENTENCE_ENDS.search(a.text))
    if b.x0 > frame.left + _INDENT * em:
        hangs = b.x0 > frame.left + _HANGING * em
        return hangs and not ended and not _STARTS_ANEW.match(b.text)
    if ended and (not frame.indented or _STARTS_ANEW.match(b.text)):
        return False
    return not re.match(r"附\s*[件表]\s*\d{0,2}\s*$", b.text)


def _first_token(line: TextLine) -> float:
    """Width of what could not be broken off the line's start: a word, a sign with its comma."""
    match = _TOKEN.match(line.text)
    token = match.group() if match else ""
    end = len(token)
    while end < len(line.text) and line.text[end] in _CLOSING:
        end += 1
    wide = sum(0.55 if char.isascii() else 1.0 for char in line.text[:end])
    return wide * line.size


def _frames(pages: Sequence[Page]) -> dict[tuple[int, int], _Frame]:
    """The frames by the page's width and the column."""
    groups: dict[tuple[int, int], list[list[TextLine]]] = defaultdict(list)
    for page in pages:
        by_column: dict[int, list[TextLine]] = defaultdict(list, {0: []})
        for line in page.lines:
            by_column[line.column].append(line)
        for column, found in by_column.items():
            groups[round(page.width), column].append(found)
    return {
        (width, column): _frame(group, None if column else width)
        for (width, column), group in groups.items()
    }


def _frame(pages: list[list[TextLine]], width: float | None) -> _Frame:
    """The frame of the lines of each page; `width` is the page's, None for a column."""
    found = [line for page in pages for line in page]
    if not found:
        return _Frame(0, width or 0, 0, True)
    em = median(line.size for line in found)
    left = _edge(sorted(line.x0 for line in found), _SAME_MARGIN * em, 2)
    left = min(line.x0 for line in found) if left is None else left
    edge = _edge(sorted(-line.x1 for line in found), em, 3)
    right = max(line.x1 for line in found) if width is None else width - left
    if edge is not None and -edge > 0.6 * (right if width is None else width):
        right = -edge
    indented = sum(_INDENT * em < line.x0 - left < _HANGING * em for line in found)
    return _Frame(left, right, _pitch(pages), 8 * indented >= len(found))


def _edge(places: list[float], tolerance: float, support: int) -> float | None:
    """The outermost place with at least `support` lines within the tolerance."""
    for i, place in enumerate(places):
        near = [p for p in places[i : i + support] if p - place <= tolerance]
        if len(near) >= support:
            return place
    return None


def _pitch(pages: list[list[TextLine]]) -> float:
    distances = []
    for page in pages:
        tops = sorted((line.top, line.size) for line in page)
        for (a, size), (b, _) in pairwise(tops):
            if 0.8 * size < b - a < 3 * size:
                distances.append(b - a)
    return sorted(distances)[len(distances) // 3] if distances else 0.0
