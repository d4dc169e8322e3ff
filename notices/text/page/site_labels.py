"""The labels that government websites put above a notice, and which of our fields each means."""

import re

LABELS = {
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
KEY = {label: key for key, labels in LABELS.items() for label in labels}
_LABEL = re.compile(
    "(?:" + "|".join(" *".join(label) for label in sorted(KEY, key=len, reverse=True)) + ") *:"
)


def labels_in(line: str) -> list[re.Match[str]]:
    """The labels with a colon that stand in `line`, from left to right."""
    return list(_LABEL.finditer(line))
