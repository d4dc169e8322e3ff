"""How fast due reminders leave, and how long a tick takes where the ledger is long.

Beside it, in the same run: the same letters by raw smtplib, which records nothing; and the bare SQL
of what a tick writes.
"""

import json
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

import psycopg
from celery import Celery

from scripts import postgres, valkey
from scripts.bench.pages import OPTIONS, ROOT, surroundings

DUE, LEDGER, LEDGER_DUE = 10_000, 10_000_000, 1_000
WORKERS, WARM = 2, 100
LINES = "示例0：\n\n示例局有一项报送任务需要办理（提前1个工作日）。\n\n事项：质量工作进展情况\n"
LINES += "截止时间：2026年3月31日 23:59\n\n办理链接：http://127.0.0.1:8000/assignments/1/\n" * 2
SENT = "select count(*) from tasks_delivery where channel = 'email' and state = 'sent'"


def run(due: int, ledger: int) -> int:
    with postgres.server(options=OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
        if due:
            drained(due, postgres.create(url, "due"), Path(folder))
        if ledger:
            ticked(ledger, postgres.create(url, "ledger"), Path(folder))
    return 0


def drained(due: int, url: str, folder: Path) -> None:
    print(f"{due:,} due reminders to a local mail server that keeps nothing; mails a second")
    environ = surroundings(url, str(folder)) | {"QUIET_HOURS": "off"}
    filled(f"fill({due})", environ)
    for words, send in (("smtplib, one connection", one_line), ("smtplib, one a mail", one_each)):
        with sink() as port:
            begin = time.perf_counter()
            send(port, due)
            print(f"  {words:<44}{due / (time.perf_counter() - begin):9.0f}", flush=True)
    with sink() as port:
        environ |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        steps = (("reminding", "warm()", WARM), ("reminding", "come()", due + WARM))
        seconds, rows = by_workers(steps, url, environ, folder)
    words = f"{WORKERS} Celery workers, every row recorded"
    print(f"  {words:<44}{due / seconds:9.0f}   rows sent {rows:,}", flush=True)


def one_line(port: int, count: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as line:
        for number in range(count):
            line.send_message(letter(number))


def one_each(port: int, count: int) -> None:
    for number in range(count):
        with smtplib.SMTP("127.0.0.1", port) as line:
            line.send_message(letter(number))


def letter(number: int) -> EmailMessage:
    """As long as ours, in plain text and HTML."""
    message = EmailMessage()
    message["Subject"] = "【报送提醒】3月31日前报送质量工作进展情况"
    message["From"], message["To"] = "noreply@localhost", f"due{number}@example.test"
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="localhost")
    message.set_content(LINES)
    message.add_alternative(f"<html><body><p>{LINES}</p></body></html>", subtype="html")
    return message


@contextmanager
def sink() -> Iterator[int]:
    port = valkey.free_port()
    command = [sys.executable, "-m", "scripts.bench.sink", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout:
            process.stdout.readline()
        yield port
    finally:
        process.terminate()
        process.wait()


def by_workers(
    steps: Sequence[tuple[str, str, int]], url: str, environ: dict[str, str], folder: Path
) -> tuple[float, int]:
    """Seconds from the last tick to the last result, and how many rows say that they went out.

    Each step lets mails become due, by a call of a module, until so many rows have gone out.
    """
    log, workers = folder / "workers.log", []
    command = [sys.executable, "-m", "celery", "--app", "config", "worker", "--concurrency", "1"]
    command += ["--loglevel", "INFO"]
    with broker(folder / "valkey") as address:
        environ |= {"REDIS_URL": address}
        try:
            for number in range(WORKERS):
                with log.open("ab") as out:
                    own = [*command, "--hostname", f"bench{number}"]
                    started = subprocess.Popen(own, cwd=ROOT, env=environ, stdout=out, stderr=out)
                workers.append(started)
            while log.read_text(encoding="utf-8").count(" ready.") < WORKERS:
                time.sleep(0.2)
            app = Celery(broker=address)
            seconds, rows, before = 0.0, 0, 0
            for module, call, until in steps:
                filled(call, environ, module=module)
                before, (seconds, rows) = rows, timed(until, url, app)
            return seconds, rows - before
        finally:
            for process in workers:
                process.terminate()
                process.wait()


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """The address of a broker, with its files in a folder that is not there yet."""
    plan = valkey.plan(folder)
    process = subprocess.Popen(plan.command, stdout=subprocess.DEVNULL)
    try:
        plan.wait(process)
        yield plan.url
    finally:
        process.terminate()
        process.wait()


def timed(due: int, url: str, app: Celery) -> tuple[float, int]:
    """A tick now, and one each minute as the timetable has it, till all are sent."""
    begin, ticks = time.perf_counter(), 0
    with psycopg.connect(url, autocommit=True) as database:
        while (rows := counted(database)) < due:
            if time.perf_counter() - begin >= ticks * 60:
                app.send_task("tasks.jobs.tick")
                ticks += 1
            time.sleep(0.2)
    return time.perf_counter() - begin, rows


def counted(database: "psycopg.Connection[tuple[int]]") -> int:
    found = database.execute(SENT).fetchone()
    return found[0] if found else 0


def ticked(ledger: int, url: str, folder: Path) -> None:
    environ = surroundings(url, str(folder)) | {"QUIET_HOURS": "off"}
    filled(f"fill({LEDGER_DUE})", environ)
    filled(f"grow({ledger})", environ)
    found = json.loads(filled("measure()", environ))
    print(f"a tick over {ledger:,} rows, half moments, half deliveries; {LEDGER_DUE:,} are due")
    print(f"  {'the tick, letters written and not sent':<44}{found['tick']:9.2f} s")
    print(f"  {'bare SQL of what it reads and writes':<44}{found['bare']:9.2f} s")
    print(f"  {'ratio':<44}{found['tick'] / found['bare']:9.1f}")
    print(f"  {'a tick with nothing due':<44}{found['idle'] * 1000:9.1f} ms")
    print(
        f"  {'first 50 reminders and their count':<44}{found['listed'] * 1000:9.1f} ms", flush=True
    )


def filled(call: str, environ: dict[str, str], *, module: str = "reminding") -> str:
    """What a function of this module of the bench prints, in a process of its own."""
    program = f"from scripts.bench import {module}; {module}.{call}"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", program]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout
