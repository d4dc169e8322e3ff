"""What the sums that stand in a form are made of, and whether that still holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.schemas.content import contributions
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.rolling.sums import cells, is_added, path_of, same, text_at, total


@dataclass(frozen=True, slots=True)
class Origin:
    """What a figure that stands in a form is made of: (whose, text), one's own (本级) first.

    ``total`` is what they come to, ``is_other``: something else stands there. ``blank`` are those
    who were taken in and left the cell blank.
    """

    parts: tuple[tuple[str, str], ...]
    total: str
    is_other: bool
    blank: tuple[str, ...]


def origins(
    definition: FormDefinition, content: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Origin]:
    """Those of a form by their paths; ``names`` are those of the bureaus below by their codes."""
    given = contributions.of(content)
    codes = sorted(contributions.codes(content))
    found = {}
    for place, column in cells(definition) if given else ():
        theirs, own = contributions.at(given, place), contributions.own(given, place)
        if not (theirs or own):
            continue
        mine = [("本级", own)] if own else []
        summed = total(column, own, theirs)
        found[path_of(place)] = Origin(
            (*mine, *((names.get(code, code), text) for code, text in theirs.items())),
            summed,
            not same(column, text_at(content, place), summed),
            tuple(names.get(code, code) for code in codes if code not in theirs),
        )
    return found


def is_stale(
    definition: FormDefinition, content: Mapping[str, Any], code: str, now: Mapping[str, Any]
) -> bool:
    """Has a bureau reported other figures since they were taken over? What it writes now into a
    figure that is kept by hand here is no news."""
    old = contributions.of(content)
    for place, column in cells(definition):
        before = contributions.at(old, place)
        was, written = before.get(code, ""), text_at(now, place)
        if was == written or not is_added(definition, column):
            continue
        summed = total(column, contributions.own(old, place), before)
        if was or same(column, text_at(content, place), summed):
            return True
    return False
