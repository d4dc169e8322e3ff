"""Cells as the file has them: how one ends behind its place, in a style of the workbook.

Text stands in the cell itself and not in a table of all texts, which would have to be held to the
end: openpyxl writes it so too, and Excel, WPS and LibreOffice read it.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content.texts import EXCEL_CELL_CHARS
from reports.workbooks.sheets.cells import (
    EXACT_DIGITS,
    FORMULA_STARTS,
    holdable,
    is_exact,
    number_format,
    shown_with,
    stored,
)
from reports.workbooks.sheets.styles import CellStyle

DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
SHARE = "[=0]0%;[=1]0%;0.0%"
_LONGEST_PLAIN = EXCEL_CELL_CHARS // 2  # not more units of UTF-16 than a cell holds, whatever it is
# What XML or Excel might take amiss, as one set of characters: most text has none of them.
_ODD = re.compile("[&<>_\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe-\U0010ffff]")
_ODD_STARTS = frozenset(FORMULA_STARTS)
_DAY_ZERO = date(1899, 12, 30).toordinal()  # Excel counts days from here on
_LAST_FALSE = 60  # up to here it counts a 29 February 1900 that never was, and below 0 nothing
_SHORT, _REMEMBERED = 40, 4096
_DAY_SECONDS = 86_400


class Memory(dict[Any, Any]):
    """What was made of a value, for values that come over and over; long texts seldom do."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        made = self._make(value)
        if not isinstance(value, str) or len(value) <= _SHORT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[value] = made
        return made


class Look:
    """A style, and the cells that wear it. What each method returns follows the place of a cell."""

    def __init__(self, sheet: Worksheet, style: CellStyle) -> None:
        self._sheet, self._style = sheet, style
        self._styles = Memory(self._known)
        plain = self._styles["General"]
        self.blank = f'" s="{plain}"/>'
        self._before = f'" s="{plain}" t="inlineStr"><is><t>'
        self._quoted = self._known("General", is_quoted=True)
        self._plain = plain

    def text(self, text: str) -> str:
        """Text that stays text whatever it looks like. Raises CellTextTooLong."""
        if not text:
            return self.blank
        is_odd = text[0] in _ODD_STARTS or text[0].isspace() or text[-1].isspace()
        if not is_odd and len(text) <= _LONGEST_PLAIN and not _ODD.search(text):
            return f"{self._before}{text}</t></is></c>"
        shown = holdable(text)
        style = self._quoted if shown.startswith(FORMULA_STARTS) else self._plain
        kept = escape(stored(shown), quote=False)
        return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'

    def figure(self, value: Decimal, *, is_percent: bool = False) -> str | None:
        """A number with the decimals that it has; 35 as a percent is shown as 35% and held as 0.35.
        None where Excel would not keep all its digits."""
        figure = value.scaleb(-2) if is_percent else value
        held = f"{figure:f}"
        if len(held) > EXACT_DIGITS and not is_exact(figure):
            return None
        return self._number(held, number_format(value, is_percent=is_percent))

    def written(self, figure: str, decimals: int) -> str:
        """A number that is spelled as the file spells it."""
        return self._number(figure, shown_with(decimals))

    def number(self, value: int) -> str:
        """A number, or text where Excel would not keep all its digits."""
        return self._number(str(value), "0") if is_exact(value) else self.text(str(value))

    def share(self, value: Fraction) -> str:
        """A number that reads as a percentage with one decimal."""
        return self._number(repr(float(value)), SHARE)

    def day(self, value: date) -> str:
        """A date; text where Excel knows none."""
        days = value.toordinal() - _DAY_ZERO
        return self._number(str(days), DAY) if days > _LAST_FALSE else self.text(f"{value}")

    def moment(self, value: datetime) -> str:
        """A moment without a zone; text where Excel knows none."""
        days = value.toordinal() - _DAY_ZERO
        if days <= _LAST_FALSE:
            return self.text(f"{value}")
        seconds = (value.hour * 60 + value.minute) * 60 + value.second + value.microsecond / 1e6
        return self._number(repr(days + seconds / _DAY_SECONDS), MOMENT)

    def _number(self, held: str, shown_as: str) -> str:
        return f'" s="{self._styles[shown_as]}"><v>{held}</v></c>'

    def _known(self, shown_as: str, *, is_quoted: bool = False) -> int:
        """The number that the style has in the file, shown in this format."""
        cell = Cell(self._sheet, row=1, column=1)
        self._style.apply(cell)
        cell.number_format, cell.quotePrefix = shown_as, is_quoted
        return int(cell.style_id)
