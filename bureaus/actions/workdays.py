"""Editing the working-day calendar: by the day, or a year at once from a file."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from io import StringIO

from django.db import transaction

from audit import trail
from bureaus.errors import BureauError
from bureaus.models import CalendarDay, Staff
from bureaus.roles import Permission

KINDS = {
    "H": CalendarDay.Kind.REST,
    "放假": CalendarDay.Kind.REST,
    "休": CalendarDay.Kind.REST,
    "W": CalendarDay.Kind.WORK,
    "上班": CalendarDay.Kind.WORK,
    "调休上班": CalendarDay.Kind.WORK,
    "班": CalendarDay.Kind.WORK,
}
MAX_DAYS = 2000
YEARS = range(2000, 2100)  # a slip of the hand would be a year that counts as announced
DAY_PARTS = re.compile(r"[-/.年月]")  # a spreadsheet saves 2027-01-01 as 2027/1/1


@transaction.atomic
def put(day: date, *, kind: str, name: str, by: Staff) -> CalendarDay:
    """Set what one day is; a day that stands already is changed."""
    _check_may(by)
    _check_fits(day, kind)
    before = CalendarDay.objects.filter(day=day).first()
    row, _ = CalendarDay.objects.update_or_create(day=day, defaults={"kind": kind, "name": name})
    trail.record(
        "设置工作日",
        row,
        detail={"day": day, "kind": [before.kind if before else "", kind], "name": name},
        by=by,
    )
    return row


@transaction.atomic
def remove(row: CalendarDay, *, by: Staff) -> None:
    """Let the usual week hold again on this day."""
    _check_may(by)
    trail.record("删除工作日设置", row, detail={"day": row.day, "kind": row.kind}, by=by)
    row.delete()


@transaction.atomic
def import_days(text: str, *, by: Staff) -> int:
    """Take in lines of 日期,类型,名称; all or nothing. Returns how many days were set.

    Raises BureauError naming every line that cannot be read.
    """
    _check_may(by)
    rows = _parse(text)
    CalendarDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["kind", "name"],
        batch_size=500,
    )
    years = sorted({row.day.year for row in rows})
    trail.record("导入工作日历", detail={"days": len(rows), "years": years}, by=by)
    return len(rows)


def _parse(text: str) -> list[CalendarDay]:
    found: dict[date, CalendarDay] = {}
    faults: list[str] = []
    for number, cells in enumerate(csv.reader(StringIO(text.lstrip("\ufeff"))), start=1):
        if not any(cell.strip() for cell in cells) or _is_heading(number, cells):
            continue
        try:
            row = _row(cells)
        except BureauError as fault:
            faults.append(f"第{number}行：{fault}")
            continue
        found[row.day] = row
    if faults:
        raise BureauError("没有导入。" + "；".join(_first(faults)))
    if not found:
        raise BureauError("文件里没有日期。每行应为“日期,类型,名称”，如 2027-01-01,放假,元旦")
    if len(found) > MAX_DAYS:
        raise BureauError(f"一次最多导入{MAX_DAYS}天，请按年份分开导入")
    return list(found.values())


def _is_heading(number: int, cells: list[str]) -> bool:
    return number == 1 and not any(char.isdigit() for char in cells[0])


def _row(cells: list[str]) -> CalendarDay:
    said = [cell.strip() for cell in cells] + ["", ""]
    try:
        day = date(*map(int, DAY_PARTS.split(said[0].removesuffix("日"))))
    except (ValueError, TypeError, OverflowError):
        raise BureauError(f"“{said[0]}”不是日期，应形如 2027-01-01") from None
    kind = KINDS.get(said[1])
    if kind is None:
        raise BureauError(f"类型“{said[1]}”不认识，请填“放假”或“调休上班”")
    _check_fits(day, kind)
    return CalendarDay(day=day, kind=kind, name=said[2][:20])


def _check_fits(day: date, kind: str) -> None:
    if day.year not in YEARS:
        raise BureauError(f"日期应在{YEARS[0]}年至{YEARS[-1]}年之间")
    if kind == CalendarDay.Kind.WORK and day.weekday() < 5:
        raise BureauError(f"{day}不是周六、周日，本来就上班，不用设为调休上班")


def _first(faults: Iterable[str], count: int = 10) -> list[str]:
    listed = list(faults)
    more = [f"还有{len(listed) - count}行有误"] if len(listed) > count else []
    return listed[:count] + more


def _check_may(by: Staff) -> None:
    # one calendar for all: only who administers the whole tree may change it
    if not any(bureau.parent_id is None for bureau in by.bureaus_where(Permission.SYSTEM)):
        raise BureauError("您没有修改工作日历的权限")
