"""One unit's table as an Excel sheet, filled in or blank, in the layout of the attachment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content.content import TableContent, blank
from reports.schemas.content.table_lines import CellRole, Line, lines
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind, RowMode
from reports.workbooks.forms.boxes import box_widths, write_boxes
from reports.workbooks.forms.frame import (
    PAGE_WIDTHS,
    Above,
    Grid,
    grid_of,
    pagination,
    write_above,
    write_across,
    write_header,
)
from reports.workbooks.forms.tabular import MIN_LINE_POINTS, write_lines
from reports.workbooks.sheets.blanks import Spot, Spots, field_column
from reports.workbooks.sheets.book import add_sheet, new_workbook
from reports.workbooks.sheets.cells import write_text
from reports.workbooks.sheets.page import set_up_page
from reports.workbooks.sheets.styles import Box, FontNames, TableStyles, draw
from reports.workbooks.sheets.text_fit import text_points

_BLANK_ROWS = 6
_BLANK_ROW_POINTS = 40.0  # room to write by hand
_FIELD_GAP = "　" * 4
_FIELD_LABEL_WIDTH = 18.0


def write_table(
    definition: FormDefinition,
    content: TableContent | None,
    *,
    unit_name: str,
    onto: Workbook | None = None,
    fonts: FontNames | None = None,
    name: str = "",
) -> Workbook:
    """Adds the sheet of one unit's table to a workbook, a new one if none is given.

    The sheet is called `name`, else after the annex.

    Title in row 1, then 表号 and the fields above the table, the header, the body, the fields below
    it and the notes. Without content (None) the form is blank, with empty rows.
    """
    workbook = onto if onto is not None else new_workbook()
    sheet = add_sheet(workbook, name or definition.annex_no or definition.title)
    texts = content if content is not None else blank(definition)
    paper = Paper(definition, sheet, TableStyles(fonts or FontNames()), unit_name)
    paper.write(texts, is_blank=content is None)
    return workbook


@dataclass(slots=True)
class Paper:
    """Draws a table on a sheet. With `spots` it is to be filled in: each field above and below
    the table has a box of its own, and `room` blank rows follow those that are written."""

    definition: FormDefinition
    sheet: Worksheet
    styles: TableStyles
    unit_name: str
    spots: Spots | None = None
    room: int = 0

    def write(self, content: TableContent, *, is_blank: bool = False) -> None:
        """Draws all of it and sets the print area."""
        grid = self._grid()
        row = self._write_above(grid, content)
        if self.definition.row_mode is RowMode.KEY_VALUE:
            set_up_page(
                self.sheet,
                orientation=self.definition.orientation.value,
                annex_no=self.definition.annex_no,
            )
            row = write_boxes(
                self.sheet,
                row,
                grid.widths,
                self.definition,
                content["unit"],
                self.styles,
                spots=self.spots,
            )
        else:
            row = self._write_table(grid, row, content, is_blank=is_blank)
        row = self._write_below(grid, row, content)
        right = self.sheet.cell(row - 1, len(grid.leaves)).coordinate
        self.sheet.print_area = f"A1:{right}"

    def _grid(self) -> Grid:
        orientation = self.definition.orientation
        if self.definition.row_mode is not RowMode.KEY_VALUE:
            return grid_of(self.definition.columns, orientation)
        widths = box_widths(self.definition, PAGE_WIDTHS[orientation])
        columns = tuple(Column(f"k{index}", "格") for index in range(len(widths)))
        return Grid(columns, columns, tuple(widths))

    def _write_above(self, grid: Grid, content: TableContent) -> int:
        definition = self.definition
        line = None if self.spots is not None else _head_line(definition, content, self.unit_name)
        if self.spots is not None and not _head_units(definition):
            line = f"填报单位：{self.unit_name}"
        above = Above(
            definition.title, line, tuple(definition.imprint.lines()), definition.unit_line
        )
        row = write_above(self.sheet, grid, above, self.styles, spots=self.spots)
        if self.spots is None:
            return row
        return self._write_fields(grid, row, "head", definition.head_fields, content["head"])

    def _write_table(self, grid: Grid, row: int, content: TableContent, *, is_blank: bool) -> int:
        definition = self.definition
        row = write_header(
            self.sheet,
            grid,
            row,
            self.styles,
            annex_no=definition.annex_no,
            orientation=definition.orientation,
            spots=self.spots,
        )
        is_repeated = definition.row_mode is RowMode.REPEAT
        spare = _BLANK_ROWS if is_blank and is_repeated else self.room
        body = lines(definition, content, spare=spare)
        if is_blank and is_repeated:
            body = [_without_serial(line) for line in body]
        least = _BLANK_ROW_POINTS if is_blank and is_repeated else MIN_LINE_POINTS
        pages = pagination(self.sheet, row, grid, definition.orientation)
        return write_lines(
            self.sheet, row, grid, body, self.styles, least=least, spots=self.spots, pages=pages
        )

    def _write_below(self, grid: Grid, row: int, content: TableContent) -> int:
        definition = self.definition
        fields = definition.foot_fields
        if fields and self.spots is not None:
            row = self._write_fields(grid, row, "foot", fields, content["foot"])
        elif fields:
            foot = _FIELD_GAP.join(
                _labelled(field, _text(field, content["foot"], self.unit_name)) for field in fields
            )
            write_across(self.sheet, grid, row, foot, self.styles.line)
            row += 1
        for note in definition.notes:
            write_across(self.sheet, grid, row, note, self.styles.small, spots=self.spots)
            row += 1
        return row

    def _write_fields(
        self, grid: Grid, row: int, part: str, fields: Sequence[Field], texts: Mapping[str, str]
    ) -> int:
        """A row for each field: its label, and a box to fill in beside it, or below the label of
        a table of one column."""
        styles, width = self.styles, len(grid.leaves)
        style = replace(styles.short, horizontal="left")
        for field in fields:
            text = _text(field, texts, self.unit_name)
            if _names_unit(field) or self.spots is None:
                write_across(
                    self.sheet, grid, row, _labelled(field, text), styles.line, spots=self.spots
                )
                row += 1
                continue
            last = _label_columns(grid, field.label)
            label = Box(row, 1, row, min(last, width))
            write_text(draw(self.sheet, label, styles.header), field.label)
            self.spots.printed.append((label, field.label))
            row += last >= width
            box = Box(row, last % width + 1, row, width)
            write_text(draw(self.sheet, box, style), text)
            room = sum(grid.widths[box.left - 1 :])
            points = text_points(text, width=room, size=style.size)
            self.sheet.row_dimensions[row].height = max(points, MIN_LINE_POINTS)
            self.spots.entered.append(Spot(f"{part}.{field.id}", box, field_column(field)))
            row += 1
        return row


def _label_columns(grid: Grid, label: str) -> int:
    """How many columns the label of a field takes; all of them where there is only one."""
    needed = max(len(label) * 2.4, _FIELD_LABEL_WIDTH)
    count = 1
    while count < len(grid.leaves) - 1 and sum(grid.widths[:count]) < needed:
        count += 1
    return count


def _without_serial(line: Line) -> Line:
    """Nobody knows yet how many rows a blank form will have."""
    cells = tuple(
        replace(cell, text="")
        if cell.column.kind is ColumnKind.SERIAL and cell.role is CellRole.PRINTED
        else cell
        for cell in line.cells
    )
    return replace(line, cells=cells)


def _head_line(definition: FormDefinition, content: Any, unit_name: str) -> str:
    """The fields above the table; who reports is always among them."""
    parts = [
        _labelled(field, _text(field, content["head"], unit_name))
        for field in definition.head_fields
    ]
    if not _head_units(definition):
        parts.insert(0, f"填报单位：{unit_name}")
    return _FIELD_GAP.join(parts)


def _head_units(definition: FormDefinition) -> bool:
    return any(_names_unit(field) for field in definition.head_fields)


def _text(field: Field, texts: Mapping[str, str], unit_name: str) -> str:
    return texts.get(field.id, "") or (unit_name if _names_unit(field) else "")


def _names_unit(field: Field) -> bool:
    return field.kind is FieldKind.UNIT


def _labelled(field: Field, text: str) -> str:
    return f"{field.label}：{text}"
