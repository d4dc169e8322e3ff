"""What is no fault but deserves a look before it is handed in: a person confirms or corrects."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is doubtful; the value is the office's short word for it."""

    NEGATIVE = "负数"
    OVER_HUNDRED = "超过100%"
    FRACTION = "百分比不足1%"
    PART = "其中大于总数"
    BLANK = "各行空白"
    UNCHANGED = "标注处未修改"
    EARLY = "报送期未结束"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question at a path as of ``Problem``; ``place`` says it in words, 第2行“数量”.

    ``about`` is what the question is about, the figures among it: where they change it is another
    question. ``is_internal``: it tells of what a bureau said to itself.
    """

    path: str
    place: str
    kind: Kind
    message_zh: str
    about: tuple[str, ...]
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt in one of several forms (``tab`` is what that is called), with what it is known by
    once it is confirmed."""

    number: int
    tab: str
    doubt: Doubt
    key: str

    @property
    def place(self) -> str:
        """附件1 第2行“数量”"""
        gap = "" if self.doubt.place[:1] in "“" else " "
        return f"{self.tab}{gap}{self.doubt.place}"


def questions(number: int, tab: str, doubts: Iterable[Doubt]) -> list[Question]:
    """Those of one form.

    A row of a repeated table is known by what stands in it and not by its number, so that a row put
    in above it asks nothing again; of two that are the same the second has another key.
    """
    times: Counter[tuple[str, ...]] = Counter()
    found = []
    for doubt in doubts:
        same = (doubt.kind.name, *doubt.about)
        times[same] += 1
        spelled = json.dumps([number, *same, times[same]], ensure_ascii=False)
        key = hashlib.sha256(spelled.encode()).hexdigest()[:32]
        found.append(Question(number, tab, doubt, key))
    return found
