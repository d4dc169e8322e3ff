"""Puts values into cells so that what a person wrote is shown and never run."""

import re
from decimal import Decimal

from openpyxl.cell import Cell

from reports.schemas.content.texts import EXCEL_CELL_CHARS, excel_length, is_control

# Excel takes text with these first characters for a formula once the cell is edited.
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Excel reads _x000D_ in a stored string as an escape; _x005F_ is its escape for the underscore.
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
EXACT_DIGITS = 15  # Excel keeps 15 significant digits of a number


class CellTextTooLong(ValueError):
    """Text over Excel's limit for one cell; the message is fit to show in Chinese."""


def write_text(cell: Cell, text: str) -> None:
    """Writes any string as text: never a formula, an error value or a number.

    Control characters Excel cannot hold become a visible U+FFFD. Raises CellTextTooLong.
    """
    if not text:
        cell.value = None
        return
    shown = holdable(text)
    cell.value = stored(shown)
    cell.data_type = "s"
    cell.quotePrefix = shown.startswith(FORMULA_STARTS)


def holdable(text: str) -> str:
    """The text as a cell can hold it, see `write_text`. Raises CellTextTooLong."""
    if excel_length(text) > EXCEL_CELL_CHARS:
        raise CellTextTooLong(
            f"有一处内容超过Excel单元格{EXCEL_CELL_CHARS}个字符的上限，无法生成表格，请精简后再试。"
        )
    return "".join(_REPLACEMENT if is_control(char) else char for char in text)


def stored(text: str) -> str:
    """What `holdable` gave as the file stores it, before XML has its say."""
    return _ESCAPE_LOOKALIKE.sub("_x005F_", text)


def write_number(cell: Cell, value: int | Decimal) -> None:
    """Writes a number; one with more digits than Excel keeps is written as text instead."""
    if not is_exact(value):
        write_text(cell, str(value))
        return
    cell.value = value
    cell.number_format = number_format(value)


def is_exact(value: int | Decimal) -> bool:
    """Does Excel keep all its digits?"""
    if isinstance(value, int):
        return len(str(abs(value)).rstrip("0")) <= EXACT_DIGITS
    return len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS


def number_format(value: int | Decimal, *, is_percent: bool = False) -> str:
    """Shows a number with the decimals that it has."""
    decimals = len(f"{Decimal(value):f}".partition(".")[2])
    return shown_with(decimals) + ("%" if is_percent else "")


def shown_with(decimals: int) -> str:
    """The format of a number with so many decimals."""
    return "0." + "0" * decimals if decimals else "0"
