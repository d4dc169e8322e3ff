"""The broker is flushed and restarted, the database crashes: nothing is lost, nothing doubled."""

import os
import signal
import subprocess
import sys
from collections import Counter

import psycopg
import pytest

from scripts import valkey
from scripts.supervisor import tied
from tests.services import postgres
from tests.tasks.post_office import ROOT, PostOffice

pytestmark = [pytest.mark.postgres]

UNITS, KINDS = 150, ("T-1", "T0", "O1")
SENT = (
    "select count(*) from tasks_delivery d join tasks_milestone m on m.id = d.milestone_id"
    " where d.channel = 'email' and d.state = 'sent' and m.kind = %s"
)


class Broker:
    """A Valkey with an append-only file, as the one-machine set-up has it."""

    def __init__(self, folder):
        self.folder = folder
        self.start()

    def start(self):
        self.plan = valkey.plan(self.folder)
        self.process = subprocess.Popen(tied(self.plan.command), stdout=subprocess.DEVNULL)
        self.plan.wait(self.process)

    def restart(self):
        self.process.kill()
        self.process.wait()
        self.start()

    def flush(self):
        with self.plan.connect() as line:
            line.sendall(b"FLUSHALL\r\n")
            assert line.recv(64).startswith(b"+OK")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=20)


class Ledger:
    """The rows, asked from outside of Django: the database goes away in between."""

    def __init__(self, cluster):
        self.cluster = cluster

    def ask(self, words: str, *values) -> list[tuple]:
        with psycopg.connect(self.cluster.url, autocommit=True) as database:
            asked = database.execute(words, values)
            return asked.fetchall() if asked.description else []

    def sent(self, kind: str) -> int:
        return self.ask(SENT, kind)[0][0]

    def come(self, kind: str) -> None:
        self.ask("update tasks_milestone set at = now() where kind = %s", kind)


@pytest.fixture
def broker(tmp_path):
    made = Broker(tmp_path / "valkey")
    yield made
    made.close()


@pytest.fixture
def ledger(tmp_path):
    with postgres.cluster() as cluster:
        environ = {**os.environ, "APP_ENV": "test", "DATABASE_URL": cluster.url}
        environ |= {"VAR_DIR": str(tmp_path / "var")}
        program = f"from scripts.bench import reminding; reminding.fill({UNITS})"
        command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", program]
        subprocess.run(command, cwd=ROOT, env=environ, check=True)
        yield Ledger(cluster)


@pytest.fixture
def office(ledger, broker, mail_server, tmp_path):
    opened = PostOffice(
        database=ledger.cluster.url, broker=broker.plan.url, mail=mail_server.url, folder=tmp_path
    )
    yield opened
    opened.close()


def test_nothing_is_lost_or_doubled_when_broker_and_database_restart(
    office, ledger, broker, mail_server
):
    office.hire(beats=2, workers=2)
    mail_server.delay = 0.05  # so that there is a middle

    ledger.come("T-1")
    office.wait_until(lambda: ledger.sent("T-1") > UNITS // 5)
    broker.flush()
    office.wait_until(lambda: ledger.sent("T-1") == UNITS)

    ledger.come("T0")
    office.wait_until(lambda: ledger.sent("T0") > UNITS // 5)
    broker.restart()
    office.wait_until(lambda: ledger.sent("T0") == UNITS)

    ledger.come("O1")
    office.wait_until(lambda: ledger.sent("O1") > UNITS // 5)
    ledger.cluster.end(signal.SIGQUIT)
    ledger.cluster.start()
    office.wait_until(lambda: ledger.sent("O1") == UNITS)

    rows = ledger.ask("select message_key, state from tasks_delivery where channel = 'email'")
    keys = Counter(str(message["Message-ID"]) for message in mail_server.messages)
    assert len(rows) == UNITS * len(KINDS)
    assert {state for _, state in rows} == {"sent"}
    assert keys == dict.fromkeys((key for key, _ in rows), 1)
