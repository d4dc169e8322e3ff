"""What an action changes in the counts of units, appended in its own transaction.

Exact whoever else writes at the same time, by three rules. What an assignment counts changes only
while its row is held, and from what stood once it was held. Day, period and issuer of its
obligation are read after that; whoever changes them holds the obligation and all its rows. Who adds
rows to an obligation holds it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from bureaus import paths
from notices.text.deadlines.office_time import local_day
from tasks.models import Assignment, Obligation, UnitCount
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.querysets.unit_counts import (
    FIGURES,
    LEVELS,
    Figures,
    Key,
    Sums,
    added,
    figures,
    less,
    of_assignments,
    on_every_level,
)

BATCH = 500
ByObligation = Mapping[tuple[int, str, datetime | None], Figures]  # and unit and deadline


@contextmanager
def kept(rows: Sequence[Assignment]) -> Iterator[None]:
    """What becomes of rows that the action holds; they themselves are changed with their table."""
    before = _of(rows)
    yield
    _append(less(_of(rows), before))


@contextmanager
def kept_among(rows: AssignmentQuerySet) -> Iterator[None]:
    """The same of rows that are not read, and of their obligations: held, and counted twice."""
    list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
    before = of_assignments(rows)
    yield
    append(less(of_assignments(rows), before))


def issued(made: Sequence[Assignment]) -> None:
    """These are new; the obligation is new too, or held."""
    _append(_of(made))


def released(rows: Sequence[Assignment]) -> None:
    """Nothing is asked of these any more; as they stood before, held by the action."""
    _append(less({}, _of(rows)))


def released_among(rows: AssignmentQuerySet) -> None:
    """The same of rows that are held and were not read."""
    append(less({}, of_assignments(rows)))


def append(sums: Sums, *, is_folded: bool = False) -> None:
    """A row for each key and level. Nobody waits for anybody."""
    rows = [
        UnitCount(**key._asdict(), **dict(zip(FIGURES, each, strict=True)), is_folded=is_folded)
        for key, each in on_every_level(sums).items()
    ]
    UnitCount.objects.bulk_create(rows, batch_size=BATCH)


def _of(rows: Sequence[Assignment]) -> ByObligation:
    last = LEVELS[-1]
    return added(
        ((row.obligation_id, paths.unit(row.bureau_path, last), row.due_at), figures(row))
        for row in rows
    )


def _append(sums: ByObligation) -> None:
    """One small query for the obligations, one for the rows; none where nothing has changed."""
    if not sums:
        return
    columns = ("pk", "due_at", "issued_at", "period", "parent_id", "issuer_id")
    asked = {
        pk: (local_day(due_at or issued_at), period, issuer if parent else None)
        for pk, due_at, issued_at, period, parent, issuer in Obligation.objects.filter(
            pk__in={key for key, _, _ in sums}
        )
        .order_by()
        .values_list(*columns)
    }
    found = []
    for (obligation, path, due_at), each in sums.items():
        day, period, split_by = asked[obligation]
        found.append((Key(LEVELS[-1], path, day, due_at, period, split_by), each))
    append(added(found))
