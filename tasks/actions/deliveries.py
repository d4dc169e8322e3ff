"""Writing deliveries and sending them: claimed by the batch, each with a result of its own."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import connection as database
from django.db import transaction
from django.db.models import F

from bureaus.models import Staff
from tasks import letters
from tasks.models import Delivery, Milestone
from tasks.querysets import DeliveryQuerySet

logger = logging.getLogger(__name__)

BATCH = 50
PATIENCE = 150  # seconds of one run; with the slowest dialogue still below CELERY_TASK_TIME_LIMIT
LEASE = timedelta(minutes=10)  # longer than any run; then another worker may try
BACK_OFF = timedelta(minutes=5)
LONGEST_BACK_OFF = timedelta(hours=2)
MAX_ATTEMPTS = 6  # where the server refuses for good: over two and a half hours
MAX_ATTEMPTS_BROKEN = 12  # where it may get well again: over fourteen hours
State = Delivery.State
Clock = Callable[[], datetime]


def drafts(milestone: Milestone, recipients: Iterable[Staff], *, now: datetime) -> list[Delivery]:
    """One row a recipient, not written yet."""
    return [
        Delivery(
            milestone=milestone,
            recipient=person,
            address=person.email,
            subject=letters.subject(milestone),
            message_key=letters.message_key(milestone, person, Delivery.Channel.EMAIL),
            not_before=now,
        )
        for person in recipients
    ]


def write(rows: Iterable[Delivery]) -> None:
    """Rows that already stand are left alone."""
    Delivery.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def send_waiting(clock: Clock, *, quiet: bool = False) -> tuple[int, int]:
    """Send what is to be sent by now, batch by batch beside other workers. Returns (sent, failed).

    In quiet times only urges. It stops by itself after PATIENCE; the next run goes on.
    """
    if not to_send(clock(), quiet=quiet).exists():
        return 0, 0
    connection = mail.get_connection()
    if not _open(connection):  # nothing is claimed: the next tick finds the same rows
        return 0, to_send(clock(), quiet=quiet).count()
    sent = failed = 0
    stop, is_up = time.monotonic() + PATIENCE, True
    while is_up and time.monotonic() < stop and (batch := claim(clock(), quiet=quiet)):
        while batch and is_up and time.monotonic() < stop:
            outcome = _try(batch.pop(0), connection, clock)
            sent += outcome is True
            failed += outcome is False
            if outcome is False:
                connection.close()  # perhaps it is what broke
                is_up = _open(connection)
        _put_back(batch, now=clock())
    connection.close()
    return sent, failed


def _open(connection: BaseEmailBackend) -> bool:
    try:
        connection.open()
    except OSError as fault:
        logger.warning("no mail server: %s", fault)
        return False
    return True


def to_send(now: datetime, *, quiet: bool) -> DeliveryQuerySet:
    """What would be tried now; in quiet times only urges."""
    found: DeliveryQuerySet = Delivery.objects.to_send(now)
    return found.of_urges() if quiet else found


@transaction.atomic
def claim(now: datetime, *, quiet: bool = False, at_most: int = BATCH) -> list[Delivery]:
    """Take the next ones for this worker until the lease ends, past what other workers hold.

    What a dead worker left while it spoke to the server is marked as a possible repeat.
    """
    skip = database.features.has_select_for_update_skip_locked
    waiting = to_send(now, quiet=quiet).order_by("not_before", "pk")
    locked = waiting.select_for_update(of=("self",), skip_locked=skip)[:at_most]
    seen = dict(locked.values_list("pk", "state"))
    if not seen:
        return []
    theirs = Delivery.objects.unsent().filter(pk__in=seen, not_before__lte=now)
    if State.SENDING in seen.values():
        theirs.filter(state=State.SENDING).update(is_repeat=True)
    theirs.update(state=State.HELD, not_before=now + LEASE)
    held = Delivery.objects.for_sending().filter(pk__in=seen, state=State.HELD)
    return list(held.order_by("pk"))


def _put_back(batch: list[Delivery], *, now: datetime) -> None:
    """Held and not begun: anybody may have them."""
    for delivery in batch:
        _mine(delivery, State.HELD).update(state=State.WAITING, not_before=now)


def _mine(delivery: Delivery, state: State) -> DeliveryQuerySet:
    """The row as long as this worker's lease is on it; not once it is void or another's."""
    found: DeliveryQuerySet = Delivery.objects.filter(
        pk=delivery.pk, state=state, not_before=delivery.not_before
    )
    return found


def begin(delivery: Delivery) -> bool:
    """Say that the server is about to be spoken to; false where that is no longer called for."""
    begun = _mine(delivery, State.HELD).update(state=State.SENDING, attempts=F("attempts") + 1)
    delivery.attempts += 1
    return bool(begun)


def _try(delivery: Delivery, connection: BaseEmailBackend, clock: Clock) -> bool | None:
    """True where the server took it, None where it had become void."""
    if not begin(delivery):
        return None
    try:
        return send(delivery, connection, clock)
    except Exception:  # a letter that cannot be written must not stop the others
        logger.exception("delivery %s", delivery.pk)
        _give_up(delivery, "邮件无法生成，请联系系统管理员查看日志")
        return False


def send(delivery: Delivery, connection: BaseEmailBackend, clock: Clock) -> bool:
    """Send one begun delivery and write down how it went; true where the server took it."""
    try:
        validate_email(delivery.address)
        letters.compose(delivery, connection).send()
    except ValidationError:
        _give_up(delivery, "邮箱地址无效，请在人员资料中更正")
        return False
    except OSError as fault:  # smtplib's errors and the socket's are OSErrors
        _fail(delivery, fault, now=clock())
        return False
    # It went out, whatever has become of the row in the meantime.
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT, sent_at=clock(), problem="")
    return True


def _give_up(delivery: Delivery, problem: str) -> None:
    _mine(delivery, State.SENDING).update(state=State.FAILED, problem=problem)


def _fail(delivery: Delivery, fault: OSError, *, now: datetime) -> None:
    logger.warning(
        "delivery %s, attempt %s: %s", delivery.pk, delivery.attempts, type(fault).__name__
    )
    problem = f"第{delivery.attempts}次发送失败：{fault}"[:300]
    if delivery.attempts >= (MAX_ATTEMPTS if _is_final(fault) else MAX_ATTEMPTS_BROKEN):
        _give_up(delivery, problem)
        return
    _mine(delivery, State.SENDING).update(
        state=State.WAITING,
        not_before=now + min(BACK_OFF * 2 ** (delivery.attempts - 1), LONGEST_BACK_OFF),
        problem=problem,
        is_repeat=delivery.is_repeat or _leaves_doubt(fault),
    )


def _codes(fault: OSError) -> list[int]:
    """What the server answered; nothing where the line broke."""
    if isinstance(fault, SMTPRecipientsRefused):
        return [code for code, _ in fault.recipients.values()]
    return [fault.smtp_code] if isinstance(fault, SMTPResponseException) else []


def _is_final(fault: OSError) -> bool:
    """5xx: the server will not take it."""
    return any(code >= 500 for code in _codes(fault))


def _leaves_doubt(fault: OSError) -> bool:
    """A line that broke may have broken after the server had taken the mail."""
    return not _codes(fault)
