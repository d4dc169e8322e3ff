import ast
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import preflight

pytestmark = pytest.mark.once

SOURCE = Path(preflight.__file__)
ALL = ["venv", "ensurepip"]


def test_this_python_is_fine():
    done = subprocess.run([sys.executable, SOURCE], capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("version", [(3, 4, 0), (3, 9, 2), (3, 10, 14)])
def test_old_python_is_told_what_to_do(version):
    (problem,) = preflight.problems(version, ALL)

    assert f"Python {version[0]}.{version[1]} is too old" in problem
    assert "make run PYTHON=" in problem


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_new_python_is_taken(version):
    assert preflight.problems(version, ALL) == []


@pytest.mark.parametrize("modules", [[], ["venv"], ["ensurepip"]])
def test_missing_venv_module_is_told_what_to_install(modules):
    (problem,) = preflight.problems((3, 12, 0), modules)

    assert "apt-get install python3-venv" in problem


def test_importable_leaves_out_what_is_missing():
    assert preflight.importable(["venv", "no_such_module"]) == ["venv"]


def test_source_can_be_read_by_old_pythons():
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 4))

    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
    assert [node for node in ast.walk(tree) if isinstance(node, newer)] == []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if f.returns or any(a.annotation for a in f.args.args)] == []
