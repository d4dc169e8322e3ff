"""The content of a submission as plain data, fit for a JSON column.

A table: {"head": {field: text}, "unit": {column: text}, "rows": [{column: text}], "foot": {…}}.
One of fixed items or by region has its rows in "items": {row id or code: {column: text}}, so that
no change of order moves a value; by region, "regions": [{"code", "label"}] are the rows it was
begun with, in order. A key–value form is all "unit". An outline: {"sections": {section: text}}.
Every id that is to be filled in is there, blank as "".
A row taken over from a bureau below also carries its mark (sources.MARK), which is no cell; what
bureaus below gave to sums stands in "below" (contributions.KEY).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NotRequired, TypedDict, overload

from reports.schemas.content import contributions, sources
from reports.schemas.content.contributions import Contributions, Place
from reports.schemas.content.texts import normalise_text
from reports.schemas.content.values import is_no_value_mark
from reports.schemas.definition.choices import GAP, Choice, chosen
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import RowMode
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.definition.rows import Region, Row

_PARTS = frozenset({"head", "unit", "rows", "foot"})
_REGION_CODE = re.compile(r"[0-9A-Z]{3,12}")
_REOPEN = "请重新打开填报页面再提交。"


class ContentError(ValueError):
    """Data that is not content of this form at all; the message is fit to show in Chinese."""


class RegionData(TypedDict):
    """A region or bureau that has a row of its own."""

    code: str
    label: str


class TableContent(TypedDict):
    """What a unit wrote into a table; what is counted or computed is not stored."""

    head: dict[str, str]
    unit: dict[str, str]
    rows: list[dict[str, str]]
    foot: dict[str, str]
    items: NotRequired[dict[str, dict[str, str]]]
    regions: NotRequired[list[RegionData]]
    below: NotRequired[Contributions]


class OutlineContent(TypedDict):
    """What a unit wrote along an outline."""

    sections: dict[str, str]


Content = TableContent | OutlineContent
Regions = Sequence[Region] | None


@overload
def normalise(
    definition: FormDefinition, data: object, *, regions: Regions = None
) -> TableContent: ...
@overload
def normalise(
    definition: OutlineDefinition, data: object, *, regions: Regions = None
) -> OutlineContent: ...
def normalise(definition: Definition, data: object, *, regions: Regions = None) -> Content:
    """Strips every text, ends lines with \\n, fills in missing ids and drops blank rows; an answer
    that was ticked or given by its code becomes the label of its choice.

    `regions` are the rows of a table by region as they are now, in order; without them those of the
    data stay. One that is no more among them keeps its row, at the end, while it is not blank.
    Raises ContentError for data of the wrong shape or with ids the form does not have: text that
    fits nowhere is never dropped in silence.
    """
    if isinstance(definition, OutlineDefinition):
        whole = _mapping(data, "填报内容", {"sections"})
        ids = [section.id for section in definition.sections]
        return {"sections": _texts(whole.get("sections", {}), "各部分内容", ids)}
    return _table(definition, data, regions)


@overload
def blank(definition: FormDefinition, *, regions: Regions = None) -> TableContent: ...
@overload
def blank(definition: OutlineDefinition, *, regions: Regions = None) -> OutlineContent: ...
def blank(definition: Definition, *, regions: Regions = None) -> Content:
    """Content with nothing written yet; `regions` are the rows of a table by region."""
    return normalise(definition, {}, regions=regions)


def has_body(content: Content) -> bool:
    """Is anything written but what stands above and below a table, such as contacts?"""
    parts: Mapping[str, Any] = content
    written = [parts.get("unit", {}), parts.get("sections", {}), *parts.get("items", {}).values()]
    return bool(parts.get("rows")) or any(any(texts.values()) for texts in written)


def _table(definition: FormDefinition, data: object, current: Regions) -> TableContent:
    is_regional = definition.row_mode is RowMode.BY_REGION
    keyed = {"items"} if definition.is_keyed else set()
    known = _PARTS | keyed | ({"regions"} if is_regional else set()) | {contributions.KEY}
    whole = _mapping(data, "填报内容", known)
    columns = {leaf.id: leaf for leaf in definition.leaf_columns()}
    filled = {id_ for id_, column in columns.items() if column.is_entered}
    unit = [column.id for column in definition.unit_columns()]
    ignored = columns.keys() - filled
    content: TableContent = {
        "head": _fields(whole.get("head", {}), "表头", definition.head_fields),
        "unit": _cells(whole.get("unit", {}), "本单位内容", unit, columns, ignored=ignored),
        "rows": _rows(definition, whole.get("rows", []), columns, ignored),
        "foot": _fields(whole.get("foot", {}), "表尾", definition.foot_fields),
    }
    gone: set[str] = set()
    if is_regional:
        content["regions"] = _regions(whole, current)
        gone = {one["code"] for one in _read_regions(whole.get("regions", []))}
    if definition.is_keyed:
        items = whole.get("items", {})
        content["items"] = _items(definition, items, definition.rows_of(content), columns, gone)
    if contributions.KEY in whole:
        content["below"] = _below(whole[contributions.KEY], content)
    return content


def _below(value: object, content: TableContent) -> Contributions:
    """What bureaus below gave to the cells that the form has; of others it is nothing any more."""
    places: set[Place] = {("", id_) for id_ in content["unit"]}
    for row, cells in content.get("items", {}).items():
        places |= {(row, id_) for id_ in cells}
    found = contributions.checked(value, places)
    if found is None:
        raise ContentError(f"填报内容有误：下级单位的数字来源无效，{_REOPEN}")
    return found


def _rows(
    definition: FormDefinition,
    value: object,
    columns: Mapping[str, Column],
    ignored: Collection[str],
) -> list[dict[str, str]]:
    if not isinstance(value, list):
        raise ContentError("填报内容有误：各行内容应是一个列表。")
    if value and definition.row_mode is not RowMode.REPEAT:
        raise ContentError(f"填报内容有误：本报表不能增加行，{_REOPEN}")
    ids = [column.id for column in definition.row_columns()]
    rows = [
        _row(row, f"第{number}行", ids, columns, ignored)
        for number, row in enumerate(value, start=1)
    ]
    return [row for row in rows if any(sources.cells(row).values())]


def _row(
    value: object,
    where: str,
    ids: Collection[str],
    columns: Mapping[str, Column],
    ignored: Collection[str],
) -> dict[str, str]:
    """The cells of a row and its mark, where it has one."""
    cells = _cells(value, where, ids, columns, ignored={*ignored, sources.MARK})
    mark = value.get(sources.MARK, "") if isinstance(value, Mapping) else ""
    if mark and not (isinstance(mark, str) and sources.is_mark(mark)):
        raise ContentError(f"填报内容有误：{where}的来源标记无效，{_REOPEN}")
    return {**cells, sources.MARK: mark} if mark else cells


def _items(
    definition: FormDefinition,
    value: object,
    rows: Sequence[Row],
    columns: Mapping[str, Column],
    gone: Collection[str],
) -> dict[str, dict[str, str]]:
    """The rows by their ids; blank ones of regions that are `gone` may come along."""
    given = _mapping(value, "各行内容", {*(row.id for row in rows), *gone})
    per_row = [column.id for column in definition.row_columns()]
    printed = [column.id for column in columns.values() if not column.is_entered]
    found = {}
    for number, row in enumerate(rows, start=1):
        where, written = f"第{number}行“{row.label}”", given.get(row.id, {})
        ids = [id_ for id_ in per_row if definition.asks(row, columns[id_])]
        closed = [id_ for id_ in per_row if id_ not in ids]
        cells = _cells(written, where, ids, columns, ignored=[*closed, *printed])
        _check_closed(row, written, where, [columns[id_] for id_ in closed])
        if ids:
            found[row.id] = cells
    return found


def _check_closed(row: Row, written: object, where: str, closed: Sequence[Column]) -> None:
    """A figure written where nothing is to be filled in is refused, not dropped; what a formula
    fills in may come along."""
    if row.formula or not isinstance(written, Mapping):
        return
    for column in closed:
        text = str(written.get(column.id, "")).strip()
        if text and not is_no_value_mark(text):
            raise ContentError(f"填报内容有误：{where}的“{column.label}”不用填写，不能填“{text}”。")


def _regions(whole: Mapping[str, object], current: Regions) -> list[RegionData]:
    """Those that are current, then those gone since in which something is written; without
    `current` those of the data."""
    begun = _read_regions(whole.get("regions", []))
    if current is None:
        return begun
    found = _read_regions([{"code": one.code, "label": one.label} for one in current])
    codes = {one["code"] for one in found}
    items = whole.get("items", {})
    written = {
        code
        for code, texts in (items.items() if isinstance(items, Mapping) else ())
        if isinstance(texts, Mapping) and any(str(text).strip() for text in texts.values())
    }
    gone = [one for one in begun if one["code"] not in codes and one["code"] in written]
    return [*found, *gone]


def _read_regions(value: object) -> list[RegionData]:
    """Raises ContentError where they are no regions, or one comes twice."""
    if not isinstance(value, list):
        raise ContentError("填报内容有误：各地区应是一个列表。")
    found: list[RegionData] = []
    for one in value:
        given = _mapping(one, "地区", {"code", "label"})
        code, label = given.get("code"), given.get("label")
        if not (isinstance(code, str) and _REGION_CODE.fullmatch(code)):
            raise ContentError(f"填报内容有误：地区的代码无效，{_REOPEN}")
        if not (isinstance(label, str) and label.strip()):
            raise ContentError(f"填报内容有误：地区{code}没有名称，{_REOPEN}")
        found.append({"code": code, "label": label.strip()})
    if len({one["code"] for one in found}) != len(found):
        raise ContentError(f"填报内容有误：有地区重复，{_REOPEN}")
    return found


def _mapping(value: object, where: str, known: Collection[str]) -> Mapping[str, object]:
    """The value as a mapping with no other names than those known."""
    if not isinstance(value, Mapping):
        raise ContentError(f"填报内容有误：{where}应是一组名称和值。")
    unknown = sorted(str(key) for key in value if key not in known)
    if unknown:
        raise ContentError(
            f"填报内容有误：{where}中有本报表没有的项目{'、'.join(unknown)}，{_REOPEN}"
        )
    return value


def _texts(
    value: object, where: str, ids: Collection[str], *, ignored: Collection[str] = ()
) -> dict[str, str]:
    """A clean text for each id, blank where none is given; ignored ids may come along."""
    given = _mapping(value, where, {*ids, *ignored})
    found = {}
    for id_ in ids:
        text = given.get(id_, "")
        if not isinstance(text, str):
            raise ContentError(f"填报内容有误：{where}的{id_}应是文字。")
        found[id_] = normalise_text(text)
    return found


def _fields(value: object, where: str, asked: Sequence[Field]) -> dict[str, str]:
    """The same for the fields above or below a table."""
    written = _texts(value, where, [field.id for field in asked])
    return {field.id: _answer(field.choices, written[field.id]) for field in asked}


def _cells(
    value: object,
    where: str,
    ids: Collection[str],
    columns: Mapping[str, Column],
    *,
    ignored: Collection[str],
) -> dict[str, str]:
    """The same for columns: an answer ticked or given by its code becomes its label."""
    written = _texts(value, where, ids, ignored=ignored)
    return {
        id_: _answer(columns[id_].choices, text, multiple=columns[id_].multiple)
        for id_, text in written.items()
    }


def _answer(choices: Sequence[Choice], text: str, *, multiple: bool = False) -> str:
    """What is no choice stays as it was written, to be refused in words."""
    if not (text and choices):
        return text
    labels = chosen(text, choices)
    if labels is None or (len(labels) > 1 and not multiple):
        return text
    return GAP.join(labels)
