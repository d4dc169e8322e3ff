"""One unit's table as an Excel sheet, filled in or blank, in the layout of the attachment."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.columns import Field, FieldKind
from reports.schemas.content import TableContent, blank
from reports.schemas.definition import FormDefinition
from reports.workbooks.body import Block, write_block
from reports.workbooks.book import add_sheet, new_workbook
from reports.workbooks.frame import grid_of, write_across, write_frame
from reports.workbooks.styles import FontNames, TableStyles

_BLANK_ROWS = 6
_BLANK_ROW_POINTS = 40.0  # room to write by hand
_FIELD_GAP = "　" * 4


def write_table(
    definition: FormDefinition,
    content: TableContent | None,
    *,
    unit_name: str,
    onto: Workbook | None = None,
    fonts: FontNames | None = None,
) -> Workbook:
    """Adds the sheet of one unit's table to a workbook, a new one if none is given.

    Title in row 1, the fields above the table in row 2, the header from row 3, then the body and
    the fields below it. Without content (None) the form is blank, with empty rows.
    """
    workbook = onto if onto is not None else new_workbook()
    sheet = add_sheet(workbook, definition.annex_no or definition.title)
    styles = TableStyles(fonts or FontNames())
    grid = grid_of(definition.columns)
    texts = content if content is not None else blank(definition)
    line = _head_line(definition, texts, unit_name)
    row = write_frame(
        sheet, grid, title=definition.title, line=line, annex_no=definition.annex_no, styles=styles
    )
    if content is None:
        block = Block(None, {}, [{}] * _BLANK_ROWS)
        row = write_block(sheet, row, grid, block, styles, min_row_points=_BLANK_ROW_POINTS)
    else:
        block = Block(1, content["unit"], content["rows"])
        row = write_block(sheet, row, grid, block, styles)
    if definition.foot_fields:
        foot = _FIELD_GAP.join(
            _labelled(field, texts["foot"].get(field.id, "")) for field in definition.foot_fields
        )
        write_across(sheet, grid, row, foot, styles.line)
        row += 1
    _set_print_area(sheet, row - 1, len(grid.leaves))
    return workbook


def _head_line(definition: FormDefinition, content: TableContent, unit_name: str) -> str:
    """The fields above the table; who reports is always among them."""
    parts = []
    for field in definition.head_fields:
        text = content["head"].get(field.id, "")
        parts.append(_labelled(field, text or (unit_name if _names_unit(field) else "")))
    if not any(_names_unit(field) for field in definition.head_fields):
        parts.insert(0, f"填报单位：{unit_name}")
    return _FIELD_GAP.join(parts)


def _names_unit(field: Field) -> bool:
    return field.kind is FieldKind.UNIT


def _labelled(field: Field, text: str) -> str:
    return f"{field.label}：{text}"


def _set_print_area(sheet: Worksheet, bottom: int, right: int) -> None:
    sheet.print_area = f"A1:{sheet.cell(bottom, right).coordinate}"
