"""What each bureau gave to the figures of a form, kept in its content beside the figures.

{"330100": {"r1": {"c3": "12"}}, "own": {"r1": {"c3": "2"}}}: by the code of the bureau, OWN for the
bureau that fills the form in (本级); then by row, "" for what a unit fills in once, and column. The
texts are those that were taken over. A bureau that was taken in and gave nothing has {}.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from reports.schemas.content import sources

KEY = "below"  # in the content of a table
OWN = "own"  # never the code of a bureau: those are digits and capitals

Place = tuple[str, str]  # row and column
Contributions = dict[str, dict[str, dict[str, str]]]


def of(content: Mapping[str, Any]) -> Contributions:
    """Those of the content of a form; none where nothing was merged."""
    found: Contributions = content.get(KEY, {})
    return found


def codes(content: Mapping[str, Any]) -> set[str]:
    """The bureaus below whose figures are in the form."""
    return {code for code in of(content) if code != OWN}


def at(given: Contributions, place: Place) -> dict[str, str]:
    """What each of them wrote into one cell, by code in administrative order, without one's own;
    who left it blank is not there."""
    row, column = place
    found = {code: given[code].get(row, {}).get(column, "") for code in sorted(given)}
    return {code: text for code, text in found.items() if text and code != OWN}


def own(given: Contributions, place: Place) -> str:
    """What of a cell is one's own (本级)."""
    row, column = place
    return given.get(OWN, {}).get(row, {}).get(column, "")


def put(given: Contributions, code: str, place: Place, text: str) -> None:
    """Keep the text of a cell; a blank one is taken away."""
    row, column = place
    cells = given.setdefault(code, {}).setdefault(row, {})
    cells.pop(column, None)
    if text:
        cells[column] = text
    if not cells:
        del given[code][row]


def checked(value: object, places: Collection[Place]) -> Contributions | None:
    """The same of data from outside, for the cells that the form has; None where it is none."""
    if not isinstance(value, Mapping):
        return None
    found: Contributions = {}
    for code, rows in value.items():
        if not (code == OWN or sources.is_code(code)) or not isinstance(rows, Mapping):
            return None
        found[code] = {}
        for place, text in _cells(rows):
            if not isinstance(text, str):
                return None
            if place in places:
                put(found, code, place, text)
    return found


def _cells(rows: Mapping[Any, Any]) -> Iterator[tuple[Place, object]]:
    for row, cells in rows.items():
        if not isinstance(cells, Mapping):
            yield (str(row), ""), None
            continue
        for column, text in cells.items():
            yield (str(row), str(column)), text
