"""kill -9 at four points of sending: nothing is lost, one repeat a kill at most, and it says so."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.db import connection

from scripts.bench import due
from tasks.ladder.events import DEADLINE, moment_kind
from tasks.models import Assignment, Delivery, Event, Milestone
from tasks.reminders.actions.deliveries import GATHER
from tests.folders import ROOT
from tests.tasks import dying

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = int(os.environ.get("REMINDER_KILLS", "2"))  # of each point
EACH = 3  # reminders that come due in a round


@pytest.fixture(params=["reminders", "events"])
def rounds(request):
    """In each round some reminders come due, or something has happened to some tasks."""
    total = ROUNDS * len(dying.POINTS)
    begin = dying.beginning()
    due.fill(total * EACH, ("T-1",), now=begin)
    if request.param == "events":
        make_events(begin)
    for number, key in enumerate(Milestone.objects.order_by("pk").values_list("pk", flat=True)):
        at = begin + number // EACH * dying.STEP
        Milestone.objects.filter(pk=key).update(at=at)
    return total


def make_events(begin: datetime) -> None:
    """One of each task instead of its reminder; it has been gathered for by the time it fires."""
    Milestone.objects.all().delete()
    for task in Assignment.objects.order_by("pk"):
        made = Event.objects.create(kind=DEADLINE.code, words="示例", made_at=begin - GATHER)
        kind = moment_kind(made.kind, made.pk)
        Milestone.objects.create(
            assignment=task, event=made, deadline_version=1, kind=kind, at=begin
        )


def run(mail: str, tmp_path) -> list[dict]:
    name = connection.settings_dict["NAME"]
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environ = {**os.environ, "DATABASE_URL": database, "EMAIL_URL": mail, "QUIET_HOURS": "off"}
    environ |= {"APP_ENV": "test", "VAR_DIR": str(tmp_path)}
    environ |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.tasks.dying", "20261128", str(ROUNDS)],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_workers_killed_at_every_point_lose_nothing_and_mark_what_they_repeat(
    rounds, mail_server, tmp_path
):
    kills = run(mail_server.url, tmp_path)

    assert [kill["died"] for kill in kills] == [True] * rounds
    rows = list(Delivery.objects.by_mail())
    assert len(rows) == rounds * EACH
    assert {row.state for row in rows} == {Delivery.State.SENT}

    keys = Counter(str(message["Message-ID"]) for message in mail_server.messages)
    assert set(keys) == {row.message_key for row in rows}
    # Killed after the server had taken it: that one goes out again. Killed before: none does.
    in_doubt = sum(kill["point"] in ("accepted", "before result") for kill in kills)
    assert keys.total() - len(keys) == in_doubt == 2 * ROUNDS

    seen, unmarked = set(), []
    for message in mail_server.messages:
        key = str(message["Message-ID"])
        is_marked = message["X-Possible-Repeat"] == "yes"
        if is_marked != (key in seen):
            unmarked.append(key)
        seen.add(key)
    assert unmarked == []
    repeated = {key for key, count in keys.items() if count > 1}
    assert {row.message_key for row in rows if row.is_repeat} == repeated
