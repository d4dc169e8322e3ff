"""The roll-up of forms that are the same for all units, and of summaries, as workbooks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from openpyxl import Workbook

from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.rolling.rolled import Rolled, Said, roll
from reports.schemas.rolling.tallies import Tallies
from reports.schemas.rolling.units import Level, Standing, UnitEntry
from reports.workbooks.forms.table import write_table
from reports.workbooks.rollups.collected_texts import draw_above, write_said
from reports.workbooks.rollups.roll_up import Heading
from reports.workbooks.rollups.unit_tables import NAME, write_units
from reports.workbooks.sheets.book import add_sheet, new_workbook
from reports.workbooks.sheets.forwards import ForwardBook
from reports.workbooks.sheets.name_lists import pieces
from reports.workbooks.sheets.styles import TableStyles

MOST_LEVELS = 60  # sheets of sub-totals; above it only the uppermost levels have theirs


def write_rolled(
    out: Any,
    definition: FormDefinition,
    whole: Tallies,
    levels: Sequence[Level],
    standing: Standing,
    heading: Heading,
    units: Sequence[UnitEntry] = (),
) -> None:
    """One figure a cell over all units; a sheet for each level with several, one for what each of
    ``units`` wrote; texts that are too long for their cell on a sheet of their own. Who is missing
    stands under the table."""
    rolled = roll(definition, whole, by=heading.by, day=heading.day)
    workbook = new_workbook()
    _write_table(
        workbook,
        rolled,
        rolled.definition.annex_no or "汇总表",
        heading,
        notes(rolled, whole, standing),
    )
    for level in shown_levels(levels):
        part = roll(definition, level.tallies, by=level.name, day=heading.day)
        title = f"{definition.title}（{level.label}）"
        named = replace(part, definition=replace(part.definition, title=title, annex_no=""))
        _write_table(workbook, named, level.label, heading, [f"共{level.units}个单位。"])
    styles = TableStyles(heading.fonts)
    with ForwardBook(out, workbook) as book:
        if units:
            write_units(book, add_sheet(workbook, NAME), definition, units, heading)
        if rolled.apart:
            sheet = add_sheet(workbook, "各单位文字")
            title = f"{rolled.definition.title}：各单位文字"
            row = draw_above(sheet, title, heading.line, styles, "")
            write_said(book, sheet, row, rolled.apart, lambda: [], styles)


def notes(rolled: Rolled, whole: Tallies, standing: Standing) -> list[str]:
    """What is said under the table."""
    left_out = [f"未汇总的栏目：{'、'.join(rolled.left_out)}。"] if rolled.left_out else []
    rates = [f"率由合计重新计算：{'；'.join(rolled.rates)}。"] if rolled.rates else []
    return [*standing.sentences(), *whole.stray_notes(), *rates, *left_out]


def shown_levels(levels: Sequence[Level]) -> list[Level]:
    """Those that have a sheet of their own, in administrative order."""
    if len(levels) <= MOST_LEVELS:
        return list(levels)
    top = min(level.path.count("/") for level in levels)
    return [level for level in levels if level.path.count("/") == top][:MOST_LEVELS]


def write_rolled_outline(
    out: Any,
    definition: OutlineDefinition,
    groups: Sequence[Said],
    standing: Standing,
    heading: Heading,
) -> None:
    """Section by section, every unit's text with its name."""
    workbook, styles = new_workbook(), TableStyles(heading.fonts)
    sheet = add_sheet(workbook, "汇总")
    title = heading.title or f"{definition.title}（汇总）"
    row = draw_above(sheet, title, heading.line, styles, definition.annex_no)
    with ForwardBook(out, workbook) as book:
        write_said(book, sheet, row, groups, standing.sentences, styles)


def _write_table(
    workbook: Workbook, rolled: Rolled, name: str, heading: Heading, said: Sequence[str]
) -> None:
    """The form with its figures, `said` below the form's own instructions."""
    below = tuple(piece for sentence in said for piece in pieces(sentence))
    form = replace(rolled.definition, notes=(*rolled.definition.notes, *below))
    write_table(
        form, rolled.content, unit_name=heading.by, onto=workbook, fonts=heading.fonts, name=name
    )
