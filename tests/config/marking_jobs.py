"""A job for test_broker.py: leaves a mark on disk when it begins and another when it is done."""

import os
import time
from pathlib import Path

from celery import shared_task

SECONDS = 1.5


@shared_task(name="tests.mark")
def mark(folder: str, number: int) -> None:
    marks = Path(folder)
    (marks / f"begun-{number}").write_text(str(os.getpid()))
    time.sleep(SECONDS)
    (marks / f"done-{number}").touch()
