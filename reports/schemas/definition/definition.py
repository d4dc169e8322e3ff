"""What a form asks for: a table in one of the row modes, or an outline of numbered sections."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

from reports.schemas.definition import consistency, json_fields
from reports.schemas.definition.checks import Check
from reports.schemas.definition.columns import Column
from reports.schemas.definition.fields import NO_IMPRINT, Field, Imprint
from reports.schemas.definition.header import HeaderCell, header_depth, header_grid
from reports.schemas.definition.json_fields import (
    FORMAT_VERSION,
    DefinitionError,
    check_title,
    stored,
)
from reports.schemas.definition.kinds import KEYED, ColumnKind, Orientation, Per, RowMode
from reports.schemas.definition.layout import Box, Layout, PlacedBox, placed, plain
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.definition.rows import Region, Row
from reports.schemas.definition.totals import Total


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A table to be filled in. Ids are unique over columns, rows, head and foot fields.

    `rows` are those of fixed items and criteria, `layout` is the grid of a key–value form (without
    one, a label and a blank a row). `unit_line` is 单位：万元 above the table, `notes` are the
    instructions below it.
    """

    title: str
    columns: tuple[Column, ...]
    annex_no: str = ""
    head_fields: tuple[Field, ...] = ()
    foot_fields: tuple[Field, ...] = ()
    row_mode: RowMode = RowMode.REPEAT
    rows: tuple[Row, ...] = ()
    layout: Layout = ()
    total: Total | None = None
    checks: tuple[Check, ...] = ()
    unit_line: str = ""
    notes: tuple[str, ...] = ()
    imprint: Imprint = NO_IMPRINT
    orientation: Orientation = Orientation.LANDSCAPE
    kind: ClassVar[str] = "table"

    def __post_init__(self) -> None:
        check_title(self.title)
        consistency.check(self)

    @property
    def is_keyed(self) -> bool:
        """Are its rows known by an id, in the definition or of a region?"""
        return self.row_mode in KEYED

    def leaf_columns(self) -> tuple[Column, ...]:
        """The columns that hold cells, left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves())

    def unit_columns(self) -> tuple[Column, ...]:
        """The columns a unit fills in once."""
        return self._entered(Per.UNIT)

    def row_columns(self) -> tuple[Column, ...]:
        """The columns a unit fills in on every row."""
        return self._entered(Per.ROW)

    def label_columns(self) -> tuple[Column, ...]:
        """The columns that say what a row is, left to right."""
        return tuple(one for one in self.leaf_columns() if one.kind is ColumnKind.ROW_LABEL)

    def column(self, id_: str) -> Column:
        """The leaf column with this id; raises KeyError when there is none."""
        for leaf in self.leaf_columns():
            if leaf.id == id_:
                return leaf
        raise KeyError(id_)

    def rows_of(self, content: Mapping[str, Any]) -> tuple[Row, ...]:
        """The rows of a keyed table in their order; of one by region, those its content names."""
        if self.row_mode is not RowMode.BY_REGION:
            return self.rows
        named = content.get("regions", [])
        return tuple(Region(one["code"], one["label"]).row for one in named)

    def cell(self, row: Row | None, column: Column) -> Column:
        """The column as it holds in this row: with the row's own measure, kind and rule."""
        if row is None or not column.is_number or column.own_measure or not _overrides(row):
            return column
        return _in_force(row, column)

    def asks(self, row: Row, column: Column) -> bool:
        """Is something to be written in this cell?"""
        if row.heading or row.formula or column.id in row.crossed:
            return False
        return column.is_entered and column.per is Per.ROW

    def header_depth(self) -> int:
        """The number of header rows; a key–value form has none."""
        return 0 if self.row_mode is RowMode.KEY_VALUE else header_depth(self.columns)

    def header_grid(self) -> tuple[tuple[HeaderCell, ...], ...]:
        """The header as rows of cells with label, rowspan and colspan."""
        return () if self.row_mode is RowMode.KEY_VALUE else header_grid(self.columns)

    def boxes(self) -> tuple[tuple[PlacedBox, ...], ...]:
        """The grid of a key–value form as rows of placed boxes; empty in every other mode."""
        if self.row_mode is not RowMode.KEY_VALUE:
            return ()
        return placed(self.layout or plain([(one.id, one.label) for one in self.columns]))

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping that from_json reads back to an equal definition."""
        data: dict[str, object] = {
            "version": FORMAT_VERSION,
            "kind": self.kind,
            "title": self.title,
            "annex_no": self.annex_no,
            "row_mode": self.row_mode.value,
            "head_fields": [field.to_json() for field in self.head_fields],
            "columns": [column.to_json() for column in self.columns],
            "foot_fields": [field.to_json() for field in self.foot_fields],
        }
        if self.rows:
            data["rows"] = [row.to_json() for row in self.rows]
        if self.layout:
            data["layout"] = [[box.to_json() for box in boxes] for boxes in self.layout]
        if self.total:
            data["total"] = self.total.to_json()
        if self.checks:
            data["checks"] = [check.to_json() for check in self.checks]
        if self.unit_line:
            data["unit_line"] = self.unit_line
        if self.notes:
            data["notes"] = list(self.notes)
        if imprint := self.imprint.to_json():
            data["imprint"] = imprint
        if self.orientation is not Orientation.LANDSCAPE:
            data["orientation"] = self.orientation.value
        return data

    @classmethod
    def from_json(cls, value: object) -> "FormDefinition":
        """Raises DefinitionError when the value is not a table definition of a known version."""
        data = stored(value, kind=cls.kind, keys=cls.__slots__)
        items = {
            name: json_fields.items(data, name, "报表")
            for name in ("columns", "head_fields", "foot_fields", "rows", "layout", "checks")
        }
        orientation = json_fields.choice(
            data, "orientation", "报表", Orientation, Orientation.LANDSCAPE
        )
        return cls(
            title=json_fields.text(data, "title", "报表"),
            annex_no=json_fields.text(data, "annex_no", "报表", default=""),
            columns=tuple(map(Column.from_json, items["columns"])),
            head_fields=tuple(map(Field.from_json, items["head_fields"])),
            foot_fields=tuple(map(Field.from_json, items["foot_fields"])),
            row_mode=json_fields.choice(data, "row_mode", "报表", RowMode, RowMode.REPEAT),
            rows=tuple(map(Row.from_json, items["rows"])),
            layout=tuple(map(_boxes, items["layout"])),
            total=Total.from_json(data.get("total")),
            checks=tuple(map(Check.from_json, items["checks"])),
            unit_line=json_fields.text(data, "unit_line", "报表", default=""),
            notes=json_fields.texts(data, "notes", "报表"),
            imprint=Imprint.from_json(data.get("imprint", {})),
            orientation=orientation,
        )

    def _entered(self, per: Per) -> tuple[Column, ...]:
        return tuple(leaf for leaf in self.leaf_columns() if leaf.per is per and leaf.is_entered)


Definition = FormDefinition | OutlineDefinition


def from_json(value: object) -> Definition:
    """The definition of either kind; raises DefinitionError when the value is none."""
    kind = value.get("kind") if isinstance(value, Mapping) else None
    if kind == OutlineDefinition.kind:
        return OutlineDefinition.from_json(value)
    return FormDefinition.from_json(value)


def _boxes(value: object) -> tuple[Box, ...]:
    if not isinstance(value, list):
        raise DefinitionError("报表定义有误：版式的每一行应是一个列表。")
    return tuple(map(Box.from_json, value))


def _overrides(row: Row) -> bool:
    return bool(row.measure or row.kind or row.aggregate) or row.decimals is not None


@lru_cache(maxsize=4096)
def _in_force(row: Row, column: Column) -> Column:
    """A row of another kind brings its own rule; else each of its words replaces the column's."""
    measure = row.measure or column.measure
    if row.kind:
        return replace(
            column,
            kind=row.kind,
            measure=measure,
            decimals=row.decimals,
            aggregate=row.aggregate,
            rate=row.rate,
        )
    return replace(
        column,
        measure=measure,
        decimals=column.decimals if row.decimals is None else row.decimals,
        aggregate=row.aggregate or column.aggregate,
        rate=row.rate if row.aggregate else column.rate,
    )
