"""The house rules of the code: rooms, sizes, arrows, and a document of them that is true."""

import ast
import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import grimp
import pytest

from tests.folders import ROOT

pytestmark = pytest.mark.once

PACKAGES = ("config", "reports", "tasks", "notices", "bureaus", "audit")
MOST_AT_THE_ROOT, MOST_IN_A_ROOM, MOST_LINES, MEDIAN_LINES = 12, 20, 400, 75
DOCUMENT = ROOT / "docs" / "architecture.md"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]


def modules(*tops: str) -> list[Path]:
    return [
        path
        for top in tops
        for path in sorted((ROOT / top).rglob("*.py"))
        if path.name != "__init__.py" and "migrations" not in path.parts
    ]


def every_file(*tops: str) -> list[Path]:
    """Also those that only name their room."""
    found = (path for top in tops for path in sorted((ROOT / top).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*PACKAGES, exclude_type_checking_imports=False)


def in_folder(folder: Path) -> list[str]:
    return [path.stem for path in modules(str(folder.relative_to(ROOT))) if path.parent == folder]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_keeps_few_modules_at_its_root(package):
    assert len(in_folder(ROOT / package)) <= MOST_AT_THE_ROOT


def test_no_room_is_crowded():
    folders = {path.parent for path in modules(*PACKAGES, "scripts")}
    crowded = {
        str(folder.relative_to(ROOT)): len(found)
        for folder in folders
        if len(found := in_folder(folder)) > MOST_IN_A_ROOM
    }
    assert crowded == {}


def test_no_file_is_long_and_most_are_short():
    sizes = {str(p.relative_to(ROOT)): lines_of(p) for p in every_file(*PACKAGES, "scripts")}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}
    assert median(sizes.values()) <= MEDIAN_LINES


def test_no_test_file_is_long():
    assert {str(p.relative_to(ROOT)) for p in modules("tests") if lines_of(p) > MOST_LINES} == set()


def test_files_import_each_other_in_no_circle(graph):
    arrows = {
        module: graph.find_modules_directly_imported_by(module)
        for module in graph.modules
        if ".migrations" not in module
    }
    assert list(TopologicalSorter(arrows).static_order())  # CycleError names a circle


def test_contracts_name_every_room():
    """Each package, and each room that has rooms of its own kind, is layered whole."""
    whole = {
        container
        for contract in CONTRACTS["contracts"]
        if contract["type"] == "layers" and contract.get("exhaustive")
        for container in contract["containers"]
    }
    assert set(PACKAGES) <= whole
    roomy = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for package in PACKAGES
        for path in (ROOT / package).rglob("__init__.py")
        if len([room for room in path.parent.iterdir() if (room / "__init__.py").exists()]) > 1
    }
    assert {room for room in roomy if "management" not in room} <= whole


def test_every_path_in_the_document_exists():
    named = re.findall(r"`([\w/.-]+/[\w/.*-]*)`", DOCUMENT.read_text("utf-8"))
    assert len(named) > 100
    assert [name for name in named if not list(ROOT.glob(name.rstrip("/")))] == []


def test_every_room_is_in_the_document():
    text = DOCUMENT.read_text("utf-8")
    rooms = {
        f"{path.parent.relative_to(ROOT)}/"
        for package in PACKAGES
        for path in (ROOT / package).rglob("__init__.py")
        if "migrations" not in path.parts
    }
    assert {room for room in rooms if f"`{room}`" not in text} == set()


def test_every_module_says_what_it_is_for():
    """Where the name of a file is not Django's own word, its first line says what it holds."""
    own = {"apps", "urls", "models", "querysets", "errors", "forms", "filters"}
    silent = []
    for path in modules(*PACKAGES):
        if path.stem in own or {"views", "forms", "models", "commands"} & set(path.parts):
            continue
        if ast.get_docstring(ast.parse(path.read_text("utf-8"))) is None:
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []
