"""Rates of a form after its figures were added up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reports.schemas.content.figures import Figures
from reports.schemas.content.values import number_of
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.rolling import rates, sums
from reports.schemas.rolling.choices import Take


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A rate that comes out of the figures: what ``stands``, what it is now, and by what; blank
    where one of the figures is gone.

    ``is_asked``: somebody has written another number than the figures gave before.
    """

    path: str
    label: str
    words: str
    stands: str
    offered: str
    is_asked: bool
    take: Take

    @property
    def result(self) -> str:
        if self.is_asked and self.take is not Take.REPLACE:
            return self.stands
        return self.offered


def worked_out(
    definition: FormDefinition,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    takes: Mapping[str, Take],
) -> Iterator[WorkedOut]:
    """Every rate that can be worked out from the figures ``after`` merging, and is another now."""
    was, now = Figures(definition, before), Figures(definition, after)
    named = sums.labels(definition)
    for one in rates.found(definition, definition.rows):
        place = (one.row, one.column.id)
        if place not in named:  # of rows that units add themselves
            continue
        stands, offered, path = sums.text_at(after, place), one.text(now), sums.path_of(place)
        first = number_of(one.column, stands)
        if offered and first == number_of(one.column, offered):
            offered = stands
        is_own = bool(stands) and first != number_of(one.column, one.text(was))
        if not offered and (is_own or not stands):
            continue
        is_asked = is_own and offered != stands
        yield WorkedOut(
            path, named[place], one.words, stands, offered, is_asked, takes.get(path, Take.KEEP)
        )
