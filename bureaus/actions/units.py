"""Units that no list of codes knows (开发区, 高新区, 新区 and the like), and how units work."""

import re

from django.db import transaction

from audit import trail
from bureaus import paths, permissions
from bureaus.actions.registry import short_name
from bureaus.errors import BureauError
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission

CODE = re.compile(r"[0-9A-Z]{3,12}")


@transaction.atomic
def add_zone(parent: Bureau, *, code: str, name: str, by: Staff) -> Bureau:
    """Add a unit below ``parent``. The code is the office's own and becomes part of the path.

    Raises BureauError where the person administers no bureau at or above the parent, where the
    code is malformed or taken, or where the parent already has a unit of this name.
    """
    _check_may(by, parent)
    if not CODE.fullmatch(code):
        raise BureauError("单位代码应为3至12位数字或大写字母，例如330191或33G1")
    if Bureau.objects.filter(code=code).exists():
        raise BureauError(f"代码{code}已被使用，请换一个代码")
    if parent.children.filter(name=name).exists():
        raise BureauError(f"{parent}下已有名为“{name}”的单位")
    bureau = Bureau.objects.create(
        code=code,
        name=name,
        short_name=short_name(name)[:40],
        rank=Bureau.Rank.ZONE,
        parent=parent,
        path=paths.child(parent.path, code),
    )
    trail.record("新增单位", bureau, chain=parent.code, detail={"code": code, "name": name}, by=by)
    return bureau


SETTINGS = {
    "is_two_person": (Permission.STAFF,),
    "counties_take_part": (Permission.STAFF, Permission.SYSTEM),
}


def open_settings(bureau: Bureau, user: Staff) -> list[str]:
    """The switches of this unit that the person may turn.

    两人制 is the unit's own affair; whether counties are asked is also the system's
    (填表报数交材料功能一般不向下延伸到县级).
    """
    asks_counties = bureau.rank in (Bureau.Rank.PROVINCE, Bureau.Rank.PREFECTURE)
    return [
        name
        for name, permissions_wanted in SETTINGS.items()
        if permissions.covers(user, bureau, *permissions_wanted)
        and (asks_counties or name != "counties_take_part")
    ]


@transaction.atomic
def set_up(bureau: Bureau, *, by: Staff, **wanted: bool) -> Bureau:
    """Turn switches of a unit; what stays as it was is neither written nor recorded."""
    closed = set(wanted) - set(open_settings(bureau, by))
    if closed:
        raise BureauError(f"您没有更改{bureau}这项设置的权限")
    old = Bureau.objects.select_for_update(of=("self",)).get(pk=bureau.pk)
    changed = {
        name: [getattr(old, name), value]
        for name, value in wanted.items()
        if getattr(old, name) != value
    }
    if not changed:
        return bureau
    for name, value in wanted.items():
        setattr(bureau, name, value)
    bureau.save(update_fields=list(changed))
    trail.record("更改单位设置", bureau, chain=bureau.code, detail=changed, by=by)
    return bureau


def _check_may(by: Staff, parent: Bureau) -> None:
    if not permissions.covers(by, parent, Permission.SYSTEM):
        raise BureauError(f"您没有在{parent}下新增单位的权限")
