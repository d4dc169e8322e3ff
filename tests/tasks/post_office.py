"""Beats and workers as an office runs them, on a database and a broker of the test's own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.folders import ROOT

CELERY = [sys.executable, "-m", "celery", "--quiet", "--app", "tests.tasks.quick_timetable"]
WORKER = [*CELERY, "worker", "--concurrency", "1", "--without-mingle", "--without-gossip"]


class PostOffice:
    """Processes that send reminders, each in a group of its own; ``close`` ends them."""

    def __init__(self, *, database: str, broker: str, mail: str, folder: Path):
        self.environ = {**os.environ, "DATABASE_URL": database, "REDIS_URL": broker}
        self.environ |= {"EMAIL_URL": mail, "QUIET_HOURS": "off", "VAR_DIR": str(folder / "var")}
        self.environ |= {"BROKER_VISIBILITY_SECONDS": "5", "APP_ENV": "test"}
        self.folder, self.log = folder, folder / "log"
        self.hired: list[subprocess.Popen] = []

    def hire(self, *, beats: int, workers: int) -> None:
        for number in range(beats):
            self._start([*CELERY, "beat", "--schedule", str(self.folder / f"beat{number}")])
        for _ in range(workers):
            self._start(WORKER)

    def _start(self, command: list[str]) -> None:
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                command, cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        self.hired.append(started)

    def wait_until(self, condition, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                pytest.fail(f"did not get that far:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def close(self) -> None:
        for process in self.hired:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
