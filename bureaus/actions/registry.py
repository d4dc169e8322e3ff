"""Loading the bureau tree and the working-day calendar from the project's data files."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from audit import trail
from bureaus import paths
from bureaus.models import Bureau, CalendarDay

DATA = Path(__file__).resolve().parent.parent / "data"
CENTRAL_CODE = "100000"
Row = dict[str, str]


@transaction.atomic
def load_tree() -> int:
    """Add the bureaus that are not there yet; what stands is left as the office has it.

    Returns how many.
    """
    central, made = Bureau.objects.get_or_create(
        code=CENTRAL_CODE,
        defaults={
            "name": "国家市场监督管理总局",
            "short_name": "市场监管总局",
            "rank": Bureau.Rank.CENTRAL,
            "path": paths.ROOT,
            "aliases": "总局\n国家市场监管总局",
        },
    )
    added = int(made)
    for name, rank in (
        ("provinces", Bureau.Rank.PROVINCE),
        ("prefectures", Bureau.Rank.PREFECTURE),
        ("counties", Bureau.Rank.COUNTY),
        ("internal_units", Bureau.Rank.INTERNAL),
    ):
        added += _add_missing(read_data(name), rank=rank, central=central)
    if added:
        trail.record("载入机构", detail={"added": added}, by=None)
    return added


@transaction.atomic
def load_workdays() -> int:
    """Add the days that are not there yet. Returns how many."""
    known = set(CalendarDay.objects.values_list("day", flat=True))
    days = [
        CalendarDay(day=day, kind=row["kind"], name=row["name"])
        for row in read_data("workdays")
        if (day := date.fromisoformat(row["date"])) not in known
    ]
    CalendarDay.objects.bulk_create(days, batch_size=500)
    if days:
        trail.record("载入工作日历", detail={"added": len(days)}, by=None)
    return len(days)


def read_data(name: str) -> Iterator[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _add_missing(rows: Iterable[Row], *, rank: Bureau.Rank, central: Bureau) -> int:
    known = dict(Bureau.objects.values_list("code", "pk"))
    parents = {bureau.code: bureau for bureau in Bureau.objects.exclude(rank=Bureau.Rank.COUNTY)}
    made = []
    for row in rows:
        if row["code"] in known:
            continue
        parent = parents[row["parent_code"]] if "parent_code" in row else central
        made.append(_bureau(row, rank=rank, parent=parent))
    Bureau.objects.bulk_create(made, batch_size=500)
    return len(made)


def _bureau(row: Row, *, rank: Bureau.Rank, parent: Bureau) -> Bureau:
    return Bureau(
        code=row["code"],
        name=row["name"],
        short_name=row.get("short_name") or short_name(row["name"]),
        region=row.get("region", ""),
        region_kind=row.get("region_kind") or row.get("kind", ""),
        rank=rank,
        parent=parent,
        path=paths.child(parent.path, row["code"]),
        aliases=row.get("aliases", "").replace("|", "\n"),
        is_sub_provincial=row.get("is_sub_provincial") == "1",
        is_planned_city=row.get("is_planned_city") == "1",
    )


def short_name(full_name: str) -> str:
    """市场监督管理局 is 市场监管局 in daily use, 市场监督管理委员会 is 市场监管委."""
    return full_name.replace("市场监督管理委员会", "市场监管委").replace("市场监督管理", "市场监管")
