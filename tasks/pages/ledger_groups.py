"""分组: the ledger by notice or by unit, each group under a head with the number of its rows.

Groups are in the order of the units, or the newest notice first; nothing is ranked or summed up.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.core.paginator import Page
from django.db.models import Count, ExpressionWrapper, F, IntegerField

from bureaus.shell.paging import DEEPEST, counted
from tasks.models import Assignment
from tasks.pages.ledger import ORDERS, Ledger
from tasks.querysets.assignments import AssignmentQuerySet

LABELS = {"": "不分", "notice": "按来文", "bureau": "按单位"}
KEYS = {"notice": "obligation__notice", "bureau": "bureau_path"}
# As a sum no index has it, so that the rows are found by the filters and then put in order: walking
# the notices in their order would read the tasks of all of them before the first that fits.
BY_NOTICE = ExpressionWrapper(F("obligation__notice") * -1, output_field=IntegerField())


@dataclass(frozen=True)
class Group:
    """``count``: of the whole list, not of this page. ``goes_on``: it began on the page before."""

    name: str
    note: str
    count: int
    goes_on: bool
    rows: list[Assignment] = field(default_factory=list)


@dataclass(frozen=True)
class Grouping:
    """``by`` is a key of LABELS; ``is_too_many``: not by notice, there are too many rows."""

    ledger: Ledger
    by: str
    is_too_many: bool = False

    @property
    def asked(self) -> str:
        """What was chosen, done or not: with fewer rows it is done."""
        return self.ledger.given.get("group", "")

    @property
    def choices(self) -> Iterable[tuple[str, str]]:
        return LABELS.items()

    @property
    def most(self) -> int:
        return DEEPEST

    def rows(self) -> AssignmentQuerySet:
        """All of the ledger, group by group."""
        rows, order = self.ledger.rows, ORDERS[self.ledger.sort]
        if not self.by:
            return rows
        if self.by == "notice":
            return rows.order_by(BY_NOTICE.asc(), *order)
        return rows.order_by(*order if _is_by_unit(order) else ("bureau_path", *order))

    def cut(self, page: Page, found: list[Assignment]) -> list[Group]:
        """The rows of a page, ready to be shown, in their groups; two queries at most."""
        if not self.by or not found:
            return []
        before = self._key_before(page)
        parts = [(key, list(rows)) for key, rows in groupby(found, self._key)]
        counts = self._counts([key for key, _ in parts])
        return [
            Group(*self._said(rows[0]), counts.get(key, len(rows)), key == before, rows)
            for key, rows in parts
        ]

    def _key(self, row: Assignment) -> int | str:
        return row.obligation.notice_id if self.by == "notice" else row.bureau_path

    def _said(self, row: Assignment) -> tuple[str, str]:
        if self.by == "bureau":
            return str(row.bureau), row.bureau.code
        notice = row.obligation.notice
        return notice.title, notice.doc_number or "无文号"

    def _key_before(self, page: Page) -> int | str | None:
        """Of the last row of the page before."""
        last = page.start_index() - 2
        if last < 0:
            return None
        rows = self.rows().prefetch_related(None).values_list(KEYS[self.by], flat=True)
        return next(iter(rows[last : last + 1]), None)

    def _counts(self, keys: list[int | str]) -> dict[int | str, int]:
        rows = self.ledger.filter.qs.filter(**{f"{KEYS[self.by]}__in": keys}).order_by()
        return dict(rows.values_list(KEYS[self.by]).annotate(Count("pk")))


def _is_by_unit(order: tuple) -> bool:
    return order[0] in ("bureau_path", "-bureau_path")


def of(ledger: Ledger) -> Grouping:
    """As the address asks for it. By notice only what can be paged through: no index has that order
    for ten million rows, and of so few a sort takes no longer than the page."""
    by = ledger.given.get("group", "")
    if by not in LABELS or not ledger.is_valid:
        return Grouping(ledger, "")
    if by == "notice" and counted(ledger.filter.qs, cap=DEEPEST).is_more:
        return Grouping(ledger, "", is_too_many=True)
    return Grouping(ledger, by)
