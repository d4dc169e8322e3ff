"""How long pages take with many assignments: p50 and p95 of the server's time, queries, growth.

Beside each stands the floor: the bare SQL that answers the same question, fetched by the same
process. Figures of two runs are not comparable; the growth and the floor of one run are: all sizes
are asked the same question by turns, so that whatever else the machine does slows all of them.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from scripts import postgres
from scripts.bench.questions import QUESTIONS

ROOT = Path(__file__).resolve().parent.parent.parent
BUREAUS = 3200
# A modest server: a production one has more memory and as much of it in use.
OPTIONS = ("shared_buffers=512MB", "max_wal_size=4GB")
TURNS = 3
HEADS = ("p50", "p95", "busy", "sql", "floor")
Answer = dict[str, Any]


def run(sizes: list[int], *, only: str = "", notices: int = 0) -> int:
    """Fill a database of each size, ask all pages of all by turns, print one table."""
    with postgres.server(options=OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
        environs = []
        for size in sizes:
            environs.append(surroundings(postgres.create(url, f"load_{size}"), folder))
            fill(size, environs[-1], notices)
        show(sizes, asked(environs, only))
    return 0


def surroundings(url: str, folder: str) -> dict[str, str]:
    """As an office runs it, but for the certificate: no debugging, collected static files."""
    ours = {"APP_ENV": "development", "DEBUG": "0", "DATABASE_URL": url, "VAR_DIR": folder}
    return {**os.environ, **ours}


def fill(size: int, environ: dict[str, str], notices: int = 0) -> None:
    manage = [sys.executable, "manage.py"]
    load = ["make_load", "--bureaus", str(BUREAUS), "--assignments", str(size)]
    load += ["--notices", str(notices), "--yes"]
    for words in (["prepare", "--no-demo"], load):
        subprocess.run([*manage, *words], cwd=ROOT, env=environ, stdout=sys.stderr, check=True)


def asked(environs: Sequence[dict[str, str]], only: str) -> dict[tuple[str, str], list[Answer]]:
    """By question, what each database answered; with a sign of life for each."""
    found: dict[tuple[str, str], list[Answer]] = {}
    with ExitStack() as stack:
        askers = [stack.enter_context(asker(environ)) for environ in environs]
        for number, question in enumerate(QUESTIONS):
            if only not in question.name:
                continue
            turns = [[answer(each, number) for each in askers] for _ in range(TURNS)]
            found[question.name, question.who] = [summed(own) for own in zip(*turns, strict=True)]
            print(".", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    return found


def asker(environ: dict[str, str], module: str = "timing") -> "subprocess.Popen[str]":
    """A process that has read one database, warm: see scripts/bench/timing.py."""
    command = [sys.executable, "-m", f"scripts.bench.{module}"]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=ROOT, env=environ, stdin=pipe, stdout=pipe, text=True, encoding="utf-8"
    )


def answer(process: Any, number: int) -> Answer:
    process.stdin.write(f"{number}\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:  # its own complaint is on stderr already
        raise subprocess.CalledProcessError(process.wait(), process.args)
    given: Answer = json.loads(line)
    return given


def summed(turns: Sequence[Answer]) -> Answer:
    """The turns of one question as one."""
    times = sorted(time for turn in turns for time in turn["times"])
    return {
        "p50": statistics.median(times),
        "p95": times[int(len(times) * 0.95)],
        "busy": min(turn["busy"] for turn in turns),
        "queries": turns[0]["queries"],
        "floor": statistics.median(time for turn in turns for time in turn["floor"]),
    }


def show(sizes: list[int], answers: dict[tuple[str, str], list[Answer]]) -> None:
    growth = len(sizes) > 1
    print("milliseconds; busy: of a processor, page and database together; sql: queries of a page;")
    print("floor: the bare SQL of the same question; growth of p50 and of busy")
    print(f"{'assignments':37}" + "".join(f"{size:>29,}  " for size in sizes))
    heads = "".join(f"{head:>7}" if head != "sql" else f"{head:>4}" for head in HEADS)
    print(
        f"{'page':26}{'asked by':11}" + heads * len(sizes) + ("  growth   busy" if growth else "")
    )
    for (name, who), found in answers.items():
        line = "".join(
            f"{one['p50']:7.1f}{one['p95']:7.1f}{one['busy']:7.1f}{one['queries']:4}{one['floor']:7.1f}"
            for one in found
        )
        if growth:
            line += f"{found[-1]['p50'] / found[0]['p50']:8.2f}"
            line += f"{found[-1]['busy'] / (found[0]['busy'] or 1):7.2f}"
        print(f"{name:26}{who:11}{line}")
