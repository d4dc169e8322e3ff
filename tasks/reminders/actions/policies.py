"""提醒方案: setting a plan for the system, a bureau or one of its notices, and going back."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from audit import trail
from audit.trail import SYSTEM_CHAIN
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.models import Notice
from tasks import permissions
from tasks.errors import PolicyRefused
from tasks.ladder.plan import Plan, faults
from tasks.ladder.quiet_hours import within
from tasks.models import Assignment, ReminderPolicy
from tasks.permissions import for_absentee
from tasks.reminders import policies
from tasks.reminders.actions import milestones

BATCH = 500
OVERTAKEN = "提醒方案刚刚被他人更改，请刷新页面，看过新的方案后再改"


@transaction.atomic
def put(
    bureau: Bureau | None,
    notice: Notice | None,
    plan: Plan,
    *,
    seen: int,
    now: datetime,
    by: Staff,
) -> int:
    """Let this plan hold from now on. Returns how many open assignments were rearranged.

    Of a notice what is out already is rearranged: armed moments become void, those of the new plan
    are armed, and what was sent is not sent again. Plans of a bureau or the system hold for what is
    issued, or gets another deadline, after them. ``seen`` is the version that the person has seen.
    Raises PolicyRefused where the plan is not in order or somebody else was faster.
    """
    permissions.check_policy(by, bureau)
    if wrong := faults(plan):
        raise PolicyRefused("；".join(said for _, said in wrong))
    if within(plan.hour, *settings.QUIET_HOURS):
        begin, end = settings.QUIET_HOURS
        raise PolicyRefused(
            f"发出时间在静默时段（{begin:%-H:%M}至{end:%-H:%M}）内，提醒会拖到下一个工作日，请另选时间"
        )
    return _add(bureau, notice, plan, seen=seen, follows=False, now=now, by=by)


@transaction.atomic
def follow(
    bureau: Bureau | None, notice: Notice | None, *, seen: int, now: datetime, by: Staff
) -> int:
    """沿用上一级方案: the next wider plan holds again; for the system, the usual one."""
    permissions.check_policy(by, bureau)
    plan = policies.holding(bureau, notice).plan
    return _add(bureau, notice, plan, seen=seen, follows=True, now=now, by=by)


def _add(
    bureau: Bureau | None,
    notice: Notice | None,
    plan: Plan,
    *,
    seen: int,
    follows: bool,
    now: datetime,
    by: Staff,
) -> int:
    old = policies.holding(bureau, notice)
    latest = ReminderPolicy.objects.of(bureau, notice).first()
    if seen != (latest.version if latest else 0):
        raise PolicyRefused(OVERTAKEN)
    made = ReminderPolicy(
        bureau=bureau,
        notice=notice,
        version=seen + 1,
        follows=follows,
        ahead=",".join(str(workdays) for workdays in plan.ahead),
        overdue=plan.overdue,
        superior=plan.superior,
        coordinator=plan.coordinator,
        hour=plan.hour,
        urgent_waits=plan.urgent_waits,
        made_at=now,
        made_by=by,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise PolicyRefused(OVERTAKEN) from None
    count = _rearrange(bureau, notice, now=now) if bureau and notice else 0
    detail: dict[str, object] = {
        "plan": [old.plan.in_words(), policies.holding(bureau, notice).plan.in_words()],
        "version": made.version,
        "rearranged": count,
    }
    if bureau:
        detail |= for_absentee(by, Permission.ISSUE, at=bureau)
    trail.record(
        "沿用上一级提醒方案" if follows else "设定提醒方案",
        notice or bureau,
        chain=bureau.code if bureau else SYSTEM_CHAIN,
        detail=detail,
        at=now,
        by=by,
    )
    return count


def _rearrange(bureau: Bureau, notice: Notice, *, now: datetime) -> int:
    """The reminders of what is still owed; returns how many assignments that are."""
    owed = Assignment.objects.with_bureau().filter(
        obligation__issuer=bureau, obligation__notice=notice, due_at__isnull=False
    )
    count = 0
    for rows in _batches(list(owed.order_by("pk").select_for_update(of=("self",)))):
        milestones.rearm(rows, now=now)
        count += len(rows)
    return count


def _batches(rows: Sequence[Assignment]) -> list[Sequence[Assignment]]:
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
