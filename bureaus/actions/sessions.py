"""Logging in and out, and what the audit keeps of it."""

from django.db import transaction

from audit import origin, trail
from bureaus.models import Staff

LOGIN_CHAIN = "login"


@transaction.atomic
def opened(staff: Staff) -> None:
    """Record a login and remember where it came from, to be shown at the next one."""
    Staff.objects.filter(pk=staff.pk).update(last_address=origin.address())
    trail.record("登录", staff, chain=_chain(staff), by=staff)


@transaction.atomic
def closed(staff: Staff) -> None:
    trail.record("退出", staff, chain=_chain(staff), by=staff)


@transaction.atomic
def refused(typed_name: str, *, locked: bool = False) -> None:
    """Record a failed login with the name that was typed; never the password."""
    verb = "登录被锁定" if locked else "登录失败"
    trail.record(verb, chain=LOGIN_CHAIN, detail={"username": typed_name[:40]}, by=None)


@transaction.atomic
def password_changed(staff: Staff) -> None:
    trail.record("修改密码", staff, chain=_chain(staff), by=staff)


def _chain(staff: Staff) -> str:
    return staff.bureau.code if staff.bureau else trail.SYSTEM_CHAIN
