"""Counting no further than anybody reads: exact while it is small, "1000+" beyond.

A list shows its first fifty out of an index whatever lies behind them; a count walks all of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.utils.functional import cached_property

PAGE = 50
STEP = 1000  # a list's count goes to the end of the thousand that the page lies in
DEEPEST = 20_000  # rows; whoever wants those behind them narrows the list down or exports it
GLANCE = 999  # the largest figure of a tally
Asked = dict[str, tuple[QuerySet, int]]
"""By name, rows and how far they are counted."""


@dataclass(frozen=True)
class Counted:
    """So many rows, or more. As text "12" or "999+"; false where there is none."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        return f"{self.number}+" if self.is_more else str(self.number)

    def __bool__(self) -> bool:
        return self.number > 0


def counted(rows: QuerySet, cap: int = GLANCE, *, along: tuple[str, ...] = ()) -> Counted:
    """How many ``rows`` there are, looking at one more than ``cap`` of them at the most.

    ``along`` the index of this order, where many fit and lie behind all that do not: a database
    that takes them for evenly spread reads the whole table on the way to the first.
    """
    # where no column is asked for, an index will do
    ones = rows.order_by(*along).values(one=Value(1))
    found = ones[: cap + 1].aggregate(count=Count("one"))["count"]
    return Counted(min(found, cap), is_more=found > cap)


def counted_together(parts: Iterable[QuerySet], cap: int = GLANCE) -> Counted:
    """The same of rows in parts that have none in common, where each is a range of an index.

    Of a condition with OR the database gathers all that there is before it counts the first.
    """
    number = 0
    for rows in parts:
        found = counted(rows, cap - number)
        number += found.number
        if found.is_more:
            return Counted(number, is_more=True)
    return Counted(number)


class _Limited(Subquery):
    """How many rows a query gives, as a column."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counted_at_once(row: QuerySet, asked: Asked, **also: Any) -> tuple[dict[str, Counted], dict]:
    """Each of ``asked`` as ``counted`` counts it, by one statement: as columns of ``row``, which is
    there. ``also`` are other columns of it, which are given back as they are."""
    columns = {
        name: _Limited(rows.order_by().values(one=Value(1))[: cap + 1])
        for name, (rows, cap) in asked.items()
    }
    found = row.order_by().values(**columns, **also).get()
    counts = {name: (found.pop(name), cap) for name, (_, cap) in asked.items()}
    return {
        name: Counted(min(number, cap), is_more=number > cap)
        for name, (number, cap) in counts.items()
    }, found


class CappedPaginator(Paginator):
    """A paginator of a queryset of any size; templates say ``count_word`` and ``page_word``.

    From the last page that was counted one can go on to the next, down to DEEPEST rows. ``parts``:
    the same rows for ``counted_together``, where they are better counted so.
    """

    def __init__(
        self, rows: QuerySet, per_page: int = PAGE, *, parts: Sequence[QuerySet] = (), **options
    ):
        super().__init__(rows, per_page, **options)
        self.reach, self.parts = STEP, parts

    def get_page(self, number):
        try:
            steps = -(-int(number) * self.per_page // STEP)
        except (TypeError, ValueError):  # Django gives the first page then
            steps = 1
        self.reach = min(max(steps, 1) * STEP, DEEPEST)
        return super().get_page(number)

    @cached_property
    def counted(self) -> Counted:
        return counted_together(self.parts or (self.object_list,), self.reach)

    @cached_property
    def count(self) -> int:
        """With a next page to turn to where there are more rows."""
        goes_on = self.counted.is_more and self.reach < DEEPEST
        return self.counted.number + goes_on

    @property
    def is_capped(self) -> bool:
        return self.counted.is_more

    @property
    def count_word(self) -> str:
        """How many rows: "120", or "1000+"."""
        return str(self.counted)

    @property
    def page_word(self) -> str:
        """How many pages: "3", or "20+"."""
        pages = max(1, -(-self.counted.number // self.per_page))
        return str(Counted(pages, self.is_capped))
