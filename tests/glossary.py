"""The glossary as tests read it, and the names that the code defines."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.folders import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
PACKAGES = ("audit", "bureaus", "config", "notices", "reports", "tasks")


@dataclass(frozen=True)
class Entry:
    """A line of the dictionary: the office's words, the names in the code, what is meant."""

    words: list[str]
    names: list[str]
    meaning: str


@cache
def entries() -> list[Entry]:
    return [
        Entry(re.split("[、，]", words), re.findall(r"`([^`]+)`", names), meaning)
        for words, names, meaning in _rows(_part(0))
    ]


@cache
def not_used() -> dict[str, str]:
    """What stands in the section "Not used": each word, and what stands instead."""
    return {
        word: instead for words, instead, _ in _rows(_part(1)) for word in re.split("[、，]", words)
    }


def _part(number: int) -> str:
    return GLOSSARY.read_text(encoding="utf-8").split("\n## Not used\n")[number]


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of each line of the one table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert len(cells) == 3, line
        yield cells


@dataclass
class Names:
    """What is defined anywhere, and what is defined in each module and class by its name."""

    anywhere: set[str] = field(default_factory=set)
    inside: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def knows(self, name: str) -> bool:
        """``Owner.member`` where that module or class has it, ``name`` where anything has."""
        owner, dot, member = name.rpartition(".")
        if not dot:
            return name in self.anywhere
        return member in self.inside[owner.rpartition(".")[2]]


@cache
def defined_names() -> Names:
    """By the code alone: modules, classes, functions, what is assigned, keys of dictionaries."""
    names = Names()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                module = path.parent.name if path.stem == "__init__" else path.stem
                names.anywhere.add(module)
                _collect(ast.parse(path.read_text(encoding="utf-8")), module, names)
    return names


def _collect(node: ast.AST, owner: str, names: Names) -> None:
    for child in ast.iter_child_nodes(node):
        found = list(_defined_by(child))
        names.anywhere.update(found)
        names.inside[owner].update(found)
        _collect(child, child.name if isinstance(child, ast.ClassDef) else owner, names)


def _defined_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
            yield name
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.Dict(keys=keys):
            yield from (key.value for key in keys if _is_text(key))
        case ast.Assign(targets=[ast.Attribute(attr=name)]):
            yield name


def _is_text(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def chinese_strings(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of each string literal of a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
    for node in ast.walk(tree):
        if _is_text(node) and id(node) not in docstrings:
            yield node.lineno, node.value


def _has_docstring(node: ast.AST) -> bool:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None
