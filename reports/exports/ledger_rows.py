"""The rows of the ledger for an export: read as plain values in one statement, by a cursor of the
database where it has one, so that a million of them are of one moment and never held together.

A row has the names that ``ledger_columns`` reads of an assignment, and the words of what it belongs
to are the models' own: the export says what the page says. Making models of them took longer than
reading and writing them.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from itertools import count, islice
from typing import Any

from bureaus.models import Bureau, Staff
from notices.models import Notice
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import Light, by_moments
from tasks.models import Obligation
from tasks.pages import came_back
from tasks.pages.came_back import CameBack
from tasks.pages.ledger import Ledger

AT_ONCE = 2000  # rows read together
OWN = (
    *("pk", "bureau_id", "status", "due_at", "target_at", "return_reason", "accepted_at"),
    *("submitted_at", "closed_at", "resubmitted_at", "is_late", "is_resubmitted_late", "is_nil"),
    "asks_extension",
)
OTHERS = (
    *("bureau__short_name", "handler__name", "obligation__soon_workdays"),
    *("obligation__title", "obligation__period", "obligation__issuer__short_name"),
    *("obligation__notice__title", "obligation__notice__doc_number"),
)


class Named:
    """A bureau, or a person."""

    __slots__ = ("name", "short_name")
    __str__ = Bureau.__str__

    def __init__(self, name: str) -> None:
        self.name = self.short_name = name


class Said:
    """A notice."""

    __slots__ = ("doc_number", "title")
    citation = Notice.citation

    def __init__(self, title: str, doc_number: str) -> None:
        self.title, self.doc_number = title, doc_number


class Asked:
    """An obligation."""

    __slots__ = ("issuer", "notice", "period", "title")
    __str__ = Obligation.__str__

    def __init__(self, title: str, period: str, issuer: str, *notice: str) -> None:
        self.title, self.period, self.issuer = title, period, Named(issuer)
        self.notice = Said(*notice)


class Row:
    """An assignment as a line of the ledger."""

    __slots__ = (*OWN, "bureau", "came_back", "handler", "light", "obligation", "seq")
    came_back: CameBack | None

    @property
    def issuer(self) -> Named:
        return self.obligation.issuer


def rows(ledger: Ledger, *, now: datetime, calendar: WorkCalendar, user: Staff) -> Iterator[Row]:
    """All that the user may see of it, in the order of the page, each with its number and light."""
    plain = ledger.rows.prefetch_related(None).values_list(*OWN, *OTHERS)
    found = map(_reader(by_moments(now, calendar)), count(1), plain.iterator(AT_ONCE))
    while some := list(islice(found, AT_ONCE)):
        yield from came_back.mark(some, user)


def _reader(lit: Callable[..., Light]) -> Callable[[int, tuple[Any, ...]], Row]:
    """Rows share what they have in common."""
    named, asked = cache(Named), cache(Asked)

    def read(seq: int, values: tuple[Any, ...]) -> Row:
        row = Row()
        row.seq = seq
        for name, value in zip(OWN, values, strict=False):
            setattr(row, name, value)
        bureau, handler, soon, *said = values[len(OWN) :]
        row.bureau, row.handler = named(bureau), handler and named(handler)
        row.obligation = asked(*said)
        row.light = lit(row.status, row.due_at, row.target_at, soon)
        return row

    return read
