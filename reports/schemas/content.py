"""The content of a submission as plain data, fit for a JSON column.

A table: {"head": {field: text}, "unit": {column: text}, "rows": [{column: text}], "foot": {…}}.
An outline: {"sections": {section: text}}. Every id of the definition is there, blank as "".
"""

import re
from collections.abc import Collection, Mapping
from typing import TypedDict, overload

from reports.schemas.definition import Definition, FormDefinition, OutlineDefinition


class TableContent(TypedDict):
    """What a unit wrote into a table; serial numbers are counted, not stored."""

    head: dict[str, str]
    unit: dict[str, str]
    rows: list[dict[str, str]]
    foot: dict[str, str]


class OutlineContent(TypedDict):
    """What a unit wrote along an outline."""

    sections: dict[str, str]


Content = TableContent | OutlineContent

# Every way a line ends in Word, a browser or an Excel cell, the soft break (\v) included.
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")


class ContentError(ValueError):
    """Data that is not content of this form at all; the message is fit to show in Chinese."""


@overload
def normalise(definition: FormDefinition, data: object) -> TableContent: ...
@overload
def normalise(definition: OutlineDefinition, data: object) -> OutlineContent: ...
def normalise(definition: Definition, data: object) -> Content:
    """Strips every text, ends lines with \\n, fills in missing ids and drops blank rows.

    Raises ContentError for data of the wrong shape or with ids the form does not have: text that
    fits nowhere is never dropped in silence.
    """
    if isinstance(definition, OutlineDefinition):
        whole = _mapping(data, "填报内容", {"sections"})
        ids = [section.id for section in definition.sections]
        return {"sections": _texts(whole.get("sections", {}), "各部分内容", ids)}
    whole = _mapping(data, "填报内容", {"head", "unit", "rows", "foot"})
    serials = {leaf.id for leaf in definition.leaf_columns()} - {
        column.id for column in (*definition.unit_columns(), *definition.row_columns())
    }
    head_ids = [field.id for field in definition.head_fields]
    foot_ids = [field.id for field in definition.foot_fields]
    unit_ids = [column.id for column in definition.unit_columns()]
    row_ids = [column.id for column in definition.row_columns()]
    rows = whole.get("rows", [])
    if not isinstance(rows, list):
        raise ContentError("填报内容有误：各行内容应是一个列表。")
    texts = [
        _texts(row, f"第{number}行", row_ids, ignored=serials)
        for number, row in enumerate(rows, start=1)
    ]
    return {
        "head": _texts(whole.get("head", {}), "表头", head_ids),
        "unit": _texts(whole.get("unit", {}), "本单位内容", unit_ids, ignored=serials),
        "rows": [row for row in texts if any(row.values())],
        "foot": _texts(whole.get("foot", {}), "表尾", foot_ids),
    }


@overload
def blank(definition: FormDefinition) -> TableContent: ...
@overload
def blank(definition: OutlineDefinition) -> OutlineContent: ...
def blank(definition: Definition) -> Content:
    """Content with nothing written yet."""
    return normalise(definition, {})


def normalise_text(text: str) -> str:
    """Line ends as \\n, no blanks at the end of a line, none around the whole."""
    lines = _LINE_END.sub("\n", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _mapping(value: object, where: str, known: Collection[str]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ContentError(f"填报内容有误：{where}应是一组名称和值。")
    unknown = sorted(str(key) for key in value if key not in known)
    if unknown:
        raise ContentError(
            f"填报内容有误：{where}中有本报表没有的项目{'、'.join(unknown)}，请重新打开填报页面再提交。"
        )
    return value


def _texts(
    value: object, where: str, ids: Collection[str], *, ignored: Collection[str] = ()
) -> dict[str, str]:
    given = _mapping(value, where, {*ids, *ignored})
    texts = {}
    for id_ in ids:
        text = given.get(id_, "")
        if not isinstance(text, str):
            raise ContentError(f"填报内容有误：{where}的{id_}应是文字。")
        texts[id_] = normalise_text(text)
    return texts
