"""The text of a notice as paragraphs and tables for a template, its readings marked in place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from notices.checking.marks import Mark, marks
from notices.models import Clause, Notice
from notices.text.characters.headings import HEADING
from notices.text.characters.normalize import fold
from notices.text.deadlines.dates import WRITTEN_DATE
from notices.text.page.lines import lines
from notices.text.page.lines import paragraphs as joined

LABEL = re.compile(r"\n\s*(?=[^\n,，。;；]{2,14}[:：])")
HEAD_KINDS = {"title", "number", "recipients"}
HEADLINE = 45
"""A numbered line up to this length that ends no sentence is a heading."""


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph; ``kind`` names the reading it belongs to, "" for plain text.

    ``clauses`` are those whose words begin here; ``runs`` the readings inside a clause.
    """

    text: str
    kind: str = ""
    clauses: tuple[Clause, ...] = ()
    runs: tuple["Run", ...] = ()

    @property
    def is_doubtful(self) -> bool:
        return any(clause.needs_confirming for clause in self.clauses)


@dataclass(frozen=True)
class Block:
    """``kind`` is title | number | flush | heading | closing | table | body.

    A table has ``rows`` of cells, each cell a tuple of runs; everything else has ``runs``.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


def blocks(notice: Notice, clauses: Iterable[Clause]) -> list[Block]:
    """The whole text; halves of sentences broken by a page end are put together."""
    found, body = marks(notice, clauses), notice.body
    issuers = {*notice.issuer_names}
    made = []
    for is_row, spans in groupby(
        _spans(body, _head_end(found)), key=lambda span: "\t" in body[span[0] : span[1]]
    ):
        if is_row:
            rows = tuple(_cells(body, start, end, found) for start, end in spans)
            made.append(Block("table", rows=rows))
            continue
        for start, end in spans:
            kind = _kind(body[start:end].strip(), _kinds_at(start, end, found), issuers)
            made.append(Block(kind, _runs(body, start, end, found)))
    return made


def _head_end(found: list[Mark]) -> int:
    """Up to here lines are left as they stand: a website's table, title, number, recipients."""
    return max((mark.end for mark in found if mark.kind in HEAD_KINDS), default=0)


def _spans(body: str, head_end: int) -> list[tuple[int, int]]:
    """Paragraphs, and the lines of flattened tables whole, with their empty first cells."""
    made: list[tuple[int, int]] = []
    found = lines(fold(body))
    head = [(line.start, line.end) for line in found if line.start < head_end]
    rest = joined([line for line in found if line.start >= head_end])
    for start, end in [*head, *(piece for span in rest for piece in _unlabelled(body, *span))]:
        line = body.rfind("\n", 0, start) + 1, _line_end(body, end)
        span = line if "\t" in body[line[0] : line[1]].strip(" \n") else (start, end)
        if not made or span != made[-1]:
            made.append(span)
    return made


def _line_end(body: str, at: int) -> int:
    found = body.find("\n", at)
    return found if found >= 0 else len(body)


def _unlabelled(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """A joined paragraph, cut again where a line begins with a label (联系人：, 填报单位：)."""
    cuts = [start + match.end() for match in LABEL.finditer(body[start:end])]
    return list(pairwise([start, *cuts, end]))


def _cells(body: str, start: int, end: int, found: list[Mark]) -> tuple[tuple[Run, ...], ...]:
    made, at = [], start
    for cell in body[start:end].split("\t"):
        made.append(_runs(body, at, at + len(cell), found))
        at += len(cell) + 1
    return tuple(made)


def _kinds_at(start: int, end: int, found: list[Mark]) -> set[str]:
    return {mark.kind for mark in found if mark.start < end and mark.end > start}


def _kind(text: str, kinds: set[str], issuers: set[str]) -> str:
    folded = fold(text)
    if kinds & {"title", "number"}:
        return "title" if "title" in kinds else "number"
    if "recipients" in kinds or re.match(r"附\s*件|抄\s*送", folded) or kinds == {"attachment"}:
        return "flush"
    if text in issuers or WRITTEN_DATE.fullmatch(folded):
        return "closing"
    if HEADING.match(folded) and len(text) <= HEADLINE and not folded.endswith(("。", ";", ":")):
        return "heading"
    return "body"


def _runs(body: str, start: int, end: int, found: Iterable[Mark]) -> tuple[Run, ...]:
    made, at = [], start
    for mark in found:
        if mark.end <= start or mark.start >= end:
            continue
        opens, closes = max(mark.start, start), min(mark.end, end)
        if opens > at:
            made.append(Run(_plain(body[at:opens])))
        begins = mark.clauses if mark.start >= start else ()
        inner = _runs(body, opens, closes, mark.inner) if mark.inner else ()
        made.append(Run(_plain(body[opens:closes]), mark.kind, begins, inner))
        at = closes
    if at < end:
        made.append(Run(_plain(body[at:end])))
    return tuple(made)


def _plain(text: str) -> str:
    """Without line ends inside a sentence."""
    return re.sub(r"\s*\n\s*", "", text)
