"""Not being interrupted between saying that a mail goes out and writing that it went."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

WAITS = (0.2, 0.5, 1, 2, 4, 8, 16)  # seconds; a database that restarts is back by then
T = TypeVar("T")


@contextmanager
def ending_later() -> Iterator[Callable[[], bool]]:
    """Whoever wants to end this process waits till the block is left; yields: has one come?

    Celery ends its children so when the broker goes away. Only the main thread can be asked.
    """
    asked: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    usual = signal.signal(signal.SIGTERM, lambda number, frame: asked.append(number))
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGTERM, usual)
        if asked:
            os.kill(os.getpid(), signal.SIGTERM)


def insisting(write: Callable[[], T]) -> T:
    """Write to a database that may be restarting: by another connection, until it is back.

    Outside of transactions only; inside of one nothing can be repeated.
    """
    for wait in WAITS:
        try:
            return write()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(wait)
    return write()
