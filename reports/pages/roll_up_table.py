"""The roll-up 汇总表 as a page shows it: 序号, 填报单位, the form's own columns; a block a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.pages import grid
from reports.pages.grid_cell import Cell
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.header import HeaderCell, header_grid
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.rolling.units import UnitEntry

LEAD = ("序号", "填报单位")  # the columns that the roll-up puts before the form's own


@dataclass(frozen=True)
class Block:
    """What one unit handed in: its place, its lines without their own serial numbers."""

    number: int
    code: str
    name: str
    lines: list[list[Cell]]

    @property
    def span(self) -> int:
        return len(self.lines)


def header(definition: FormDefinition) -> Sequence[Sequence[HeaderCell]]:
    """The form's header without 序号, which stands among the columns put before."""
    return header_grid([one for one in definition.columns if one.kind is not ColumnKind.SERIAL])


def blocks(definition: FormDefinition, entries: Sequence[UnitEntry]) -> list[Block]:
    """In the order of the entries."""
    written = grid.bodies(definition, (entry.content for entry in entries))
    return [
        Block(number, entry.code, entry.name, _without_serials(lines))
        for number, (entry, lines) in enumerate(zip(entries, written, strict=True), start=1)
    ]


def _without_serials(lines: list[list[Cell]]) -> list[list[Cell]]:
    return [[cell for cell in line if not cell.is_serial] for line in lines]
