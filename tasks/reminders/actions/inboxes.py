"""Reading one's messages, and choosing how one is told."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, models, transaction

from audit import trail
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from tasks.channels import encryption
from tasks.channels.registry import LABELS
from tasks.errors import ChannelError
from tasks.ladder.events import BY_MAIL, BY_ROBOT
from tasks.models import Delivery, Preference, RobotAddress


def read(keys: Collection[int] | None, *, now: datetime, by: Staff) -> int:
    """Mark these messages of one's own as read, or all; how many were not."""
    mine = Delivery.objects.messages_for(by).unread().order_by()
    if keys is not None:
        mine = mine.filter(pk__in=keys)
    return int(mine.update(read_at=now))


@transaction.atomic
def choose(
    *,
    in_digest: bool,
    early_by_mail: bool,
    events_by_mail: Collection[str] = BY_MAIL,
    events_by_robot: Collection[str] = BY_ROBOT,
    now: datetime,
    by: Staff,
) -> Preference:
    """How one is told from the next reminder on. The last reminders always come by mail.

    ``events_by_…``: the groups of events (``events.Group``) that come that way too.
    """
    chosen: dict[str, object] = {
        "in_digest": in_digest,
        "early_by_mail": early_by_mail,
        "events_by_mail": ",".join(events_by_mail),
        "events_by_robot": ",".join(events_by_robot),
    }
    made, _ = Preference.objects.update_or_create(person=by, defaults=chosen)
    _record("设定提醒方式", by, by.bureau, detail=chosen, now=now, by=by)
    return made


@transaction.atomic
def add_robot(
    channel: str, *, address: str, secret: str, bureau: Bureau | None, now: datetime, by: Staff
) -> RobotAddress:
    """A robot of one's own, or of a bureau for which one urges.

    Raises ChannelError without that post, or where there is one of the kind.
    """
    if bureau is not None and not by.may(Permission.URGE, at=bureau):
        raise ChannelError(f"您在{bureau}没有催办的岗位，不能设立单位的群机器人")
    try:
        with transaction.atomic():
            made = RobotAddress.objects.create(
                person=None if bureau else by,
                bureau=bureau,
                channel=channel,
                sealed_address=encryption.seal(address),
                sealed_secret=encryption.seal(secret) if secret else "",
                made_at=now,
                made_by=by,
            )
    except IntegrityError:
        raise ChannelError(f"已有一个{LABELS[channel]}，请先停用再设立") from None
    detail: dict[str, object] = {"channel": channel, "of_bureau": bureau is not None}
    _record("设立群机器人", made, bureau or by.bureau, detail=detail, now=now, by=by)
    return made


@transaction.atomic
def remove_robot(robot: RobotAddress, *, now: datetime, by: Staff) -> None:
    """What still waits for it fails and says so. The caller has found it among one's own."""
    detail: dict[str, object] = {"channel": robot.channel, "of_bureau": robot.bureau_id is not None}
    _record("停用群机器人", robot, robot.bureau or by.bureau, detail=detail, now=now, by=by)
    robot.delete()


def _record(
    verb: str,
    what: models.Model,
    bureau: Bureau | None,
    *,
    detail: dict[str, object],
    now: datetime,
    by: Staff,
) -> None:
    chain = bureau.code if bureau else trail.SYSTEM_CHAIN
    trail.record(verb, what, chain=chain, detail=detail, at=now, by=by)
