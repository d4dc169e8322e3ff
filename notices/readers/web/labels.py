"""The labels that government websites put above a notice, as web pages set them in cells and spans.

The same words that `notices.text.page.site_table` reads from lines.
"""

import re

LABELS = frozenset(
    (
        *("标题", "名称", "文件名称", "索引号", "索引", "主题分类", "信息分类", "分类", "公文种类"),
        *("体裁分类", "文号", "发文字号", "发文文号", "文件编号", "所属机构", "发布机构"),
        *("公开主体", "规范性文件编号", "统一编号", "登记号"),
        *("信息来源", "发布单位", "发文机关", "发文单位", "制发机关", "成文日期", "生成日期"),
        *("发文日期", "制发日期", "印发日期", "发布日期", "公开日期", "上载日期", "发布时间"),
        *("公开时间", "主题词", "关键词", "公开属性", "公开方式", "公开范围", "公开形式", "有效性"),
        *("时效性", "效力状态", "文件状态", "政策咨询机关", "政策咨询电话", "施行日期", "实施日期"),
        *("失效日期", "废止日期", "有效期", "来源", "作者"),
    )
)
_ONE = "|".join(
    r"\s*".join(label) for label in sorted(LABELS, key=len, reverse=True) if len(label) > 1
)
_STARTS = re.compile(rf"[\[【]?\s*(?:{_ONE})\s*[\]】]?\s*[:：]")
_BETWEEN = re.compile(rf"(?<=\S)[\s|｜]+(?=(?:{_ONE})\s*[:：])")


def label_of(text: str) -> str | None:
    """The label if `text` is one and nothing else, blanks and a final colon aside."""
    if len(text) > 30:
        return None
    word = re.sub(r"[\s\[\]【】]", "", text).rstrip(":：")
    return word if word in LABELS else None


def fits(label: str, text: str) -> bool:
    """Whether the block of text after a label can be its value and is not the notice's title."""
    if label_of(text) or is_labelled(text):
        return False
    if label.endswith(("日期", "时间")):
        return re.match(r"\d{4}", text) is not None
    if label.endswith(("文号", "字号", "编号")):
        return "号" in text and len(text) < 40
    if label.endswith(("标题", "名称")):
        return len(text) >= 8
    return len(text) < 60 and not re.search(r"关于|印发|转发|通知$", text)


def is_labelled(text: str) -> bool:
    """Whether a line is `label：value`."""
    return _STARTS.match(text) is not None


def split(text: str) -> list[str]:
    """`发布时间：… 来源：…` on one line as a line for each label."""
    return _BETWEEN.split(text) if is_labelled(text) else [text]


def pairs(cells: list[str]) -> list[str]:
    """Lines `label：value` from the cells of one row, in which labels and values alternate."""
    out, i = [], 0
    while i < len(cells):
        label = label_of(cells[i])
        following = cells[i + 1] if i + 1 < len(cells) else ""
        if label and label_of(following) is None:
            out.append(f"{label}：{following}")
            i += 2
            continue
        if cells[i]:
            out.append(f"{label}：" if label else cells[i])
        i += 1
    return out
