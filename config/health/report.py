"""All checks together, in a time that is bounded however much of the system is down.

A check that fails is a line that says so; what is asked over the network is asked at once, in
threads that nobody waits for longer than WAIT.
"""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import datetime
from threading import Thread

from django.conf import settings

from config.health import database, machine, services, work
from config.health.lines import Line, State

logger = logging.getLogger(__name__)
WAIT = 3.0  # seconds for all that is asked over the network together


def report(now: datetime) -> list[Line]:
    """Every part of the system, in the order in which one would look."""
    asked = [
        ("消息队列", _ask(lambda: services.broker(settings.CELERY_BROKER_URL))),
        ("邮件服务器", _ask(services.mail)),
    ]
    checks: tuple[tuple[str, Callable[[], Line | list[Line]]], ...] = (
        ("数据库", database.version),
        ("数据库结构", database.tables),
        ("时钟", lambda: database.clock(now)),
        ("后台进程", lambda: work.pulses(now)),
        ("提醒发送", lambda: work.reminders(now)),
        ("未送达", work.undelivered),
        ("磁盘", machine.disks),
        ("备份", lambda: machine.backup(now)),
        ("审计链", lambda: work.audit_chain(now)),
        ("LibreOffice", machine.programs),
    )
    found = [line for name, look in checks for line in _looked(name, look)]
    return [*_answers(asked), *found]


def worst(lines: list[Line]) -> State:
    """How the whole of it is."""
    states = {line.state for line in lines}
    return next(state for state in (State.WRONG, State.NOTE, State.FINE) if state in states)


def _looked(name: str, look: Callable[[], Line | list[Line]]) -> list[Line]:
    try:
        found = look()
    except Exception:  # a check that breaks is itself a finding; the others are still shown
        logger.exception("check %s failed", name)
        return [_broken(name)]
    return found if isinstance(found, list) else [found]


def _ask(look: Callable[[], Line]) -> "Future[Line]":
    """Begin to ask; the thread dies with the program, whether it has its answer or not."""
    future: Future[Line] = Future()

    def answer() -> None:
        try:
            future.set_result(look())
        except Exception as fault:  # raised again where the answer is read
            future.set_exception(fault)

    Thread(target=answer, daemon=True).start()
    return future


def _answers(asked: list[tuple[str, "Future[Line]"]]) -> Iterator[Line]:
    end = time.monotonic() + WAIT
    for name, future in asked:
        try:
            yield future.result(max(end - time.monotonic(), 0.01))
        except TimeoutError:
            yield Line(name, State.WRONG, "没有应答", todo="核对地址、域名解析和防火墙")
        except Exception:  # as in _looked
            logger.exception("check %s failed", name)
            yield _broken(name)


def _broken(name: str) -> Line:
    return Line(
        name, State.WRONG, "检查没有完成", todo="看网页进程的日志，把出错的几行转给维护人员"
    )
