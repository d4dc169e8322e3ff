"""Accounts: made for one person, changed, locked out of and into, switched off; never deleted.

The name of an account is never changed and never given to somebody else.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from bureaus import permissions
from bureaus.actions import posts
from bureaus.errors import BureauError
from bureaus.login import lockouts, passwords
from bureaus.models import Bureau, Delegation, Staff
from bureaus.shell.masking import masked

TAKEN = "账号{}已被使用（停用的账号也不再给他人使用），请换一个"
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


@transaction.atomic
def add(
    bureau: Bureau,
    *,
    username: str,
    name: str,
    phone: str = "",
    email: str = "",
    expires_on: date | None = None,
    now: datetime,
    by: Staff,
) -> tuple[Staff, str]:
    """Make an account without a post. Returns it with its password, which is kept nowhere else.

    The password has to be changed at the first login.
    """
    if not permissions.can_add(by, bureau):
        raise BureauError(f"您没有在{bureau}新增人员的权限")
    if not USERNAME.fullmatch(username):
        raise BureauError("账号须为3至40位小写字母、数字、点、横线或下划线，以字母或数字开头")
    if Staff.objects.filter(username__iexact=username).exists():
        raise BureauError(TAKEN.format(username))
    if not bureau.is_active:
        raise BureauError(f"{bureau}已停用，不能新增人员")
    _check_day(expires_on, now)
    password = passwords.one_time()
    try:
        with transaction.atomic():
            person = Staff.objects.create_user(
                username,
                password,
                name=name,
                bureau=bureau,
                phone=phone,
                email=email,
                expires_on=expires_on,
                must_change_password=True,
                password_changed_at=now,
            )
    except IntegrityError:  # somebody took the name a moment ago
        raise BureauError(TAKEN.format(username)) from None
    _record("新增人员", person, {"username": username, "expires_on": expires_on}, at=now, by=by)
    return person, password


@transaction.atomic
def edit(
    person: Staff,
    *,
    name: str,
    phone: str,
    email: str,
    expires_on: date | None,
    now: datetime,
    by: Staff,
) -> Staff:
    """Change what is known of a person. The account's name and bureau stay for ever."""
    _check_may_edit(person, by)
    old = Staff.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if expires_on != old.expires_on:
        if by.pk == person.pk:
            raise BureauError("不能更改自己账号的有效期，请由其他管理员办理")
        _check_day(expires_on, now)
        _check_outlasts_delegations(person, expires_on)
    person.name, person.phone, person.email = name, phone, email
    person.expires_on = expires_on
    person.save(update_fields=["name", "phone", "email", "expires_on"])
    changed = {
        field: [getattr(old, field), getattr(person, field)]
        for field in ("name", "phone", "email", "expires_on")
        if getattr(old, field) != getattr(person, field)
    }
    if "phone" in changed:
        changed["phone"] = [masked(number) for number in changed["phone"]]
    _record("修改人员资料", person, changed, at=now, by=by)
    return person


@transaction.atomic
def contacts_opened(person: Staff, *, now: datetime, by: Staff) -> None:
    """Record that somebody was shown the whole telephone number."""
    _record("查看联系方式", person, {}, at=now, by=by)


@transaction.atomic
def reset_password(person: Staff, *, now: datetime, by: Staff) -> str:
    """Give a one-time password in place of a forgotten one; running sessions and a lock end.

    Returns it; it is kept nowhere else.
    """
    _check_may_reset(person, by)
    if not person.is_active:
        raise BureauError(f"{person}的账号已停用，请先恢复使用")
    password = _take_one_time(person, now)
    lockouts.unlock(person.username)
    _record("重置密码", person, {}, at=now, by=by)
    return password


@transaction.atomic
def unlock(person: Staff, *, now: datetime, by: Staff) -> None:
    """Lift the lock that wrong passwords have put on an account."""
    _check_may_reset(person, by)
    lockouts.unlock(person.username)
    _record("解除锁定", person, {}, at=now, by=by)


@transaction.atomic
def deactivate(person: Staff, *, now: datetime, by: Staff) -> Staff:
    """Switch an account off: its posts and its delegations end, its sessions too.

    Open work is asked about by ``tasks.actions.handovers.leave``, the only caller.
    """
    _check_may_edit(person, by)
    if by.pk == person.pk:
        raise BureauError("不能停用自己的账号，请由其他管理员办理")
    held = list(person.posts.select_related("bureau"))
    for post in held:
        posts.check_not_last(post)
    if not Staff.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise BureauError(f"{person}的账号已经停用")
    person.is_active = False
    person.posts.all().delete()
    today = timezone.localdate(now)
    running = Delegation.objects.open().filter(ends_on__gte=today)
    for ended in (running.filter(absentee=person), running.filter(deputy=person)):
        ended.update(ended_at=now)
    detail = {"is_active": [True, False], "posts": [str(post) for post in held]}
    _record("停用账号", person, detail, at=now, by=by)
    return person


@transaction.atomic
def reactivate(person: Staff, *, now: datetime, by: Staff) -> str:
    """Let a person come back to their own account, without posts; returns a one-time password."""
    _check_may_edit(person, by)
    if not Staff.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise BureauError(f"{person}的账号正在使用，不用恢复")
    person.is_active = True
    if person.expires_on and person.expires_on < timezone.localdate(now):
        person.expires_on = None
        person.save(update_fields=["expires_on"])
    password = _take_one_time(person, now)
    _record("恢复账号", person, {"is_active": [False, True]}, at=now, by=by)
    return password


def _take_one_time(person: Staff, now: datetime) -> str:
    password = passwords.one_time()
    person.set_password(password)
    person.must_change_password, person.password_changed_at = True, now
    person.save(update_fields=["password", "must_change_password", "password_changed_at"])
    return password


def _check_day(expires_on: date | None, now: datetime) -> None:
    if expires_on and expires_on < timezone.localdate(now):
        raise BureauError("账号有效期不能早于今天；不再使用的账号请办理离岗停用")


def _check_outlasts_delegations(person: Staff, expires_on: date | None) -> None:
    """What is handed over is in somebody's hands to its last day."""
    if expires_on is None:
        return
    running = Delegation.objects.about(person, since=expires_on + timedelta(days=1)).for_list()
    if longer := running.first():
        raise BureauError(
            f"{longer.absentee}委托{longer.deputy}代办到{longer.ends_on}，"
            "请先收回委托，再缩短账号有效期"
        )


def _check_may_edit(person: Staff, by: Staff) -> None:
    if not permissions.can_edit(by, person):
        raise BureauError(f"您没有管理{person}账号的权限：其单位或岗位不全在您的管理范围内")


def _check_may_reset(person: Staff, by: Staff) -> None:
    if by.pk == person.pk:
        raise BureauError("自己的密码请在“修改密码”中更改；锁定的，请由其他管理员办理")
    if not permissions.can_reset(by, person):
        raise BureauError(f"您没有重置{person}密码的权限：其单位或岗位不全在您的管理范围内")


def _record(verb: str, person: Staff, detail: dict[str, Any], *, at: datetime, by: Staff) -> None:
    chain = person.bureau.code if person.bureau else trail.SYSTEM_CHAIN
    trail.record(verb, person, chain=chain, detail=detail, at=at, by=by)
