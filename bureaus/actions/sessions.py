"""Logging in and out, and what the audit keeps of it."""

from datetime import datetime

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
def timed_out(staff: Staff) -> None:
    """Record that a session was ended by its age (SESSION_MAX_HOURS)."""
    trail.record("登录超时退出", staff, chain=_chain(staff), by=staff)


@transaction.atomic
def refused(typed_name: str, *, verb: str = "登录失败") -> None:
    """Record a failed login with the name that was typed; never the password."""
    trail.record(verb, chain=LOGIN_CHAIN, detail={"username": typed_name[:40]}, by=None)


@transaction.atomic
def password_changed(staff: Staff, *, now: datetime) -> None:
    """Record that a person has taken a password of their own; nothing is owed any more."""
    staff.must_change_password, staff.password_changed_at = False, now
    staff.save(update_fields=["must_change_password", "password_changed_at"])
    trail.record("修改密码", staff, chain=_chain(staff), by=staff)


def _chain(staff: Staff) -> str:
    return staff.bureau.code if staff.bureau else trail.SYSTEM_CHAIN
