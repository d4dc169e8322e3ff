"""The roll-up 汇总表 of a form of repeated rows: every unit's entry as a block, in the order given,
with sub-totals, totals and who is missing. Written forwards, whatever its length."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from openpyxl.utils import get_column_letter

from reports.schemas.content.content import TableContent
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.rolling.units import Levels, Standing, UnitEntry
from reports.workbooks.forms.frame import grid_of, pagination, write_frame
from reports.workbooks.rollups.blocks import SERIAL, UNIT, Blocks
from reports.workbooks.sheets.book import add_sheet, new_workbook
from reports.workbooks.sheets.forwards import ForwardBook
from reports.workbooks.sheets.styles import FontNames, TableStyles


class RollUpMismatch(ValueError):
    """Entries, missing units and the number expected do not add up; the message is in Chinese."""


def _silent(done: int) -> None:
    """Nobody asks how far it is."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a roll-up. ``names`` are the levels that may have a sub-total, by path;
    ``passed`` hears how many units are written."""

    as_of: date
    title: str = ""
    by: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    passed: Callable[[int], None] = _silent
    fonts: FontNames = field(default_factory=FontNames)

    @property
    def day(self) -> str:
        """The day as it is written out."""
        return f"{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日"

    @property
    def line(self) -> str:
        """汇总单位 and 截至."""
        return f"汇总单位：{self.by}　　截至{self.day}" if self.by else f"截至{self.day}"


def write_roll_up(
    out: Any,
    definition: FormDefinition,
    entries: Iterable[UnitEntry],
    standing: Standing,
    heading: Heading,
) -> None:
    """Writes the workbook into `out`; `standing` is asked once the entries have passed.

    序号 counts units; numbers are added up anew, level by level. Named under the table: a missing
    unit, which is never a zero; one that reported 零报告; one that is correcting what stands here.
    Raises RollUpMismatch when entries, nil and missing are not the `expected` units.
    """
    workbook = new_workbook()
    sheet = add_sheet(workbook, "汇总表")
    styles = TableStyles(heading.fonts)
    grid = grid_of(roll_up_columns(definition.columns))
    row = write_frame(
        sheet,
        grid,
        title=heading.title or f"{definition.title}（汇总）",
        line=heading.line,
        annex_no=definition.annex_no,
        styles=styles,
    )
    pages = pagination(sheet, row, grid)
    with ForwardBook(out, workbook) as book:
        with book.write(sheet) as rows:
            blocks = Blocks(rows, row, grid, definition, styles, pages)
            levels = Levels(definition, heading.names)
            _write_units(blocks, levels, entries, standing, heading)
            if levels.whole.has_figures:
                blocks.write_total("合计", levels.whole)
            for note in (*standing.sentences(), *levels.whole.stray_notes()):
                blocks.write_note(note)
        sheet.print_area = f"A1:{get_column_letter(len(grid.leaves))}{blocks.row - 1}"


def _write_units(
    blocks: Blocks,
    levels: Levels,
    entries: Iterable[UnitEntry],
    standing: Standing,
    heading: Heading,
) -> None:
    codes: set[str] = set()
    has_figures = levels.whole.has_figures
    for serial, entry in enumerate(entries, start=1):
        if entry.code in codes:
            raise RollUpMismatch("有单位在汇总中出现不止一次，请刷新后重新汇总。")
        codes.add(entry.code)
        if has_figures:
            for level in levels.closed_before(entry.path):
                blocks.write_total(level.label, level.tallies)
            levels.add(entry)
        blocks.write(serial, entry.name, cast(TableContent, entry.content))
        heading.passed(serial)
    if has_figures:
        for level in levels.closed_before(""):
            blocks.write_total(level.label, level.tallies)
    check_count(len(codes), standing)


def check_count(entries: int, standing: Standing) -> None:
    """Raises RollUpMismatch when somebody is counted twice or not at all."""
    reported = entries + len(standing.nil)
    if reported + len(standing.missing) != standing.expected:
        raise RollUpMismatch(
            f"应报{standing.expected}个单位，但已报{reported}个、未报{len(standing.missing)}个，"
            "合计不符，请刷新后重新汇总。"
        )


def roll_up_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """序号 once a unit, then 填报单位, then the form's own columns."""
    serials = [column for column in columns if column.kind is ColumnKind.SERIAL]
    others = [column for column in columns if column not in serials]
    serial = replace(serials[0], per=Per.UNIT) if serials else SERIAL
    return (serial, UNIT, *others)
