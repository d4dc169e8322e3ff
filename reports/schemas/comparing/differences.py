"""What changed between two roll-ups of a form: units that came in or left, figures old and new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reports.schemas.content.table_lines import lines
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.rolling.rolled import roll, rolls_rows, text_of_total
from reports.schemas.rolling.tallies import Tallies

ALL = "所有单位合计"


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a unit stood: 已报, 零报告, 未报, and by what key its report is told from others."""

    code: str
    name: str
    state: str
    report: int | None = None


@dataclass(slots=True)
class Side:
    """One of the two roll-ups. ``own`` are the tallies of the units that changed, by code."""

    definition: Definition
    units: Mapping[str, Unit]
    whole: Tallies | None = None
    own: dict[str, Tallies] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit whose standing or report is not what it was."""

    code: str
    name: str
    old: str
    new: str

    @property
    def words(self) -> str:
        """What happened, in a few words."""
        if self.old == self.new:
            return "内容有变"
        return f"{self.old}→{self.new}"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure: whose, where, and what it was and is; blank where there was none."""

    name: str
    row: str
    column: str
    old: str
    new: str


def changed_units(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> list[UnitChange]:
    """In administrative order; 未列入 where a unit was not asked at all."""
    found = []
    for code in sorted(old.keys() | new.keys()):
        before, after = old.get(code), new.get(code)
        name = next(one.name for one in (after, before) if one)
        states = [one.state if one else "未列入" for one in (before, after)]
        reports = [one.report if one else None for one in (before, after)]
        if states[0] != states[1] or reports[0] != reports[1]:
            found.append(UnitChange(code, name, *states))
    return found


def changed_figures(old: Side, new: Side, units: list[UnitChange]) -> list[FigureChange]:
    """Those of all units together, then those of each unit that reported both times; what came in
    or left as a whole is said by its unit."""
    found = list(_changes(ALL, _figures(old.whole), _figures(new.whole)))
    for unit in units:
        if unit.code not in old.own or unit.code not in new.own:
            continue
        before, after = old.own[unit.code], new.own[unit.code]
        found += _changes(unit.name, _figures(before), _figures(after))
    return found


Place = tuple[str, str]  # the words of the row and of the column


def _changes(
    name: str, old: Mapping[Place, str], new: Mapping[Place, str]
) -> Iterator[FigureChange]:
    for place in dict.fromkeys([*new, *old]):
        before, after = old.get(place, ""), new.get(place, "")
        if before != after:
            yield FigureChange(name, *place, before, after)


def _figures(tallies: Tallies | None) -> dict[Place, str]:
    """Every figure of a form as it is written; none of a summary."""
    if tallies is None:
        return {}
    if rolls_rows(tallies.definition):
        return {
            ("", leaf.label): text_of_total(leaf, tallies.figure(leaf))
            for leaf in tallies.columns.values()
        }
    return dict(_cells(tallies.definition, tallies))


def _cells(definition: FormDefinition, tallies: Tallies) -> Iterator[tuple[Place, str]]:
    rolled = roll(definition, tallies, by="", day="")
    form = rolled.definition
    for leaf in form.unit_columns():
        if leaf.is_number:
            yield ("", leaf.label), rolled.content["unit"].get(leaf.id, "")
    for line in lines(form, rolled.content):
        label = line.row.label if line.row else "合计"
        for cell in line.cells:
            if cell.column.is_number and not cell.column.is_printed:
                yield (label, cell.column.label), cell.text
