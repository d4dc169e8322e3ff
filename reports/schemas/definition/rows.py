"""The rows of a table that stand in its definition: items with 其中, headings, criteria."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.schemas.definition import json_fields
from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.formula import parse
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import NUMBERS, Aggregate, ColumnKind

MOST_LEVELS = 6
SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Row:
    """A row with what is printed in it.

    `labels` has a text for each row label column, left to right; where there are fewer, the last
    one reaches to the right. Equal labels below each other are one merged cell. `level` 1 is a
    part (其中) of the last row above of level 0, and so on. `kind`, `measure`, `decimals`,
    `aggregate` and `rate` hold for the figures of this row in place of the columns': a rate among
    counts. A `heading` is a line across the table. A row with a `formula` over other rows is filled
    in by the program. `given` pairs ids of given columns with their text; `crossed` are the ids
    of columns that are not filled in here (╳).
    """

    id: str
    labels: tuple[str, ...]
    level: int = 0
    measure: str = ""
    kind: ColumnKind | None = None
    decimals: int | None = None
    aggregate: Aggregate | None = None
    rate: Rate | None = None
    heading: bool = False
    formula: str = ""
    given: tuple[tuple[str, str], ...] = ()
    crossed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not any(label.strip() for label in self.labels):
            raise DefinitionError(f"报表定义有误：行{self.id}没有名称。")
        where = f"报表定义有误：行“{self.label}”"
        if not 0 <= self.level <= MOST_LEVELS:
            raise DefinitionError(f"{where}的层级应在0到{MOST_LEVELS}之间。")
        if self.kind is not None and self.kind not in NUMBERS:
            raise DefinitionError(f"{where}只能另定为整数、小数、金额或百分比。")
        if self.kind is ColumnKind.PERCENT:
            object.__setattr__(self, "measure", "%")
        if self.formula:
            parse(self.formula)
        if self.formula and self.heading:
            raise DefinitionError(f"{where}是分组标题，不能有公式。")

    @property
    def label(self) -> str:
        """Its labels on one line, as a sentence names it: 抽检食品/其中不合格."""
        return SEPARATOR.join(label.strip() for label in self.labels if label.strip())

    def given_text(self, column_id: str) -> str:
        """What is printed in a given column; empty where nothing is."""
        return dict(self.given).get(column_id, "")

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping; what is at its default is left out."""
        data: dict[str, object] = {"id": self.id, "labels": list(self.labels)}
        for name in ("level", "measure", "heading", "formula"):
            if value := getattr(self, name):
                data[name] = value
        if self.kind:
            data["kind"] = self.kind.value
        if self.decimals is not None:
            data["decimals"] = self.decimals
        if self.aggregate:
            data["aggregate"] = self.aggregate.value
        if self.rate:
            data["rate"] = self.rate.to_json()
        if self.given:
            data["given"] = dict(self.given)
        if self.crossed:
            data["crossed"] = list(self.crossed)
        return data

    @classmethod
    def from_json(cls, value: object) -> "Row":
        """Raises DefinitionError when the value is not a row."""
        data = json_fields.mapping(value, "行", allowed=cls.__slots__)
        id_ = json_fields.text(data, "id", "行")
        where = f"行{id_}"
        return cls(
            id=id_,
            labels=json_fields.texts(data, "labels", where),
            level=json_fields.whole(data, "level", where) or 0,
            measure=json_fields.text(data, "measure", where, default=""),
            kind=json_fields.optional_choice(data, "kind", where, ColumnKind),
            decimals=json_fields.whole(data, "decimals", where),
            aggregate=json_fields.optional_choice(data, "aggregate", where, Aggregate),
            rate=Rate.from_json(data.get("rate")),
            heading=json_fields.flag(data, "heading", where),
            formula=json_fields.text(data, "formula", where, default=""),
            given=_given(data.get("given", {}), where),
            crossed=json_fields.texts(data, "crossed", where),
        )


@dataclass(frozen=True, slots=True)
class Region:
    """A region or bureau below the reporting unit that has a row of its own."""

    code: str
    label: str

    @property
    def row(self) -> Row:
        """Its row; the id is the code."""
        return Row(self.code, (self.label,))


def parts(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows that are parts (其中) of a row, by its id; headings end a row's parts."""
    found: dict[str, list[Row]] = {}
    above: list[Row] = []
    for row in rows:
        if row.heading:
            above = []
            continue
        above = [one for one in above if one.level < row.level]
        if above and row.level:
            found.setdefault(above[-1].id, []).append(row)
        above.append(row)
    return found


def _given(value: object, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping):
        raise DefinitionError(f"报表定义有误：{where}的given应是一组名称和值。")
    texts = {str(key): text for key, text in value.items() if isinstance(text, str)}
    if len(texts) != len(value):
        raise DefinitionError(f"报表定义有误：{where}的given应是一组文字。")
    return tuple(texts.items())
