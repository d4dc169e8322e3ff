"""Which section of a summary a column of a table belongs to, by what both are called.

附件1 → 附件2 of 国市监质发〔2023〕9号: 批示、学习 → 一, 文件 → 二, 活动 → 三, 经验做法 → 四.
"""

import re
from collections.abc import Iterator, Sequence

from reports.schemas.definition.outlines import Section

_ABOUT = re.compile(r"《[^》]*》")
_NOT_HAN = re.compile(r"[^一-鿿]+")
# The first theme with one of its words in a label is what that label is about: a section on the
# 经验做法 of 学习宣传 is about 经验.
_THEMES = {
    "cases": re.compile(r"典型|案例|示范|先进"),
    "experience": re.compile(r"经验|做法"),
    "problems": re.compile(r"问题|困难|不足|短板"),
    "plans": re.compile(r"建议|打算|下一步|计划"),
    "documents": re.compile(r"文件|制度|政策"),
    "activities": re.compile(r"活动|特色|成效|重点"),
    "study": re.compile(r"批示|学习|部署|培训|会议"),
}
_IDLE = re.compile(
    r"情况|工作|有关|相关|主要|开展|组织|包括|其他|方面|填报|统计|进展|内容|名称|时间|数量"
)
_SHORTEST = 2  # characters that two labels must share to be about the same


def theme_of(label: str) -> str:
    """What a label is about; empty for a theme that is not known."""
    plain = _ABOUT.sub("", label)
    return next((name for name, words in _THEMES.items() if words.search(plain)), "")


def section_for(sections: Sequence[Section], *labels: str) -> str:
    """The id of the section that what is called so belongs to; empty where none or several do.

    ``labels`` from the narrowest on: that of the column, of its group, of the form.
    """
    for label in labels:
        if found := _by_theme(sections, label) or _by_words(sections, label):
            return found
    return ""


def _by_theme(sections: Sequence[Section], label: str) -> str:
    theme = theme_of(label)
    headed = [one.id for one in sections if theme and theme_of(one.heading) == theme]
    return headed[0] if len(headed) == 1 else ""


def _by_words(sections: Sequence[Section], label: str) -> str:
    """The one section that shares the longest run of telling characters."""
    lengths = {
        one.id: max(
            (_shared(run, other) for run in _runs(label) for other in _asked(one)), default=0
        )
        for one in sections
    }
    longest = max(lengths.values(), default=0)
    best = [id_ for id_, length in lengths.items() if length == longest]
    return best[0] if longest >= _SHORTEST and len(best) == 1 else ""


def _asked(section: Section) -> Iterator[str]:
    yield from _runs(section.heading)
    yield from _runs(section.hint)


def _runs(label: str) -> list[str]:
    plain = _IDLE.sub(" ", _NOT_HAN.sub(" ", _ABOUT.sub(" ", label)))
    return plain.split()


def _shared(one: str, other: str) -> int:
    """The length of the longest run of characters that both have."""
    return max(
        (
            length
            for start in range(len(one))
            for length in range(1, len(one) - start + 1)
            if one[start : start + length] in other
        ),
        default=0,
    )
