"""What the page of a form is told while somebody writes in it, and how far it is filled in."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.timezone import localtime

from reports.filling.asked_forms import Form
from reports.pages import grid
from reports.pages.grid import Part, Sheet
from reports.pages.grid_cell import Cell
from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import check, is_written
from reports.schemas.content import sources
from reports.schemas.content.content import Content
from reports.schemas.content.places import anchor
from reports.schemas.content.texts import normalise_text
from reports.schemas.definition.definition import FormDefinition

Told = dict[str, Any]


def saved(form: Form, data: Mapping[str, Any], content: Content) -> Told:
    """The form as it is stored now."""
    at = f" {localtime(form.submission.saved_at):%H:%M}" if form.submission else ""
    return {
        "state": "saved",
        "said": f"已保存{at}",
        "revision": form.revision,
        "base": base_of(content),
        **checked(form, data, content),
    }


def checked(form: Form, data: Mapping[str, Any], content: Content) -> Told:
    """What is wrong or to be looked at, what is still missing, and what is computed.

    ``data`` is what was posted: blank rows, which the content has no more, keep their numbers.
    """
    places = _places(data)
    problems = [
        _problem(one, _shown(one.path, places), is_missing=_is_missing(one, content))
        for one in check(form.definition, content)
    ]
    return {"problems": problems, "computed": _computed(form, content, places)}


def _problem(one: Problem, path: str, *, is_missing: bool) -> Told:
    (fault,) = grid.faults([replace(one, path=path)], one.level)
    return {
        "id": fault.href,
        "place": fault.place,
        "message": fault.message,
        "level": one.level,
        "missing": is_missing,
    }


def _is_missing(one: Problem, content: Content) -> bool:
    """Is it a fault only of what has not been written yet?"""
    return one.level == "error" and not is_written(content, one.path)


def base_of(content: Content) -> str:
    """What somebody begins with, to be posted back."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _places(data: Mapping[str, Any]) -> list[int]:
    """The numbers on the page of the rows that are not blank."""
    rows = data.get("rows", [])
    return [
        index
        for index, row in enumerate(rows)
        if any(normalise_text(text) for text in sources.cells(row).values())
    ]


def _shown(path: str, places: Sequence[int]) -> str:
    """The path as the page has it."""
    part, _, rest = path.partition(".")
    index, _, column = rest.partition(".")
    if part != "rows" or not column or int(index) >= len(places):
        return path
    return f"rows.{places[int(index)]}.{column}"


def _computed(form: Form, content: Content, places: Sequence[int]) -> dict[str, str]:
    """The text of each cell that the program fills in, by its id."""
    if not isinstance(form.definition, FormDefinition):
        return {}
    sheet = grid.sheet(form.definition, content, [])
    cells = [*(cell for line in sheet.lines for cell in line), *sheet.total]
    return {
        anchor(_shown(cell.key, places)): cell.text
        for cell in cells
        if cell.is_computed and cell.column is not None
    }


@dataclass(frozen=True)
class Progress:
    """已填 5/6 栏: ``done`` of ``whole`` columns, or parts of an outline, are written.

    static/js/form.js counts alike.
    """

    done: int
    whole: int
    measure: str = "栏"


def progress_of_sheet(sheet: Sheet) -> Progress:
    """A column is filled when nothing of it is blank; blank lines of a table that grows do not
    count, as they are not stored."""
    columns: dict[str, list[bool]] = {}
    for line in _counted(sheet):
        for cell in filter(_is_asked, line):
            columns.setdefault(cell.column.id, []).append(bool(cell.text.strip()))
    return Progress(sum(map(all, columns.values())), len(columns))


def progress_of_outline(parts: Sequence[Part]) -> Progress:
    written = [bool(part.cell.text.strip()) for part in parts]
    return Progress(sum(written), len(written), "部分")


def _counted(sheet: Sheet) -> list[list[Cell]]:
    if not sheet.has_rows:
        return sheet.lines
    written = [line for line in sheet.lines if _says_something(line)]
    beside = [[cell for cell in line if cell.is_unit] for line in sheet.lines]
    return [*written, *beside] if written else sheet.lines


def _says_something(line: Iterable[Cell]) -> bool:
    return any(_is_asked(cell) and not cell.is_unit and cell.text.strip() for cell in line)


def _is_asked(cell: Cell) -> bool:
    return cell.is_entered and cell.column is not None and bool(cell.name)
