"""The rows of a table by region: given from outside, then kept in its content."""

import re
from collections.abc import Mapping, Sequence
from typing import TypedDict

from reports.schemas.content.parts import REOPEN, ContentError, mapping
from reports.schemas.definition.rows import Region

_CODE = re.compile(r"[0-9A-Z]{3,12}")


class RegionData(TypedDict):
    """A region or bureau that has a row of its own."""

    code: str
    label: str


def regions(whole: Mapping[str, object], current: Sequence[Region] | None) -> list[RegionData]:
    """Those that are current, then those gone since in which something is written; without
    `current` those of the data."""
    begun = read(whole.get("regions", []))
    if current is None:
        return begun
    found = read([{"code": one.code, "label": one.label} for one in current])
    codes = {one["code"] for one in found}
    items = whole.get("items", {})
    written = {
        code
        for code, texts in (items.items() if isinstance(items, Mapping) else ())
        if isinstance(texts, Mapping) and any(str(text).strip() for text in texts.values())
    }
    gone = [one for one in begun if one["code"] not in codes and one["code"] in written]
    return [*found, *gone]


def read(value: object) -> list[RegionData]:
    """Raises ContentError where they are no regions, or one comes twice."""
    if not isinstance(value, list):
        raise ContentError("填报内容有误：各地区应是一个列表。")
    found: list[RegionData] = []
    for one in value:
        given = mapping(one, "地区", {"code", "label"})
        code, label = given.get("code"), given.get("label")
        if not (isinstance(code, str) and _CODE.fullmatch(code)):
            raise ContentError(f"填报内容有误：地区的代码无效，{REOPEN}")
        if not (isinstance(label, str) and label.strip()):
            raise ContentError(f"填报内容有误：地区{code}没有名称，{REOPEN}")
        found.append({"code": code, "label": label.strip()})
    if len({one["code"] for one in found}) != len(found):
        raise ContentError(f"填报内容有误：有地区重复，{REOPEN}")
    return found
