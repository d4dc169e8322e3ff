"""The table of labels that government websites put above a notice (标题, 索引号, 成文日期 …)."""

import re
from dataclasses import dataclass

from notices.text.layout import Line

_LABELS = {
    "title": ("标题", "名称", "文件名称"),
    "index_number": ("索引号", "索引"),
    "subject": ("主题分类", "信息分类", "分类", "公文种类", "体裁分类"),
    "doc_number": ("文号", "发文字号", "发文文号", "文件编号"),
    "department": ("所属机构", "发布机构", "公开主体", "信息来源", "发布单位"),
    "issuer": ("发文机关", "发文单位", "制发机关"),
    "written_date": ("成文日期", "生成日期", "发文日期", "制发日期", "印发日期"),
    "published_date": ("发布日期", "公开日期", "上载日期", "发布时间", "公开时间"),
    "keywords": ("主题词", "关键词"),
    "other": (
        *("公开属性", "公开方式", "公开范围", "公开形式", "有效性", "时效性", "效力状态"),
        *("文件状态", "政策咨询机关", "政策咨询电话", "施行日期", "实施日期", "失效日期"),
        *("废止日期", "有效期", "来源", "作者", "字体", "规范性文件编号", "统一编号", "登记号"),
    ),
}
_KEY = {label: key for key, labels in _LABELS.items() for label in labels}
_LABEL_LINE = re.compile(r"\[?([\u4e00-\u9fff][\u4e00-\u9fff ]{1,12}?) ?\]?:\s*(.*)$")
_EMPTY = {"", "无", "-", "—", "--", "暂无", "/"}
_SEARCH_DEPTH = 80


@dataclass(frozen=True, slots=True)
class SiteTable:
    """Values by key (see `_LABELS`) and the index of the first line after the table."""

    values: dict[str, str]
    after: int


def read(found: list[Line]) -> SiteTable:
    """The table, which may stand a label and its value on two lines. Empty where there is none."""
    values: dict[str, str] = {}
    after = 0
    i = 0
    while i < min(len(found), _SEARCH_DEPTH):
        match = _LABEL_LINE.match(found[i].text)
        key = _KEY.get(match[1].replace(" ", "")) if match else None
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
    if label and label[1].replace(" ", "") in _KEY:
        return False
    if key in ("written_date", "published_date"):
        return bool(re.match(r"\d{4}", text))
    if key == "doc_number":
        return "号" in text and len(text) < 40
    if key in ("keywords", "other"):
        return not re.search(r"关于|印发|转发|通知$", text) and len(text) < 40
    return True
