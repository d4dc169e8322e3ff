"""The product's own list of bureaus as a tree without a database, and a short hand for its sets."""

import csv
from functools import cache

from notices.text.recipients.recipients import Part, take_apart
from notices.text.recipients.tree import Tree, Unit
from tests.folders import ROOT

DATA = ROOT / "bureaus" / "data"
RANKS = {
    "provinces": "province",
    "prefectures": "prefecture",
    "counties": "county",
    "internal_units": "internal",
}
# Of provinces and autonomous regions: the first city of each in the list, which says nothing of it.
_WITH_CAPITAL = "13 14 15 21 22 23 32 33 34 35 36 37 41 42 43 44 45 46 51 52 53 54 61 62 63 64 65"
CAPITALS = [f"{province}0100" for province in _WITH_CAPITAL.split(" ")]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def kind_of() -> dict[str, str]:
    """Code → 地级市, 市辖区 …, as the list itself calls it."""
    names = ("provinces", "prefectures", "counties")
    return {row["code"]: row["region_kind"] for name in names for row in rows(name)}


@cache
def tree() -> Tree:
    units = [Unit(1, "100000", "", "central", "/", "国家市场监督管理总局", "市场监管总局")]
    paths = {"100000": "/"}
    for name, rank in RANKS.items():
        for row in rows(name):
            path = f"{paths[row.get('parent_code') or '100000']}{row['code']}/"
            paths[row["code"]] = path
            units.append(_unit(len(units) + 1, row, rank, path))
    return Tree.of(units)


def _unit(key: int, row: dict[str, str], rank: str, path: str) -> Unit:
    return Unit(
        key=key,
        code=row["code"],
        region=row.get("region", ""),
        rank=rank,
        path=path,
        name=row["name"],
        short_name=row.get("short_name") or row["name"].replace("监督管理", "监管"),
        aliases=tuple(filter(None, row.get("aliases", "").split("|"))),
        is_sub_provincial=row.get("is_sub_provincial") == "1",
        is_planned_city=row.get("is_planned_city") == "1",
        unit_kind=row.get("kind", ""),
    )


def unit(code: str) -> Unit:
    return next(each for each in tree().units if each.code == code)


def parts(text: str, issuer: str = "100000", *, of: Tree | None = None) -> list[Part]:
    return take_apart(text, issuer=unit(issuer), tree=of or tree())


def codes(found: list[Part]) -> set[str]:
    return {each.code for part in found if part.says == "units" for each in part.units}


def gaps(found: list[Part]) -> list[str]:
    return [gap.words for part in found for gap in part.gaps]


def outside(found: list[Part]) -> list[str]:
    return [part.text for part in found if part.says != "units"]


def meant(said: str, issuer: str = "100000") -> set[str]:
    """`@省 -西藏自治区 杭州市/西湖区` → codes: levels by @, less by -, the rest by its region."""
    found: set[str] = set()
    for word in said.split():
        if word.startswith("@"):
            found |= _level(word[1:], issuer)
        elif word.startswith("-"):
            found -= {_named(word[1:], issuer)}
        else:
            found.add(_named(word, issuer))
    return found


def _level(word: str, issuer: str) -> set[str]:
    top = unit(issuer).path
    here = [u for u in tree().units if u.path.startswith(top) and u.path != top]
    direct = [u for u in here if u.parent_path == top]
    kinds = kind_of()
    sets = {
        "省级": [u for u in here if u.rank == "province"],
        "31": [u for u in here if u.rank == "province" and u.code != "660000"],
        "计划单列市": [u for u in here if u.is_planned_city],
        "副省级市": [u for u in here if u.is_sub_provincial],
        "省会": [u for u in here if u.code in CAPITALS],
        "地级": [u for u in here if u.rank == "prefecture"],
        "地级市": [u for u in here if u.rank == "prefecture" and kinds[u.code] == "地级市"],
        "县级": [u for u in here if u.rank == "county"],
        "直属县级": [u for u in direct if u.rank == "county"],
    }
    if word not in sets:  # a kind of county: 市辖区, 县级市 …
        return {u.code for u in here if u.rank == "county" and kinds[u.code] == word}
    return {u.code for u in sets[word]}


def _named(words: str, issuer: str) -> str:
    holder, _, region = words.rpartition("/")
    top = unit(_named(holder, issuer)).path if holder else unit(issuer).path
    found = [u for u in tree().units if u.region == region and u.path.startswith(top)]
    assert len(found) == 1, f"{words}: {len(found)}"
    return found[0].code
