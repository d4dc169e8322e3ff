"""Ranges such as 各省、自治区、直辖市 and 各市（州）: which units they mean below an issuer."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from notices.text.recipients.groups import CAPITALS
from notices.text.recipients.tree import Tree, Unit

_APART = (  # these stand for themselves, also without 各
    r"(?:直辖市|计划单列市|副省级城?市|省会(?:\(首府\))?城?市|首府城市|省辖市|设区的?市|地级(?:及?以上)?市|"
    r"省?直管(?:县级)?市|省?直接?管(?:理的?)?县)"
)
_KIND = (
    rf"(?:(?:新疆)?生产建设兵团|(?:新疆)?兵团|自治区(?!直)|{_APART}|自治县|自治旗|自治州|市辖区|县级市?|省级|市级|"
    r"神农架林区|林区|特区|地区|"
    # not the 市 of 市场, the 区 of 区域, the 师 of 师范
    r"省(?![直属委政])|辖?市(?![场监直属政容委管城])|州|盟|县(?!直)|辖?区(?![域直])|旗|师(?![范资])|"
    r"地(?=$|[、(市州盟区县局及和)]))"
)
_JOIN = r"(?:、|和|及|以及|与|或|暨|/|,)?各?"
# behind a 、 stands no 省 (省财政厅 is another addressee) and no office of a bureau (市局机关)
_NEXT = rf"(?!省(?!会|级|直|辖))(?![省市区县州]局(?:机关|各|属|直|所|内|执法|稽查|有关)){_KIND}"
_MORE = rf"(?:{_JOIN}{_NEXT}|{_JOIN}\({_KIND}(?:{_JOIN}{_KIND}){{0,6}}\))*"
_LIST = rf"{_KIND}{_MORE}"
_REST = r"(?:其他|其它|其余)?的?"
_WHERE = r"(?:全国|全[省市区州盟县]|我[省市区州盟]|本[省市区州]|[所下]辖|辖区内?|[省市]内)?"
_COUNT = r"(?:(?:全部|所有)?(?:\d+|[一二三四五六七八九十]+)个)?"
_COMPOUND = r"(?:市、县\(市、区\)|县\(市、区\)|市\(州\)|市州|县市区|县区|区县)"
SCOPE = re.compile(
    rf"{_REST}{_WHERE}(?:各|每个)(?:级(?!市))?{_LIST}|{_REST}{_COUNT}(?:{_APART}|{_COMPOUND}){_MORE}"
)
"""A range at its beginning; greedy, so that its own 、 and 和 belong to it."""
SOME = re.compile(
    r"各?(?:其他)?(?:有关|相关|部分|个别|试点|涉及|重点|沿海|沿江|沿边|中西部|西部|东部)[的各]?"
    + _LIST
)
"""有关省、自治区、直辖市: its 、 belong to it as well, and nobody knows which."""
_ZONE = r"(?:功能区|开发区|园区|高新区|经开区|新区|管委会|示范区|开发园区|产业园区|自贸区)"
_ZONES = re.compile(
    rf"(?:其他|其余)?(?:全[省市])?各(?:类|国家级|省级)?(?:、?{_ZONE}(?:\([^()]*\))?)+"
)

_COUNTY = {"县", "区", "旗", "自治县", "自治旗", "市辖区", "县级", "县级市"}
_PREFECTURE = {"市", "州", "盟", "地区", "地", "师", "自治州", "设区市", "地级市", "省辖市", "市级"}
_PROVINCE = {"省", "自治区", "直辖市", "计划单列市", "副省级市", "省会城市", "兵团", "省级"}
_PREFECTURE_ALONE = _PREFECTURE - {"市", "师"}
_CHOSEN = {"计划单列市", "副省级市", "省会城市"}
_SAME = {
    "新疆生产建设兵团": "兵团",
    "新疆兵团": "兵团",
    "生产建设兵团": "兵团",
    "副省级城市": "副省级市",
    "设区的市": "设区市",
    "地级以上市": "地级市",
    "地级及以上市": "地级市",
    "省会市": "省会城市",
    "省会(首府)城市": "省会城市",
    "省会(首府)市": "省会城市",
    "首府城市": "省会城市",
    "辖市": "市",
    "辖区": "区",
    "神农架林区": "林区",
    "直管县级市": "直管市",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a range comes to: units, or why nobody can say."""

    units: tuple[Unit, ...] = ()
    problem: str = ""
    is_above: bool = False
    """A range of the level of the issuer itself or above it."""


def zones_at(text: str, start: int) -> re.Match[str] | None:
    """各开发区, 各功能区, where they stand at `start`."""
    return _ZONES.match(text, start)


def kinds(words: str) -> list[str]:
    """The kinds of places that a range names, in its order."""
    listed = words[max(words.find("各"), 0) :]  # not the 省 of 全省各市
    found = (
        re.sub(r"^省?直(?:接)?管(?:理的?)?", "直管", kind) for kind in re.findall(_KIND, listed)
    )
    return [_SAME.get(kind, kind) for kind in found]


def expand(words: str, issuer: Unit, tree: Tree) -> Found:
    """Whom 各… means in a notice of `issuer`: its own cities, its own counties."""
    named = kinds(words)
    if issuer.rank == "central":
        return _of_the_centre(named, issuer, tree)
    chosen = [unit for unit in tree.below(issuer) if _is_chosen(unit, set(named))]
    if chosen and set(named) <= _CHOSEN:
        return Found(tuple(chosen))
    if _PROVINCE & set(named) - {"省级"}:
        return Found(is_above=True)
    if issuer.rank == "province" and issuer.kind != "市":
        return _of_a_province(named, issuer, tree)
    if issuer.rank == "county":
        return Found(problem="本单位没有下级单位")
    if _PREFECTURE_ALONE & set(named) or (named == ["市"] and issuer.kind == "市"):
        return Found(is_above=True)
    return _of_a_city(named, issuer, tree)


def zones(issuer: Unit, tree: Tree) -> Found:
    """各开发区, 各功能区: the units that the office itself has added."""
    found = [unit for unit in tree.below(issuer) if unit.rank == "zone"]
    return _or(found, "名单中还没有开发区一类的单位")


def _is_province(kind: str, unit: Unit) -> bool:
    return unit.rank == "province" and unit.kind == kind


def _is_chosen(unit: Unit, wanted: set[str]) -> bool:
    """Of the cities that stand apart: 计划单列市, 副省级市, 省会城市."""
    return (
        ("计划单列市" in wanted and unit.is_planned_city)
        or ("副省级市" in wanted and unit.is_sub_provincial)
        or ("省会城市" in wanted and unit.rank == "prefecture" and unit.region in CAPITALS)
    )


def _of_the_centre(named: list[str], issuer: Unit, tree: Tree) -> Found:
    below = tree.below(issuer)
    wanted = set(named)
    if not wanted & _PROVINCE:
        return Found(problem="总局的文件一般主送到省级，没有指明是哪些省的")
    is_short = "省" in wanted or "省级" in wanted  # 省（区、市）: 自治区, 直辖市
    tests: list[Callable[[Unit], bool]] = []
    if "省级" in wanted:
        tests.append(lambda unit: unit.rank == "province")
    for kind, words in (
        ("省", {"省"}),
        ("自治区", {"自治区"}),
        ("市", {"直辖市"}),
        ("兵团", {"兵团"}),
    ):
        short = {"自治区": {"区"}, "市": {"市"}}.get(kind, set()) if is_short else set()
        if wanted & (words | short):
            tests.append(partial(_is_province, kind))
    tests.append(lambda unit: _is_chosen(unit, wanted))
    found = tuple(unit for unit in below if any(test(unit) for test in tests))
    if {"设区市", "地级市"} & wanted:
        return Found(found, "没有指明是哪些省的市")
    return Found(found)


def _of_a_province(named: list[str], issuer: Unit, tree: Tree) -> Found:
    wanted = set(named)
    below = tree.below(issuer)
    found: list[Unit] = []
    direct = {kind for kind in wanted if kind.startswith("直管")} | wanted & {"林区", "特区"}
    held: list[Unit] = []
    if direct:
        here = [u for u in below if u.parent_path == issuer.path and u.rank == "county"]
        held = [u for u in here if _is_direct(u, direct)]
        found += held
    first = next((kind for kind in named if kind in _PREFECTURE | _COUNTY), "")
    if first in _PREFECTURE:
        tier = [unit for unit in below if unit.rank == "prefecture"]
        found += _of_kinds(tier, [k for k in named if k in _PREFECTURE], generic=2)
    if wanted & _COUNTY:
        found += _counties([unit for unit in below if unit.rank == "county"], named)
    if direct and not held:
        return Found(tuple(found), "名单中没有省直管的县（市），它们在各自的市下面")
    return _or(found, "本单位下面没有这一级的单位")


def _of_a_city(named: list[str], issuer: Unit, tree: Tree) -> Found:
    tier = [u for u in tree.directly_below(issuer) if u.rank in ("county", "prefecture")]
    if {"师"} & set(named):
        return _or([u for u in tier if u.kind == "师"], "本单位下面没有这一级的单位")
    return _or(_counties(tier, named), "本单位下面没有这一级的单位")


def _is_direct(unit: Unit, wanted: set[str]) -> bool:
    if unit.kind in ("林区", "特区"):
        return unit.kind in wanted
    return "直管县" in wanted or ("直管市" in wanted and unit.kind == "市")


def _counties(tier: Iterable[Unit], named: list[str]) -> list[Unit]:
    """各区县 and 县（市、区） are all, 各区 the districts alone, 各县（市） all but those."""
    wanted = {"县" if kind in ("自治县", "县级") else kind for kind in named}
    if "县级" in named or ("区" in wanted and wanted & {"县", "旗", "市"}):
        return list(tier)
    meant = {"区" if kind == "市辖区" else kind for kind in wanted}
    meant |= {"旗"} if "自治旗" in wanted else set()
    meant |= {"市"} if wanted & {"县级市", "市"} else set()
    return [unit for unit in tier if unit.kind in meant]


def _of_kinds(tier: Iterable[Unit], named: list[str], *, generic: int) -> list[Unit]:
    """市（州） and 地（州、市） are all; 市 alone is not 州, 设区市 neither."""
    wanted = {
        {"设区市": "市", "地级市": "市", "省辖市": "市", "自治州": "州", "地": "地区"}.get(
            kind, kind
        )
        for kind in named
    }
    if "市级" in wanted or len(wanted) >= generic:
        return list(tier)
    return [unit for unit in tier if unit.kind in wanted]


def _or(found: Iterable[Unit], problem: str) -> Found:
    units = tuple(dict.fromkeys(found))
    return Found(units) if units else Found(problem=problem)
