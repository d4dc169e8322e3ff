"""The roll-up 汇总表: every unit's entry as a block, in the order given, with who is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.columns import Column, ColumnKind, Per
from reports.schemas.content import TableContent
from reports.schemas.definition import FormDefinition
from reports.schemas.values import is_no_value_mark, parse_number
from reports.workbooks.body import Block, block_points, write_block
from reports.workbooks.book import add_sheet, new_workbook
from reports.workbooks.cells import write_number, write_text
from reports.workbooks.frame import Grid, grid_of, pagination, write_across, write_frame
from reports.workbooks.styles import Box, FontNames, TableStyles, draw

_SERIAL = Column("roll_up_serial", "序号", kind=ColumnKind.SERIAL, per=Per.UNIT)
_UNIT = Column("roll_up_unit", "填报单位", per=Per.UNIT, width=14)


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """What one unit handed in."""

    code: str
    name: str
    content: TableContent


class RollUpMismatch(ValueError):
    """Entries, missing units and the number expected do not add up; the message is in Chinese."""


def write_roll_up(
    definition: FormDefinition,
    entries: Sequence[UnitEntry],
    *,
    missing: Sequence[str],
    expected: int,
    as_of: date,
    nil: Sequence[str] = (),
    correcting: Sequence[str] = (),
    title: str = "",
    onto: Workbook | None = None,
    fonts: FontNames | None = None,
) -> Workbook:
    """Adds the sheet of the roll-up to a workbook, a new one if none is given.

    序号 counts units; numbers are added up anew. Named under the table: a missing unit, which is
    never a zero; one that reported `nil`; one of the entries that is `correcting` what stands here.
    Raises RollUpMismatch when entries, nil and missing are not `expected` units.
    """
    _check_count(entries, nil, missing, expected)
    workbook = onto if onto is not None else new_workbook()
    sheet = add_sheet(workbook, "汇总表")
    styles = TableStyles(fonts or FontNames())
    grid = grid_of(_roll_up_columns(definition.columns))
    row = write_frame(
        sheet,
        grid,
        title=title or f"{definition.title}（汇总）",
        line=f"截至{as_of.year}年{as_of.month}月{as_of.day}日",
        annex_no=definition.annex_no,
        styles=styles,
    )
    pages = pagination(sheet, row, grid)
    for serial, entry in enumerate(entries, start=1):
        unit = {**entry.content["unit"], _UNIT.id: entry.name}
        block = Block(serial, unit, entry.content["rows"])
        pages.place(sheet, row, block_points(grid, block, styles))
        row = write_block(sheet, row, grid, block, styles)
    notes = [_count_note(len(entries) + len(nil), missing, expected)]
    notes += _named("零报告", nil) + _named("正在更正、本表为其更正前内容的", correcting)
    if any(leaf.adds_up for leaf in grid.leaves):
        notes += _write_totals(sheet, row, grid, entries, styles)
        row += 1
    for note in notes:
        write_across(sheet, grid, row, note, styles.note)
        row += 1
    sheet.print_area = f"A1:{sheet.cell(row - 1, len(grid.leaves)).coordinate}"
    return workbook


def _check_count(
    entries: Sequence[UnitEntry], nil: Sequence[str], missing: Sequence[str], expected: int
) -> None:
    reported = len(entries) + len(nil)
    if reported + len(missing) != expected:
        raise RollUpMismatch(
            f"应报{expected}个单位，但已报{reported}个、未报{len(missing)}个，合计不符，"
            "请刷新后重新汇总。"
        )
    if len({entry.code for entry in entries}) != len(entries):
        raise RollUpMismatch("有单位在汇总中出现不止一次，请刷新后重新汇总。")


def _roll_up_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """序号 once a unit, then 填报单位, then the form's own columns."""
    serials = [column for column in columns if column.kind is ColumnKind.SERIAL]
    others = [column for column in columns if column not in serials]
    serial = replace(serials[0], per=Per.UNIT) if serials else _SERIAL
    return (serial, _UNIT, *others)


def _count_note(reported: int, missing: Sequence[str], expected: int) -> str:
    if not missing:
        return f"应报{expected}个单位，已报{reported}个，全部报齐。"
    names = "、".join(missing)
    return f"应报{expected}个单位，已报{reported}个，未报{len(missing)}个：{names}。"


def _named(what: str, names: Sequence[str]) -> list[str]:
    return [f"{what}{len(names)}个：{'、'.join(names)}。"] if names else []


def _write_totals(
    sheet: Worksheet, row: int, grid: Grid, entries: Sequence[UnitEntry], styles: TableStyles
) -> list[str]:
    """Writes the 合计 row; returns a note for every column with text that is no number."""
    notes = []
    for index, leaf in enumerate(grid.leaves, start=1):
        cell = draw(sheet, Box(row, index, row, index), styles.header)
        if leaf is _UNIT:
            write_text(cell, "合计")
        elif leaf.adds_up:
            total, strays = Decimal(0), []
            for name, text in _texts(leaf, entries):
                value = parse_number(text, measure=leaf.measure)
                if value is not None:
                    total += value
                elif text and not is_no_value_mark(text):
                    strays.append(f"{name}“{text}”")
            write_number(cell, total)
            if strays:
                notes.append(f"“{leaf.label}”中不是数字、未计入合计的：{'、'.join(strays)}。")
    return notes


def _texts(leaf: Column, entries: Sequence[UnitEntry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if leaf.per is Per.UNIT:
            yield entry.name, entry.content["unit"].get(leaf.id, "")
            continue
        for texts in entry.content["rows"]:
            yield entry.name, texts.get(leaf.id, "")
