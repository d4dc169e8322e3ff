"""A summary along an outline as an Excel sheet, filled in or blank."""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.checking.validation import outline_word_count
from reports.schemas.content.content import OutlineContent, blank
from reports.schemas.content.texts import count_without_punctuation
from reports.schemas.definition.outlines import OutlineDefinition, Section
from reports.workbooks.sheets.blanks import Spot, Spots, section_column
from reports.workbooks.sheets.book import add_sheet, new_workbook
from reports.workbooks.sheets.cells import write_text
from reports.workbooks.sheets.page import set_up_page
from reports.workbooks.sheets.styles import Box, CellStyle, FontNames, draw
from reports.workbooks.sheets.text_fit import row_points, text_points

# Page and sizes of an official document (GB/T 9704—2012): text 156 mm wide, 3号 = 16 points.
_WIDTH = 84.0
_COLUMNS = 4  # LibreOffice does not shrink a single column to the width of the page
_SIDE_MARGIN_INCHES = 1.06
_TITLE_SIZE, _TEXT_SIZE, _NOTE_SIZE = 20, 16, 12
_INDENT = "　" * 2  # a paragraph begins two characters in
_MAX_ROW_POINTS = 120.0  # a tall row that does not fit leaves the rest of its page empty
_BLANK_POINTS = 76.0
_ROOM_POINTS = 360.0  # of a section in a template, which no row grows to hold


def write_outline(
    definition: OutlineDefinition,
    content: OutlineContent | None,
    *,
    unit_name: str,
    onto: Workbook | None = None,
    fonts: FontNames | None = None,
) -> Workbook:
    """Adds the sheet of one unit's summary to a workbook, a new one if none is given.

    Title, unit, then each section with heading, hint and text (a row a paragraph), the closing
    note of the outline and the counted 字数. Without content (None) the sections are blank.
    """
    workbook = onto if onto is not None else new_workbook()
    sheet = add_sheet(workbook, definition.annex_no or definition.title)
    for index in range(1, _COLUMNS + 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTH / _COLUMNS
    names = fonts or FontNames()
    body = CellStyle(names.body, _TEXT_SIZE, vertical="top")
    note = CellStyle(names.hint, _NOTE_SIZE)
    texts = content if content is not None else blank(definition)

    row = _write(sheet, 1, definition.title, CellStyle(names.title, _TITLE_SIZE, "center"))
    row = _write(sheet, row, f"填报单位：{unit_name}", CellStyle(names.body, _TEXT_SIZE, "center"))
    for section in definition.sections:
        row = _write_section(sheet, row, section, texts["sections"][section.id], names, body)
    if definition.closing_note:
        row = _write(sheet, row, f"填写要求：{definition.closing_note}", note)
    if content is not None:
        row = _write(sheet, row, _word_count_line(definition, content), note)
    set_up_page(
        sheet,
        orientation="portrait",
        annex_no=definition.annex_no,
        side_margin_inches=_SIDE_MARGIN_INCHES,
    )
    sheet.print_area = f"A1:{get_column_letter(_COLUMNS)}{row - 1}"
    return workbook


def write_blank_outline(
    sheet: Worksheet,
    definition: OutlineDefinition,
    content: OutlineContent,
    unit_name: str,
    fonts: FontNames,
    spots: Spots,
) -> None:
    """The outline as a template: a box to write in under each heading. `spots` is told of them."""
    for index in range(1, _COLUMNS + 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTH / _COLUMNS

    def printed(row: int, text: str, style: CellStyle) -> int:
        below = _write(sheet, row, text, style)
        spots.printed.append((Box(row, 1, below - 1, _COLUMNS), text))
        return below

    heading, note = CellStyle(fonts.heading, _TEXT_SIZE), CellStyle(fonts.hint, _NOTE_SIZE)
    row = printed(1, definition.title, CellStyle(fonts.title, _TITLE_SIZE, "center"))
    row = printed(row, f"填报单位：{unit_name}", CellStyle(fonts.body, _TEXT_SIZE, "center"))
    for section in definition.sections:
        row = printed(row, _INDENT + section.full_heading, heading)
        if section.hint:
            row = printed(row, f"{_INDENT}（{section.hint}）", note)
        style = CellStyle(fonts.body, _NOTE_SIZE, vertical="top", bordered=True)
        text = content["sections"][section.id]
        below = _write(sheet, row, text, style, at_least=_ROOM_POINTS)
        box = Box(row, 1, below - 1, _COLUMNS)
        spots.entered.append(Spot(f"sections.{section.id}", box, section_column(section)))
        row = below
    if definition.closing_note:
        row = printed(row, f"填写要求：{definition.closing_note}", note)
    set_up_page(
        sheet,
        orientation="portrait",
        annex_no=definition.annex_no,
        side_margin_inches=_SIDE_MARGIN_INCHES,
    )


def _write_section(
    sheet: Worksheet, row: int, section: Section, text: str, names: FontNames, body: CellStyle
) -> int:
    heading = CellStyle(names.heading, _TEXT_SIZE)
    row = _write(sheet, row, _INDENT + section.full_heading, heading)
    if section.hint:
        row = _write(sheet, row, f"{_INDENT}（{section.hint}）", CellStyle(names.hint, _NOTE_SIZE))
    if not text:
        return _write(sheet, row, "", body, at_least=_BLANK_POINTS)
    for paragraph in text.split("\n"):
        stripped = paragraph.strip()
        if stripped:
            row = _write(sheet, row, _INDENT + stripped, body)
    return row


def _write(
    sheet: Worksheet, row: int, text: str, style: CellStyle, *, at_least: float = 0.0
) -> int:
    """Writes one paragraph over as many rows as its height asks for; returns the next row."""
    points = max(text_points(text, width=_WIDTH, size=style.size), style.size * 1.8, at_least)
    heights = row_points(points, size=style.size, most=_MAX_ROW_POINTS)
    for part, height in enumerate(heights, start=row):
        sheet.row_dimensions[part].height = height
    below = row + len(heights)
    write_text(draw(sheet, Box(row, 1, below - 1, _COLUMNS), style), text)
    return below


def _word_count_line(definition: OutlineDefinition, content: OutlineContent) -> str:
    plain = sum(count_without_punctuation(text) for text in content["sections"].values())
    total = outline_word_count(content)
    limit = f"，上限{definition.max_chars}字" if definition.max_chars is not None else ""
    return f"正文共{total}字（不计标点{plain}字）{limit}。各部分标题不计入字数。"
