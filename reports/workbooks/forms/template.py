"""The template to be filled in offline: the official layout, only its blanks to be written in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content import sources
from reports.schemas.content.content import Content, OutlineContent, TableContent
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition
from reports.schemas.definition.kinds import ColumnKind, RowMode
from reports.schemas.definition.outlines import OutlineDefinition
from reports.workbooks.forms.outline import write_blank_outline
from reports.workbooks.forms.table import Paper
from reports.workbooks.reading.meta import SHEET, Identity, Meta, write_meta
from reports.workbooks.sheets.blanks import Spot, Spots
from reports.workbooks.sheets.book import add_sheet, new_workbook
from reports.workbooks.sheets.styles import Box, FontNames, TableStyles

ROOM = 30  # blank rows of a table of repeated rows
_MOST_LISTED = 250  # characters a list of choices may have inside a validation
_INPUT = PatternFill("solid", fgColor="FFFFFBE6")
_LISTS_COLUMN = 3  # of the hidden sheet; the seal and what it seals stand in column 1
_TEXT_FORMAT, _DAY_FORMAT, _MONTH_FORMAT = "@", 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"'
_AS_TEXT = {
    ColumnKind.TEXT,
    ColumnKind.CHOICE,
    ColumnKind.YES_NO,
    ColumnKind.REGION,
    ColumnKind.BUREAU,
    ColumnKind.CONTACT,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """A form to be filled in: what stands in it so far, at which revision, and for whom."""

    definition: Definition
    content: Content
    revision: int
    identity: Identity


def write_template(
    ask: Ask, *, key: bytes, room: int = ROOM, fonts: FontNames | None = None
) -> Workbook:
    """The workbook: what is printed is locked (without a password), blanks are open and checked
    for numbers, days and choices; a hidden sheet sealed with `key` says whose it is.

    A table of repeated rows has `room` blank rows after those already written.
    """
    workbook = new_workbook()
    definition = ask.definition
    sheet = add_sheet(workbook, definition.annex_no or definition.title)
    spots = Spots()
    styles = TableStyles(fonts or FontNames())
    if isinstance(definition, OutlineDefinition):
        texts = cast(OutlineContent, ask.content)
        write_blank_outline(sheet, definition, texts, ask.identity.bureau_name, styles.fonts, spots)
    else:
        room = room if definition.row_mode is RowMode.REPEAT else 0
        paper = Paper(definition, sheet, styles, ask.identity.bureau_name, spots, room)
        paper.write(cast(TableContent, ask.content))
    _open(sheet, spots)
    write_meta(workbook, _meta(ask, sheet, spots), key=key)
    _validate(sheet, workbook[SHEET], spots)
    workbook.active = 0
    return workbook


def _meta(ask: Ask, sheet: Worksheet, spots: Spots) -> Meta:
    content: Mapping[str, Any] = cast(Mapping[str, Any], ask.content)
    return Meta(
        identity=ask.identity,
        revision=ask.revision,
        sheet=sheet.title,
        spots=tuple(
            (spot.path, spot.box.top, spot.box.left, spot.box.bottom, spot.box.right)
            for spot in spots.entered
        ),
        printed=tuple(
            (box.top, box.left, box.bottom, box.right, text) for box, text in spots.printed
        ),
        marks={
            str(index): row[sources.MARK]
            for index, row in enumerate(content.get("rows", []))
            if sources.MARK in row
        },
        regions=tuple(content.get("regions", ())),
    )


def _open(sheet: Worksheet, spots: Spots) -> None:
    """Locks the sheet but for the blanks; rows and columns may still be made wider."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    for spot in spots.entered:
        box = spot.box
        for row in sheet.iter_rows(box.top, box.bottom, box.left, box.right):
            for cell in row:
                cell.protection = Protection(locked=False)
                cell.fill = _INPUT
        _prepare(sheet.cell(box.top, box.left), spot.column)


def _prepare(cell: Cell, column: Column) -> None:
    """What is typed in is kept as it is typed: 1-2 stays text, 35 in a percent is 35%."""
    kind = column.kind
    if kind is ColumnKind.PERCENT:
        if not isinstance(cell.value, int | float | Decimal):
            places = 2 if column.decimals is None else column.decimals
            cell.number_format = f"0.{'0' * places}%" if places else "0%"
    elif kind is ColumnKind.DATE:
        cell.number_format = _DAY_FORMAT
    elif kind is ColumnKind.MONTH:
        cell.number_format = _MONTH_FORMAT
    elif kind in _AS_TEXT:
        cell.number_format = _TEXT_FORMAT


def _validate(sheet: Worksheet, hidden: Worksheet, spots: Spots) -> None:
    """One validation for all blanks that ask for the same."""
    found: dict[tuple[object, ...], list[Spot]] = {}
    for spot in spots.entered:
        wanted = _wanted(spot)
        if wanted is not None:
            found.setdefault(wanted, []).append(spot)
    for number, alike in enumerate(found.values()):
        check = _validation(alike[0].column, hidden, number)
        for area in _areas([spot.box for spot in alike]):
            check.add(area)
        sheet.add_data_validation(check)


def _areas(boxes: list[Box]) -> list[str]:
    """Boxes below each other as one range, since Excel takes only so many."""
    runs: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.left, box.top)):
        above = runs[-1] if runs else None
        if above and (above.left, above.right, above.bottom + 1) == (box.left, box.right, box.top):
            runs[-1] = Box(above.top, above.left, box.bottom, above.right)
        else:
            runs.append(box)
    return [
        f"{get_column_letter(run.left)}{run.top}:{get_column_letter(run.right)}{run.bottom}"
        for run in runs
    ]


def _wanted(spot: Spot) -> tuple[object, ...] | None:
    column = spot.column
    if column.is_number:
        return (column.kind, column.measure, column.decimals)
    if column.kind in {ColumnKind.DATE, ColumnKind.MONTH}:
        return (column.kind,)
    if column.choices:
        return (column.choices, column.multiple)
    return (column.suggest,) if column.suggest else None


def _validation(column: Column, hidden: Worksheet, number: int) -> DataValidation:
    """Numbers and days only warn, since 无 and — may stand in their place."""
    if column.is_number:
        whole = column.kind is ColumnKind.INTEGER
        what = "整数" if whole else "数字"
        measure = f"，单位：{column.measure}" if column.measure else ""
        check = DataValidation(
            type="whole" if whole else "decimal",
            operator="between",
            formula1="-999999999999999",
            formula2="999999999999999",
            errorStyle="warning",
            allow_blank=True,
        )
        return _said(check, f"请填{what}{measure}；数为零填0，没有此项填“无”")
    if column.kind in {ColumnKind.DATE, ColumnKind.MONTH}:
        check = DataValidation(
            type="date",
            operator="between",
            formula1="DATE(1949,10,1)",
            formula2="DATE(2199,12,31)",
            errorStyle="warning",
            allow_blank=True,
        )
        example = "2026年3月31日" if column.kind is ColumnKind.DATE else "2026年3月"
        return _said(check, f"请填日期，如{example}；没有的填“无”")
    labels = [choice.label for choice in column.choices] or list(column.suggest)
    if column.multiple:
        return _said(DataValidation(allow_blank=True), f"可多选，用顿号隔开：{'、'.join(labels)}")
    listed = ",".join(labels)
    is_short = len(listed) <= _MOST_LISTED and not any(mark in listed for mark in '"\n')
    is_plain = is_short and not any("," in label for label in labels)
    check = DataValidation(
        type="list",
        formula1=f'"{listed}"' if is_plain else _listed(hidden, labels, number),
        errorStyle="warning" if column.choices else "information",
        allow_blank=True,
    )
    return _said(check, "请从下拉列表中选择" if column.choices else "可从下拉列表中选，也可另填")


def _said(check: DataValidation, words: str) -> DataValidation:
    check.promptTitle, check.prompt = "填写说明", words[:250]
    check.errorTitle, check.error = "请核对", words[:220]
    check.showInputMessage = True
    check.showErrorMessage = check.type is not None
    return check


def _listed(hidden: Worksheet, labels: list[str], number: int) -> str:
    """The choices in a column of the hidden sheet, for a list too long for a validation."""
    column = _LISTS_COLUMN + number
    for row, label in enumerate(labels, start=1):
        cell = hidden.cell(row, column)
        cell.value, cell.data_type = label, "s"
    letter = hidden.cell(1, column).column_letter
    return f"{SHEET}!${letter}$1:${letter}${len(labels)}"
