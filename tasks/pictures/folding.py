"""How far many units are, folded by the part of the tree they lie in; the database counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Min, Q, When

from bureaus.models import Bureau
from tasks.querysets.assignments import AssignmentQuerySet, overdue, reported

MOST = 60  # units that are shown each by itself
Counts = dict[tuple[int, str], "Share"]


@dataclass(frozen=True)
class Share:
    """Of the units of one part: how many are asked, have handed in, are late, need not be in yet.

    ``undated`` of them have no deadline.
    """

    asked: int = 0
    handed_in: int = 0
    overdue: int = 0
    undated: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(
            self.asked + other.asked,
            self.handed_in + other.handed_in,
            self.overdue + other.overdue,
            self.undated + other.undated,
        )

    @property
    def light(self) -> str:
        """The code of a light for all of them together; none where nothing is due: that is grey."""
        if self.is_to_come:
            return "undated" if self.undated == self.asked else ""
        if self.handed_in == self.asked:
            return "done"
        return "overdue" if self.overdue else "normal"

    @property
    def is_to_come(self) -> bool:
        """Is nothing in, and nothing due yet?"""
        return not self.handed_in and not self.overdue

    @property
    def said(self) -> str:
        """未到期 where nothing is due: never 0 of so many."""
        if self.is_to_come:
            return "无时限" if self.undated == self.asked else "未到期"
        return f"{self.handed_in}/{self.asked}"

    @property
    def in_words(self) -> str:
        if self.is_to_come:
            return f"{self.asked}个单位，{self.said}"
        late = f"，逾期未报{self.overdue}" if self.overdue else ""
        return f"{self.asked}个单位，已报{self.handed_in}{late}"


def shares(rows: AssignmentQuerySet, scope: Bureau, *, now: datetime) -> Counts:
    """By obligation and the path of the unit directly below ``scope`` in which the bureaus lie.

    The database counts by the unit above each; 3,200 counties are some 350 rows.
    """
    above = Case(When(bureau__parent=scope, then=F("bureau")), default=F("bureau__parent"))
    counted = (
        rows.expected()
        .order_by()
        .values("obligation", above=above)
        .annotate(
            path=Min("bureau_path"),
            asked=Count("pk"),
            handed_in=Count("pk", filter=reported()),
            overdue=Count("pk", filter=overdue(now)),
            undated=Count("pk", filter=Q(due_at=None)),
        )
    )
    found: Counts = {}
    for row in counted:
        key = row["obligation"], part_of(scope, row["path"])
        figures = (row[name] for name in ("asked", "handed_in", "overdue", "undated"))
        found[key] = found.get(key, Share()) + Share(*figures)
    return found


def part_of(scope: Bureau, path: str) -> str:
    """The path of the unit directly below ``scope`` that holds ``path``; of others their own."""
    if not path.startswith(scope.path) or path == scope.path:
        return path
    step = path.removeprefix(scope.path).partition("/")[0]
    return f"{scope.path}{step}/"


def named(found: Counts) -> list[Bureau]:
    """The units of these parts, in administrative order."""
    return list(Bureau.objects.filter(path__in={path for _, path in found}).order_by("path"))
