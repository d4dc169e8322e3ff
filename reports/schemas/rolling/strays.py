"""What bureaus wrote into cells for figures, and what is no figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reports.schemas.content.values import value_of
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.formula import Missing
from reports.schemas.rolling.sums import cells, is_added, labels, text_at


@dataclass(frozen=True, slots=True)
class Stray:
    """What a bureau wrote where a number belongs, and what is none."""

    code: str
    label: str
    text: str


def strays(definition: FormDefinition, given: Mapping[str, Mapping[str, Any]]) -> Iterator[Stray]:
    """Those that count in no sum, and are to be named."""
    named = labels(definition)
    for place, column in cells(definition):
        for code, content in given.items() if is_added(definition, column) else ():
            text = text_at(content, place)
            if value_of(column, text) is Missing.FAULT:
                yield Stray(code, named[place], text)
