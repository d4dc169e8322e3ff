"""Days and answers to choose from: several make no one, so a person picks whose is to stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import Aggregate
from reports.schemas.rolling import sums


@dataclass(frozen=True, slots=True)
class Pick:
    """One such cell: what ``stands`` there, what bureaus wrote by code, and the one picked."""

    path: str
    label: str
    stands: str
    said: Mapping[str, str]
    picked: str

    @property
    def result(self) -> str:
        return self.said.get(self.picked, self.stands)


def picks(
    definition: FormDefinition,
    content: Mapping[str, Any],
    given: Mapping[str, Mapping[str, Any]],
    picked: Mapping[str, str],
) -> Iterator[Pick]:
    """Where somebody below wrote another answer than the one that stands here."""
    named = sums.labels(definition)
    for place, column in sums.cells(definition):
        if column.is_number or column.aggregation is Aggregate.JOIN:
            continue
        stands, path = sums.text_at(content, place), sums.path_of(place)
        said = {code: sums.text_at(one, place) for code, one in given.items()}
        said = {code: text for code, text in said.items() if text}
        if said and set(said.values()) != {stands}:
            yield Pick(path, named[place], stands, said, picked.get(path, ""))
