"""Asks the pages of one database, in a process of its own.

``python -m scripts.bench.timing`` with DATABASE_URL of a database that make_load filled; each line
of its input, a number of QUESTIONS, is answered by one line of JSON.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from scripts.bench.questions import PEOPLE, QUESTIONS, Question
from tasks.states import Status

WARM_UP = 3
ROUNDS = 10  # of one turn
COUNTY = "330106"
Subjects = dict[str, Any]


def subjects() -> Subjects:
    """What the questions are about: a closed task of a county, asked of the whole country."""
    county = apps.get_model("bureaus", "Bureau").objects.get(code=COUNTY)
    closed = county.assignments.filter(status=Status.CLOSED, obligation__issuer__path="/")
    task = closed.filter(due_at__isnull=False).select_related("obligation__notice").latest("pk")
    obligation = task.obligation
    return {
        "assignment": task.pk,
        "obligation": obligation.pk,
        "notice": obligation.notice_id,
        "number": obligation.notice.doc_number,
        "matter": obligation.title,
        "unit": county.short_name,
        "county": county.path,
        "day": f"{timezone.localtime(obligation.due_at):%Y-%m-%d}",
    }


def people() -> dict[str, Any]:
    staff = apps.get_model("bureaus", "Staff").objects.select_related("bureau")
    return {who: staff.get(username=username) for who, username in PEOPLE.items()}


def milliseconds(work: Callable[[], object]) -> list[float]:
    """Time of each of ROUNDS rounds; the first few do not count."""
    times = []
    for _ in range(WARM_UP + ROUNDS):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return times[WARM_UP:]


def busy(work: Callable[[], object]) -> float:
    """Milliseconds of a processor that a round takes, here and in the database on this machine.

    Unlike the time it hardly depends on what else the machine does. 0.0 where it cannot be told.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not backend.exists():
        return 0.0
    begin = time.process_time_ns() + _nanoseconds(backend)
    for _ in range(ROUNDS):
        work()
    return (time.process_time_ns() + _nanoseconds(backend) - begin) / ROUNDS / 1e6


def _nanoseconds(backend: Path) -> int:
    return int(backend.read_text().split()[0])


def ask(question: Question, person: Any, about: Subjects) -> dict[str, object]:
    client = Client()
    client.force_login(person)
    url = question.url.format(**about)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        queries = len(captured)  # the next request clears them
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answers {answer.status_code}")
    return {
        "times": milliseconds(lambda: client.get(url)),
        "floor": milliseconds(lambda: bare(question, person, about)),
        "busy": busy(lambda: client.get(url)),
        "queries": queries,
    }


def bare(question: Question, person: Any, about: Subjects) -> None:
    path = person.bureau.path
    edges = {"path": path, "stop": path[:-1] + "0", "bureau": person.bureau_id}
    with connection.cursor() as cursor:
        cursor.execute(question.floor, {**about, **edges})
        cursor.fetchall()


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    logging.disable()
    about, known = subjects(), people()
    for line in sys.stdin:
        question = QUESTIONS[int(line)]
        print(json.dumps(ask(question, known[question.who], about)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
