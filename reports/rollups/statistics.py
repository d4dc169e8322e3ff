"""汇总统计: completeness and timeliness by obligation, by unit, by period. Never a ranking.

Units stand in administrative order, obligations by the day they went out, periods by time; nothing
is sorted by a rate (为基层减负: 不得搞排名通报).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Value
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from bureaus.shell import chips
from reports.filters import QUARTERS, StatisticsFilter
from reports.rollups import kept_counts
from reports.rollups.rates import Tally, quarter_of, total
from tasks.models import Assignment, Obligation
from tasks.querysets.assignments import AssignmentQuerySet, overdue
from tasks.querysets.obligations import ObligationQuerySet

BY_OBLIGATION, BY_UNIT, BY_PERIOD = "obligation", "unit", "period"
TABS = {BY_OBLIGATION: "按事项", BY_UNIT: "按单位", BY_PERIOD: "按期次"}
MOST_COLUMNS = 24  # periods side by side; of more the latest are shown
OWN = ""  # in place of a unit below: the bureau itself
Units = list[tuple[str, Bureau]]
Grouped = tuple[tuple[Any, ...], Tally]


@dataclass(frozen=True)
class Question:
    """What an address asks for: which tab, which obligations, the reports of which units."""

    by: str
    filter: StatisticsFilter
    given: QueryDict
    path: str
    user: Staff
    now: datetime

    @property
    def is_wrong(self) -> bool:
        return not self.filter.form.is_valid()

    @property
    def unit(self) -> Bureau | None:
        """The bureau filtered by."""
        return None if self.is_wrong else self.filter.form.cleaned_data["bureau"]

    @property
    def scope(self) -> Bureau:
        """The bureau whose units are listed: the one asked for, else one's own."""
        return self.unit or self.user.bureaus_where(Permission.READ)[0]

    @property
    def obligations(self) -> ObligationQuerySet:
        """What concerns this person, and what the bureau asked for asks of those below it."""
        found = self.filter.qs
        if self.unit:
            return found.filter(
                Q(pk__in=Obligation.objects.concerning(self.user).values("pk"))
                | Q(issuer=self.unit)
            )
        return found.concerning(self.user)

    @property
    def assignments(self) -> AssignmentQuerySet:
        """Every report that is expected, of the units asked for that this person may see."""
        seen = Assignment.objects.visible_to(self.user).expected()
        return seen.under(self.unit) if self.unit else seen

    @property
    def is_by_quarter(self) -> bool:
        return not self.is_wrong and self.filter.form.cleaned_data["columns"] == QUARTERS

    def query(self, **changes: Any) -> str:
        """The address of the same with other values; None takes one away."""
        rest = self.given.copy()
        rest.pop("page", None)
        for name, value in changes.items():
            rest.pop(name, None)
            if value is not None:
                rest[name] = value
        return rest.urlencode()

    @property
    def tabs(self) -> list[dict]:
        return [
            {"label": label, "url": f"{self.path}?{self.query(by=by)}", "active": by == self.by}
            for by, label in TABS.items()
        ]

    @property
    def clear_url(self) -> str:
        return f"{self.path}?by={self.by}"

    @property
    def chips(self) -> list[dict]:
        return chips.chips(self.path, self.given, self.filter.form, emptied="since")

    def in_words(self) -> str:
        return "；".join(f"{chip['label']}：{chip['value']}" for chip in self.chips) or "全部"


def read(request: HttpRequest, path: str) -> Question:
    """This year's, where no span is asked for."""
    now, given = timezone.now(), request.GET.copy()
    if "since" not in given and "until" not in given:
        given["since"] = date(timezone.localdate(now).year, 1, 1).isoformat()
    by = given.get("by", BY_OBLIGATION)
    seen = Obligation.objects.visible_to(request.user)
    return Question(
        by=by if by in TABS else BY_OBLIGATION,
        filter=StatisticsFilter(given, queryset=seen, request=request),
        given=given,
        path=path,
        user=request.user,
        now=now,
    )


def counts(now: datetime) -> dict[str, Count]:
    """The figures of a ``Tally``. What came back or is corrected was handed in all the same.

    Whether that was in time was settled when it was first handed in.
    """
    row = Value(1)  # not the key, which is in no index that has all the others
    is_in, has_day = Q(submitted_at__isnull=False), Q(due_at__isnull=False)
    is_past = Q(due_at__lt=now.replace(microsecond=0))
    return {
        "expected": Count(row),
        "actual": Count(row, filter=is_in),
        "dated": Count(row, filter=has_day & (is_in | is_past)),
        "on_time": Count(row, filter=is_in & has_day & Q(is_late=False)),
        "overdue": Count(row, filter=~is_in & overdue(now)),
        "not_due": Count(row, filter=~is_in & (~has_day | ~is_past)),
    }


def _grouped(rows: QuerySet, *by: str, now: datetime) -> list[Grouped]:
    return _tallies(rows.order_by().values_list(*by).annotate(**counts(now)), len(by))


def _tallies(rows: QuerySet, width: int) -> list[Grouped]:
    """The columns that they are grouped by, then the figures of a ``Tally``."""
    return [(tuple(row[:width]), Tally(*row[width:])) for row in rows]


def by_obligation(question: Question) -> ObligationQuerySet:
    """The obligations of the list, those that went out last first; ``tallied`` adds the figures."""
    rows = question.obligations.select_related("notice", "issuer")
    return rows.defer("notice__body", "notice__reading_json").order_by("-issued_at", "-pk")


def tallied(question: Question, shown: Sequence[Obligation]) -> Sequence[Obligation]:
    """Each of the obligations shown, with its ``tally``; one query for all of them."""
    # by their keys: the list itself, as a part of the query, would be looked for again
    rows = question.assignments.filter(obligation__in=[one.pk for one in shown])
    found = {key: tally for (key,), tally in _grouped(rows, "obligation", now=question.now)}
    for one in shown:
        one.tally = found.get(one.pk, Tally())
    return shown


@dataclass(frozen=True)
class UnitLine:
    """A unit with all below it; the first line may be the bureau itself (本级)."""

    bureau: Bureau
    tally: Tally
    is_own: bool
    cells: Sequence[Tally] = ()


@dataclass(frozen=True)
class UnitTable:
    """In administrative order. ``columns``: the periods, in the matrix; ``cut``: how many more."""

    scope: Bureau
    lines: list[UnitLine]
    columns: list[str]
    cut: int = 0

    @property
    def total(self) -> Tally:
        return total(line.tally for line in self.lines)

    @property
    def column_totals(self) -> list[Tally]:
        return [total(cells) for cells in zip(*(line.cells for line in self.lines), strict=True)]


def by_unit(question: Question) -> UnitTable:
    """Units with something to report; what is below a unit counts with it."""
    scope, units = question.scope, _units(question.scope)
    found: dict[str, Tally] = {}
    for (path,), tally in _by_unit(question, units, in_time=False):
        code = _code(scope, path)
        found[code] = found.get(code, Tally()) + tally
    lines = [
        UnitLine(unit, found[code], is_own=unit == scope)
        for code, unit in units
        if code in found and found[code].expected
    ]
    return UnitTable(scope, lines, [])


def by_period(question: Question) -> UnitTable:
    """The same by the periods of recurring obligations, a column each."""
    scope, units = question.scope, _units(question.scope)
    names, cut = _periods(question, question.obligations.exclude(period=""))
    found: dict[tuple[str, str], Tally] = {}
    for (path, period), tally in _by_unit(question, units, in_time=True):
        at = _code(scope, path), quarter_of(period) if question.is_by_quarter else period
        found[at] = found.get(at, Tally()) + tally
    lines = []
    for code, unit in units:
        cells = [found.get((code, name), Tally()) for name in names]
        if any(cell.expected for cell in cells):
            lines.append(UnitLine(unit, total(cells), unit == scope, cells))
    return UnitTable(scope, lines, names, cut)


def _by_unit(question: Question, units: Units, *, in_time: bool) -> list[Grouped]:
    """By path and, ``in_time``, by period; of what has none nothing then.

    Out of the counts that are kept, else of the assignments one by one.
    """
    scope, asked, now = question.scope, question.obligations, question.now
    below = [unit.path for _, unit in units if unit != scope]
    kept = None
    if not question.is_wrong:
        data = question.filter.form.cleaned_data
        kept = kept_counts.rows(question.user, scope=scope, units=below, asked=data)
    if kept is None:
        asked = asked.exclude(period="") if in_time else asked
        rows = question.assignments.filter(obligation__in=asked).under(scope)
        columns = ("bureau_path", "obligation__period")[: 1 + in_time]
        return _grouped(rows, *columns, now=now)
    columns = ("path", "period")[: 1 + in_time]
    rows = kept.exclude(period="") if in_time else kept
    return _tallies(rows.tallied(*columns, now=now), len(columns))


def _periods(question: Question, series: ObligationQuerySet) -> tuple[list[str], int]:
    """The names of the columns by time, the last MOST_COLUMNS of them, and how many are left."""
    dated = series.order_by().values_list("period").annotate(last=Max("due_at"))
    by_time = sorted(dated, key=lambda each: (each[1] is None, each[1], each[0]))
    names = [quarter_of(name) if question.is_by_quarter else name for name, _ in by_time]
    names = list(dict.fromkeys(names))
    return names[-MOST_COLUMNS:], max(0, len(names) - MOST_COLUMNS)


def _units(scope: Bureau) -> Units:
    """The bureau itself, then those directly below it in administrative order, by ``_code``."""
    below = Bureau.objects.filter(parent=scope).order_by("path")
    return [(OWN, scope), *((_code(scope, one.path), one) for one in below)]


def _code(scope: Bureau, path: str) -> str:
    """Which unit directly below a path lies in: the first step below; OWN for the bureau itself.

    A step of a path costs less here than a condition for each unit and row in the database.
    """
    return path.removeprefix(scope.path).partition("/")[0]
