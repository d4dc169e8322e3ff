"""`make run` itself, in a folder of its own: started, looked at, hurt and stopped."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from scripts import run
from scripts.valkey import free_port
from tests.folders import ROOT

pytestmark = pytest.mark.once

UP = 120  # seconds a slow machine may take


class System:
    """A running `scripts.run` with its output in a file."""

    def __init__(self, folder: Path, *words: str, started_by=(), **variables: str):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.var = folder / "var"
        self.log = folder / f"log-{self.port}"
        environ = {**os.environ, "APP_ENV": "development", "VAR_DIR": str(self.var)}
        environ |= {
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "REDIS_URL": "",
            "DATABASE_URL": "",
        }
        environ.pop("DJANGO_SETTINGS_MODULE", None)
        environ.pop("MAKELEVEL", None)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*started_by, sys.executable, "-m", "scripts.run", *words],
                cwd=ROOT,
                env=environ | variables,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_until_up(self) -> None:
        self.wait_until_said("Ctrl-C")

    def wait_until_said(self, *words: str) -> None:
        """Until one line holds all of ``words``."""
        end = time.monotonic() + UP
        while not any(all(w in line for w in words) for line in self.said.splitlines()):
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.1)

    def log_of(self, name: str) -> str:
        return (self.var / "log" / f"{name}.log").read_text(encoding="utf-8")

    def children(self) -> dict[str, int]:
        """The process number of each child, by a word of its command line."""
        words = ("valkey-server", "gunicorn", "files@%h", "ocr@%h", "worker", "beat")
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                parent = int(path.read_text().rpartition(")")[2].split()[1])
                command = (path.parent / "cmdline").read_bytes().decode().split("\0")
                if parent == self.process.pid:
                    name = next(w for w in words if any(w in part for part in command))
                    found[name] = int(path.parent.name)
        return found

    def kill(self) -> None:
        for pid in [self.process.pid, *self.children().values()]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        self.process.wait()


def running_in_group(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, group = path.read_text().rpartition(")")[2].split()[:3]
            if int(group) == pid and state != "Z":
                found.append(int(path.parent.name))
    return found


@pytest.fixture
def system(tmp_path):
    started = System(tmp_path)
    yield started
    started.kill()


def test_a_whole_life(system, tmp_path):
    system.wait_until_up()
    children = system.children()
    assert set(children) - {"ocr@%h"} == {
        *("valkey-server", "gunicorn", "worker", "files@%h", "beat")
    }
    assert system.url in system.said
    at_first = system.said
    assert_tells_the_accounts_last(at_first)

    with urllib.request.urlopen(f"{system.url}login/") as answer:  # noqa: S310  (our own)
        assert answer.status == 200
        assert "login" in answer.url

    # A plain command works on the same database while it runs.
    manage(system.var, "verify_audit")

    # A second one in the same place says what is the matter.
    second = System(tmp_path)
    assert second.process.wait(UP) == 1
    assert "make run is already running in this checkout" in second.said

    system.process.send_signal(signal.SIGINT)
    assert system.process.wait(30) == 0
    assert system.said == f"{at_first}已停止。Stopped.\n"  # nothing in between, one line at the end
    assert "Listening at" in system.log_of("web")
    assert "ready." in system.log_of("worker")
    assert [running_in_group(pid) for pid in children.values()] == [[]] * len(children)
    assert not (system.var / "valkey" / "url").exists()

    # Preparing again what is there doubles nothing.
    counts = count_rows(system.var)
    prepared = manage(system.var, "prepare")
    assert "static files collected" not in prepared
    assert count_rows(system.var) == counts

    # And again on what is there: one that dies takes all with it.
    again = System(tmp_path, "-v")
    try:
        again.wait_until_up()
        again.wait_until_said(" worker | ", "ready.")
        children = again.children()
        os.kill(children["worker"], signal.SIGKILL)
        assert again.process.wait(30) == 1
        said_last, _, end = again.said.rpartition("worker 已退出")
        assert "worker ended with status -9: stopping everything." in end
        assert said_last.splitlines()[-1].startswith(" worker | ")
        assert end.endswith(f"日志 Log: {again.var / 'log' / 'worker.log'}\n")
        assert [running_in_group(pid) for pid in children.values()] == [[]] * len(children)
    finally:
        again.kill()


def assert_tells_the_accounts_last(said: str) -> None:
    """Every post that the story of the demonstration needs, in its order, and their password."""
    posts = ("shouwen", "tianbao", "shenhe", "qianfa")
    expected = ["zongju.shouwen"]
    expected += [f"{place}.{post}" for place in ("zhejiang", "hangzhou") for post in posts]
    expected += ["zhejiang.danwei", "zongju.xitong", "zongju.anquan", "zongju.shenji"]
    *accounts, password = said.partition("演示账号")[2].splitlines()[1:]
    assert [line.split()[-1] for line in accounts] == expected
    assert password.lstrip().startswith("密码")


def test_interrupt_ends_it_though_it_was_ignored_at_the_start(tmp_path):
    """As in a script that starts it with `&`. VERBOSE shows the lines of the children."""
    ignoring = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]
    system = System(tmp_path, started_by=ignoring, VERBOSE="1")
    try:
        system.wait_until_up()
        system.wait_until_said("    web | ", "Listening at")
        children = system.children()

        system.process.send_signal(signal.SIGINT)

        assert system.process.wait(30) == 0
        assert system.said.endswith("\n已停止。Stopped.\n")
        assert [running_in_group(pid) for pid in children.values()] == [[]] * len(children)
    finally:
        system.kill()


def test_web_that_cannot_start_is_told_with_its_last_lines(tmp_path):
    system = System(tmp_path, WEB_THREADS="none")
    try:
        assert system.process.wait(UP) == 1
        log = system.var / "log" / "web.log"
        assert "WEB_THREADS is 'none', not a whole number" in system.log_of("web")
        assert "    web | " in system.said
        assert "WEB_THREADS is 'none', not a whole number" in system.said
        assert system.said.endswith(f"日志 Log: {log}\n")
    finally:
        system.kill()


def manage(var: Path, *words: str) -> str:
    """What a plain command prints on the data in ``var``."""
    environ = {**os.environ, "APP_ENV": "development", "VAR_DIR": str(var)}
    environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": ""}
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def count_rows(var: Path) -> str:
    """How many rows each table has, as the database says."""
    program = (
        "from django.apps import apps;"
        "print([(m._meta.label, m._default_manager.count()) for m in apps.get_models()])"
    )
    return manage(var, "shell", "--no-imports", "--command", program)


def test_taken_port_is_one_line_that_says_what_to_do(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(run.CannotRun) as refused:
            run.address()

    assert f"Port {port} on 127.0.0.1 cannot be used" in str(refused.value)
    assert f"make run PORT={port + 1}" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("port", ["70000", "http", "0"])
def test_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", port)

    with pytest.raises((run.CannotRun, ImproperlyConfigured), match=r"(?i)port"):
        run.address()


def test_production_is_refused(tmp_path):
    environ = {**os.environ, "APP_ENV": "production", "VAR_DIR": str(tmp_path)}
    environ |= {"SECRET_KEY": "k3" + os.urandom(40).hex(), "ALLOWED_HOSTS": "tracker.invalid"}
    environ |= {"DATABASE_URL": "postgresql://a@127.0.0.1:1/b", "REDIS_URL": "redis://127.0.0.1:1"}
    environ.pop("DJANGO_SETTINGS_MODULE", None)

    done = subprocess.run(
        [sys.executable, "-m", "scripts.run"], cwd=ROOT, env=environ, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "make run is not for production" in done.stderr
    assert list(tmp_path.iterdir()) == []
