"""Putting rows alike together: what stands does not change, only how many rows say it."""

from django.db import transaction

from tasks.actions.counts.changes import BATCH
from tasks.models import UnitCount
from tasks.querysets.unit_counts import FIGURES, Key, added

AT_ONCE = 5000  # fresh rows of one transaction
MOST = 20  # transactions of one run; what is left waits for the next


def fold() -> int:
    """Take in what was appended since; how many rows that were. Any number may do so at once."""
    count = 0
    for _ in range(MOST):
        taken = _fold() if UnitCount.objects.fresh().exists() else 0
        count += taken
        if taken < AT_ONCE:
            break
    return count


@transaction.atomic
def _fold() -> int:
    """Rows that another run holds are left to it; two rows that stand for one key do no harm."""
    held = UnitCount.objects.select_for_update(skip_locked=True)
    fresh = list(held.fresh().order_by("pk")[:AT_ONCE])
    keys = {_key(row) for row in fresh}
    alike = held.filter(
        is_folded=True,
        level__in={key.level for key in keys},
        path__in={key.path for key in keys},
        day__in={key.day for key in keys},
    )
    standing = [row for row in alike if _key(row) in keys]
    sums = added((_key(row), _figures(row)) for row in (*fresh, *standing))
    UnitCount.objects.filter(pk__in=[row.pk for row in (*fresh, *standing)]).delete()
    UnitCount.objects.bulk_create(
        [
            UnitCount(**key._asdict(), **dict(zip(FIGURES, each, strict=True)), is_folded=True)
            for key, each in sums.items()
        ],
        batch_size=BATCH,
    )
    return len(fresh)


def _key(row: UnitCount) -> Key:
    return Key(*(getattr(row, name) for name in Key._fields))


def _figures(row: UnitCount) -> tuple[int, int, int, int]:
    return row.expected, row.handed_in, row.on_time, row.owed
