"""Units that no list of codes knows: 开发区, 高新区, 新区 and the like."""

import re

from django.db import transaction

from audit import trail
from bureaus import paths
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


def _check_may(by: Staff, parent: Bureau) -> None:
    administered = by.bureaus_where(Permission.SYSTEM)
    if not any(parent.path.startswith(bureau.path) for bureau in administered):
        raise BureauError(f"您没有在{parent}下新增单位的权限")
