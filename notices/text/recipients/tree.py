"""The bureaus that the words of 主送 are held against, looked up by what places are called."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from notices.text.recipients.place_names import bare_names, full_names

Rank = Literal["central", "province", "prefecture", "county", "zone", "internal"]
RANKS: tuple[Rank, ...] = ("central", "province", "prefecture", "county", "zone", "internal")
_BRANCH = re.compile(r"市场(?:监督管理|监管)(?:局|厅|委员会|委)(?P<place>.{2,})(?:分局|监管局)$")
_ORGAN_END = re.compile(
    r"市场(?:监督管理|监管)(?:局|厅|委员会|委|分局).*$|(?:管委会|管理委员会|分局)$"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One bureau; `path` as in bureaus/paths.py says what lies above it."""

    key: int
    code: str
    region: str
    rank: Rank
    path: str
    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    is_sub_provincial: bool = False
    is_planned_city: bool = False
    is_active: bool = True
    unit_kind: str = ""
    """Of internal units: 司局 or 直属单位."""

    @property
    def parent_path(self) -> str:
        return self.path[: self.path.rstrip("/").rfind("/") + 1]

    @property
    def places(self) -> tuple[str, ...]:
        """The region, and what else the office calls the place: its names less the organ."""
        called = (self.name, self.short_name, *self.aliases)
        if self.rank == "province":  # 自治区市监局 is the alias of more than one
            called = ()
        found = [self.region, *(_without_organ(name) for name in called)]
        return tuple(dict.fromkeys(name for name in found if len(name) > 1))

    @property
    def kind(self) -> str:
        """省 · 自治区 · 市 · 州 · 盟 · 地区 · 师 · 县 · 区 · 旗 · 林区 · 特区 · 兵团 · 开发区."""
        if self.rank == "zone":
            return "开发区"
        for end in ("自治区", "地区", "林区", "特区", "兵团"):
            if self.region.endswith(end):
                return end
        if self.rank == "prefecture" and re.match(r"第.+师", self.region):
            return "师"
        return self.region[-1:]


@dataclass(frozen=True)
class Tree:
    """All bureaus, those out of use too: whoever is named and gone is told of."""

    units: tuple[Unit, ...]

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "Tree":
        return cls(tuple(sorted(units, key=lambda unit: unit.path)))

    def below(self, unit: Unit) -> list[Unit]:
        """The territorial units below this one that are in use, in administrative order."""
        return [
            each
            for each in self.units
            if each.path.startswith(unit.path) and each.path != unit.path and _is_open(each)
        ]

    def directly_below(self, unit: Unit) -> list[Unit]:
        return [e for e in self.units if e.parent_path == unit.path != e.path and _is_open(e)]

    def inner(self, unit: Unit) -> list[Unit]:
        """The offices of a bureau itself that are in use."""
        found = (e for e in self.units if e.rank == "internal" and e.is_active)
        return [each for each in found if each.parent_path == unit.path]

    def called(self, words: str) -> list[Unit]:
        """Every territorial unit that these words are a name of, with the kind of place or not."""
        return [*self._fully.get(words, ()), *self._barely.get(words, ())]

    def fully(self, words: str) -> list[Unit]:
        return list(self._fully.get(words, ()))

    def longest_at(self, text: str, start: int, end: int | None = None) -> int:
        """Where the longest name of a place that begins at `start` ends; `start` if none does."""
        stop = min(len(text) if end is None else end, start + self._longest)
        for at in range(stop, start + 1, -1):
            if text[start:at] in self._fully or text[start:at] in self._barely:
                return at
        return start

    @cached_property
    def _fully(self) -> dict[str, list[Unit]]:
        return self._by(full_names)

    @cached_property
    def _barely(self) -> dict[str, list[Unit]]:
        return self._by(bare_names)

    def _by(self, names: Callable[[str], tuple[str, ...]]) -> dict[str, list[Unit]]:
        found: dict[str, dict[int, Unit]] = defaultdict(dict)
        for unit in self.units:
            if unit.rank not in ("internal", "central"):
                for name in (name for place in unit.places for name in names(place)):
                    found[name][unit.key] = unit
        return {name: list(units.values()) for name, units in found.items()}

    @cached_property
    def _longest(self) -> int:
        return max((len(name) for name in (*self._fully, *self._barely)), default=0)


@cache
def _without_organ(name: str) -> str:
    """杭州钱塘新区 of its bureau; 经济技术开发区 of 杭州市市场监督管理局经济技术开发区分局."""
    branch = _BRANCH.search(name)
    return branch["place"] if branch else _ORGAN_END.sub("", name)


def _is_open(unit: Unit) -> bool:
    return unit.is_active and unit.rank not in ("internal", "central")
