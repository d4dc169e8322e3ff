"""One row for what many units have in common: 8 家待核收, with a strip of their tiles."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from bureaus.shell.paging import GLANCE, Counted
from notices.text.deadlines.office_time import local_day
from tasks.models import Assignment
from tasks.pages.desk.next_steps import NextStep
from tasks.pictures.tiles import label
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.states import WITH_RECEIVER

MOST = 10  # groups
TILES = 12  # of one group; the others are in the ledger
RECEIVE, EXTEND, OVERDUE = "待核收", "申请延期", "逾期未报"


@dataclass
class Group:
    """The rows of one obligation. ``keys``: of all that were looked at, ``rows``: the first few,
    ``count`` of all there are. ``asked``: the requests for 延期 by assignment."""

    word: str
    count: Counted
    keys: list[int]
    rows: list[Assignment]
    is_new: bool = False
    asked: dict[int, Any] = field(default_factory=dict)

    @property
    def is_single(self) -> bool:
        return self.count == Counted(1)

    @property
    def first(self) -> Assignment:
        return self.rows[0]

    @property
    def said(self) -> str:
        """8 家待核收"""
        return f"{self.count} 家{self.word}"

    @property
    def step(self) -> NextStep | None:
        """Of the first unit: after it the page goes on to the next."""
        if self.word == RECEIVE:
            return NextStep("核收", reverse("reports:review", args=[self.first.pk]))
        if self.word == EXTEND:
            return NextStep("答复延期", _decision(self.first))
        return None

    @property
    def url(self) -> str:
        return self.step.url if self.step else self.all_url

    @property
    def all_url(self) -> str:
        """The ledger of just these."""
        return f"{reverse('tasks:ledger')}?{urlencode(self._question(), doseq=True)}"

    def _question(self) -> dict[str, Any]:
        key = {"obligation": self.first.obligation_id}
        if self.word == RECEIVE:
            return key | {"whose": "mine", "status": list(WITH_RECEIVER)}
        return key | {"light": "extension" if self.word == EXTEND else "overdue"}

    @property
    def tiles(self) -> list[dict[str, str]]:
        return [
            {
                "name": label(row.bureau),
                "unit": str(row.bureau),
                "light": row.light.code,
                "word": self._aside(row),
                "url": self._way_in(row),
            }
            for row in self.rows
        ]

    @property
    def more(self) -> Counted:
        """How many have no tile."""
        return Counted(self.count.number - len(self.rows), self.count.is_more)

    def alone(self) -> Assignment:
        """The row of its one unit, with what is particular to it."""
        row = self.first
        if self.word == EXTEND:
            row.step = self.step
            row.said = f"申请延至 {_day(self.asked[row.pk])}"
        return row

    def _aside(self, row: Assignment) -> str:
        """What the tile says besides; what the row says of all of them it does not repeat."""
        if self.word == EXTEND:
            return f"至 {_day(self.asked[row.pk])}"
        if self.word == RECEIVE:
            return "迟报" if row.is_late else "零报告" if row.is_nil else ""
        return row.get_status_display()

    def _way_in(self, row: Assignment) -> str:
        if self.word == RECEIVE:
            return reverse("reports:review", args=[row.pk])
        if self.word == EXTEND:
            return _decision(row)
        return reverse("tasks:assignment_detail", args=[row.pk])


def _decision(row: Assignment) -> str:
    return f"{reverse('tasks:assignment_detail', args=[row.pk])}#decision"


def _day(extension) -> str:
    return f"{local_day(extension.asked_until):%-m-%-d}"


def _look(rows: QuerySet, obligation: str) -> tuple[dict[int, list[int]], Counted]:
    """The keys of the first ``GLANCE`` rows in their order, by obligation; and how many there are.

    Two columns a row: a thousand of them cost what a page costs.
    """
    pairs = list(rows.values_list(obligation, "pk")[: GLANCE + 1])
    found: dict[int, list[int]] = {}
    for key, pk in pairs[:GLANCE]:
        found.setdefault(key, []).append(pk)
    return found, Counted(min(len(pairs), GLANCE), is_more=len(pairs) > GLANCE)


def of_tasks(
    asked: Mapping[str, AssignmentQuerySet],
) -> tuple[dict[str, list[Group]], dict[str, Counted]]:
    """By word, the first ``MOST`` obligations of its rows, and how many rows there are.

    A query for each word and one for all their rows; where more than ``GLANCE`` wait another,
    which counts those of the obligations that are shown.
    """
    looked = {word: _look(rows.in_order(), "obligation") for word, rows in asked.items()}
    shown = {word: dict(list(found.items())[:MOST]) for word, (found, _) in looked.items()}
    keys = [pk for found in shown.values() for group in found.values() for pk in group[:TILES]]
    loaded = Assignment.objects.in_bulk(keys) if keys else {}
    counts = {word: count for word, (_, count) in looked.items()}
    return {
        word: _groups(
            word,
            found,
            loaded,
            _counts(asked[word], found, "obligation") if counts[word].is_more else {},
        )
        for word, found in shown.items()
    }, counts


def _groups(
    word: str,
    shown: Mapping[int, list[int]],
    loaded: Mapping[int, Assignment],
    counts: Mapping[int, int],
) -> list[Group]:
    return [
        Group(
            word,
            Counted(counts.get(key, len(group))),
            group,
            [loaded[pk] for pk in group[:TILES] if pk in loaded],
        )
        for key, group in shown.items()
        if any(pk in loaded for pk in group[:TILES])
    ]


def of_extensions(asked: QuerySet) -> list[Group]:
    """The same of requests for 延期, which are read with their tasks."""
    found, count = _look(asked, "assignment__obligation")
    shown = dict(list(found.items())[:MOST])
    keys = [pk for group in shown.values() for pk in group[:TILES]]
    loaded = asked.select_related("assignment").in_bulk(keys) if keys else {}
    counts = _counts(asked, shown, "assignment__obligation") if count.is_more else {}
    groups = []
    for key, group in shown.items():
        requests = [loaded[pk] for pk in group[:TILES] if pk in loaded]
        if requests:
            rows = [one.assignment for one in requests]
            made = Group(EXTEND, Counted(counts.get(key, len(group))), [r.pk for r in rows], rows)
            made.asked = {one.assignment_id: one for one in requests}
            groups.append(made)
    return groups


def _counts(rows: QuerySet, shown: Collection[int], obligation: str) -> dict[int, int]:
    among = rows.filter(**{f"{obligation}__in": list(shown)}).order_by()
    return dict(among.values_list(obligation).annotate(count=Count("pk")))
