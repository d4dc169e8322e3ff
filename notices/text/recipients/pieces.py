"""One item of 主送 by itself: whom it names, by which organ, whom it leaves out or takes in."""

import re
from dataclasses import dataclass, field
from typing import Literal

from notices.text.recipients import groups, naming, our_system
from notices.text.recipients.cutting import Item
from notices.text.recipients.scopes import SCOPE, zones_at
from notices.text.recipients.tree import Tree

Says = Literal["ours", "other", "unsure", "inner", "station", "bare", "except"]
"""Its organ: of our system, another, who knows, the issuer's own, below all bureaus, none; or an
exception."""

_OUT = re.compile(
    r"(?:除|不含|不包括|不包含|不发|免发|免送)(?P<a>.+?)(?:除外|以外|之外|外)?|(?P<b>.+?)(?:除外|以外|之外|不发|不含|免送)"
)
_EXCEPTION = re.compile(
    r"(?!.*各)(?:不含|不包括|不包含|不发|免发|免送|.*(?:除外|以外|之外|外|不发|不含|免送)$)"
)
_IN = re.compile(r"(?:均?含|包括|包含)(?P<a>.+)")
_AHEAD = re.compile(r"除(?P<names>[^()]+?)(?:以外|之外|外)的?")
_ORGAN = re.compile(
    r"(?!.*(?:有关|相关|部分|试点|涉及|抽查|抽检|名单|承担|重点|参加|所属|所辖|名))"
    r"[\u4e00-\u9fff]{0,12}(?:局|厅|委|委员会|办|会|部门|机构|知识|食品|药监|知识产权)|[室局处科股所队院]+"
)
_LONGEST = 200
"""Signs of one item; what is longer is no name of anybody."""
_CALLED_SHORTLY = re.compile(r"以下(?:简称|统称)")
_KIND = re.compile(r"首府|自治[区州县旗]|地区|直辖市|特区|林区|[省市县区旗州盟地、及和]")
_LIST = re.compile(r"(?:如|即|:|为|指)?(?P<names>[\u4e00-\u9fff、和及]{2,})")


@dataclass(slots=True)
class Piece:
    """`heads` are ranges and places; `odd` what nothing of this says."""

    item: Item
    says: Says
    heads: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    organ: str = ""


def read(item: Item, segment: str, tree: Tree) -> Piece:
    """What one item says by itself; what it takes from its neighbours is for recipients.py."""
    if len(item.text) > _LONGEST:
        return Piece(item, "unsure", [item.text])
    words, out, more, odd, names = _brackets(item.text, tree)
    if ahead := _AHEAD.match(words):
        out += _enumerated(ahead["names"])
        words = words[ahead.end() :]
        if not words:
            return Piece(item, "except", out=out)
    if our_system.is_inner(words, segment):
        return Piece(item, "inner", [words], out, more, odd)
    if our_system.STATION.search(words):
        return Piece(item, "station", [words])
    head, organ, says, left = _apart(words, segment, tree)
    if left:
        odd.append(left)
    heads = [head] if head else []
    if names and head:  # 部分省（浙江、江苏）: the brackets name them
        heads = names if our_system.VAGUE.match(head) else heads
        more += [] if our_system.VAGUE.match(head) else names
    return Piece(item, says, heads, out, more, odd, organ)


def as_exception(item: Item) -> Piece | None:
    """西藏、新疆除外 between commas: it belongs to what stands before."""
    match = _OUT.fullmatch(item.text) if _EXCEPTION.match(item.text) else None
    if match is None:
        return None
    return Piece(item, "except", out=_enumerated(match["a"] or match["b"]))


def _brackets(text: str, tree: Tree) -> tuple[str, list[str], list[str], list[str], list[str]]:
    """The words without the brackets that say more: left out, taken in, not understood, listed."""
    out: list[str] = []
    more: list[str] = []
    odd: list[str] = []
    names: list[str] = []
    words, at = "", 0
    for start, end in _outer(text):
        inside = text[start + 1 : end]
        words += text[at:start]
        at = end + 1
        if not inside:
            continue
        if match := _OUT.fullmatch(inside):
            out += _enumerated(match["a"] or match["b"])
        elif match := _IN.fullmatch(inside):
            more += _enumerated(re.sub(r"[,;].*", "", match["a"]))
        elif not _KIND.sub("", inside) or _is_part_of_name(words, text[end + 1 :]):
            words += text[start : end + 1]
        elif _is_organs(inside):
            continue
        elif groups.members(inside) is not None:
            names.append(inside)
        elif (match := _LIST.fullmatch(inside)) and _any_place(match["names"], tree):
            names += _enumerated(match["names"])
        else:
            odd.append(inside)
    return words + text[at:], out, more, odd, names


def _is_organs(inside: str) -> bool:
    """（厅、委） and （知识产权局） are the organ called otherwise, （试点单位） is not."""
    names = re.split(r"[、/]", inside)
    return bool(_CALLED_SHORTLY.match(inside)) or all(_ORGAN.fullmatch(name) for name in names)


def _any_place(words: str, tree: Tree) -> bool:
    return any(is_place(name, tree) for name in _enumerated(words))


def _is_part_of_name(before: str, after: str) -> bool:
    """第八师（石河子市）, 中国（浙江）自由贸易试验区."""
    return bool(re.search(r"师$|^中国$", before) or re.match(r"自由贸易|自贸", after))


def _outer(text: str) -> list[tuple[int, int]]:
    found, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        if sign == "(":
            start = at if depth == 0 else start
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, at))
    return found


def _enumerated(words: str) -> list[str]:
    """Names in an exception or a bracket, without the organ that ends them."""
    bare = our_system.OURS.sub("", words)
    names = re.split(r"[、,]|(?<=[市省区县州])[和及]", bare)
    return [re.sub(r"(?<=[市县区州盟旗])局$", "", name) for name in names if name]


def _apart(words: str, segment: str, tree: Tree) -> tuple[str, str, Says, str]:
    """Head, organ, what that organ is, and what is left behind it."""
    reach = _reach(words, tree)
    if reach:
        head, rest = words[:reach], words[reach:]
        if not rest:
            return head, "", "bare", ""
        if organ := our_system.OURS.match(rest) or our_system.BRANCH.match(rest):
            return head, organ[0], "ours", rest[organ.end() :]
        if our_system.SHORT.fullmatch(rest):
            return head, rest, "ours", ""
        if organ := our_system.OURS.search(rest):
            return head, organ[0], "ours", rest[: organ.start()] + rest[organ.end() :]
        return head, rest, "unsure" if our_system.is_perhaps_ours(rest) else "other", ""
    if organ := our_system.BRANCH.match(words):
        return organ[0], organ[0], "ours", words[organ.end() :]
    if our_system.HEAD_OFFICE.fullmatch(words):
        return "总局", "", "ours", ""
    if organ := our_system.OURS.search(words):
        return words[: organ.start()], organ[0], "ours", words[organ.end() :]
    return _without_our_organ(words, segment, tree)


def _reach(words: str, tree: Tree) -> int:
    """Where a range ends that begins the words, perhaps behind a place: 浙江省各设区市."""
    start = tree.longest_at(words, 0) if "各" in words else 0
    for at in {0, start}:
        if match := SCOPE.match(words, at) or zones_at(words, at):
            return match.end()
    return 0


def _without_our_organ(words: str, segment: str, tree: Tree) -> tuple[str, str, Says, str]:
    if head := _before_short(words, tree):
        return head, words[len(head) :], "ours", ""
    if is_place(words, tree) or naming.ends_as_zone(words):
        return words, "", "bare", ""
    if our_system.is_other(words, segment):
        end = tree.longest_at(words, 0)
        return (words[:end] if words[end:] else ""), words, "other", ""
    if our_system.VAGUE.match(words) or our_system.MEMBERS.search(words):
        return words, "", "ours", ""
    return words, "", "unsure" if our_system.ends_as_organ(words) else "bare", ""


def _before_short(words: str, tree: Tree) -> str:
    """宁波 of 宁波市局, 经开区 of 经开区分局: a place, then no more than a word for a bureau.

    公安局 is not that of 公安县: before 局 alone stands a place with its kind.
    """
    for short in ("监管局", "分局", "市局", "县局", "区局", "局"):
        head = words.removesuffix(short)
        if head in ("", words):
            continue
        if naming.ends_as_zone(head) or (short == "局" and tree.fully(head)):
            return head
        ranks = {unit.rank for unit in tree.called(head)}
        if short != "局" and ranks and (short != "分局" or "county" in ranks) and head != "公安":
            return head
    return ""


def is_place(words: str, tree: Tree) -> bool:
    """Whether the words are places of the tree and nothing else."""
    flat, at = re.sub(r"[()]", "", words), 0
    while at < len(flat):
        end = tree.longest_at(flat, at)
        if end == at:
            return False
        at = end
    return bool(flat)
