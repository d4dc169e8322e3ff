"""Every test is run by `make test`, and on SQLite too what can differ there."""

import os
import subprocess
import sys
from itertools import combinations

import pytest
from _pytest.mark.expression import Expression

from scripts.test import ON_POSTGRES, ON_SQLITE
from tests import selection
from tests.folders import ROOT

pytestmark = pytest.mark.once

MARKS = ("postgres", "browser", "once", "sqlite")
EVERY = [marks for count in range(5) for marks in combinations(MARKS, count)]


def runs(expression: str, marks: tuple[str, ...]) -> bool:
    return Expression.compile(expression).evaluate(lambda name, **_: name in marks)


@pytest.mark.parametrize("marks", EVERY, ids=" ".join)
def test_every_test_runs_somewhere(marks):
    assert runs(ON_POSTGRES, marks) or runs(ON_SQLITE, marks)


@pytest.mark.parametrize("marks", EVERY, ids=" ".join)
def test_only_what_can_differ_runs_twice(marks):
    assert not (runs(ON_POSTGRES, marks) and runs(ON_SQLITE, marks)) or "sqlite" in marks


@pytest.mark.parametrize("marks", EVERY, ids=" ".join)
def test_what_needs_postgresql_runs_there_alone(marks):
    if "postgres" in marks:
        assert (runs(ON_POSTGRES, marks), runs(ON_SQLITE, marks)) == (True, False)


@pytest.mark.parametrize("room", selection.ROOMS)
def test_rooms_are_there_and_hold_tests(room):
    assert list((selection.TESTS / room).rglob("test_*.py"))


@pytest.mark.parametrize("place", selection.LONGEST)
def test_what_takes_longest_is_there(place):
    assert (selection.TESTS / place).exists()


def collected(*words: str) -> set[str]:
    """The files of what pytest would run."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *words]
    environ = dict(os.environ)
    environ.pop("TEST_VAR_DIR", None)  # it removes its own at the end, and must not remove ours
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    said = done.stdout
    return {line.partition("::")[0] for line in said.splitlines() if "::" in line}


# in a room; commits; imports the connection; once; none of these; postgres
FILES = (
    "tests/bureaus/registry/test_paths.py",
    "tests/tasks/workflow/test_walks.py",
    "tests/config/test_web.py",
    "tests/config/test_install.py",
    "tests/bureaus/shell/test_chips.py",
    "tests/tasks/lists/test_ledger_plans.py",
)


def test_marks_are_set_when_tests_are_collected():
    assert collected("-m", ON_SQLITE, *FILES) == set(FILES[:4])


def test_unmarked_run_leaves_nothing_out():
    assert collected(*FILES) == set(FILES)
