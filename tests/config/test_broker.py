"""Broker and workers as settings.py tunes them: what a worker had in hand is done by another."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import transaction

from config.celery import Job, app
from tests.folders import ROOT

JOBS = 6
WORKER = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker"]
WORKER += ["--include", "tests.config.marking_jobs", "--concurrency", "2", "--without-mingle"]


@pytest.mark.once
def test_reliability_settings():
    assert app.conf.task_acks_late is True
    assert app.conf.task_reject_on_worker_lost is True
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.broker_connection_retry_on_startup is True
    assert app.conf.result_backend is None


@pytest.mark.once
def test_visibility_timeout_outlasts_the_longest_job():
    options = app.conf.broker_transport_options

    assert options["visibility_timeout"] > app.conf.task_time_limit
    # Whatever a vanished worker held is looked for at least this often (seconds).
    assert options["unacked_restore_interval"] * options["unacked_restore_throttle"] == 5


@pytest.mark.once
def test_test_settings_name_no_real_broker():
    assert settings.CELERY_BROKER_URL == "redis://127.0.0.1:6379/0"


class Office:
    """A broker, jobs that leave marks, and workers to kill."""

    def __init__(self, url: str, folder: Path):
        self.url, self.marks, self.log = url, folder / "marks", folder / "worker.log"
        self.marks.mkdir()
        self.workers: list[subprocess.Popen] = []
        self.broker = redis.Redis(unix_socket_path=url.removeprefix("redis+socket://"))
        with app.connection_for_write(url) as connection:
            for number in range(JOBS):
                app.send_task("tests.mark", [str(self.marks), number], connection=connection)

    def hire(self) -> subprocess.Popen:
        environ = {**os.environ, "REDIS_URL": self.url, "BROKER_VISIBILITY_SECONDS": "5"}
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                WORKER, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(worker)
        return worker

    def marked(self, word: str) -> set[int]:
        return {int(path.name.rpartition("-")[2]) for path in self.marks.glob(f"{word}-*")}

    def wait_until(self, condition, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                pytest.fail(f"the jobs did not get that far:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.02)

    def wait_until_both_hands_are_full(self) -> None:
        """Two jobs begun, both still held for this worker by the broker."""
        self.wait_until(lambda: len(self.marked("begun")) == 2 and self.broker.hlen("unacked") == 2)

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        self.broker.close()


@pytest.fixture
def office(broker_url, tmp_path):
    office = Office(broker_url, tmp_path)
    yield office
    office.close()


@pytest.mark.once
def test_killed_worker_leaves_its_jobs_to_the_next(office):
    worker = office.hire()
    office.wait_until_both_hands_are_full()
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    held = office.marked("begun") - office.marked("done")

    office.hire()
    office.wait_until(lambda: office.marked("done") == set(range(JOBS)))

    assert len(held) == 2


@pytest.mark.once
def test_killed_child_leaves_its_job_to_its_brothers(office):
    office.hire()
    office.wait_until_both_hands_are_full()
    number = min(office.marked("begun"))
    child = int((office.marks / f"begun-{number}").read_text())
    os.kill(child, signal.SIGKILL)

    office.wait_until(lambda: office.marked("done") == set(range(JOBS)))

    assert int((office.marks / f"begun-{number}").read_text()) != child


@pytest.mark.django_db(transaction=True)
def test_page_survives_a_broker_that_is_gone(settings, tmp_path, caplog):
    job = app.tasks["tests.nothing"]

    with transaction.atomic():
        job.delay_on_commit()

    assert isinstance(job, Job)
    assert "Error calling" in caplog.text


@app.task(name="tests.nothing")
def nothing():
    """Never runs: there is no broker where the test settings point."""
