"""Sending what waits, batch by batch beside other workers."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from tasks.channels.registry import EMAIL, ROBOTS
from tasks.reminders.actions import deliveries, firing
from tasks.reminders.actions.deferred_stop import ending_later, insisting
from tasks.reminders.mail.transports import Fault, Line, line_for

logger = logging.getLogger(__name__)

PATIENCE = 150  # seconds of one run; with the slowest dialogue still below CELERY_TASK_TIME_LIMIT
MOST_MISSES, MISSED = 5, 0.05  # how often in a row a worker looks again, after so many seconds
Clock = Callable[[], datetime]


def send_waiting(clock: Clock, *, quiet: bool = False) -> tuple[int, int]:
    """Send what is to be sent by now, in every channel. Returns (sent, failed) letters.

    In quiet times only urges. It stops by itself after PATIENCE; the next run goes on.
    """
    with ending_later() as is_over:
        return _send_all(clock, quiet, Until(time.monotonic() + PATIENCE, is_over))


@dataclass(frozen=True)
class Until:
    """How long one run goes on."""

    stop: float
    is_over: Callable[[], bool]

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self.stop and not self.is_over()


def _send_all(clock: Clock, quiet: bool, until: Until) -> tuple[int, int]:
    sent = failed = 0
    for channel in (EMAIL, *ROBOTS):
        waiting = deliveries.to_send(clock(), quiet=quiet).filter(channel=channel)
        if not waiting.exists():
            continue
        line = line_for(channel)
        if not _open(line):  # nothing is claimed: the next tick finds the same rows
            failed += waiting.count()
            continue
        went, stayed = _drain(channel, line, clock, quiet=quiet, until=until)
        sent, failed = sent + went, failed + stayed
        line.close()
    return sent, failed


def _open(line: Line) -> bool:
    try:
        line.open()
    except OSError as fault:
        logger.warning("no mail server: %s", fault)
        return False
    return True


def _drain(channel: str, line: Line, clock: Clock, *, quiet: bool, until: Until) -> tuple[int, int]:
    sent = failed = misses = 0
    is_up = True
    while is_up and until.goes_on and misses < MOST_MISSES:
        is_complete = _is_complete(clock(), quiet=quiet)
        claim = partial(deliveries.claim, clock(), channel=channel, quiet=quiet)
        batch = insisting(partial(claim, is_complete=is_complete))
        if not batch:
            if not deliveries.to_send(clock(), quiet=quiet).filter(channel=channel).exists():
                break
            misses += 1  # another worker was faster, or a digest is not complete yet
            time.sleep(MISSED)
            continue
        misses = 0
        while batch and is_up and until.goes_on:
            outcome = try_to_send(batch.pop(0), line, clock)
            sent += outcome is True
            failed += outcome is False
            if outcome is False:
                line.close()  # perhaps it is what broke
                is_up = _open(line)
        insisting(partial(deliveries.put_back, batch, now=clock()))
    return sent, failed


def _is_complete(now: datetime, *, quiet: bool) -> bool:
    """Is nothing left to fire that would belong into the same digest?"""
    return not firing.is_any_due(now, quiet=quiet)


def try_to_send(letter: deliveries.Letter, line: Line, clock: Clock) -> bool | None:
    """True where the far side took it, None where all of it had become void."""
    letter = insisting(partial(deliveries.begin, letter))
    if not letter:
        return None
    try:
        line.send(letter, clock())
    except Fault as fault:
        insisting(partial(deliveries.failed, letter, fault, now=clock()))
        return False
    except Exception:  # a letter that cannot be written must not stop the others
        logger.exception("deliveries %s", [row.pk for row in letter])
        deliveries.give_up(letter, "邮件无法生成，请联系系统管理员查看日志")
        return False
    insisting(partial(deliveries.sent, letter, now=clock()))
    return True
