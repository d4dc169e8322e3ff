"""The table of labels that government websites put above a notice (标题, 索引号, 成文日期 …)."""

import re
from dataclasses import dataclass

from notices.text.page.lines import Line
from notices.text.page.site_labels import KEY

_LABEL_LINE = re.compile(r"\[?([\u4e00-\u9fff][\u4e00-\u9fff ]{1,12}?) ?\]?:\s*(.*)$")
_EMPTY = {"", "无", "-", "—", "--", "暂无", "/"}
_SEARCH_DEPTH = 80


@dataclass(frozen=True, slots=True)
class SiteTable:
    """Values by key (see `site_labels`) and the index of the first line after the table."""

    values: dict[str, str]
    after: int


def read(found: list[Line]) -> SiteTable:
    """The table, which may stand a label and its value on two lines. Empty where there is none."""
    values: dict[str, str] = {}
    after = 0
    i = 0
    while i < min(len(found), _SEARCH_DEPTH):
        match = _LABEL_LINE.match(found[i].text)
        key = KEY.get(match[1].replace(" ", "")) if match else None
        if match is None or key is None:
            i += 1
            continue
        value, i = match[2].strip(), i + 1
        follows = found[i].text if i < len(found) else ""
        if not value and follows and _is_value(key, follows):
            value, i = follows, i + 1
        if value not in _EMPTY:
            values.setdefault(key, value)
        after = i
    if len(values) < 2 and "index_number" not in values:
        return SiteTable({}, 0)
    return SiteTable(values, after)


def _is_value(key: str, text: str) -> bool:
    label = _LABEL_LINE.match(text)
    if label and label[1].replace(" ", "") in KEY:
        return False
    if key in ("written_date", "published_date"):
        return bool(re.match(r"\d{4}", text))
    if key == "doc_number":
        return "号" in text and len(text) < 40
    if key in ("keywords", "other"):
        return not re.search(r"关于|印发|转发|通知$", text) and len(text) < 40
    return True
