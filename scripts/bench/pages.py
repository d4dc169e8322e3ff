"""How long pages take with many assignments: p50 and p95 of the server's time, queries, growth.

Beside each stands the floor: the bare SQL that answers the same question, fetched by the same
process. Figures of two runs are not comparable; the growth and the floor of one run are.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
BUREAUS = 3200
# A modest server: a production one has more memory and as much of it in use.
OPTIONS = ("shared_buffers=512MB", "max_wal_size=4GB")
HEADS = ("p50", "p95", "sql", "floor")
Answer = dict[str, Any]


def run(sizes: list[int], *, only: str = "") -> int:
    """Fill a database of each size, ask all pages, print one table."""
    answers: dict[tuple[str, str], list[Answer]] = {}
    with postgres.server(options=OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            environ = surroundings(postgres.create(url, f"load_{size}"), folder)
            fill(size, environ)
            for answer in asked(environ, only):
                answers.setdefault((answer["name"], answer["who"]), []).append(answer)
    show(sizes, answers)
    return 0


def surroundings(url: str, folder: str) -> dict[str, str]:
    """As an office runs it, but for the certificate: no debugging, collected static files."""
    ours = {"APP_ENV": "development", "DEBUG": "0", "DATABASE_URL": url, "VAR_DIR": folder}
    return {**os.environ, **ours}


def fill(size: int, environ: dict[str, str]) -> None:
    manage = [sys.executable, "manage.py"]
    load = ["make_load", "--bureaus", str(BUREAUS), "--assignments", str(size), "--yes"]
    for words in (["prepare", "--no-demo"], load):
        subprocess.run([*manage, *words], cwd=ROOT, env=environ, stdout=sys.stderr, check=True)


def asked(environ: dict[str, str], only: str) -> Iterator[Answer]:
    """The answers as they come, with a sign of life for each."""
    command = [sys.executable, "-m", "scripts.bench.timing", only]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    with process:
        for line in process.stdout or ():
            print(".", end="", file=sys.stderr, flush=True)
            yield json.loads(line)
    print(file=sys.stderr)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def show(sizes: list[int], answers: dict[tuple[str, str], list[Answer]]) -> None:
    growth = len(sizes) > 1
    print("milliseconds; sql: queries of a page; floor: the bare SQL of the same question")
    print(f"{'assignments':37}" + "".join(f"{size:>22,}  " for size in sizes))
    heads = "".join(f"{head:>7}" if head != "sql" else f"{head:>4}" for head in HEADS)
    print(f"{'page':26}{'asked by':11}" + heads * len(sizes) + ("  growth" if growth else ""))
    for (name, who), found in answers.items():
        line = "".join(
            f"{one['p50']:7.1f}{one['p95']:7.1f}{one['queries']:4}{one['floor']:7.1f}"
            for one in found
        )
        if growth:
            line += f"{found[-1]['p50'] / found[0]['p50']:8.2f}"
        print(f"{name:26}{who:11}{line}")
