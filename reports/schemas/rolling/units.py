"""What units have reported, in administrative order, and the levels they are taken together by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.schemas.content.content import Content
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.rolling.tallies import Tallies


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """What one unit handed in. ``path`` is its place in the tree, as the codes from the root."""

    code: str
    name: str
    content: Content
    path: str = ""


@dataclass(slots=True)
class Standing:
    """Who was asked and what came of it, by name; whole once all entries have passed.

    ``nil`` have reported that there is nothing to report. ``correcting`` are among the entries,
    with what they reported before the correction; ``otherwise`` are too, with what they wrote into
    another version of the form, of which only the columns that both have come in.
    """

    expected: int = 0
    missing: list[str] = field(default_factory=list)
    nil: list[str] = field(default_factory=list)
    correcting: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)

    @property
    def reported(self) -> int:
        return self.expected - len(self.missing)

    def sentences(self) -> list[str]:
        """What stands under a roll-up: a missing unit is named, and never a zero."""
        said = f"应报{self.expected}个单位，已报{self.reported}个，"
        said += _named("未报", self.missing) if self.missing else "全部报齐。"
        others = {
            "零报告": self.nil,
            "正在更正、本表为其更正前内容的": self.correcting,
            "按报表另一版填报、只计入两版都有的栏目的": self.otherwise,
        }
        return [said, *(_named(what, names) for what, names in others.items() if names)]


@dataclass(slots=True)
class Level:
    """A part of the tree with what its units come to together."""

    path: str
    name: str
    tallies: Tallies
    units: int = 0

    @property
    def label(self) -> str:
        """What its sub-total is called."""
        return f"{self.name}小计"


@dataclass(slots=True)
class Levels:
    """Adds units up level by level as they pass, in administrative order.

    ``names`` are those of the levels that may have a sub-total, by their paths. A level of one
    unit has none: it would say the same twice.
    """

    definition: FormDefinition
    names: Mapping[str, str]
    whole: Tallies = field(init=False)
    _open: list[Level] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.whole = Tallies(self.definition)

    def add(self, entry: UnitEntry) -> None:
        """Take a unit in; `closed_before` has been asked for it."""
        for path in _prefixes(entry.path):
            if path in self.names and all(path != one.path for one in self._open):
                self._open.append(Level(path, self.names[path], Tallies(self.definition)))
        tallies = self._open[-1].tallies if self._open else self.whole
        tallies.add(entry.name, entry.content)
        for level in self._open:
            level.units += 1

    def closed_before(self, path: str) -> Iterator[Level]:
        """The levels that end before a unit at this path, the inner ones first; "" ends all."""
        while self._open and not (path and path.startswith(self._open[-1].path)):
            level = self._open.pop()
            above = self._open[-1].tallies if self._open else self.whole
            above.take_in(level.tallies)
            if level.units > 1:
                yield level


def levels_of(
    definition: FormDefinition, entries: Iterable[UnitEntry], names: Mapping[str, str]
) -> tuple[Tallies, list[Level]]:
    """All units together, and the sub-totals in administrative order, a level before its parts."""
    levels = Levels(definition, names)
    found: list[Level] = []
    for entry in entries:
        found += levels.closed_before(entry.path)
        levels.add(entry)
    found += levels.closed_before("")
    return levels.whole, sorted(found, key=lambda level: level.path)


def _prefixes(path: str) -> Iterator[str]:
    """The paths of the levels above a unit and its own, from the top."""
    at = path.find("/", 1)
    while at > 0:
        yield path[: at + 1]
        at = path.find("/", at + 1)


def _named(what: str, names: Sequence[str]) -> str:
    return f"{what}{len(names)}个：{'、'.join(names)}。"
