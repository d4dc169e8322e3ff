"""Putting people into posts and taking them out.

Where ``settings.SEPARATE_ADMINS`` is on, whoever administers people proposes and the security
administrator confirms (bureaus/separation.py); where it is off, a unit administrator puts people
into the posts of work at once, and the posts of administration still need the permission 授予岗位.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import trail
from bureaus import permissions, separation
from bureaus.errors import BureauError
from bureaus.models import Bureau, Delegation, Post, Staff
from bureaus.roles import BUSINESS, SEPARATED, Role


@transaction.atomic
def grant(person: Staff, role: Role, *, bureau: Bureau, now: datetime, by: Staff) -> Post:
    """Give a person a post, or ask for it: ``is_effective`` of what is returned says which.

    Raises BureauError where the person may not propose this, where the person has the post, is
    switched off, or may not hold it beside what they hold.
    """
    person = Staff.objects.select_for_update(of=("self",)).get(pk=person.pk)
    at_once = permissions.can_grant(by, role, bureau, separate=settings.SEPARATE_ADMINS)
    if not at_once and not permissions.can_ask_for(by, role, bureau):
        raise BureauError(_refusal(role, bureau))
    if not Staff.objects.visible_to(by).filter(pk=person.pk).exists():
        raise BureauError(f"{person}不在您管理的单位")
    if by.pk == person.pk and role not in BUSINESS:
        raise BureauError("不能给自己授予管理岗位，请由其他管理员办理")
    if not person.is_active or not bureau.is_active:
        raise BureauError(f"{person if not person.is_active else bureau}已停用，不能授予岗位")
    if person.posts.filter(bureau=bureau, role=role).exists():
        raise BureauError(f"{person}已有{bureau}的{role.label}岗位，不用再次授予")
    _check_apart(person, role, now)
    post = Post.objects.create(
        staff=person, bureau=bureau, role=role, is_effective=at_once, asked_at=now, asked_by=by
    )
    _record("授予岗位" if at_once else "提出岗位", post, [False, at_once], at=now, by=by)
    return post


@transaction.atomic
def confirm(post: Post, *, now: datetime, by: Staff) -> Post:
    """Put a post that was asked for into force. The rules are asked again: days may have passed."""
    Staff.objects.select_for_update(of=("self",)).get(pk=post.staff_id)
    _check_may_decide(post, by)
    if not post.staff.is_active:
        raise BureauError(f"{post.staff}的账号已停用，请改为不同意")
    _check_apart(post.staff, Role(post.role), now)
    if not Post.objects.asked_for().filter(pk=post.pk).update(is_effective=True):
        raise BureauError("该岗位刚刚已由他人处理，请刷新页面")
    post.is_effective = True
    _record("确认岗位", post, [False, True], at=now, by=by)
    return post


@transaction.atomic
def refuse(post: Post, *, reason: str, now: datetime, by: Staff) -> None:
    """Strike out a post that was asked for, with a reason for whoever asked."""
    _check_may_decide(post, by)
    if not reason.strip():
        raise BureauError("请填写不同意的原因")
    deleted, _ = Post.objects.asked_for().filter(pk=post.pk).delete()
    if not deleted:
        raise BureauError("该岗位刚刚已由他人处理，请刷新页面")
    _record("不同意岗位", post, [False, False], reason=reason.strip(), at=now, by=by)


@transaction.atomic
def remove(post: Post, *, now: datetime, by: Staff) -> None:
    """Take a person out of a post, in force or asked for.

    Raises BureauError for the last of the 三员: nobody could put another one in place.
    """
    if not permissions.can_remove(by, post):
        raise BureauError(f"您没有撤销{post}岗位的权限")
    check_not_last(post)
    deleted, _ = Post.objects.filter(pk=post.pk).delete()
    if not deleted:
        raise BureauError("该岗位刚刚已被撤销，请刷新页面")
    _record("撤销岗位", post, [post.is_effective, False], at=now, by=by)


def check_not_last(post: Post) -> None:
    """Raise BureauError where the system would be left without this one of the 三员."""
    if post.role not in SEPARATED or not post.is_effective:
        return
    others = Post.objects.effective().filter(role=post.role, staff__is_active=True)
    if not others.exclude(staff=post.staff_id).exists():
        label = post.get_role_display()
        raise BureauError(f"{post.staff}是唯一的{label}，请先将{label}授予他人")


def _check_apart(person: Staff, role: Role, now: datetime) -> None:
    if not settings.SEPARATE_ADMINS:
        return
    clash = separation.clash({role, *(Role(post.role) for post in person.posts.all())})
    if clash:
        raise BureauError(f"{person}：{clash}")
    acting = Delegation.objects.open().filter(deputy=person, ends_on__gte=timezone.localdate(now))
    if role in SEPARATED and acting.exists():
        raise BureauError(f"{person}正在代办他人的业务岗位，不能担任{role.label}，请先收回委托")


def _check_may_decide(post: Post, by: Staff) -> None:
    if by.pk == post.staff_id:
        raise BureauError("不能确认自己的岗位，请由其他安全管理员办理")
    if not permissions.can_decide(by, post):
        raise BureauError(f"您没有确认{post.bureau}岗位的权限")


def _refusal(role: Role, bureau: Bureau) -> str:
    if settings.SEPARATE_ADMINS:
        who = "系统管理员" if role in SEPARATED else "单位管理员或系统管理员"
        return f"三员分立时，{bureau}的{role.label}岗位由{who}提出、安全管理员确认"
    return f"您没有授予{bureau}{role.label}岗位的权限"


def _record(
    verb: str, post: Post, effective: list[bool], *, at: datetime, by: Staff, reason: str = ""
) -> None:
    trail.record(
        verb,
        post.staff,
        chain=post.bureau.code,
        detail={
            "post": str(post),
            "effective": effective,
            **({"reason": reason} if reason else {}),
        },
        at=at,
        by=by,
    )
