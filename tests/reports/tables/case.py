"""One real table as a form, with what an invented unit wrote into it."""

import copy
from dataclasses import dataclass
from typing import Any

from reports.schemas.content.content import Content, TableContent, normalise
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.rows import Region

REGIONS = (Region("110000", "北京"), Region("310000", "上海"), Region("500000", "重庆"))


@dataclass(frozen=True)
class Case:
    """`header` has a row of (label, rowspan, colspan) for each header row; `filled` is complete and
    right; with the text of `wrong` at its path the form has the one problem (label, message)."""

    number: int
    name: str
    definition: FormDefinition
    header: list[list[tuple[str, int, int]]]
    filled: dict[str, Any]
    wrong: tuple[str, str]
    problem: tuple[str, str]
    level: str = "error"
    regions: tuple[Region, ...] | None = None

    @property
    def content(self) -> TableContent:
        return normalise(self.definition, self.filled, regions=self.regions)

    @property
    def wrong_content(self) -> TableContent:
        return normalise(self.definition, put(self.content, *self.wrong), regions=self.regions)


def put(content: Content, path: str, text: str) -> dict[str, Any]:
    """A copy of the content with a text at a path."""
    whole: Any = copy.deepcopy(content)
    *steps, last = path.split(".")
    part = whole
    for step in steps:
        part = part[int(step)] if isinstance(part, list) else part[step]
    part[last] = text
    return whole


def rows(ids: str, *texts: tuple[str, ...]) -> list[dict[str, str]]:
    """Repeated rows: the ids of the columns, then a tuple of texts a row."""
    return [dict(zip(ids.split(), row, strict=True)) for row in texts]


def items(ids: str, **texts: str) -> dict[str, dict[str, str]]:
    """Rows by their ids, the texts of each parted by blanks."""
    columns = ids.split()
    return {
        key.removeprefix("r_"): dict(zip(columns, text.split(), strict=True))
        for key, text in texts.items()
    }
