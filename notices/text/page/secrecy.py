"""Stops a classified document (密级, 份号) before anything of it is kept.

密级 and 份号 stand in the first lines above the title (党政机关公文处理工作条例第九条). A
notice that speaks of 商业秘密 or of 保守国家秘密法 in its body is not classified.
"""

import re

from notices.text.characters.normalize import fold
from notices.text.page.lines import lines

_LEVEL = re.compile(
    r"^(?:\d{6})?(绝密|机密|秘密)(?:[★*☆](?:\d{1,2}[年月]|[一二三]?十?[一二三四五六七八九]?年|长期|启用前)?)?(?:特急|加急|特提|平急)?$"
)
_LEVEL_INLINE = re.compile(r"(绝密|机密|秘密)[★☆]")
_LABEL = re.compile(r"^(?:密级|密级和保密期限|秘密等级):?(绝密|机密|秘密)")
_COPY = re.compile(r"^(?:No\.?|份号:?)?\d{6}$")
_COPY_LABEL = re.compile(r"^份号:?\d{1,6}$")
_HEADING_LINES = 12
_COPY_LINES = 3


class ClassifiedDocument(Exception):
    """The text is marked as a state secret; `message_zh` says what to do. Nothing may be stored."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.message_zh = (
            f"文件首部标有“{mark}”，可能是涉密公文。本系统不得处理涉密文件，已停止读取且未保存任何内容；"
            "请改走涉密渠道，并向本单位保密工作机构报告。"
        )
        super().__init__(self.message_zh)


def refuse_classified(text: str) -> None:
    """Raises ClassifiedDocument where the heading carries 密级 or 份号."""
    mark = mark_of(text)
    if mark:
        raise ClassifiedDocument(mark)


def mark_of(text: str) -> str | None:
    """The mark in the heading, as written; None for an open document."""
    for i, line in enumerate(lines(fold(text[:4000]))[:_HEADING_LINES]):
        bare = line.text.replace(" ", "")
        if match := _LEVEL.match(bare) or _LABEL.match(bare):
            return match[1]
        if len(bare) < 40 and (match := _LEVEL_INLINE.search(bare)):
            return match[1]
        if i < _COPY_LINES and (_COPY.match(bare) or _COPY_LABEL.match(bare)):
            return f"份号 {bare}"
    return None
