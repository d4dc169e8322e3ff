"""What is asked for besides the report itself: 图片, 视频, 盖章件, 佐证材料.

Only where the text says so: nobody is asked for a file that no directive wants.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Enclosure(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    FILE = "file"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class EnclosureReading:
    """One kind and the words that ask for it."""

    kind: Enclosure
    words: str


_WORDS = {
    Enclosure.IMAGE: re.compile(r"(?:图片|照片|影像)(?:资料|材料)?(?!新闻|展|墙|中心)"),
    Enclosure.VIDEO: re.compile(
        r"(?:视频|影像)(?:资料|材料|短片)?(?!会议?|培训|监控|形式|方式|连线|调度|直播|平台|账号|课程)"
    ),
    Enclosure.FILE: re.compile(
        r"(?:佐证|证明|支撑|印证|证据)(?:性)?材料|复印件|(?:文件|方案|制度)(?:文本|电子版|原文)"
    ),
    Enclosure.SEALED: re.compile(
        r"加盖[^,，。;；、]{0,8}章|盖章(?!单位)|(?:单位|机关|部门)?公章|纸质(?:版|件|材料|文件|报表|文本)?"
        r"|(?:扫描|影印)[件版]"
    ),
}
_NOT = re.compile(r"(?:无需|无须|毋须|不需要?|不用|不必|不再|不得|免于?|取消)[^,，。;；]{0,10}$")
_SEAL_LINE = re.compile(
    r"(?:填报|填表|报送|上报|申报)(?:单位|部门|机关)?\s*[(（][^)）]{0,6}[章签][^)）]{0,6}[)）]"
)
_SENTENCE = re.compile(r"[^。；;！!\n]{1,400}[。；;！!]")
_HANDING_IN = re.compile(
    r"报送|上报|报至|报我|寄送|邮寄|寄至|发送|传真|提交|提供|上传|附送|一并报|一式"
)


def in_clause(*texts: str) -> list[EnclosureReading]:
    """The kinds that a reporting clause names, each once, in the order of ``Enclosure``."""
    return _found(texts)


def in_rest(body: str, clauses: Iterable[tuple[int, int]]) -> list[EnclosureReading]:
    """Those asked for by whole sentences of handing in that lie outside all clauses.

    以上材料加盖公章后报送 holds for every clause of a notice.
    """
    return _found(_sentences(body, sorted(clauses)))


def seal_line(texts: Iterable[str]) -> EnclosureReading | None:
    """The line of a form where its unit puts its seal: 填报单位（盖章）."""
    for text in texts:
        if found := _SEAL_LINE.search(text):
            return EnclosureReading(Enclosure.SEALED, found.group())
    return None


def _sentences(body: str, clauses: Sequence[tuple[int, int]]) -> Iterable[str]:
    for match in _SENTENCE.finditer(body):
        inside = any(start < match.end() and match.start() < end for start, end in clauses)
        if not inside and _HANDING_IN.search(match.group()):
            yield match.group()


def _found(texts: Iterable[str]) -> list[EnclosureReading]:
    known = list(texts)
    readings = []
    for kind, pattern in _WORDS.items():
        words = next(filter(None, (_asked(pattern, text) for text in known)), "")
        if words:
            readings.append(EnclosureReading(kind, words))
    return readings


def _asked(pattern: re.Pattern[str], text: str) -> str:
    """The first words that ask; 无需盖章 does not, and 填报单位（盖章） is for ``seal_line``."""
    lines = [line.span() for line in _SEAL_LINE.finditer(text)]
    for match in pattern.finditer(text):
        is_line = any(start <= match.start() < end for start, end in lines)
        if not is_line and not _NOT.search(text, 0, match.start()):
            return match.group()
    return ""
