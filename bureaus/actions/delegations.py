"""委托代办: an absent person's posts of work in a colleague's hands, for some days."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import trail
from bureaus import permissions
from bureaus.errors import BureauError
from bureaus.models import Delegation, Staff
from bureaus.roles import SEPARATED

LONGEST = timedelta(days=366)


@transaction.atomic
def make(
    absentee: Staff,
    *,
    deputy: Staff,
    starts_on: date,
    ends_on: date,
    reason: str = "",
    now: datetime,
    by: Staff,
) -> Delegation:
    """Hand over a person's posts of work from one day to another, both included.

    Raises BureauError where ``by`` is neither that person nor administers all their posts, where
    the days are past or too many, where the two are not colleagues in use, and where either of
    them is already absent or somebody's deputy in these days: nothing is handed on twice.
    """
    # both rows, in one order, so that two requests see each other's days
    people = Staff.objects.select_for_update(of=("self",)).filter(pk__in=[absentee.pk, deputy.pk])
    list(people.order_by("pk"))
    if not permissions.can_stand_in(by, absentee):
        raise BureauError(f"您不能为{absentee}设立委托：其单位或岗位不全在您的管理范围内")
    _check_days(starts_on, ends_on, today=timezone.localdate(now))
    _check_people(absentee, deputy, ends_on)
    _check_free(absentee, deputy, starts_on, ends_on)
    made = Delegation.objects.create(
        absentee=absentee,
        deputy=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        made_at=now,
        made_by=by,
    )
    _record("设立委托", made, at=now, by=by)
    return made


@transaction.atomic
def end(delegation: Delegation, *, now: datetime, by: Staff) -> Delegation:
    """Take back what is running or still to come; the deputy's rights end with it."""
    if not permissions.can_stand_in(by, delegation.absentee):
        raise BureauError("委托由委托人本人或单位管理员收回")
    current = Delegation.objects.open().filter(ends_on__gte=timezone.localdate(now))
    if not current.filter(pk=delegation.pk).update(ended_at=now):
        raise BureauError("该委托已经结束，不用收回")
    delegation.ended_at = now
    _record("收回委托", delegation, at=now, by=by)
    return delegation


def _check_days(starts_on: date, ends_on: date, *, today: date) -> None:
    if starts_on < today:
        raise BureauError("开始日期已过，请从今天或以后的日期开始")
    if ends_on < starts_on:
        raise BureauError("结束日期早于开始日期，请核对")
    if ends_on - starts_on > LONGEST:
        raise BureauError("一次委托最长一年；长期离岗的，请办理离岗交接")


def _check_people(absentee: Staff, deputy: Staff, ends_on: date) -> None:
    if deputy.pk == absentee.pk:
        raise BureauError("代办人不能是委托人自己")
    if deputy.bureau_id != absentee.bureau_id or deputy.bureau_id is None:
        raise BureauError(f"{deputy}与{absentee}不在同一单位，请选本单位的人员代办")
    if not deputy.is_active:
        raise BureauError(f"{deputy}的账号已停用，请另选代办人")
    if not deputy.is_valid_on(ends_on):
        raise BureauError(f"{deputy}的账号有效期至{deputy.expires_on}，不足以代办到{ends_on}")
    if not absentee.is_valid_on(ends_on):
        raise BureauError(f"{absentee}的账号有效期至{absentee.expires_on}，委托不能超过这一天")
    if not absentee.posts.effective().of_business().exists():
        raise BureauError(f"{absentee}没有可以委托的业务岗位；管理岗位不能委托")
    if settings.SEPARATE_ADMINS and deputy.posts.filter(role__in=SEPARATED).exists():
        raise BureauError(f"{deputy}担任管理岗位，不能代办业务（三员分立），请另选代办人")


def _check_free(absentee: Staff, deputy: Staff, starts_on: date, ends_on: date) -> None:
    same_days = Delegation.objects.overlapping(starts_on, ends_on).for_list()
    if given := same_days.filter(absentee=absentee).first():
        raise BureauError(f"{absentee}在{_days(given)}已委托{given.deputy}代办，请先收回")
    if held := same_days.filter(deputy=absentee).first():
        raise BureauError(
            f"{absentee}在{_days(held)}正代办{held.absentee}的岗位，不能再转委托；"
            f"请先由{held.absentee}或单位管理员收回"
        )
    if away := same_days.filter(absentee=deputy).first():
        raise BureauError(f"{deputy}在{_days(away)}已委托{away.deputy}代办，请另选代办人")


def _days(delegation: Delegation) -> str:
    return f"{delegation.starts_on}至{delegation.ends_on}"


def _record(verb: str, delegation: Delegation, *, at: datetime, by: Staff) -> None:
    absentee = delegation.absentee
    trail.record(
        verb,
        delegation,
        chain=absentee.bureau.code if absentee.bureau else trail.SYSTEM_CHAIN,
        detail={
            "absentee": absentee.name,
            "deputy": delegation.deputy.name,
            "starts_on": delegation.starts_on,
            "ends_on": delegation.ends_on,
            "reason": delegation.reason,
        },
        at=at,
        by=by,
    )
