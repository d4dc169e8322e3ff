"""What a filled-in cell says, put into a cell of a sheet: numbers as numbers, the rest as text."""

import re
from decimal import Decimal

from openpyxl.cell import Cell

from reports.schemas.content.values import decimals_of, read_number, said_day, spelled
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind
from reports.workbooks.sheets.cells import number_format, write_number, write_text

DAYS = (ColumnKind.DATE, ColumnKind.MONTH)
_USUAL = re.compile(r"(?:0|[1-9][0-9]{0,10})(?:\.([0-9]{1,4}))?")


def write_value(
    cell: Cell, column: Column, text: str, value: Decimal | None, *, is_written: bool = True
) -> None:
    """`value` is the figure of `text` where it has one; blank, 0, 无 and — stay what they are.

    `is_written` says that a person wrote it: then it keeps the decimals it was written with.
    35 in a column of percent becomes 35%, which Excel holds as 0.35; a day stands as in documents,
    for a roll-up has those of many hands below each other.
    """
    if value is None:
        write_text(cell, said_day(text) if column.kind in DAYS else text)
        return
    shown = shown_figure(column, text, value, is_written=is_written)
    if column.kind is ColumnKind.PERCENT:
        write_percent(cell, shown)
    else:
        write_number(cell, shown)


def write_percent(cell: Cell, value: Decimal) -> None:
    """35.5 as 35.5%."""
    write_number(cell, value.scaleb(-2))
    if cell.data_type == "n":
        cell.number_format = number_format(value, is_percent=True)


def shown_figure(column: Column, text: str, value: Decimal, *, is_written: bool = True) -> Decimal:
    """With the decimals of the column, at least those that were written."""
    if not is_written:
        return Decimal(spelled(column, value))
    found = read_number(text, measure=column.measure)
    places = decimals_of(value) if found is None or found.is_reckoned else _places(value)
    if column.kind is ColumnKind.INTEGER:
        places = 0
    places = max(places, column.decimals or 0)
    return value.quantize(Decimal(1).scaleb(-places))


def usual_decimals(column: Column, text: str) -> int | None:
    """The decimals of a figure that stands in a cell letter by letter as it was written, as most
    do; None of any other, which `shown_figure` knows."""
    found = None if column.kind is ColumnKind.PERCENT else _USUAL.fullmatch(text)
    if found is None:
        return None
    places = len(found[1] or "")
    is_whole = column.kind is not ColumnKind.INTEGER or not places
    return places if is_whole and places >= (column.decimals or 0) else None


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
