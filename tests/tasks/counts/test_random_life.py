"""Whatever happens in whatever order, the counts of units say what all that is owed says.

The truth is read by itself, in Python and row by row.
"""

from collections import Counter

import pytest
from django.db import connection

from bureaus import paths
from notices.text.deadlines.office_time import local_day
from tasks.actions.counts import folding, mending
from tasks.models import Assignment, Extension, UnitCount
from tasks.querysets.unit_counts import LEVELS
from tasks.states import RELEASED, WITH_BUREAU
from tests.tasks.counts.office import Life

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]
STRETCH = 50


def stretches() -> int:
    """1,000 deeds; on SQLite, where nothing differs but the functions of text and days, a few."""
    return 20 if connection.vendor == "postgresql" else 3


def truth() -> Counter:
    """By level, unit, day, deadline, period, who split it and figure."""
    found: Counter = Counter()
    rows = Assignment.objects.exclude(status__in=RELEASED).select_related("obligation")
    for row in rows:
        asked = row.obligation
        day = local_day(asked.due_at or asked.issued_at)
        split_by = asked.issuer_id if asked.parent_id else None
        is_in = row.submitted_at is not None
        figures = {
            "expected": True,
            "handed_in": is_in,
            "on_time": is_in and row.due_at is not None and not row.is_late,
            "owed": not is_in and row.status in WITH_BUREAU,
        }
        for level in LEVELS:
            codes = row.bureau_path.strip("/").split("/")[:level]
            path = "/" + "".join(f"{code}/" for code in codes if code)
            for name, counts in figures.items():
                found[level, path, day, row.due_at, asked.period, split_by, name] += counts
    return +found


def standing() -> Counter:
    found: Counter = Counter()
    for row in UnitCount.objects.all():
        key = row.level, row.path, row.day, row.due_at, row.period, row.split_by_id
        for name in ("expected", "handed_in", "on_time", "owed"):
            found[*key, name] += getattr(row, name)
    assert not [key for key, count in found.items() if count < 0]
    return +found


def test_counts_are_true_after_each_stretch_of_a_random_life():
    life = Life(seed=20)

    for _ in range(stretches()):
        life.go_on(STRETCH)
        assert standing() == truth()
        assert list(mending.differences()) == []

    before = standing()
    folding.fold()
    assert standing() == before
    assert not UnitCount.objects.fresh().exists()
    assert_requests_repeat_their_tasks()
    if connection.vendor == "postgresql":  # every deed was really done, most of them often
        assert set(life.done) - {"idle"} == {
            "move", "issue", "add", "split", "amend", "withdraw", "take_back", "ask_longer",
            "answer", "pass_on", "happen", "fold", "refused",
        }  # fmt: skip
        assert Extension.objects.exclude(state="asked").exists()
        assert UnitCount.objects.exclude(split_by=None).exists()


def assert_requests_repeat_their_tasks():
    for asked in Extension.objects.filter(state="asked").select_related("assignment"):
        assert (asked.receiver_id, asked.due_at) == (
            asked.assignment.receiver_id,
            asked.assignment.due_at,
        )


@pytest.mark.parametrize(
    ("path", "units"),
    [
        ("/", ("/", "/")),
        ("/330000/", ("/330000/", "/330000/")),
        ("/330000/330100/", ("/330000/", "/330000/330100/")),
        ("/330000/330100/330102/", ("/330000/", "/330000/330100/")),
    ],
)
def test_unit_of_a_path_is_the_same_in_python_and_in_the_database(path, units):
    task = Life(seed=1)._task()
    Assignment.objects.filter(pk=task.pk).update(bureau_path=path)

    for level, unit in zip(LEVELS, units, strict=True):
        assert paths.unit(path, level) == unit
        rows = Assignment.objects.annotate(unit=paths.Unit("bureau_path", level))
        assert rows.get(pk=task.pk).unit == unit
