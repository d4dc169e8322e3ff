"""What a form asks for: a table with a header tree, or an outline of numbered sections."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reports.schemas import json_fields
from reports.schemas.columns import Column, ColumnKind, Field, Per, check_id
from reports.schemas.header import HeaderCell, header_depth, header_grid
from reports.schemas.json_fields import DefinitionError

FORMAT_VERSION = 1  # of the stored JSON; raise it when a reader of the old form would misread


class RowMode(StrEnum):
    """Where the rows of a table come from."""

    # The next ones are fixed_items, by_region, key_value and scored: each needs its own rows in
    # the definition, which is why the mode is stored from the start.
    REPEAT = "repeat"  # as many rows as the unit needs


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A table to be filled in. Ids are unique over columns, head and foot fields."""

    title: str
    columns: tuple[Column, ...]
    annex_no: str = ""
    head_fields: tuple[Field, ...] = ()
    foot_fields: tuple[Field, ...] = ()
    row_mode: RowMode = RowMode.REPEAT
    kind: ClassVar[str] = "table"

    def __post_init__(self) -> None:
        _check_title(self.title)
        if not self.unit_columns() and not self.row_columns():
            raise DefinitionError("报表定义有误：表中没有可以填写的栏目。")
        fields = [field.id for field in (*self.head_fields, *self.foot_fields)]
        _check_unique([*_column_ids(self.columns), *fields])

    def leaf_columns(self) -> tuple[Column, ...]:
        """The columns that hold cells, left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves())

    def unit_columns(self) -> tuple[Column, ...]:
        """The columns a unit fills in once."""
        return self._entered(Per.UNIT)

    def row_columns(self) -> tuple[Column, ...]:
        """The columns a unit fills in on every row."""
        return self._entered(Per.ROW)

    def header_depth(self) -> int:
        """The number of header rows."""
        return header_depth(self.columns)

    def header_grid(self) -> tuple[tuple[HeaderCell, ...], ...]:
        """The header as rows of cells with label, rowspan and colspan."""
        return header_grid(self.columns)

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping that from_json reads back to an equal definition."""
        return {
            "version": FORMAT_VERSION,
            "kind": self.kind,
            "title": self.title,
            "annex_no": self.annex_no,
            "row_mode": self.row_mode.value,
            "head_fields": [field.to_json() for field in self.head_fields],
            "columns": [column.to_json() for column in self.columns],
            "foot_fields": [field.to_json() for field in self.foot_fields],
        }

    @classmethod
    def from_json(cls, value: object) -> "FormDefinition":
        """Raises DefinitionError when the value is not a table definition of a known version."""
        data = _stored(value, kind=cls.kind, keys=cls.__slots__)
        head = json_fields.items(data, "head_fields", "报表")
        foot = json_fields.items(data, "foot_fields", "报表")
        columns = json_fields.items(data, "columns", "报表")
        return cls(
            title=json_fields.text(data, "title", "报表"),
            annex_no=json_fields.text(data, "annex_no", "报表", default=""),
            columns=tuple(Column.from_json(column) for column in columns),
            head_fields=tuple(Field.from_json(field) for field in head),
            foot_fields=tuple(Field.from_json(field) for field in foot),
            row_mode=json_fields.choice(data, "row_mode", "报表", RowMode, RowMode.REPEAT),
        )

    def _entered(self, per: Per) -> tuple[Column, ...]:
        return tuple(
            leaf
            for leaf in self.leaf_columns()
            if leaf.per is per and leaf.kind is not ColumnKind.SERIAL
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part of an outline: number 一, heading, and what it should cover."""

    id: str
    no: str
    heading: str
    hint: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, f"提纲“{self.heading}”")
        if not self.heading.strip():
            raise DefinitionError(f"报表定义有误：提纲的第{self.id}部分没有标题。")

    @property
    def full_heading(self) -> str:
        """The heading with its number, as printed: 一、学习情况."""
        return f"{self.no}、{self.heading}" if self.no else self.heading

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping."""
        return {"id": self.id, "no": self.no, "heading": self.heading, "hint": self.hint}

    @classmethod
    def from_json(cls, value: object) -> "Section":
        """Raises DefinitionError when the value is not a section."""
        data = json_fields.mapping(value, "提纲", allowed=cls.__slots__)
        return cls(
            id=json_fields.text(data, "id", "提纲"),
            no=json_fields.text(data, "no", "提纲", default=""),
            heading=json_fields.text(data, "heading", "提纲"),
            hint=json_fields.text(data, "hint", "提纲", default=""),
        )


@dataclass(frozen=True, slots=True)
class OutlineDefinition:
    """A summary to be written along an outline; max_chars limits all sections together."""

    title: str
    sections: tuple[Section, ...]
    annex_no: str = ""
    closing_note: str = ""
    max_chars: int | None = None
    kind: ClassVar[str] = "outline"

    def __post_init__(self) -> None:
        _check_title(self.title)
        if not self.sections:
            raise DefinitionError("报表定义有误：提纲中没有需要填写的部分。")
        if self.max_chars is not None and self.max_chars < 1:
            raise DefinitionError("报表定义有误：提纲的字数上限应大于0。")
        _check_unique(section.id for section in self.sections)

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping that from_json reads back to an equal definition."""
        return {
            "version": FORMAT_VERSION,
            "kind": self.kind,
            "title": self.title,
            "annex_no": self.annex_no,
            "sections": [section.to_json() for section in self.sections],
            "closing_note": self.closing_note,
            "max_chars": self.max_chars,
        }

    @classmethod
    def from_json(cls, value: object) -> "OutlineDefinition":
        """Raises DefinitionError when the value is not an outline of a known version."""
        data = _stored(value, kind=cls.kind, keys=cls.__slots__)
        sections = json_fields.items(data, "sections", "报表")
        return cls(
            title=json_fields.text(data, "title", "报表"),
            annex_no=json_fields.text(data, "annex_no", "报表", default=""),
            sections=tuple(Section.from_json(section) for section in sections),
            closing_note=json_fields.text(data, "closing_note", "报表", default=""),
            max_chars=json_fields.whole(data, "max_chars", "报表"),
        )


Definition = FormDefinition | OutlineDefinition


def from_json(value: object) -> Definition:
    """The definition of either kind; raises DefinitionError when the value is none."""
    kind = value.get("kind") if isinstance(value, Mapping) else None
    if kind == OutlineDefinition.kind:
        return OutlineDefinition.from_json(value)
    return FormDefinition.from_json(value)


def _column_ids(columns: Iterable[Column]) -> list[str]:
    return [id_ for column in columns for id_ in (column.id, *_column_ids(column.children))]


def _check_title(title: str) -> None:
    if not title.strip():
        raise DefinitionError("报表定义有误：没有报表名称。")


def _check_unique(ids: Iterable[str]) -> None:
    repeated = sorted(id_ for id_, times in Counter(ids).items() if times > 1)
    if repeated:
        raise DefinitionError(f"报表定义有误：编号{'、'.join(repeated)}重复。")


def _stored(value: object, *, kind: str, keys: Collection[str]) -> Mapping[str, object]:
    """The stored mapping, its kind and version checked before anything else is looked at."""
    if not isinstance(value, Mapping):
        raise DefinitionError("报表定义有误：报表应是一组名称和值。")
    if value.get("kind") != kind:
        raise DefinitionError(f"报表定义有误：种类应为{kind}，实为{value.get('kind')}。")
    version = value.get("version")
    if version != FORMAT_VERSION:
        raise DefinitionError(
            f"报表定义有误：格式版本是{version}，本系统只认识版本{FORMAT_VERSION}，请升级系统后再试。"
        )
    return json_fields.mapping(value, "报表", allowed=(*keys, "kind", "version"))
