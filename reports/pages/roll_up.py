"""What a page shows of a roll-up, of the moment or frozen: the table, its sub-totals, the texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.pages import grid, roll_up_table
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.rolling.rolled import roll, roll_outline, rolls_rows, text_of_total
from reports.schemas.rolling.tallies import Tallies
from reports.schemas.rolling.units import Level, UnitEntry, levels_of

MOST_SHOWN = 100  # units whose own rows or texts a page shows; the file has all of them


@dataclass(frozen=True)
class SubTotal:
    """A line of what a level comes to; ``texts`` go with the labels of the figures."""

    label: str
    units: int
    texts: list[str]


def shown(
    definition: Definition,
    entries: Iterable[UnitEntry],
    names: Mapping[str, str],
    *,
    by: str,
    day: str,
    part: str = "",
) -> dict[str, Any]:
    """The context of templates/reports/_rolled.html; all entries pass, the first ones are kept.

    ``part`` is the path of a level to be shown in place of all units, where there is one figure a
    cell.
    """
    passing = _Passing(entries)
    if isinstance(definition, OutlineDefinition):
        for _ in passing:
            pass
        return {"said": roll_outline(definition, passing.kept), **passing.context}
    whole, levels = levels_of(definition, passing, names)
    context = {"notes": whole.stray_notes(), **passing.context}
    if rolls_rows(definition):
        return context | _rows(definition, passing.kept, whole, levels)
    level = next((one for one in levels if one.path == part), None)
    rolled = roll(definition, level.tallies if level else whole, by=by, day=day)
    return context | {
        "sheet": grid.sheet(rolled.definition, rolled.content, []),
        "title": level.label if level else "所有单位合计",
        "levels": levels,
        "level": level,
        "said": rolled.apart,
        "left_out": rolled.left_out,
        "rates": rolled.rates,
        **_units(definition, passing.kept, level),
    }


def _units(
    definition: FormDefinition, kept: Sequence[UnitEntry], level: Level | None
) -> dict[str, Any]:
    """What each unit of the level wrote; boxes, which are no table, are read one by one."""
    if not definition.is_keyed:
        return {"unit_blocks": []}
    of_level = [one for one in kept if level is None or one.path.startswith(level.path)]
    return {
        "unit_header": roll_up_table.header(definition),
        "lead": roll_up_table.LEAD,
        "unit_blocks": roll_up_table.blocks(definition, of_level),
    }


class _Passing:
    """Entries on their way, of which the first MOST_SHOWN are kept."""

    def __init__(self, entries: Iterable[UnitEntry]) -> None:
        self._entries, self._count = entries, 0
        self.kept: list[UnitEntry] = []

    def __iter__(self) -> Iterator[UnitEntry]:
        for entry in self._entries:
            self._count += 1
            if len(self.kept) < MOST_SHOWN:
                self.kept.append(entry)
            yield entry

    @property
    def context(self) -> dict[str, Any]:
        return {"entries": self.kept, "hidden": self._count - len(self.kept)}


def _rows(
    definition: FormDefinition,
    entries: Sequence[UnitEntry],
    whole: Tallies,
    levels: Sequence[Level],
) -> dict[str, Any]:
    figures = [
        leaf
        for leaf in definition.leaf_columns()
        if leaf.kind is not ColumnKind.SERIAL and leaf.id in whole.columns
    ]
    counted = [leaf for leaf in figures if isinstance(whole.figure(leaf), Decimal)]
    totals = [text_of_total(leaf, whole.figure(leaf)) for leaf in figures]
    return {
        "header": roll_up_table.header(definition),
        "lead": roll_up_table.LEAD,
        "blocks": roll_up_table.blocks(definition, entries),
        "totals": totals if counted else [],
        "counted": [leaf.label for leaf in counted],
        "sub_totals": [
            SubTotal(
                level.label,
                level.units,
                [text_of_total(leaf, level.tallies.figure(leaf)) for leaf in counted],
            )
            for level in levels
            if counted
        ],
    }
