"""The ledger as one asks for it by the URL: which rows, in which order, with which columns.

The page and the export read the same address and so list the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from bureaus.shell.chips import chips, without
from bureaus.shell.paging import Counted, counted
from tasks.filters import AssignmentFilter
from tasks.models import Assignment, Extension
from tasks.pages import ledger_columns as columns
from tasks.pages.ledger_columns import Column
from tasks.querysets.assignments import SENT_AT, AssignmentQuerySet
from tasks.states import ExtensionState

UNASKED = "light=open"  # what an address without any question shows
EVERYTHING = "light="
LAYOUT = ("sort", "columns", "group")
OF_ONE_LOOK = ("page", "open")  # where in the list one is
MORE = (
    "due_from",
    "due_to",
    "submitted_from",
    "submitted_to",
    "issuer",
    "handler",
    "whose",
    "later",
)


def _orders(key: str, field: str) -> dict[str, tuple]:
    """Upwards with the undated last, and exactly backwards, so that one index serves both."""
    up, down = F(field).asc(nulls_last=True), F(field).desc(nulls_first=True)
    return {key: (up, "bureau_path", "pk"), f"-{key}": (down, "-bureau_path", "-pk")}


# Only what an index can give in order: there are ten million rows.
ORDERS = {
    **_orders("target", "target_at"),
    **_orders("due", "due_at"),
    "submitted": (SENT_AT.asc(), "bureau_path", "pk"),
    "-submitted": (SENT_AT.desc(), "-bureau_path", "-pk"),
    "bureau": ("bureau_path", F("due_at").asc(nulls_last=True), "pk"),
    "-bureau": ("-bureau_path", F("due_at").desc(nulls_first=True), "-pk"),
}
# The order where none is asked for, by the first day that is given.
USUAL = {
    "due_from": "due",
    "due_to": "-due",
    "submitted_from": "submitted",
    "submitted_to": "-submitted",
}


@dataclass(frozen=True)
class Ledger:
    """``given`` is the question, ``rows`` the answer in order, all that the user may see of it."""

    given: QueryDict
    path: str
    filter: AssignmentFilter
    rows: AssignmentQuerySet
    columns: list[Column]
    sort: str

    @property
    def is_valid(self) -> bool:
        return self.filter.is_valid()

    @property
    def more_fields(self) -> list:
        """The filters that stand folded away."""
        return [self.filter.form[name] for name in MORE]

    @property
    def is_wrong_below(self) -> bool:
        """Is one of them wrong?"""
        return any(name in self.filter.form.errors for name in MORE)

    def chips(self) -> list[dict]:
        return chips(self.path, self.given, self.filter.form, everything=EVERYTHING)

    def in_words(self) -> str:
        """The filters in force as one line."""
        said = [f"{chip['label']}：{chip['value']}" for chip in self.chips()] or ["全部任务"]
        folded = [f"不含以后各期 {self.later_count} 件"] if self.later_count else []
        return "；".join([*said, *folded])

    @cached_property
    def later_count(self) -> Counted:
        """How many rows of later periods are left out."""
        if not self.filter.folds:
            return Counted(0)
        return counted(self.filter.unfolded.later(timezone.now()))

    def later_url(self) -> str:
        """The same list with them."""
        return f"{self.path}?{self.query('later')}&later=1"

    def query(self, *left_out: str) -> str:
        """The question as a query string without the page and these parameters."""
        return without(self.given, *OF_ONE_LOOK, *left_out)

    def export_query(self) -> str:
        """The same rows with all columns, whatever the page shows."""
        return self.query("columns")

    def clear_url(self) -> str:
        """The same columns in the same order, of everything."""
        kept = QueryDict(EVERYTHING, mutable=True)
        for name, value in self.layout():
            kept.appendlist(name, value)
        return f"{self.path}?{kept.urlencode()}"

    def layout(self) -> list[tuple[str, str]]:
        """What stays where the filters are cleared."""
        return [(name, value) for name in LAYOUT for value in self.given.getlist(name)]

    def kept(self) -> list[tuple[str, str]]:
        """What the form of the filters keeps besides its own fields."""
        return [(name, value) for name, value in self.layout() if name != "group"]

    def heads(self) -> list[dict]:
        """For templates/_components/table_head.html."""
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> dict:
        head = {"label": column.label, "below": column.below, "kind": column.kind}
        if column.sort:
            is_on = self.sort.lstrip("-") == column.sort.lstrip("-")
            key = _turned(self.sort) if is_on else column.sort
            head["sort_url"] = f"?{self.query('sort')}&sort={key}"
            head["sorted"] = is_on and ("desc" if self.sort.startswith("-") else "asc")
        return head


def _turned(sort: str) -> str:
    return sort[1:] if sort.startswith("-") else f"-{sort}"


def read(request: HttpRequest, *, shown: Iterable[str] = ()) -> Ledger:
    """What the address asks for; unknown columns and orders are the usual ones.

    ``shown``: the columns where the address names none.
    """
    given = request.GET or QueryDict(UNASKED)
    sort = given.get("sort", "")
    sort = sort if sort in ORDERS else _usual(given)
    asked = Extension.objects.filter(assignment=OuterRef("pk"), state=ExtensionState.ASKED)
    seen = Assignment.objects.visible_to(request.user)
    chosen = AssignmentFilter(given, queryset=seen, request=request)
    return Ledger(
        given=given,
        path=request.path,
        filter=chosen,
        rows=chosen.qs.order_by(*ORDERS[sort]).for_list().annotate(asks_extension=Exists(asked)),
        columns=columns.chosen(given.getlist("columns") or shown),
        sort=sort,
    )


def _usual(given: QueryDict) -> str:
    """The order by the day that is asked about, in units by the last day, else by the target."""
    for name, sort in USUAL.items():
        if given.get(name):
            return sort
    return "bureau" if given.get("group") == "bureau" else "target"


def numbered(rows: Iterable[Assignment], start: int = 1) -> Iterable[Assignment]:
    """The rows, each with its number in the list as ``seq``."""
    for seq, row in enumerate(rows, start):
        row.seq = seq
        yield row
