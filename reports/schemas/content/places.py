"""The places of a form that a person can point at, each with its words: 第2行 文件名称; what its
columns and rows are called in a sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from reports.schemas.content.content import Content, OutlineContent, TableContent
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import FieldKind
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.definition.rows import Row

WHOLE = ""  # the path of the form as a whole
ROWS, ITEMS, FOOT = "rows", "items", "foot"


@dataclass(frozen=True, slots=True)
class Place:
    """One cell, field or section, a whole row ("rows.0" or "items.r1", without a name), or the
    whole (WHOLE).

    ``name`` is its column, field or section; ``row`` counts from 1, 0 where it stands in none;
    ``row_label`` is what a row is called that has a name of its own.
    """

    path: str
    name: str
    text: str = ""
    row: int = 0
    row_label: str = ""

    @property
    def part(self) -> str:
        """The part of the content it stands in: head, unit, rows, items, foot or sections."""
        return self.path.partition(".")[0]

    @property
    def line(self) -> str:
        """第2行, or 第2行“检查食品生产单位”; empty where it stands in no row"""
        named = f"“{self.row_label}”" if self.row_label else ""
        return f"第{self.row}行{named}" if self.row else ""

    @property
    def label(self) -> str:
        """第2行 文件名称"""
        return f"{self.line} {self.name}".strip()

    @property
    def quoted(self) -> str:
        """第2行“文件名称”, as a sentence says it"""
        if self.path == WHOLE or not self.name:
            return self.label
        return f"{self.line}{'的' if self.row_label else ''}“{self.name}”"


def places(definition: Definition, content: Content) -> list[Place]:
    """Every place, in the order of the form: the whole first, a row before its cells."""
    if isinstance(definition, OutlineDefinition):
        return [Place(WHOLE, "全文"), *_sections(definition, cast(OutlineContent, content))]
    return [Place(WHOLE, "全表"), *_cells(definition, cast(TableContent, content))]


def row_path(index: int) -> str:
    """The path of a row, counted from 0."""
    return f"{ROWS}.{index}"


def cell_path(definition: Definition, path: str) -> str:
    """The cell that a link to a place leads to: a row by its first one; else the place itself."""
    if not isinstance(definition, FormDefinition) or path.count(".") != 1:
        return path
    part, _, row_id = path.partition(".")
    if part == ROWS:
        return f"{path}.{definition.row_columns()[0].id}"
    if part == ITEMS:
        row = next((row for row in definition.rows if row.id == row_id), None)
        return f"{path}.{asked_ids(definition, row)[0]}"
    return path


def asked_ids(definition: FormDefinition, row: Row | None) -> list[str]:
    """The columns that are filled in on a row; those of any row without one."""
    columns = definition.row_columns()
    return [one.id for one in columns if row is None or definition.asks(row, one)]


def _sections(definition: OutlineDefinition, content: OutlineContent) -> Iterator[Place]:
    written = content.get("sections", {})
    for section in definition.sections:
        text = written.get(section.id, "")
        yield Place(f"sections.{section.id}", section.full_heading, text)


def _cells(definition: FormDefinition, content: TableContent) -> Iterator[Place]:
    labels = column_labels(definition)
    yield from _fields("head", definition.head_fields, content.get("head", {}))
    unit = content.get("unit", {})
    for column in definition.unit_columns():
        yield Place(f"unit.{column.id}", labels[column.id], unit.get(column.id, ""))
    for index, row in enumerate(content.get("rows", [])):
        yield Place(row_path(index), "", row=index + 1)
        for column in definition.row_columns():
            path, text = f"{row_path(index)}.{column.id}", row.get(column.id, "")
            yield Place(path, labels[column.id], text, index + 1)
    yield from _items(definition, content, labels)
    yield from _fields(FOOT, definition.foot_fields, content.get("foot", {}))


def _items(
    definition: FormDefinition, content: TableContent, labels: dict[str, str]
) -> Iterator[Place]:
    items = content.get("items", {})
    for number, row in enumerate(definition.rows_of(content), start=1):
        asked = asked_ids(definition, row)
        if asked:
            yield Place(f"{ITEMS}.{row.id}", "", "", number, row.label)
        for id_ in asked:
            text = items.get(row.id, {}).get(id_, "")
            yield Place(f"{ITEMS}.{row.id}.{id_}", labels[id_], text, number, row.label)


def _fields(part: str, fields: Iterable[Field], written: dict[str, str]) -> Iterator[Place]:
    for field in fields:
        if field.kind is FieldKind.UNIT:
            continue  # the unit's own name is known and nobody's to mend
        yield Place(f"{part}.{field.id}", field.label, written.get(field.id, ""))


def anchor(path: str, *, form: int | None = None) -> str:
    """The id of the control or cell with this path; of one form among several with ``form``."""
    id_ = path.replace(".", "-")
    return id_ if form is None else f"form-{form}-{id_}".rstrip("-")


def column_labels(definition: FormDefinition) -> dict[str, str]:
    """What each column is called; those of one name say what stands above them."""
    paths = dict(label_paths(definition.columns))
    times = Counter(path[-1] for path in paths.values())
    return {
        id_: path[-1] if times[path[-1]] == 1 else "/".join(path) for id_, path in paths.items()
    }


def row_names(definition: FormDefinition, content: Mapping[str, Any]) -> dict[int | str, str]:
    """第3行“检查食品生产单位”的, before the name of a column; repeated rows by their number."""
    if definition.is_keyed:
        rows = definition.rows_of(content)
        return {row.id: f"第{n}行“{row.label}”的" for n, row in enumerate(rows, start=1)}
    return {index: f"第{index + 1}行" for index in range(len(content.get("rows", [])))}


def label_paths(
    columns: Iterable[Column], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each leaf column with the labels that stand above it and its own, from the outermost on."""
    for column in columns:
        path = (*above, column.label)
        if column.children:
            yield from label_paths(column.children, path)
        else:
            yield column.id, path
