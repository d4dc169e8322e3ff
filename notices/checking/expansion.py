"""From the words of 主送 to the bureaus they mean: the tree is read once, whatever the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bureaus.kept import versions
from bureaus.kept.holding import Holding
from bureaus.models import Bureau
from notices.text.recipients.recipients import Part, take_apart
from notices.text.recipients.tree import Tree, Unit

_ALL: Holding[tuple[dict[int, Bureau], Tree]] = Holding(versions.UNITS)
_ANSWERS: Holding["Expansion"] = Holding(versions.UNITS, most=200)


@dataclass(frozen=True)
class Gap:
    """Words that name nobody for sure, why, and the bureaus that may be meant."""

    words: str
    problem: str
    near: tuple[Bureau, ...] = ()


@dataclass(frozen=True)
class ShownPart:
    """A part of 主送 as the pages show it.

    ``says`` is units | inner (offices of the issuer) | outside (gets nothing here).
    """

    text: str
    says: str
    bureaus: tuple[Bureau, ...]
    gaps: tuple[Gap, ...]
    note: str

    @property
    def word(self) -> str:
        """What became of it, in a word that does not need colour."""
        if self.gaps:
            return "部分未确定" if self.bureaus else "未确定"
        return {"units": "已确定", "inner": "内部单位", "outside": "不建任务"}[self.says]


@dataclass(frozen=True)
class Tier:
    """How many bureaus of one rank are addressed."""

    label: str
    count: int


@dataclass(frozen=True)
class Expansion:
    """The parts of 主送 in their order; none of its words is in no part."""

    parts: tuple[ShownPart, ...] = ()

    @property
    def bureaus(self) -> list[Bureau]:
        """Who gets tasks, each once, in administrative order."""
        return self._of("units")

    @property
    def internal(self) -> list[Bureau]:
        """The issuer's own units that are addressed."""
        return self._of("inner")

    @property
    def gaps(self) -> list[Gap]:
        """What a person has to say something about before it goes out."""
        return [gap for part in self.parts for gap in part.gaps]

    @property
    def needs_choice(self) -> tuple[str, ...]:
        return tuple(gap.words for gap in self.gaps)

    @property
    def outside(self) -> list[ShownPart]:
        """What gets nothing here: other systems, offices that are no units, those above."""
        return [part for part in self.parts if part.says == "outside" and not part.gaps]

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.outside)

    @property
    def open_first(self) -> list[ShownPart]:
        return sorted(self.parts, key=lambda part: not part.gaps)

    @property
    def tiers(self) -> list[Tier]:
        order = list(Bureau.Rank)
        ranks = sorted(order.index(bureau.rank) for bureau in self.bureaus)
        return [Tier(order[rank].label, len(list(same))) for rank, same in groupby(ranks)]

    def _of(self, says: str) -> list[Bureau]:
        found = {b.pk: b for part in self.parts if part.says == says for b in part.bureaus}
        return sorted(found.values(), key=lambda bureau: bureau.path)


def expand(recipients_text: str, *, issuer: Bureau) -> Expansion:
    """What a notice of ``issuer`` addresses; empty where it names nobody. One query, where the
    process does not keep the answer or the tree."""
    if not recipients_text.strip():
        return Expansion()
    return _ANSWERS.get((recipients_text, issuer.pk), lambda: _expanded(recipients_text, issuer))


def _expanded(recipients_text: str, issuer: Bureau) -> Expansion:
    bureaus, tree = _ALL.get("", _read)
    whole = take_apart(recipients_text, issuer=_unit(issuer), tree=tree)
    return Expansion(tuple(_shown(part, bureaus) for part in whole))


def _read() -> tuple[dict[int, Bureau], Tree]:
    bureaus = Bureau.objects.in_bulk()
    return bureaus, Tree.of(_unit(bureau) for bureau in bureaus.values())


def _shown(part: Part, bureaus: dict[int, Bureau]) -> ShownPart:
    def rows(units: Iterable[Unit]) -> tuple[Bureau, ...]:
        return tuple(bureaus[unit.key] for unit in units)

    gaps = tuple(Gap(gap.words, gap.problem, rows(gap.near)) for gap in part.gaps)
    return ShownPart(part.text, part.says, rows(part.units), gaps, part.note)


def _unit(bureau: Bureau) -> Unit:
    return Unit(
        key=bureau.pk,
        code=bureau.code,
        region=bureau.region,
        rank=bureau.rank,
        path=bureau.path,
        name=bureau.name,
        short_name=bureau.short_name,
        aliases=tuple(bureau.aliases.splitlines()),
        is_sub_provincial=bureau.is_sub_provincial,
        is_planned_city=bureau.is_planned_city,
        is_active=bureau.is_active,
        unit_kind=bureau.region_kind,
    )
