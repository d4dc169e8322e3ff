"""Do two attachments ask for the same? Compares their titles and headers. Pure.

Source: 同类材料最多报一次 (为基层减负): what has been handed in once should be used again.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NEAR = 0.8  # share of the headings that both have
NEAR_OF_ONE_NAME = 0.5
FEWEST = 2  # one heading alone says nothing
_IDLE = {"序号", "编号", "备注", "单位", "填报单位"}
_TIME = re.compile(r"\d{4}年度?|第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?|年度|季度|月度")
_MARKS = re.compile(r"[^\w\u4e00-\u9fff]|_")
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+|\d+)[、.．)）]")


class Likeness(StrEnum):
    SAME = "same"
    NEAR = "near"
    NONE = ""


@dataclass(frozen=True)
class Shape:
    """What a form asks for: its kind, its title without the time it is about, its headings."""

    kind: str
    title: str
    headings: frozenset[str]


def shape_of(kind: str, title: str, body: Mapping[str, Any]) -> Shape:
    """Of an attachment's kind, title and body as ``Attachment.body_json`` keeps them."""
    cells = [cell for row in body.get("header_rows", ()) for cell in row]
    cells += [section["heading"] for section in body.get("sections", ())]
    headings = {_plain(_NUMBER.sub("", cell.strip())) for cell in cells}
    return Shape(kind, _TIME.sub("", _plain(title)), frozenset(headings - _IDLE - {""}))


def likeness(one: Shape, other: Shape) -> Likeness:
    """Whether one form would do for the other."""
    both, either = one.headings & other.headings, one.headings | other.headings
    if one.kind != other.kind or min(len(one.headings), len(other.headings)) < FEWEST:
        return Likeness.NONE
    if both == either:
        return Likeness.SAME
    wanted = NEAR_OF_ONE_NAME if one.title == other.title else NEAR
    return Likeness.NEAR if len(both) >= wanted * len(either) else Likeness.NONE


def _plain(words: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", words))
