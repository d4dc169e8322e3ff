"""A real broker, real workers killed in the middle: nothing is lost, nothing is half offered."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from config.celery import app
from reports.actions import productions
from reports.models import Production
from tests import factories
from tests.factories import owed_by
from tests.folders import ROOT
from tests.reports.made import ask_originals, listed, unzipped
from tests.reports.written import reported, table

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker"]
WORKER += ["--include", "tests.reports.slow_worker", "--queues", "files"]
WORKER += ["--concurrency", "1", "--without-mingle"]
UNITS = 12


def database_url() -> str:
    """The database of this test, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


class Workshop:
    """A broker and workers on the rows of this test."""

    def __init__(self, broker: str, files: Path, log: Path):
        self.broker, self.files, self.log = broker, files, log
        self.workers: list[subprocess.Popen] = []

    def hire(self) -> subprocess.Popen:
        environ = {**os.environ, "REDIS_URL": self.broker, "DATABASE_URL": database_url()}
        environ |= {"FILES_DIR": str(self.files), "BROKER_VISIBILITY_SECONDS": "5"}
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                WORKER, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(worker)
        return worker

    def send(self, key: int) -> None:
        with app.connection_for_write(self.broker) as link:
            app.send_task("reports.jobs.produce", [key], queue="files", connection=link)

    def wait_until(self, production: Production, condition, seconds: float = 60) -> Production:
        end = time.monotonic() + seconds
        while not condition(row := factories.fresh(production)):
            if time.monotonic() > end:
                pytest.fail(f"stays {row.state}:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)
        return row

    def kept(self) -> list[str]:
        return [path.name for path in self.files.rglob("*") if not path.is_dir()]

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


@pytest.fixture
def workshop(broker_url, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    opened = Workshop(broker_url, settings.FILES_DIR, tmp_path / "worker.log")
    yield opened
    opened.close()


@pytest.fixture
def production():
    """Originals of some units, each a piece that takes a while."""
    codes = [f"{code}0000" for code in range(11, 11 + UNITS)]
    issued = factories.obligation(*(factories.province(code, f"示例{code}") for code in codes))
    for code in codes:
        reported(owed_by(issued, code), table())
    return ask_originals(issued, now=timezone.now())


def under_way(row: Production) -> bool:
    return row.done >= 2


def test_worker_killed_in_the_middle_leaves_it_to_the_next(workshop, production):
    worker = workshop.hire()
    workshop.send(production.pk)
    half = workshop.wait_until(production, under_way)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    left = workshop.kept()
    assert left == [half.stored_name]  # unfinished, and offered to nobody
    assert not half.is_kept_on(timezone.localdate())

    workshop.hire()
    swept = wait_for_the_sweep(production)
    workshop.send(swept)
    done = workshop.wait_until(production, lambda row: row.state == "done")

    assert (done.attempts, done.done, done.total) == (2, UNITS, UNITS)
    assert workshop.kept() == [done.stored_name] != left
    assert len(listed(unzipped(done))) == UNITS + 1


def wait_for_the_sweep(production: Production) -> int:
    """What the minutely job sends once the lease of the dead worker is over."""
    end = time.monotonic() + 30
    while not (found := productions.sweep(timezone.now())):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert found == [production.pk]
    return found[0]


def test_cancelled_while_a_worker_makes_it(workshop, production):
    workshop.hire()
    workshop.send(production.pk)
    workshop.wait_until(production, under_way)

    productions.cancel(production, now=timezone.now(), by=factories.coordinator())

    end = time.monotonic() + 30
    while workshop.kept():
        assert time.monotonic() < end
        time.sleep(0.05)
    row = factories.fresh(production)
    assert (row.state, row.size, row.expires_on) == ("cancelled", 0, None)


def test_same_message_twice_makes_one_file(workshop, production):
    workshop.hire()
    workshop.hire()
    for _ in range(2):
        workshop.send(production.pk)

    done = workshop.wait_until(production, lambda row: row.state == "done")

    time.sleep(1)  # the other has had its message too
    assert factories.fresh(production).attempts == 1
    assert workshop.kept() == [done.stored_name]
