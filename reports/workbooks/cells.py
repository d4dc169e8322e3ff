"""Puts values into cells so that what a person wrote is shown and never run."""

import re
from decimal import Decimal

from openpyxl.cell import Cell

from reports.schemas.characters import EXCEL_CELL_CHARS, excel_length, is_control

# Excel takes text with these first characters for a formula once the cell is edited.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Excel reads _x000D_ in a stored string as an escape; _x005F_ is its escape for the underscore.
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EXACT_DIGITS = 15  # Excel keeps 15 significant digits of a number


class CellTextTooLong(ValueError):
    """Text over Excel's limit for one cell; the message is fit to show in Chinese."""


def write_text(cell: Cell, text: str) -> None:
    """Writes any string as text: never a formula, an error value or a number.

    Control characters Excel cannot hold become a visible U+FFFD. Raises CellTextTooLong.
    """
    if excel_length(text) > EXCEL_CELL_CHARS:
        raise CellTextTooLong(
            f"有一处内容超过Excel单元格{EXCEL_CELL_CHARS}个字符的上限，无法生成表格，请精简后再试。"
        )
    if not text:
        cell.value = None
        return
    shown = "".join(_REPLACEMENT if is_control(char) else char for char in text)
    cell.value = _ESCAPE_LOOKALIKE.sub("_x005F_", shown)
    cell.data_type = "s"
    cell.quotePrefix = shown.startswith(_FORMULA_STARTS)


def write_number(cell: Cell, value: int | Decimal) -> None:
    """Writes a number; one with more digits than Excel keeps is written as text instead."""
    if len(Decimal(value).normalize().as_tuple().digits) > _EXACT_DIGITS:
        write_text(cell, str(value))
        return
    cell.value = value
    exponent = Decimal(value).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    cell.number_format = "0." + "0" * decimals if decimals else "0"
