"""核对计数: the counts of units compared with all that is owed, and put right where they differ."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from audit import trail
from bureaus import paths
from bureaus.models import Bureau
from tasks.actions.counts.changes import BATCH, append
from tasks.models import Assignment, UnitCount
from tasks.querysets.unit_counts import (
    FIGURES,
    LEVELS,
    NONE,
    Figures,
    Key,
    less,
    of_assignments,
    on_every_level,
)

VERB = "核对计数"
LABELS = {field.name: field.verbose_name for field in UnitCount._meta.concrete_fields}
NAMED = 20  # differences that the audit names; it counts all


@dataclass(frozen=True)
class Difference:
    """A unit's figures of one day, deadline and period that stand otherwise than they should."""

    key: Key
    stands: Figures
    should: Figures

    def __str__(self) -> str:
        """330000（第1级）2026-03-31：应报应为3，现为2"""
        key, pairs = self.key, zip(FIGURES, self.should, self.stands, strict=True)
        of_split = "，下级分解" if key.split_by_id else ""
        where = f"{key.path}（第{key.level}级{of_split}）{key.day}{key.period}"
        figures = "，".join(
            f"{LABELS[name]}应为{should}，现为{stands}"
            for name, should, stands in pairs
            if should != stands
        )
        return f"{where}：{figures}"


def differences() -> Iterator[Difference]:
    """All of them, in administrative order; the part of one unit at a time, each of one moment."""
    for place in _parts():
        with _one_moment():
            rows = Assignment.objects.filter(_within("bureau_path", place))
            should = on_every_level(of_assignments(rows))
            stands = UnitCount.objects.filter(_within("path", place)).summed()
        found = less(should, stands)
        for key in sorted(found, key=lambda key: (key.path, key.level, key.day, str(key))):
            yield Difference(key, stands.get(key, NONE), should.get(key, NONE))


def mend(*, now: datetime) -> list[Difference]:
    """Append what is missing. Whoever writes meanwhile appends as ever: sums stay true."""
    found = list(differences())
    if found:
        _write(found, now)
    return found


def fill() -> int:
    """Count all that there is into an empty table; how many rows that are."""
    for place in _parts():
        rows = Assignment.objects.filter(_within("bureau_path", place))
        append(of_assignments(rows), is_folded=True)
    return UnitCount.objects.count()


@transaction.atomic
def _write(found: Sequence[Difference], now: datetime) -> None:
    rows = []
    for one in found:
        figures = less({one.key: one.should}, {one.key: one.stands})[one.key]
        rows.append(UnitCount(**one.key._asdict(), **dict(zip(FIGURES, figures, strict=True))))
    UnitCount.objects.bulk_create(rows, batch_size=BATCH)
    named = [str(one) for one in found[:NAMED]]
    trail.record(VERB, detail={"count": len(found), "differences": named}, at=now, by=None)


def _parts() -> list[str]:
    """The 总局 itself, and each unit of the first level with all below it."""
    first = Bureau.objects.filter(parent__parent=None).order_by("path")
    return [path for path in first.values_list("path", flat=True) if paths.level(path) < LEVELS[-1]]


def _within(field: str, place: str) -> Q:
    return Q(**{field: place}) if place == paths.ROOT else paths.subtree(field, place)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read within is as of one moment, unless a transaction has begun before."""
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
