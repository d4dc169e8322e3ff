"""How long the worker takes for a zip of every bureau's own form, and how much memory.

Beside it the floor of the same run: the same cells written without any looks. Memory is flat when
ten times the bureaus need no more of it.
"""

import json
import subprocess
import sys
import tempfile
from typing import Any

from scripts import postgres
from scripts.bench.pages import OPTIONS, ROOT, surroundings

SIZES, ROWS = (320, 3200), 10


def run(sizes: list[int]) -> int:
    """Fill a database of each size and make the file from it."""
    print(
        f"originals zipped, {ROWS} rows a bureau; floor: the same cells without looks; seconds, MB"
    )
    print(f"{'bureaus':>8}{'time':>9}{'cpu':>9}{'floor':>9}{'cpu':>9}{'at start':>9}{'peak':>9}")
    with postgres.server(options=OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            environ = surroundings(postgres.create(url, f"files_{size}"), folder)
            prepare = [sys.executable, "manage.py", "prepare", "--no-demo"]
            subprocess.run(prepare, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, check=True)
            asked(f"fill({size}, {ROWS})", environ)
            made, floor = asked("worker()", environ), asked("floor()", environ)
            print(
                f"{size:8}{made['seconds']:9.1f}{made['cpu']:9.1f}{floor['seconds']:9.1f}"
                f"{floor['cpu']:9.1f}{made['before']:9.0f}{made['peak']:9.0f}",
                flush=True,
            )
    return 0


def asked(call: str, environ: dict[str, str], *, module: str = "making") -> dict[str, Any]:
    """What a function of a module of ``scripts.bench`` prints, in a process of its own."""
    program = f"from scripts.bench import {module}; {module}.{call}"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", program]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
