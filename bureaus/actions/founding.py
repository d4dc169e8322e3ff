"""The first three administrators of an installation: after them, administrators make people."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.actions.people import USERNAME
from bureaus.errors import BureauError
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import SEPARATED, Role

FIRST = [role for role in Role if role in SEPARATED]


@dataclass(frozen=True)
class Account:
    """What the person at the keyboard says of one administrator."""

    username: str
    name: str
    password: str


def check_none() -> Bureau:
    """The bureau of the first administrators. Raises BureauError where it is not for us to ask."""
    root: Bureau | None = Bureau.objects.filter(parent=None).first()
    if root is None:
        raise BureauError("还没有机构树，请先执行 manage.py load_bureaus")
    standing = Post.objects.filter(role__in=FIRST, staff__is_active=True).select_related("staff")
    if standing:
        names = "、".join(f"{post.get_role_display()}{post.staff.username}" for post in standing)
        raise BureauError(f"已有管理员（{names}），其他管理员请由他们在系统中建立")
    return root


def check_username(username: str) -> None:
    if not USERNAME.fullmatch(username):
        raise BureauError("账号须为3至40位小写字母、数字、点、横线或下划线，以字母或数字开头")
    if Staff.objects.filter(username__iexact=username).exists():
        raise BureauError(f"账号{username}已被使用，请换一个")


@transaction.atomic
def create(accounts: dict[Role, Account], *, now: datetime) -> list[Staff]:
    """Make one account a role, each with its post in force at the root of the tree.

    Passwords typed at the installation are nobody's own: they are changed at the first login.
    """
    root, made = check_none(), []
    for role in FIRST:
        account = accounts[role]
        check_username(account.username)
        person = Staff.objects.create_user(
            account.username,
            account.password,
            name=account.name,
            bureau=root,
            must_change_password=True,
            password_changed_at=now,
        )
        post = Post.objects.create(staff=person, bureau=root, role=role, asked_at=now)
        trail.record(
            "建立首任管理员", person, chain=root.code, detail={"post": str(post)}, at=now, by=None
        )
        made.append(person)
    return made
