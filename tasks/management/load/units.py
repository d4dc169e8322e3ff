"""Who takes part: bureaus from the top down, each with its four invented people."""

from dataclasses import dataclass, field
from random import Random

from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role

POSTS = (Role.COORDINATOR, Role.FILLER, Role.REVIEWER, Role.APPROVER)
RANKS = (Bureau.Rank.PROVINCE, Bureau.Rank.PREFECTURE, Bureau.Rank.COUNTY)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
GIVEN = [
    "文博",
    "雅琴",
    "志远",
    "思齐",
    "明哲",
    "若兰",
    "建平",
    "晓岚",
    "子墨",
    "静怡",
    "国栋",
    "海燕",
    "永康",
    "书瑶",
    "立新",
    "婉清",
]


@dataclass(frozen=True, eq=False)
class Unit:
    """A bureau with its people: coordinator, filler, reviewer, approver."""

    bureau: Bureau
    coordinator: Staff
    filler: Staff
    reviewer: Staff
    approver: Staff


@dataclass(frozen=True)
class Country:
    """The units in administrative order; ``below`` by the key of a bureau, its own not included."""

    central: Unit
    units: list[Unit]
    provinces: list[Unit]
    below: dict[int, list[Unit]] = field(default_factory=dict)


def available() -> int:
    return Bureau.objects.filter(rank__in=RANKS).count()


def settled(count: int, rng: Random) -> Country:
    """Hire for the 总局 and the first ``count`` bureaus below it, provinces first."""
    chosen = [bureau for rank in RANKS for bureau in Bureau.objects.filter(rank=rank)][:count]
    central, *units = _hired([Bureau.objects.get(rank=Bureau.Rank.CENTRAL), *chosen], rng)
    units.sort(key=lambda unit: unit.bureau.path)
    provinces = [unit for unit in units if unit.bureau.rank == Bureau.Rank.PROVINCE]
    return Country(central, units, provinces, _below(units))


def _below(units: list[Unit]) -> dict[int, list[Unit]]:
    found: dict[int, list[Unit]] = {}
    by_path = {unit.bureau.path: unit.bureau.pk for unit in units}
    for unit in units:
        path = unit.bureau.path
        while (path := path[: path[:-1].rfind("/") + 1]) in by_path:
            found.setdefault(by_path[path], []).append(unit)
    return found


def _hired(bureaus: list[Bureau], rng: Random) -> list[Unit]:
    """Nobody can log in until `manage.py changepassword` says otherwise."""
    people = [_person(bureau, role, rng) for bureau in bureaus for role in POSTS]
    Staff.objects.bulk_create(people, batch_size=1000)
    posts = [
        Post(staff=person, bureau=person.bureau, role=POSTS[index % len(POSTS)])
        for index, person in enumerate(people)
    ]
    Post.objects.bulk_create(posts, batch_size=1000)
    four = len(POSTS)
    return [
        Unit(bureau, *people[index * four : (index + 1) * four])
        for index, bureau in enumerate(bureaus)
    ]


def _person(bureau: Bureau, role: Role, rng: Random) -> Staff:
    username = f"{bureau.code}.{role}"
    person = Staff(
        username=username,
        name=rng.choice(SURNAMES) + rng.choice(GIVEN),
        bureau=bureau,
        phone="000-00000000",
        email=f"{username}@example.test",
    )
    person.set_unusable_password()
    return person
