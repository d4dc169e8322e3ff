"""What each unit wrote into a form whose rows are the same for all: a block a unit, so that every
figure of the sums can be seen where it came from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content.content import TableContent
from reports.schemas.content.table_lines import lines
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import PRINTED, ColumnKind, Per, RowMode
from reports.schemas.rolling.units import UnitEntry
from reports.workbooks.forms.frame import grid_of, pagination, write_frame
from reports.workbooks.rollups.blocks import Blocks
from reports.workbooks.rollups.roll_up import Heading, roll_up_columns
from reports.workbooks.sheets.forwards import ForwardBook
from reports.workbooks.sheets.styles import TableStyles

NAME = "各单位"


def write_units(
    book: ForwardBook,
    sheet: Worksheet,
    definition: FormDefinition,
    entries: Sequence[UnitEntry],
    heading: Heading,
) -> None:
    """Unit after unit in the order given, every line of its table as it stands in the form."""
    form, styles = _as_rows(definition), TableStyles(heading.fonts)
    grid = grid_of(roll_up_columns(form.columns))
    title = f"{definition.title}（各单位）"
    row = write_frame(sheet, grid, title=title, line=heading.line, annex_no="", styles=styles)
    pages = pagination(sheet, row, grid)
    with book.write(sheet) as rows:
        blocks = Blocks(rows, row, grid, form, styles, pages)
        for serial, entry in enumerate(entries, start=1):
            blocks.write(serial, entry.name, _content(definition, entry))
        sheet.print_area = f"A1:{get_column_letter(len(grid.leaves))}{blocks.row - 1}"


def _as_rows(definition: FormDefinition) -> FormDefinition:
    """The same columns in a form of repeated rows: what is printed or computed is text by now."""
    return replace(
        definition,
        columns=tuple(map(_column, definition.columns)),
        row_mode=RowMode.REPEAT,
        rows=(),
        checks=(),
        total=None,
    )


def _column(column: Column) -> Column:
    if column.children:
        return replace(column, children=tuple(map(_column, column.children)))
    if column.kind is ColumnKind.SERIAL:
        return column
    plain = replace(column, given=False, spans_with="", formula="", aggregate=None, rate=None)
    if column.kind in PRINTED or (column.given and not column.is_number):
        return replace(plain, kind=ColumnKind.TEXT, required=False)
    return replace(plain, required=False, at_most="")


def _content(definition: FormDefinition, entry: UnitEntry) -> TableContent:
    content = cast(TableContent, entry.content)
    body = [line for line in lines(definition, content) if not line.is_total]
    leaves = definition.leaf_columns()
    texts = [
        {leaf.id: cell.text for leaf, cell in zip(leaves, line.cells, strict=True)} for line in body
    ]
    once = {leaf.id: texts[0][leaf.id] for leaf in leaves if leaf.per is Per.UNIT and texts}
    return {"head": {}, "unit": once, "rows": texts, "foot": {}}
