"""What of a deliverable is a document of its own, to be handed in as a file: 方案, 总结, 名单."""

import re

_LISTS = "名单|清单|台账|目录|汇总表|统计表|登记表|一览表|明细表|推荐表|申请表|情况表|报表"
_TEXTS = (
    "方案|预案|计划|总结|要点|报告|日报|周报|月报|案例|材料|简报|专报|通报|纪要|论文|课件|讲稿|文稿"
    "|实施意见|办法|细则|规划|申请|回复|复函|函|承诺书|责任书|建议书|说明书|证明|协议|合同"
)
_DOCUMENT = re.compile(
    rf"(?P<name>[^、,，;；。:：()（）]{{0,24}}?(?:{_LISTS}|{_TEXTS}))"
    r"(?:等|文本|文件|电子版|纸质版|电子文档|初稿|各?[一二三四五1-5][份篇个])*(?=[、,，;；。()（）和及与以]|$)"
)
_LEAD = re.compile(
    r"^(?:(?:以及|及|和|与|并|将|把|其|有关|相关|上述|以上|下列|本单位|各单位|本地区|各地|本省|的)+)"
)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
# 应急管理材料 is one; 佐证材料 is asked for by its own words (``enclosures``).
_OTHER = re.compile(
    r"(?:佐证|证明|支撑|印证|证据)(?:性)?材料$|(?:图片|视频|照片|影像)(?:资料|材料)$"
)
_SPREADSHEET = re.compile(rf"(?:{_LISTS})$")


def documents(deliverable: str) -> list[str]:
    """The documents that a deliverable names, each once, in its order."""
    words = _IN_BRACKETS.sub("", deliverable)
    found = (_LEAD.sub("", match["name"]) for match in _DOCUMENT.finditer(words))
    return list(dict.fromkeys(name for name in found if name and not _OTHER.search(name)))


def as_file(names: list[str], longest: int) -> str:
    """What the place for it is called: 工作方案（Word 或 PDF）; at most ``longest`` characters."""
    is_list = any(_SPREADSHEET.search(name) for name in names)
    kinds = "（Word、Excel 或 PDF）" if is_list else "（Word 或 PDF）"
    said = "、".join(names)
    room = longest - len(kinds)
    return (said if len(said) <= room else said[: room - 1] + "…") + kinds
