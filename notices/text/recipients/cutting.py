"""主送 cut where it enumerates: segments between commas, items between 、 and 和."""

import re
from dataclasses import dataclass

from notices.text.characters.normalize import fold
from notices.text.recipients import naming, our_system
from notices.text.recipients.scopes import SCOPE, SOME, zones_at
from notices.text.recipients.tree import Tree

_BRACKETS = str.maketrans("[]{}〔〕﹙﹚⟨⟩", "()()()()()")
_BETWEEN_SEGMENTS = ",;。:|"
_LEADING = ("以及", "及其", "及")
JOINS = ("以及", "及其", "和", "及", "与", "暨", "并")
_ENDS = r"(?=$|[、,;。:(]|和|及|市场|市监|质监|工商|食药|食品药品|局|委)"
_ZONE = re.compile(rf"[\u4e00-\u9fff]{{2,12}}?{naming.ZONE.pattern}{_ENDS}")
_BEGINS = re.compile(
    r"各|有关|相关|全[省市区州]|新疆生产建设兵团|兵团|计划单列市|副省级|省会|直辖市|总局|本局|局机关|局属|机关"
)


@dataclass(frozen=True, slots=True)
class Bare:
    """The text in one spelling without blanks; each sign knows where it stood."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Bare":
        folded = fold(text).translate(_BRACKETS)
        kept = [(sign, at) for at, sign in enumerate(folded) if not sign.isspace()]
        return cls("".join(sign for sign, _ in kept), tuple(at for _, at in kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of `text[start:end]`, which is not empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Item:
    """What stands between two 、: offsets into the bare text."""

    start: int
    end: int
    text: str


def cut(bare: str, tree: Tree) -> list[list[Item]]:
    """Segments of items; only signs between them belong to none."""
    segments: list[list[Item]] = [[]]
    closing = _closing(bare)
    at = start = 0
    while at < len(bare):
        end, step = _step(bare, at, start, closing, tree)
        if end is not None:
            _add(segments[-1], bare, start, end)
            start = step
            if bare[at] in _BETWEEN_SEGMENTS:
                segments.append([])
        at = step
    _add(segments[-1], bare, start, len(bare))
    return [segment for segment in segments if segment]


def _add(items: list[Item], bare: str, start: int, end: int) -> None:
    if end > start:
        items.append(Item(start, end, bare[start:end]))


def _step(
    bare: str, at: int, start: int, closing: dict[int, int], tree: Tree
) -> tuple[int | None, int]:
    """Where the item ends, if it does here, and where to look next."""
    sign = bare[at]
    if sign in _BETWEEN_SEGMENTS or sign == "、":
        return at, at + 1
    if at in closing:
        return None, closing[at] + 1
    if (at == start or sign in "各其全") and (scope := _range_at(bare, at)):
        return None, scope.end()
    for join in JOINS:
        may_lead = at > start or join in _LEADING  # 和平区 begins with a 和 of its own
        if may_lead and bare.startswith(join, at) and _begins(bare, at + len(join), tree):
            return at, at + len(join)
    if organ := our_system.OURS.match(bare, at):
        end = organ.end()
        while end in closing:
            end = closing[end] + 1
        # written without a sign between: the next one begins
        return (end if _begins(bare, end, tree) else None), end
    return None, at + 1


def _range_at(bare: str, at: int) -> re.Match[str] | None:
    return SOME.match(bare, at) or SCOPE.match(bare, at) or zones_at(bare, at)


def _begins(bare: str, at: int, tree: Tree) -> bool:
    """Whether a new addressee begins there: 和 is also a sign of 和平区 and 呼和浩特."""
    if _BEGINS.match(bare, at) or our_system.OURS.match(bare, at) or _ZONE.match(bare, at):
        return True
    end = tree.longest_at(bare, at)
    return (end > at and bool(re.compile(_ENDS).match(bare, end))) or _is_second_place(
        bare, at, tree
    )


def _is_second_place(bare: str, at: int, tree: Tree) -> bool:
    """浙江省杭州市: a place in front of a place."""
    end = tree.longest_at(bare, at)
    return end > at + 2 and tree.longest_at(bare, end) > end


def _closing(bare: str) -> dict[int, int]:
    """For each opening bracket that is closed, where; one never closed is a sign like others."""
    found, open_at = {}, []
    for at, sign in enumerate(bare):
        if sign == "(":
            open_at.append(at)
        elif sign == ")" and open_at:
            found[open_at.pop()] = at
    return found
