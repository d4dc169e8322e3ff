"""Two snapshots of one form held beside each other, and that as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.timezone import localtime

from reports.models import Snapshot
from reports.rollups.snapshots import Frozen, frozen
from reports.schemas.comparing.differences import (
    FigureChange,
    Side,
    Unit,
    UnitChange,
    changed_figures,
    changed_units,
)
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.rolling.tallies import Tallies
from reports.workbooks.sheets.listing import Heading, Value, listing


@dataclass(frozen=True)
class Difference:
    """``old`` was frozen before ``new``."""

    old: Snapshot
    new: Snapshot
    units: list[UnitChange]
    figures: list[FigureChange]

    @property
    def same_form(self) -> bool:
        return self.old.definition_json == self.new.definition_json


def difference(old: Snapshot, new: Snapshot) -> Difference:
    """Contents are gone through once each; those of units that did not change are only added."""
    first, second = (_units(one) for one in (old, new))
    units = changed_units(first, second)
    codes = {unit.code for unit in units}
    sides = [_side(frozen(one), known, codes) for one, known in ((old, first), (new, second))]
    return Difference(old, new, units, changed_figures(*sides, units))


def _units(snapshot: Snapshot) -> dict[str, Unit]:
    rows = snapshot.entries.select_related("bureau").order_by("bureau__path")
    return {
        one.bureau.code: Unit(one.bureau.code, one.name, one.get_state_display(), one.version_id)
        for one in rows
    }


def _side(kept: Frozen, units: dict[str, Unit], codes: set[str]) -> Side:
    definition = kept.definition
    side = Side(definition, units)
    if not isinstance(definition, FormDefinition):
        return side
    side.whole = Tallies(definition)
    for entry in kept.entries():
        side.whole.add(entry.name, entry.content)
        if entry.code in codes:
            side.own[entry.code] = Tallies(definition)
            side.own[entry.code].add(entry.name, entry.content)
    return side


HEADINGS = [
    *(Heading("单位", 30), Heading("变化", 20), Heading("行", 26), Heading("栏目", 26)),
    *(Heading("原数", 16), Heading("现数", 16)),
]


def difference_workbook(found: Difference) -> bytes:
    """One list: the units first, then the figures."""
    title = f"{found.new.definition.title}（两次汇总的差别）"
    lines = [
        f"汇总单位：{found.new.bureau.short_name}",
        f"原：{_called(found.old)}　　现：{_called(found.new)}",
        f"单位变化{len(found.units)}处，数字变化{len(found.figures)}处",
    ]
    rows = chain(_unit_rows(found), _figure_rows(found))
    return listing(title[:31], lines, HEADINGS, rows)


def _called(snapshot: Snapshot) -> str:
    moment = f"{localtime(snapshot.as_of):%Y-%m-%d %H:%M}"
    return f"{snapshot.label}（截至{moment}）" if snapshot.label else f"截至{moment}"


def _unit_rows(found: Difference) -> Iterator[list[Value]]:
    for unit in found.units:
        yield [unit.name, unit.words, "", "", "", ""]


def _figure_rows(found: Difference) -> Iterator[list[Value]]:
    for one in found.figures:
        yield [one.name, "数字有变", one.row, one.column, one.old, one.new]
