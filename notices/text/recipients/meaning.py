"""Ranges and places of one group → the units they mean below the issuer, and the gaps."""

import re
from dataclasses import dataclass, field

from notices.text.recipients import groups, naming, our_system, scopes
from notices.text.recipients.naming import Manner
from notices.text.recipients.tree import Tree, Unit

_AND_OTHERS = re.compile(
    r"等(?:(?P<count>\d+|[一二两三四五六七八九十百]+)?个?(?P<kinds>(?:省|市|区|县|州|地|旗|师|试点|城){0,6}(?:\([^()]*\))?))?$"
)
_COUNTED = re.compile(
    r"(?<=.)(?P<count>\d+|[一二两三四五六七八九十]+)个?(?P<kinds>(?:省|市|区|县|州|城|地){1,4}(?:\([^()]*\))?)$"
)
_OWN_LEVEL = {
    "总局": "central",
    "省": "province",
    "自治区": "province",
    "市": "prefecture",
    "省级": "province",
}
_RANK_OF = {"central": 0, "province": 1, "prefecture": 2, "county": 3, "zone": 3, "internal": 3}
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of 主送 that name nobody for sure: what is wrong with them, who may be meant."""

    words: str
    problem: str
    near: tuple[Unit, ...] = ()


@dataclass(slots=True)
class Meaning:
    """What heads came to. `elsewhere`: why those not below the issuer get nothing from it."""

    units: list[Unit] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    elsewhere: list[Gap] = field(default_factory=list)
    ranged: list[Unit] = field(default_factory=list)
    """Those of ranges over a whole level: one may ask who is not among them."""
    is_rest: bool = False
    """其他各市: all but those named elsewhere."""


@dataclass(slots=True)
class Reader:
    """Reads the heads of one enumeration, in order."""

    issuer: Unit
    tree: Tree
    manner: Manner = field(default_factory=Manner)
    within: Unit | None = None

    def read(self, heads: list[str], *, organ: str = "") -> Meaning:
        found = Meaning()
        counts: list[tuple[str, int | None]] = []
        plain = [self._counted(head, counts) for head in groups.spelled(heads)]
        self._look_around([head for head in plain if head], organ)
        for head in plain:
            if head:
                self._add(head, organ, found)
        for words, count in counts:
            if count is None or count != len(found.units) + len(found.elsewhere):
                named = len(found.units)
                problem = f"除点名的{named}个外，没有写明还有哪些，请选择"
                found.gaps.append(Gap(words, problem))
        return found

    def _counted(self, head: str, counts: list[tuple[str, int | None]]) -> str:
        """The head without 等3个市, which is held against what was found."""
        match = _AND_OTHERS.search(head)
        if match is None and not _is_place(head, self.tree):
            match = _COUNTED.search(head)
        if match is None:
            return head
        counts.append((match[0], _number(match["count"])))
        kinds = re.sub(r"[^省市区县州旗]", "", match["kinds"] or "")
        if kinds and not self.manner.suffixes:
            self.manner = Manner(tuple(kinds), self.manner.is_of_provinces)
        return head[: match.start()]

    def _look_around(self, heads: list[str], organ: str) -> None:
        last = heads[-1] if heads else ""
        suffixes = self.manner.suffixes or naming.shared_suffixes(last)
        known = [self.tree.called(head) for head in heads]
        sure = any(units and {unit.rank for unit in units} == {"province"} for units in known)
        self.manner = Manner(suffixes, sure or "厅" in organ)

    def _add(self, head: str, organ: str, found: Meaning) -> None:
        base, words = self._base(head)
        if (scope := scopes.SCOPE.match(words)) and scope.end() == len(words):
            self._add_range(words, scopes.expand(words, base, self.tree), head, organ, found)
        elif (match := scopes.zones_at(words, 0)) and match.end() == len(words):
            self._add_range(words, scopes.zones(base, self.tree), head, organ, found)
        elif our_system.BRANCH.match(words):
            self._add_range(words, self._branches(words, base), head, organ, found)
        elif _names_nobody(words):
            found.gaps.append(Gap(head, "没有指明是哪些单位，请选择"))
        elif words.startswith("各"):
            self._add_range(words, self._each(words, base), head, organ, found)
        elif words in _OWN_LEVEL:
            self._own_level(words, found)
        elif (members := None if self.tree.called(words) else groups.members(words)) is not None:
            for place in members:
                self._name(place, found, Manner(is_of_provinces=True))
        else:
            self._names(words, found)

    def _base(self, head: str) -> tuple[Unit, str]:
        """浙江省各设区市 are those of 浙江省, whoever says it."""
        at = head.find("各")
        place = re.sub(r"(?:其他|其余|全省|全市|所辖|辖区|下辖)$", "", head[: max(at, 0)])
        if place and (holders := self.tree.fully(place)):
            for holder in holders:
                if holder.path.startswith(self.issuer.path):
                    return holder, head[len(place) :]
        return self.issuer, head

    def _add_range(
        self, words: str, got: scopes.Found, head: str, organ: str, found: Meaning
    ) -> None:
        found.is_rest |= bool(re.match(r"(?:的)?其(?:他|它|余)", words))
        units = list(got.units)
        if organ.endswith("分局") and "区" in scopes.kinds(words) and self.issuer.rank != "central":
            units = [unit for unit in units if unit.kind == "区"] or units
        found.units += units
        if self.issuer.rank != "central" or {"省", "省级"} & set(scopes.kinds(words)):
            found.ranged += units
        if got.is_above:
            problem = "不是本单位的下级，不由本单位下发；由本单位转发的，请在下级单位中选择"
            found.elsewhere.append(Gap(head, problem))
        elif got.problem:
            found.gaps.append(Gap(head, f"{got.problem}，请选择"))

    def _branches(self, words: str, base: Unit) -> scopes.Found:
        """各分局 are units that are called so; 各区分局 the districts."""
        below = self.tree.directly_below(base)
        named = tuple(
            unit for unit in below if re.search(r"分局|派出", f"{unit.name}{unit.short_name}")
        )
        if re.match(r"各区", words):
            named = named or tuple(unit for unit in below if unit.kind == "区")
        return scopes.Found(named, "" if named else "名单中没有叫“分局”的单位")

    def _each(self, words: str, base: Unit) -> scopes.Found:
        """各市场监管局: each bureau right below, as far as it is a region's."""
        if words != "各":
            return scopes.Found(problem="没有指明是哪些单位")
        units = [unit for unit in self.tree.directly_below(base) if unit.rank != "zone"]
        return (
            scopes.Found(tuple(units))
            if base.rank != "central"
            else scopes.Found(problem="没有指明是哪些单位")
        )

    def _own_level(self, words: str, found: Meaning) -> None:
        own = self.issuer.rank if self.issuer.kind != "市" else "prefecture"
        if _RANK_OF[own] >= _RANK_OF[_OWN_LEVEL[words]]:
            found.elsewhere.append(Gap(words, "是本单位或上级单位，不由本单位下发"))
        else:
            found.gaps.append(Gap(words, "没有写明是哪个地方，请选择"))

    def _names(self, words: str, found: Meaning) -> None:
        """One place, or several written without a sign between them."""
        flat = re.sub(r"[()]", "", words)
        places = [] if self._is_one(words) else _run(flat, self.tree)
        for place in places if all(self._is_one(each) for each in places) and places else [words]:
            self._name(place, found, self.manner)

    def _is_one(self, words: str) -> bool:
        got = naming.resolve(words, self.issuer, self.tree, self.manner, self.within)
        return got.unit is not None or bool(got.near)

    def _name(self, words: str, found: Meaning, manner: Manner) -> None:
        got = naming.resolve(words, self.issuer, self.tree, manner, self.within)
        self.within = got.within or self.within
        if got.unit:
            found.units.append(got.unit)
        elif got.is_elsewhere:
            found.elsewhere.append(Gap(words, got.problem))
        else:
            found.gaps.append(Gap(words, got.problem, got.near))


def _names_nobody(words: str) -> bool:
    is_vague = our_system.VAGUE.match(words) or our_system.MEMBERS.search(words)
    return bool(is_vague) and groups.members(words) is None


def _is_place(words: str, tree: Tree) -> bool:
    """三亚市 is no 三市."""
    return bool(tree.called(words)) or groups.members(words) is not None


def _run(words: str, tree: Tree) -> list[str]:
    places, at = [], 0
    while at < len(words):
        end = tree.longest_at(words, at)
        if end == at:
            return []
        places.append(words[at:end])
        at = end
    return places if len(places) > 1 else []


def _number(words: str | None) -> int | None:
    if not words:
        return None
    if words.isdigit():
        return int(words)
    if len(words) == 1:
        return _DIGITS.get(words)
    tens, _, ones = words.partition("十")
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
