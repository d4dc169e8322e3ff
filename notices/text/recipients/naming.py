"""One place as it is written → the bureau that is meant, or why nobody can say which."""

import re
from dataclasses import dataclass

from notices.text.recipients.place_names import bare_names
from notices.text.recipients.tree import RANKS, Tree, Unit

_SUFFIX = r"(?:直辖市|自治区|自治州|地区|省|市|区|州|盟|县|旗|师)"
_KINDS_IN_BRACKETS = re.compile(rf"\(((?:{_SUFFIX}、?)+)\)$")
_SHORT_ZONES = (
    (re.compile(r"高新技术(?:产业)?(?:开发区|园区)"), "高新区"),
    (re.compile(r"经济(?:技术)?开发区"), "经开区"),
    (re.compile(r"自由贸易试验区|自贸试验区"), "自贸区"),
    (re.compile(r"管委会|管理委员会"), ""),
)
ZONE = re.compile(
    r"(?:新区|新城|开发区|高新区|经开区|自贸区|试验区|合作区|示范区|实验区|保税区|综保区|度假区|功能区|"
    r"风景区|景区|园区|管理区|管委会|临港|新片区|港区|前海|横琴|科学城|空港|林管局|农垦|森工)"
)
_LONGEST = 60
"""Signs of a place with all that stands in front of it."""
NOT_READ = "没有识别出是什么单位，请选择"
NOT_LISTED = "请选择代其接收的单位，或先由单位管理员在“单位”页添加"


def ends_as_zone(words: str) -> bool:
    """Whether the words end like the name of a 开发区 and such."""
    return bool(re.search(rf"{ZONE.pattern}$", words))


@dataclass(frozen=True, slots=True)
class Named:
    """A bureau, or a `problem`; `near` are those that may be meant."""

    unit: Unit | None = None
    problem: str = ""
    near: tuple[Unit, ...] = ()
    within: Unit | None = None
    """The place written in front of it: 浙江省 of 浙江省杭州市; holds for those that follow."""
    is_elsewhere: bool = False
    """Known, and not below the issuer."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How places are written in an enumeration: the kinds that they share, whom they stand by."""

    suffixes: tuple[str, ...] = ()
    is_of_provinces: bool = False


def shared_suffixes(words: str) -> tuple[str, ...]:
    """省 and 市 of 北京、天津、河北省（市）: how the last name ends holds for all before it."""
    brackets = _KINDS_IN_BRACKETS.search(words)
    rest = words[: brackets.start()] if brackets else words
    last = re.search(rf"{_SUFFIX}$", rest)
    found = [last[0]] if last and len(rest) > len(last[0]) else []
    return tuple(found + (re.findall(_SUFFIX, brackets[1]) if brackets else []))


def resolve(words: str, issuer: Unit, tree: Tree, manner: Manner, within: Unit | None) -> Named:
    """The one unit below the issuer that these words call so."""
    if len(words) > _LONGEST:
        return Named(None, NOT_READ)
    said = re.sub(r"[()]", "", _KINDS_IN_BRACKETS.sub("", words))
    inside, rest = _ahead(said, tree)
    place = inside or within
    found = _candidates(rest, tree, manner)
    found = _below(found, place) or ([] if inside else found)
    if not found and rest != said:
        found = _candidates(said, tree, manner)
    here = _below(found, issuer)
    open_here = [unit for unit in here if unit.is_active]
    if not open_here:
        return _none(said, found, here, issuer, tree)
    return _one(rest, open_here, manner, inside or within)


def _candidates(words: str, tree: Tree, manner: Manner) -> list[Unit]:
    ends = next((s for s in manner.suffixes if words.endswith(s)), "")
    stem = words.removesuffix(ends) if len(manner.suffixes) > 1 else words
    for suffix in manner.suffixes:
        if (stem != words or not ends) and (found := tree.fully(stem + suffix)):
            return found
    return tree.called(words) or _zones(words, tree)


def _zones(words: str, tree: Tree) -> list[Unit]:
    wanted = _zone_name(words)
    if not ZONE.search(words):
        return []
    zones = [unit for unit in tree.units if unit.rank == "zone"]
    return [u for u in zones if any(_zone_name(place).endswith(wanted) for place in u.places)]


def _zone_name(words: str) -> str:
    for long, short in _SHORT_ZONES:
        words = long.sub(short, words)
    return words


def _ahead(words: str, tree: Tree, inside: Unit | None = None) -> tuple[Unit | None, str]:
    """吉林省长春市 in front of 朝阳区, and that; where each is a place inside the one before."""
    for end in range(len(words) - 1, 1, -1):
        outer = [u for u in tree.called(words[:end]) if inside is None or _is_below(u, inside)]
        behind = words[end:]
        for holder in outer:
            if _below(tree.called(behind) or _zones(behind, tree), holder):
                return holder, behind
            if (further := _ahead(behind, tree, holder))[0] not in (None, holder):
                return further
        if len(outer) == 1 and ZONE.search(behind):
            return outer[0], behind
    return inside, words


def _one(words: str, here: list[Unit], manner: Manner, within: Unit | None) -> Named:
    rank = min((unit.rank for unit in here), key=RANKS.index)
    best = [unit for unit in here if unit.rank == rank]
    rivals = [
        u
        for u in here
        if u.rank == "prefecture" and u.kind == "市" and words in bare_names(u.region)
    ]
    if rank == "province" and rivals and not manner.is_of_provinces and not manner.suffixes:
        best = [*best, *rivals]  # 吉林: the province or its city
    if len(best) > 1:
        places = "、".join(unit.short_name or unit.name for unit in best[:6])
        return Named(
            None, f"同名的有{len(best)}个（{places}），请选择是哪一个", tuple(best), within
        )
    return Named(best[0], within=within)


def _none(words: str, found: list[Unit], here: list[Unit], issuer: Unit, tree: Tree) -> Named:
    if here:
        return Named(None, "这个单位已停用，请选择接替它的单位", tuple(here))
    if any(unit.path == issuer.path for unit in found):
        return Named(None, "就是本单位，不向本单位下发", is_elsewhere=True)
    if found:
        problem = f"不是{issuer.short_name or issuer.name}的下级单位，不由本单位下发"
        return Named(None, problem, is_elsewhere=True)
    near = tuple(_near(words, issuer, tree))
    names = "、".join(unit.short_name or unit.name for unit in near[:4])
    if near and not ZONE.search(words):
        return Named(None, f"名单中没有这个名称，相近的有{names}，请选择", near)
    said_near = f"（相近的有{names}）" if near else ""
    return Named(None, f"名单中没有这个单位{said_near}，{NOT_LISTED}", near)


def _near(words: str, issuer: Unit, tree: Tree) -> list[Unit]:
    """萧山市 of old is 萧山区 today: the same name, another kind of place."""
    for stem in bare_names(words):
        if found := _open_below(tree.called(stem), issuer):
            return found
    end = tree.longest_at(words, 0)
    return _open_below(tree.called(words[:end]), issuer) if ZONE.search(words) else []


def _open_below(units: list[Unit], issuer: Unit) -> list[Unit]:
    return [unit for unit in units if unit.is_active and _is_below(unit, issuer)]


def _below(units: list[Unit], holder: Unit | None) -> list[Unit]:
    return [u for u in units if holder is None or _is_below(u, holder)]


def _is_below(unit: Unit, holder: Unit) -> bool:
    return unit.path != holder.path and unit.path.startswith(holder.path)
