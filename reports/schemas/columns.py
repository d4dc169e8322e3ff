"""The parts of a table form: columns as a tree, and the fields above and below the table."""

import re
from dataclasses import dataclass
from enum import StrEnum

from reports.schemas import json_fields
from reports.schemas.json_fields import DefinitionError

ID_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,29}")
MAX_HEADER_ROWS = 8  # twice what real tables have


class ColumnKind(StrEnum):
    """What a cell of the column holds."""

    SERIAL = "serial"  # 序号, counted by the program
    TEXT = "text"
    LONGTEXT = "longtext"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


class Per(StrEnum):
    """How often a column is filled in: once for the reporting unit, or on each row."""

    UNIT = "unit"
    ROW = "row"


class FieldKind(StrEnum):
    """What a field above or below the table holds."""

    UNIT = "unit"  # 填报单位: the name of the unit, known from the assignment
    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or with children a heading that spans them (kind and per then mean nothing).

    `width` is in Excel character widths; `max_chars` counts as word_count.count_words does;
    `measure` is the unit of measurement in a label such as 企业数(家).
    """

    id: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    children: tuple["Column", ...] = ()
    per: Per = Per.ROW
    required: bool = False
    max_chars: int | None = None
    suggest: tuple[str, ...] = ()
    width: float | None = None
    measure: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, f"栏目“{self.label}”")
        if not self.label.strip():
            raise DefinitionError(f"报表定义有误：栏目{self.id}没有名称。")
        if self.max_chars is not None and self.max_chars < 1:
            raise DefinitionError(f"报表定义有误：栏目“{self.label}”的字数上限应大于0。")
        if self.width is not None and not 1 <= self.width <= 255:
            raise DefinitionError(f"报表定义有误：栏目“{self.label}”的宽度应在1到255之间。")

    def leaves(self) -> tuple["Column", ...]:
        """The columns under this one that hold cells, left to right."""
        if not self.children:
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves())

    def depth(self) -> int:
        """How many header rows this column needs."""
        return 1 + max((child.depth() for child in self.children), default=0)

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping; what is at its default is left out."""
        data: dict[str, object] = {"id": self.id, "label": self.label}
        if self.children:
            return data | {"children": [child.to_json() for child in self.children]}
        data |= {"kind": self.kind.value, "per": self.per.value}
        for name in ("required", "max_chars", "width", "measure"):
            if value := getattr(self, name):
                data[name] = value
        if self.suggest:
            data["suggest"] = list(self.suggest)
        return data

    @classmethod
    def from_json(cls, value: object, *, levels: int = MAX_HEADER_ROWS) -> "Column":
        """Raises DefinitionError when the value is not a column."""
        data = json_fields.mapping(value, "栏目", allowed=cls.__slots__)
        label = json_fields.text(data, "label", "栏目")
        where = f"栏目“{label}”"
        children = json_fields.items(data, "children", where)
        if children and levels == 1:
            raise DefinitionError(f"报表定义有误：表头超过{MAX_HEADER_ROWS}行。")
        return cls(
            id=json_fields.text(data, "id", where),
            label=label,
            kind=json_fields.choice(data, "kind", where, ColumnKind, ColumnKind.TEXT),
            children=tuple(cls.from_json(child, levels=levels - 1) for child in children),
            per=json_fields.choice(data, "per", where, Per, Per.ROW),
            required=json_fields.flag(data, "required", where),
            max_chars=json_fields.whole(data, "max_chars", where),
            suggest=json_fields.texts(data, "suggest", where),
            width=json_fields.number(data, "width", where),
            measure=json_fields.text(data, "measure", where, default=""),
        )


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled blank above or below the table, such as 填报单位(盖章) or 联系人及联系方式."""

    id: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False

    def __post_init__(self) -> None:
        check_id(self.id, f"“{self.label}”")
        if not self.label.strip():
            raise DefinitionError(f"报表定义有误：表头或表尾的{self.id}没有名称。")

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping."""
        data: dict[str, object] = {"id": self.id, "label": self.label, "kind": self.kind.value}
        return data | {"required": True} if self.required else data

    @classmethod
    def from_json(cls, value: object) -> "Field":
        """Raises DefinitionError when the value is not a field."""
        data = json_fields.mapping(value, "表头或表尾项目", allowed=cls.__slots__)
        label = json_fields.text(data, "label", "表头或表尾项目")
        where = f"“{label}”"
        return cls(
            id=json_fields.text(data, "id", where),
            label=label,
            kind=json_fields.choice(data, "kind", where, FieldKind, FieldKind.TEXT),
            required=json_fields.flag(data, "required", where),
        )


def check_id(value: str, where: str) -> None:
    """Ids are ASCII, so that a change of wording never changes what a stored cell is called."""
    if not ID_PATTERN.fullmatch(value):
        raise DefinitionError(
            f"报表定义有误：{where}的编号“{value}”只能由小写字母、数字和下划线组成，且以字母开头。"
        )
