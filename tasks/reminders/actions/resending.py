"""重新发送: a person has mended what was wrong, and the reminder is to be tried again now."""

from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.text.deadlines.office_time import local_day
from tasks import permissions
from tasks.channels.registry import EMAIL
from tasks.errors import SomebodyWasFaster, TaskError, TransitionDenied
from tasks.ladder.rungs import label
from tasks.models import Delivery
from tasks.permissions import for_absentee
from tasks.querysets.reminders import DeliveryQuerySet
from tasks.reminders.mail import letters

State = Delivery.State
AGAIN = (State.FAILED, State.WAITING)


@transaction.atomic
def resend_all(delivery: Delivery, among: DeliveryQuerySet, *, now: datetime, by: Staff) -> int:
    """This one, and what else did not arrive at the same person by the same way. Returns how many.

    A mailbox that is mended is mended for all that it missed. Of ``among``, what this person may
    not send again, or what needs it no more, stays as it is. Raises as ``resend`` for this one.
    """
    resend(delivery, now=now, by=by)
    same = among.undelivered().filter(recipient=delivery.recipient, channel=delivery.channel)
    others = same.exclude(pk=delivery.pk).order_by("pk")
    return 1 + sum(_resent(other, now=now, by=by) for other in others)


def _resent(delivery: Delivery, *, now: datetime, by: Staff) -> bool:
    try:
        resend(delivery, now=now, by=by)
    except TaskError:
        return False
    return True


@transaction.atomic
def resend(delivery: Delivery, *, now: datetime, by: Staff) -> None:
    """Let it be tried with the next tick, to the address that the person has now.

    Raises TransitionDenied for what has gone out or is in a worker's hands, and where the task
    calls for no reminder any more.
    """
    row = Delivery.objects.for_sending().get(pk=delivery.pk)
    assignment = row.milestone.assignment
    if assignment is None:
        raise TransitionDenied("委托代办的通知不重新发送，请当面告知代办人")
    permissions.check_resend(by, assignment)
    if row.state not in AGAIN:
        raise TransitionDenied(f"这封提醒现在是“{row.get_state_display()}”，不需要重新发送")
    if row.milestone.event is None and not assignment.is_owed:
        raise TransitionDenied("任务已经报送或不再要求，不需要再提醒")
    is_of_bureau = row.robot is not None and row.robot.bureau_id is not None
    if not is_of_bureau and not row.recipient.is_valid_on(local_day(now)):
        raise TransitionDenied(f"{row.recipient}的账号已停用或过期，请催办，由现在办理的人接收")
    address = row.recipient.email if row.channel == EMAIL else row.address
    if row.channel == EMAIL and not address:
        raise TransitionDenied(f"{row.recipient}还没有登记邮箱，请先在人员资料中登记")
    claimed = Delivery.objects.filter(pk=row.pk, state=row.state, not_before=row.not_before)
    if not claimed.update(state=State.WAITING, not_before=now, attempts=0, address=address):
        raise SomebodyWasFaster
    _part(row)
    detail = {"rung": label(row.milestone.kind), "to": row.recipient.name}
    detail |= for_absentee(by, Permission.URGE, at=assignment.receiver)
    chain = assignment.receiver.code
    trail.record("重新发送提醒", assignment, chain=chain, detail=detail, at=now, by=by)


def _part(row: Delivery) -> None:
    """What was one letter with it goes apart: each by the Message-ID of its own row."""
    together = Delivery.objects.filter(recipient=row.recipient, message_key=row.message_key)
    rows = list(together.filter(state__in=AGAIN).select_related("milestone", "recipient"))
    for each in rows:
        each.message_key = letters.message_key(each.milestone, each.recipient, each.channel)
    Delivery.objects.bulk_update(rows, ["message_key"])
