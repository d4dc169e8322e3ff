"""Starts programs, prefixes what they say, and stops all of them with everything they started."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Child:
    name: str
    process: subprocess.Popen[str]
    reader: threading.Thread


def tied(command: list[str]) -> list[str]:
    """``command``, told to end when its parent is killed, where the system has `setpriv`."""
    return ["setpriv", "--pdeathsig", "TERM", *command] if shutil.which("setpriv") else command


class Supervisor:
    """A set of running children, each in a process group of its own.

    Ctrl-C in the terminal therefore reaches only the supervisor, which stops them in the reverse
    order of their start. Where the system has `setpriv`, a child is also told to end when the
    supervisor itself is killed.
    """

    def __init__(self, cwd: Path, environ: dict[str, str], out: TextIO = sys.stdout):
        self.cwd, self.environ, self.out = cwd, environ, out
        self.children: list[Child] = []
        self._printing = threading.Lock()

    def start(self, name: str, command: list[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            tied(command),
            cwd=self.cwd,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        reader = threading.Thread(target=self._copy, args=(name, process.stdout), daemon=True)
        self.children.append(Child(name, process, reader))
        reader.start()
        return process

    def say(self, name: str, line: str) -> None:
        with self._printing:
            print(f"{name:>7} | {line}", file=self.out, flush=True)

    def ended(self) -> Child | None:
        """A child that is no longer running, if there is one."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def stop(self, seconds: float = 15) -> None:
        """End every child and whatever it left in its group, by force after ``seconds`` each."""
        ignore_signals()
        for child in reversed(self.children):
            with contextlib.suppress(ProcessLookupError):
                child.process.terminate()
            end = time.monotonic() + seconds
            while child.process.poll() is None and time.monotonic() < end:
                time.sleep(0.02)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
            child.reader.join(timeout=2)
        self.children.clear()

    def _copy(self, name: str, stream: TextIO) -> None:
        with stream:
            for line in stream:
                self.say(name, line.rstrip("\n"))


class Stopped(Exception):
    """Ctrl-C or a polite kill arrived."""


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into Stopped; later ones are ignored."""

    def stop(number: int, frame: object) -> None:
        ignore_signals()
        raise Stopped

    before = {each: signal.signal(each, stop) for each in STOP_SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def ignore_signals() -> None:
    """From here on only the stopping itself matters. Does nothing outside the main thread."""
    if threading.current_thread() is threading.main_thread():
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
