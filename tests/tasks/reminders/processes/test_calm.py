import os
import signal
import threading

import pytest
from django.db import OperationalError, transaction

from tasks.reminders.actions import deferred_stop


class Once:
    """Fails so often, then answers."""

    def __init__(self, failures: int):
        self.left = failures

    def __call__(self) -> str:
        self.left -= 1
        if self.left >= 0:
            raise OperationalError("示例")
        return "written"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(deferred_stop, "WAITS", (0, 0, 0))


@pytest.mark.django_db(transaction=True)
def test_write_is_repeated_until_the_database_is_back():
    assert deferred_stop.insisting(Once(3)) == "written"


@pytest.mark.django_db(transaction=True)
def test_database_that_stays_away_is_an_error():
    with pytest.raises(OperationalError):
        deferred_stop.insisting(Once(4))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_repeated_within_a_transaction():
    write = Once(1)

    with pytest.raises(OperationalError), transaction.atomic():
        deferred_stop.insisting(write)

    assert write.left == 0


def test_end_that_is_asked_for_waits_and_comes():
    came = []
    usual = signal.signal(signal.SIGTERM, lambda *_: came.append("end"))
    try:
        with deferred_stop.ending_later() as is_over:
            assert is_over() is False
            os.kill(os.getpid(), signal.SIGTERM)
            assert (is_over(), came) == (True, [])
        assert came == ["end"]
    finally:
        signal.signal(signal.SIGTERM, usual)


def test_thread_beside_the_main_one_is_never_asked():
    told = []

    def work():
        with deferred_stop.ending_later() as is_over:
            told.append(is_over())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert told == [False]
