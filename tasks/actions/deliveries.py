"""Writing deliveries and sending them, one claimed row at a time."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from bureaus.models import Staff
from tasks import letters
from tasks.models import Delivery, Milestone
from tasks.querysets import DeliveryQuerySet

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # longer than any SMTP dialogue; then another worker may try
BACK_OFF = timedelta(minutes=5)
MAX_ATTEMPTS = 6


def write(milestone: Milestone, recipients: Iterable[Staff], *, now: datetime) -> None:
    """One waiting row a recipient; rows that already stand are left alone."""
    Delivery.objects.bulk_create(
        [
            Delivery(
                milestone=milestone,
                recipient=person,
                address=person.email,
                subject=letters.subject(milestone),
                message_key=letters.message_key(milestone, person, Delivery.Channel.EMAIL),
                not_before=now,
            )
            for person in recipients
        ],
        ignore_conflicts=True,
    )


def send_waiting(now: datetime) -> tuple[int, int]:
    """Send every delivery that is to be sent by now. Returns (sent, failed)."""
    sent = failed = 0
    waiting = (
        Delivery.objects.to_send(now)
        .select_related(
            "recipient",
            "milestone__assignment__obligation__notice",
            "milestone__assignment__bureau",
            "milestone__assignment__receiver",
            "milestone__urge__made_by",
        )
        .order_by("not_before", "pk")
    )
    if not waiting.exists():
        return 0, 0
    connection = mail.get_connection()
    try:
        connection.open()
    except OSError as fault:  # nothing is claimed: the next tick finds the same rows
        logger.warning("no mail server: %s", fault)
        return 0, waiting.count()
    for delivery in waiting.iterator(200):
        if not claim(delivery, now=now):
            continue
        if _try(delivery, connection, now=now):
            sent += 1
        else:
            failed += 1
            connection.close()  # perhaps it is what broke; the next send opens a new one
    connection.close()
    return sent, failed


def _try(delivery: Delivery, connection: BaseEmailBackend, *, now: datetime) -> bool:
    try:
        return send(delivery, connection, now=now)
    except Exception:  # a letter that cannot be written must not stop the others
        logger.exception("delivery %s", delivery.pk)
        _give_up(delivery, "邮件无法生成，请联系系统管理员查看日志")
        return False


def claim(delivery: Delivery, *, now: datetime) -> bool:
    """Take a delivery for this worker until its lease ends; false where another has it."""
    as_seen = Delivery.objects.unsent().filter(
        pk=delivery.pk, attempts=delivery.attempts, not_before=delivery.not_before
    )
    claimed = as_seen.update(
        state=Delivery.State.SENDING, attempts=delivery.attempts + 1, not_before=now + LEASE
    )
    delivery.attempts += 1
    return bool(claimed)


def send(delivery: Delivery, connection: BaseEmailBackend, *, now: datetime) -> bool:
    """Send one claimed delivery and write down how it went; true where the server took it."""
    try:
        validate_email(delivery.address)
        letters.compose(delivery, connection).send()
    except ValidationError:
        _give_up(delivery, "邮箱地址无效，请在人员资料中更正")
        return False
    except OSError as fault:  # smtplib's errors and the socket's are OSErrors
        _fail(delivery, fault, now=now)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.SENT, sent_at=now, problem=""
    )
    return True


def _give_up(delivery: Delivery, problem: str) -> None:
    _in_hand(delivery).update(state=Delivery.State.FAILED, problem=problem)


def _in_hand(delivery: Delivery) -> DeliveryQuerySet:
    """The row, unless it has become void in the meantime."""
    return Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING)


def _fail(delivery: Delivery, fault: OSError, *, now: datetime) -> None:
    logger.warning(
        "delivery %s, attempt %s: %s", delivery.pk, delivery.attempts, type(fault).__name__
    )
    problem = f"第{delivery.attempts}次发送失败：{fault}"[:300]
    if delivery.attempts >= MAX_ATTEMPTS:
        _give_up(delivery, problem)
        return
    _in_hand(delivery).update(
        state=Delivery.State.WAITING,
        not_before=now + BACK_OFF * 2 ** (delivery.attempts - 1),
        problem=problem,
    )
