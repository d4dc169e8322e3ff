"""One sheet of a workbook as it is stored: cells with their values, formulas and formats."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string

from reports.workbooks.reading.book_parts import is_on
from reports.workbooks.reading.number_formats import BUILT_IN, GENERAL, code_of, section_of

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Stored:
    """One cell that holds something. `value` is None where a formula has no result, `error` says
    that the value is the name of one."""

    row: int
    column: int
    value: Any
    code: str
    formula: str = ""
    is_error: bool = False


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet, and what of it is merged or does not show."""

    cells: list[Stored] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # top, left, bottom, right
    hidden_columns: list[range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hides_zeros: bool = False


def codes(styles: Any) -> list[str]:
    """The number format of each style of cells. What the file defines comes first; what an id of
    the program stands for it need not say."""
    if styles is None:
        return []
    own = {
        int(one.get("numFmtId", -1)): one.get("formatCode", "")
        for one in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    ids = (int(one.get("numFmtId") or 0) for one in styles.iterfind("{*}cellXfs/{*}xf"))
    return [own.get(id_) or code_of(id_, BUILTIN_FORMATS.get(id_, GENERAL)) for id_ in ids]


def texts(shared: Any) -> list[str]:
    """The shared texts by their numbers."""
    return [] if shared is None else [_text(item) for item in shared.iterfind("{*}si")]


def read_sheet(root: Any, shared: Sequence[str], formats: Sequence[str]) -> Sheet:
    """Of the root element of a sheet. Raises IndexError and ValueError for damaged cells."""
    sheet = Sheet()
    views = root.iterfind("{*}sheetViews/{*}sheetView")
    sheet.hides_zeros = any(view.get("showZeros") in {"0", "false", "off"} for view in views)
    for column in root.iterfind("{*}cols/{*}col"):
        if is_on(column.get("hidden")) or _is_nothing(column.get("width")):
            sheet.hidden_columns.append(range(int(column.get("min")), int(column.get("max")) + 1))
    for merge in root.iterfind("{*}mergeCells/{*}mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        sheet.merges.append((*_place(first), *_place(last or first)))
    reading = _Reading(shared, formats)
    number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = int(float(row.get("r") or number + 1))
        if is_on(row.get("hidden")) or _is_nothing(row.get("ht")):
            sheet.hidden_rows.append(number)
        sheet.cells.extend(reading.cells(row, number))
    return sheet


class _Reading:
    def __init__(self, shared: Sequence[str], formats: Sequence[str]) -> None:
        self.shared, self.formats = shared, formats
        self.formulas: dict[str, str] = {}  # by the number under which a program shares them

    def cells(self, row: Any, number: int) -> Iterator[Stored]:
        column = 0
        for cell in row.iterfind("{*}c"):
            place = cell.get("r")
            at, column = _place(place) if place else (number, column + 1)
            if stored := self._cell(cell, at, column):
                yield stored

    def _cell(self, cell: Any, row: int, column: int) -> Stored | None:
        kind, result = cell.get("t", "n"), cell.findtext("{*}v")
        formula = self._formula(cell.find("{*}f"))
        code = self._code(int(cell.get("s") or 0))
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            result = None if inline is None else _text(inline)
        if not result:
            is_blank = kind == "str" and result is not None  # what the formula says is nothing
            return Stored(row, column, None, code, formula) if formula and not is_blank else None
        value = self._value(kind, result)
        if kind == "d" and not section_of(code, Decimal(0))[0].is_time:
            code = BUILT_IN[14]
        return Stored(row, column, value, code, formula, is_error=kind == "e")

    def _value(self, kind: str, result: str) -> Any:
        match kind:
            case "s":
                return unescaped(self.shared[int(result)])
            case "b":
                return result.strip() not in {"0", "false"}
            case "e":
                return result
            case "d":
                return _moment(result.strip())
            case "n":
                return float(result) if set(result) & set(".eE") else int(result)
        return unescaped(result)

    def _code(self, style: int) -> str:
        return self.formats[style] if style < len(self.formats) else GENERAL

    def _formula(self, found: Any) -> str:
        """With its sign; of a shared one the text of the first cell."""
        if found is None:
            return ""
        text, shared = found.text or "", found.get("si", "")
        if found.get("t") == "shared":
            text = self.formulas.setdefault(shared, text) or text
        return f"={text}"


def unescaped(text: str) -> str:
    """What Excel shows: _x000D_ is a line end, _x005F_ the underscore of a text that looks so."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _text(item: Any) -> str:
    """The text of a stored string, rich or not, without the reading aids of East Asian text."""
    found = [*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t")]
    return "".join(text.text or "" for text in found)


def _moment(text: str) -> datetime | date | time:
    """2026-03-31, 2026-03-31T08:00:00.000Z or 08:00:00."""
    plain = text.removesuffix("Z")
    if "-" not in plain:
        return time.fromisoformat(plain)
    return datetime.fromisoformat(plain).replace(tzinfo=None)


def _place(said: str) -> tuple[int, int]:
    """Row and column of C5."""
    found = _PLACE.fullmatch(said)
    if not found:
        raise ValueError(said)
    return int(found[2]), int(column_index_from_string(found[1].upper()))


def _is_nothing(size: str | None) -> bool:
    """Is a column or row so narrow that it does not show?"""
    return size is not None and float(size) == 0
