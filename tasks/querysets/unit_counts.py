"""What is counted of an assignment, for which unit, and the sums of what stands."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from django.db import models
from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate

from bureaus import paths
from notices.text.deadlines.office_time import SHANGHAI
from tasks.states import RELEASED, WITH_BUREAU

LEVELS = (1, 2)  # the units below the 总局, and those below each of them
FIGURES = ("expected", "handed_in", "on_time", "owed")
Figures = tuple[int, int, int, int]
NONE: Figures = (0, 0, 0, 0)


class Key(NamedTuple):
    """What rows that are added up have alike."""

    level: int
    path: str
    day: date
    due_at: datetime | None
    period: str
    split_by_id: int | None


Sums = Mapping[Key, Figures]
Alike = TypeVar("Alike", bound=Hashable)


def figures(row) -> Figures:
    """What one assignment counts, as it stands; whether it is due is not among it."""
    if row.status in RELEASED:
        return NONE
    is_in = row.submitted_at is not None
    is_on_time = is_in and row.due_at is not None and not row.is_late
    return 1, int(is_in), int(is_on_time), int(not is_in and row.status in WITH_BUREAU)


def of_assignments(rows: models.QuerySet) -> dict[Key, Figures]:
    """The same of many, added up by the database; on the last level."""
    is_in = Q(submitted_at__isnull=False)
    counted = (
        rows.exclude(status__in=RELEASED)
        .order_by()
        .annotate(
            unit=paths.Unit("bureau_path", LEVELS[-1]),
            day=TruncDate(Coalesce("obligation__due_at", "obligation__issued_at"), tzinfo=SHANGHAI),
            split_by=Case(When(obligation__parent__isnull=False, then=F("obligation__issuer"))),
        )
        .values_list("unit", "day", "due_at", "obligation__period", "split_by")
        .annotate(
            expected=Count("pk"),
            handed_in=Count("pk", filter=is_in),
            on_time=Count("pk", filter=is_in & Q(due_at__isnull=False, is_late=False)),
            owed=Count("pk", filter=~is_in & Q(status__in=WITH_BUREAU)),
        )
    )
    return {Key(LEVELS[-1], *row[:-4]): row[-4:] for row in counted}


def on_every_level(sums: Sums) -> dict[Key, Figures]:
    """Of sums on the last level those on all levels."""
    found = dict(sums)
    for level in LEVELS[:-1]:
        above = (
            (key._replace(level=level, path=paths.unit(key.path, level)), figures)
            for key, figures in sums.items()
        )
        found |= added(above)
    return found


def added(summands: Iterable[tuple[Alike, Figures]]) -> dict[Alike, Figures]:
    """By key; those that come to nothing are left out."""
    sums: dict[Alike, list[int]] = {}
    for key, each in summands:
        total = sums.setdefault(key, [*NONE])
        for place, figure in enumerate(each):
            total[place] += figure
    return {key: tuple(total) for key, total in sums.items() if any(total)}


def less(one: Mapping[Alike, Figures], other: Mapping[Alike, Figures]) -> dict[Alike, Figures]:
    """What has to be added to ``other`` for it to be ``one``."""
    taken = ((key, tuple(-figure for figure in each)) for key, each in other.items())
    return added([*one.items(), *taken])


class UnitCountQuerySet(models.QuerySet):
    def fresh(self) -> "UnitCountQuerySet":
        """Not folded yet."""
        return self.filter(is_folded=False)

    def asked_or_split_by(self, bureaus: Iterable[int]) -> "UnitCountQuerySet":
        """What a notice itself asks, and what these bureaus have split."""
        return self.filter(Q(split_by=None) | Q(split_by__in=bureaus))

    def summed(self) -> dict[Key, Figures]:
        """What stands, row by row alike."""
        rows = self.order_by().values_list(*Key._fields)
        found = rows.annotate(**{f"sum_{name}": Sum(name) for name in FIGURES})
        sums = ((Key(*row[:-4]), row[-4:]) for row in found)
        return {key: each for key, each in sums if any(each)}

    def tallied(self, *by: str, now: datetime) -> models.QuerySet:
        """By these columns: expected, in, due with a deadline, in time, overdue, not due.

        The last three of them by the clock: what is past its last second at this moment.
        """
        is_past = Q(due_at__lt=now.replace(microsecond=0))
        has_day, nothing = Q(due_at__isnull=False), Value(0)
        return (
            self.order_by()
            .values_list(*by)
            .annotate(
                all=Sum("expected"),
                actual=Sum("handed_in"),
                dated=Sum(
                    Case(
                        When(is_past, then=F("expected")),
                        When(has_day, then=F("handed_in")),
                        default=nothing,
                    )
                ),
                in_time=Sum("on_time"),
                overdue=Sum(Case(When(is_past, then=F("owed")), default=nothing)),
                not_due=Sum(
                    Case(When(is_past, then=nothing), default=F("expected") - F("handed_in"))
                ),
            )
        )
