"""Where in the text of a notice each reading stands, found again by its words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from notices.models import Clause, Notice
from notices.text.characters.normalize import Run, fold, squeeze
from notices.text.deadlines.dates import WRITTEN_DATE, date_of
from notices.text.page.lines import lines

HEAD = 20_000
"""Characters in which title, number and recipients are looked for."""
DATE_LINE = 45
"""A date is marked in a line up to this length: a signature, an imprint, a website's table."""


@dataclass(frozen=True)
class Mark:
    """``kind`` is title | number | recipients | date | attachment | clause.

    Inside a clause stand its own readings: due | deliverable | attachment.
    """

    start: int
    end: int
    kind: str
    clauses: tuple[Clause, ...] = ()
    inner: tuple["Mark", ...] = ()


class Searched:
    """A stretch of a text in which words are found, blanks, line ends and widths aside."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.run: Run = squeeze(folded, start, end)

    def all(self, words: str) -> Iterator[tuple[int, int]]:
        """Offsets in the whole text of each place, in order; none for empty words."""
        needle = squeeze(fold(words), 0, len(words)).text
        at = self.run.text.find(needle) if needle else -1
        while at >= 0:
            yield self.run.span(at, at + len(needle))
            at = self.run.text.find(needle, at + len(needle))

    def first(self, words: str) -> tuple[int, int] | None:
        return next(self.all(words), None)


def marks(notice: Notice, clauses: Iterable[Clause]) -> list[Mark]:
    """All readings in order of the text, none overlapping; clauses hold theirs inside."""
    folded = fold(notice.body)
    head = Searched(folded, 0, min(HEAD, len(folded)))
    ends = {line.start: line.end for line in lines(folded[:HEAD])}
    found = [_clause(clause, folded) for clause in clauses if clause.start_at is not None]
    for kind, words in (
        ("title", notice.title),
        ("number", notice.doc_number),
        ("recipients", notice.recipients_text),
    ):
        if place := _in_head(head, words, ends):
            found.append(Mark(*place, kind))
    return _apart([*found, *_dates(notice, folded), *_attachments(notice, folded)])


def _in_head(head: Searched, words: str, found: dict[int, int]) -> tuple[int, int] | None:
    """The first place that is a line by itself, else one that begins a line, else the first of all.

    ``found`` maps the start of each line to its end. A website repeats title and number in a
    table above the document, or runs them together in a heading of its own.
    """
    places = list(head.all(words))
    whole = [place for place in places if found.get(place[0]) == place[1]]
    fresh = [place for place in places if place[0] in found]
    return next(iter(whole or fresh or places), None)


def _clause(clause: Clause, folded: str) -> Mark:
    inside = Searched(folded, clause.start_at, clause.end_at)
    rule = clause.deadline
    wanted = [
        ("due", rule.get("phrase") or rule.get("rule") or ""),
        ("deliverable", clause.deliverable),
        *(("attachment", f"附件{number}") for number in clause.attachments_referred),
    ]
    inner = [Mark(*place, kind) for kind, words in wanted if (place := inside.first(words))]
    # a deliverable that is the whole quote would hide the rest
    inner = [mark for mark in inner if (mark.start, mark.end) != (clause.start_at, clause.end_at)]
    return Mark(clause.start_at, clause.end_at, "clause", (clause,), tuple(_apart(inner)))


def _dates(notice: Notice, folded: str) -> list[Mark]:
    reading = notice.reading
    known = {notice.written_on, notice.printed_on, notice.published_on}
    known |= {reading.get("signed_date"), reading.get("listed_date")}
    said = {str(day) for day in known if day}
    return [
        Mark(line.start + match.start(), line.start + match.end(), "date")
        for line in lines(folded)
        if len(line.text) <= DATE_LINE
        for match in WRITTEN_DATE.finditer(line.text)
        if str(date_of(match)) in said
    ]


def _attachments(notice: Notice, folded: str) -> list[Mark]:
    """Each title once: in the list of attachments (附件说明), else above its body."""
    listed = re.search(r"附\s*[件表]\s*\d?\s*:", folded)
    after = Searched(folded, listed.start() if listed else 0, len(folded))
    places = [after.first(attachment.title) for attachment in notice.attachments.all()]
    return [Mark(*place, "attachment") for place in places if place]


def _apart(found: list[Mark]) -> list[Mark]:
    """In order of the text; what overlaps the one before begins where that ends, or joins it."""
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        last = kept[-1] if kept else None
        if last is None or mark.start >= last.end:
            kept.append(mark)
        elif mark.end <= last.end:
            kept[-1] = replace(last, clauses=last.clauses + mark.clauses)
        else:
            kept.append(replace(mark, start=last.end))
    return kept
