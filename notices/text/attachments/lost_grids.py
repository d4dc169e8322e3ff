"""Forms copied from a page without their grid: the words of the cells, one a line, blanks gone.

How cells were merged can no longer be told. What can: 单位 among the headings with names and
measures by turns below them, and names of regions or a total after the headings. Anything else
becomes one row of headings. A person has to look at it in any case.
"""

import re
from collections.abc import Sequence

from notices.text.page.lines import Line

Cells = tuple[str, ...]

_TITLE = re.compile(
    r"(?:[汇统登申报情调填]\S{0,12}表|回执|名册|台账|汇总表|统计表|信息表)(?:\(.*\))?$"
)
_AROUND = re.compile(r":|盖\s*章|^(?:备\s*注|注|说\s*明)\s*\d*\s*[:、.]")
_LONGEST, _FEWEST = 22, 3
_MEASURE = re.compile(
    r"[家个件份次人户批种宗起台条场项篇辆所处天期元吨亩升%％]|人次|户次|家次|批次|台套|小时|公斤|千克"
    r"|(?:千|万|百万|亿)元|平方米|公里|公顷"
)
_NAMED = re.compile(
    r"[合总]\s*计|[\u4e00-\u9fff]{1,6}[省市州区县盟旗]|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江"
    r"|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海"
    r"|宁夏|新疆|内蒙古|(?:新疆生产建设)?兵团|[…·.]+"
)


def is_lost(title: str, lines: Sequence[Line]) -> bool:
    """Are these the labels of a form and the lines around it, without a sentence among them?"""
    cells = [line.text for line in lines if not _AROUND.search(line.text)]
    is_short = all(len(text) <= _LONGEST and not re.search("[。;]", text) for text in cells)
    return bool(_TITLE.search(title)) and is_short and len(cells) >= _FEWEST


def rows_of(labels: Sequence[str]) -> list[Cells]:
    """The headings as the first row; then rows, as far as they can be told."""
    return _measured(labels) or _named(labels) or [tuple(labels)]


def _measured(labels: Sequence[str]) -> list[Cells]:
    """类别, 单位, 数量; then 检查企业, 家, 立案, 件 and so on."""
    if len(labels) < 2 or labels[1] not in ("单位", "计量单位"):
        return []
    for width in range(3, min(8, len(labels) - 3)):
        names, measures = labels[width::2], labels[width + 1 :: 2]
        if len(names) == len(measures) and all(map(_MEASURE.fullmatch, measures)):
            blanks = ("",) * (width - 2)
            rows = zip(names, measures, strict=True)
            return [tuple(labels[:width]), *((name, measure, *blanks) for name, measure in rows)]
    return []


def _named(labels: Sequence[str]) -> list[Cells]:
    """Headings, each once; then nothing but regions and a total."""
    width = next((i for i, text in enumerate(labels) if i > 1 and _NAMED.fullmatch(text)), 0)
    heads, names = labels[:width], labels[width:]
    if not width or len(set(heads)) < width or not all(map(_NAMED.fullmatch, names)):
        return []
    blanks = ("",) * (width - 1)
    return [tuple(heads), *((name, *blanks) for name in names)]
