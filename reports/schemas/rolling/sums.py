"""Figures of bureaus below added up cell by cell, each sum with what it is made of.

A figure of the draft is the bureau's own (本级) and what each bureau below gave, by the rule of
its column. What a bureau gave before gives way to what it reports now; the own part stays. A figure
that somebody has written by hand, and that therefore is not the sum of its parts, is kept until a
person says what it is: a total that gives way, or one that has a part of one's own in it.
Blank is not 0: a sum of blanks is blank, and who left a cell blank is named.
"""

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import Context
from typing import Any

from reports.schemas.content import contributions
from reports.schemas.content.contributions import Contributions, Place
from reports.schemas.content.places import column_labels, row_names
from reports.schemas.content.values import number_of, spelled, value_of
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import LISTED, Aggregate, RowMode
from reports.schemas.rolling.choices import Take
from reports.schemas.rolling.rolled import text_of_total
from reports.schemas.rolling.tallies import Tally

ALL = "figures"  # in place of a path: every sum that is asked about
_EXACT = Context(prec=60)
_ADDED = frozenset({Aggregate.SUM, Aggregate.MAX, Aggregate.MIN})


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure: what ``stands`` there, what of it is one's ``own``, what each gave by code.

    ``offered`` is own and given together, ``with_rest`` the same with what stands there above the
    old sum as one's own too. ``is_asked``: what stands is neither blank nor the old sum. ``blank``
    are the codes of bureaus that wrote nothing there.
    """

    place: Place
    label: str
    stands: str
    own: str
    given: Mapping[str, str]
    blank: tuple[str, ...]
    offered: str
    with_rest: str
    own_with_rest: str
    is_asked: bool
    take: Take

    @property
    def path(self) -> str:
        return path_of(self.place)

    @property
    def result(self) -> str:
        if not self.is_asked or self.take is Take.REPLACE:
            return self.offered
        return self.with_rest if self.take is Take.APPEND else self.stands

    @property
    def result_own(self) -> str:
        is_added = self.is_asked and self.take is Take.APPEND
        return self.own_with_rest if is_added else self.own


def path_of(place: Place) -> str:
    """items.r1.c3, unit.c2"""
    row, column = place
    return f"items.{row}.{column}" if row else f"unit.{column}"


def cells(definition: FormDefinition) -> Iterator[tuple[Place, Column]]:
    """Every cell that bureaus below have in common with the one above, as it holds in its row."""
    for column in definition.unit_columns():
        yield ("", column.id), column
    for row in definition.rows if definition.row_mode in LISTED else ():
        for column in definition.row_columns():
            if definition.asks(row, column):
                yield (row.id, column.id), definition.cell(row, column)


def is_added(definition: FormDefinition, column: Column) -> bool:
    """Do the figures of several units make one? Points of a self-assessment, as rates, do not."""
    is_scored = definition.row_mode is RowMode.SCORED
    return column.is_number and column.aggregation in _ADDED and not is_scored


def text_at(content: Mapping[str, Any], place: Place) -> str:
    row, column = place
    texts = content.get("items", {}).get(row, {}) if row else content.get("unit", {})
    return str(texts.get(column, ""))


def labels(definition: FormDefinition) -> dict[Place, str]:
    """第2行“检查单位”的“数量”, 联系电话"""
    columns, rows = column_labels(definition), row_names(definition, {})
    return {
        (row, id_): f"{rows[row]}“{columns[id_]}”" if row else columns[id_]
        for (row, id_), _ in cells(definition)
    }


def sums(
    definition: FormDefinition,
    content: Mapping[str, Any],
    given: Mapping[str, Mapping[str, Any]],
    dropped: Collection[str],
    takes: Mapping[str, Take],
) -> list[Sum]:
    """Every figure to which somebody gives or gave something. ``given`` holds what bureaus report
    now, by code; ``dropped`` are the codes of those that count no more."""
    old = contributions.of(content)
    new = _with(definition, old, given, dropped)
    named = labels(definition)
    found = []
    for place, column in cells(definition):
        before, now = contributions.at(old, place), contributions.at(new, place)
        if not is_added(definition, column) or not (before or now):
            continue
        own, stands = contributions.own(old, place), text_at(content, place)
        blank = tuple(code for code in sorted(given) if code not in now)
        was = total(column, own, before)
        own_with_rest = _own_with_rest(column, stands, before)
        found.append(
            Sum(
                place,
                named[place],
                stands,
                own,
                now,
                blank,
                offered=total(column, own, now),
                with_rest=total(column, own_with_rest, now),
                own_with_rest=own_with_rest,
                is_asked=not same(column, stands, was),
                take=takes.get(path_of(place), takes.get(ALL, Take.KEEP)),
            )
        )
    return found


def kept(
    definition: FormDefinition,
    content: Mapping[str, Any],
    given: Mapping[str, Mapping[str, Any]],
    dropped: Collection[str],
    found: Collection[Sum],
) -> Contributions:
    """What is to be kept beside the figures, once they stand as ``found``: a figure that was kept
    as it stands keeps what it was made of too."""
    old = contributions.of(content)
    new = _with(definition, old, given, dropped)
    for one in found:
        if one.is_asked and one.take is Take.KEEP:
            before = contributions.at(old, one.place)
            for code in new:
                if code != contributions.OWN:
                    contributions.put(new, code, one.place, before.get(code, ""))
        elif one.result_own or contributions.OWN in new:
            contributions.put(new, contributions.OWN, one.place, one.result_own)
    if not new.get(contributions.OWN, True):
        del new[contributions.OWN]
    return new


def _with(
    definition: FormDefinition,
    old: Contributions,
    given: Mapping[str, Mapping[str, Any]],
    dropped: Collection[str],
) -> Contributions:
    new = {code: deepcopy(rows) for code, rows in old.items() if code not in dropped}
    for code, content in given.items():
        new[code] = {}
        for place, column in cells(definition):
            if is_added(definition, column):
                contributions.put(new, code, place, text_at(content, place))
    return new


def total(column: Column, own: str, given: Mapping[str, str]) -> str:
    """One's own and theirs, as a roll-up comes to it."""
    tally = Tally(column.aggregation)
    for unit, text in (("", own), *given.items()):
        tally.add(unit, text, value_of(column, text))
    return text_of_total(column, tally.value)


def _own_with_rest(column: Column, stands: str, before: Mapping[str, str]) -> str:
    """What stands there without what the bureaus had given to it."""
    figure = number_of(column, stands)
    theirs = number_of(column, total(column, "", before))
    if figure is None or theirs is None or column.aggregation is not Aggregate.SUM:
        return stands
    return spelled(column, _EXACT.subtract(figure, theirs))


def same(column: Column, one: str, other: str) -> bool:
    first, second = number_of(column, one), number_of(column, other)
    return first == second if first is not None else one == other
