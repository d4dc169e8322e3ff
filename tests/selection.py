"""Which tests run on SQLite as well: those of what can differ there. And which begin first.

`make test` runs everything once (scripts/test.py): on PostgreSQL, as in production, but for what
drives a browser or needs no database of the run, which is done on SQLite, as `make run` is. Who is
in one of these rooms, commits in earnest or names the database's own tools is marked ``sqlite`` and
runs on both.
"""

from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

TESTS = Path(__file__).resolve().parent
# Folders below tests/: locks and chains, constraints and migrations, order, looking for words,
# sums and dates made by the database, and rows that several claim at once.
ROOMS = (
    "audit",
    "bureaus/registry",
    "reports/rollups",
    "reports/search",
    "tasks/issuing",
    "tasks/lists",
    "tasks/reminders",
    "tasks/scheduling",
)
# Programs and walks of half a minute each: the other worker has enough to do beside them.
LONGEST = (
    "config/test_broker.py",
    "config/test_run.py",
    "reports/productions/test_production_worker.py",
    "tasks/reminders/processes",
    "tasks/workflow/test_walks.py",
)
# What a module imports that asks the database itself: its errors, its name, several at once.
TOOLS = frozenset({"connection", "threads", "DatabaseError", "IntegrityError", "OperationalError"})


@cache
def among(places: tuple[str, ...], path: Path) -> bool:
    return any(path.is_relative_to(TESTS / place) for place in places)


def names_tools(module: ModuleType) -> bool:
    return not TOOLS.isdisjoint(vars(module))


def commits(item: pytest.Item) -> bool:
    """Its rows are there for others: threads, processes, a browser."""
    wanted = item.get_closest_marker("django_db")
    return bool(wanted and wanted.kwargs.get("transaction")) or (
        "transactional_db" in getattr(item, "fixturenames", ())
    )


def may_differ(item: pytest.Function) -> bool:
    return among(ROOMS, item.path) or commits(item) or names_tools(item.module)


def begins_first(item: pytest.Item) -> bool:
    return among(LONGEST, item.path)
