"""Starts programs, keeps what they say in logs, and stops them with everything they started."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
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

    What a child says goes to ``<name>.log`` in ``logs``, begun anew at each start (the one before
    is kept as ``<name>.log.1``); where ``verbose``, to the terminal too. Ctrl-C in the terminal
    reaches only the supervisor, which stops the children in the reverse order of their start. Where
    the system has `setpriv`, a child is also told to end when the supervisor itself is killed.
    """

    def __init__(
        self,
        cwd: Path,
        environ: dict[str, str],
        logs: Path,
        *,
        verbose: bool = False,
        out: TextIO = sys.stdout,
    ):
        self.cwd, self.environ, self.logs = cwd, environ, logs
        self.verbose, self.out = verbose, out
        self.children: list[Child] = []
        self._printing = threading.Lock()

    def start(self, name: str, command: list[str]) -> subprocess.Popen[str]:
        log = self._fresh_log(name)
        process = subprocess.Popen(
            tied(command),
            cwd=self.cwd,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        copying = (name, process.stdout, log)
        reader = threading.Thread(target=self._copy, args=copying, daemon=True)
        self.children.append(Child(name, process, reader))
        reader.start()
        return process

    def say(self, name: str, line: str) -> None:
        with self._printing:
            print(f"{name:>7} | {line}", file=self.out, flush=True)

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def last_lines(self, name: str, count: int = 20) -> list[str]:
        """What a child said last, without the ends of the lines."""
        with self.log_of(name).open(encoding="utf-8") as log:
            return [line.rstrip("\n") for line in deque(log, maxlen=count)]

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

    def _fresh_log(self, name: str) -> TextIO:
        self.logs.mkdir(parents=True, exist_ok=True)
        path = self.log_of(name)
        if path.exists():
            path.replace(path.with_name(f"{path.name}.1"))
        return path.open("w", encoding="utf-8")

    def _copy(self, name: str, stream: TextIO, log: TextIO) -> None:
        with stream, log:
            for line in stream:
                log.write(line)
                log.flush()
                if self.verbose:
                    self.say(name, line.rstrip("\n"))


class Stopped(Exception):
    """Ctrl-C or a polite kill arrived."""


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into Stopped; later ones are ignored.

    Also where one was ignored when the program began: so a shell starts what a script sends to the
    background with ``&``.
    """

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


def waits_in_vain(parent: int) -> bool:
    """Whether the `make` above was told to stop.

    Of a SIGINT or SIGHUP for itself alone it tells nobody: inside its handler, which blocks that
    signal, it waits for its child to end. A system without /proc does not show it.
    """
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{parent}/status").read_text(encoding="utf-8")
        blocked = int(status.partition("SigBlk:")[2].split()[0], 16)
        return any(blocked >> (each - 1) & 1 for each in STOP_SIGNALS)
    return False
