"""A Valkey server for the length of a test: the same launcher as `make run`."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import valkey
from scripts.supervisor import tied


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server with its data in ``folder``; yield its URL; stop it."""
    plan = valkey.plan(folder)
    process = subprocess.Popen(
        tied(plan.command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        plan.wait(process)
        yield plan.url
    finally:
        process.terminate()
        process.wait(timeout=20)
