"""`make run`: the whole system on this machine, until Ctrl-C.

Broker, web, worker and timetable are children of this process; when one of them ends, all end.
What they say is in VAR_DIR/log; the terminal stays with the address and the accounts, unless
``VERBOSE=1`` or ``-v`` asks for their lines there too.
"""

import argparse
import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import environment as env
from config.startup import load_settings
from notices.readers.scanned import can_recognise
from scripts import valkey
from scripts.supervisor import Stopped, Supervisor, stopping_on_signals, waits_in_vain

ROOT = Path(__file__).resolve().parent.parent
LAST_PORT = 65535
MANAGE = [sys.executable, "manage.py"]


class CannotRun(Exception):
    """Something stands in the way; the message says what to do."""


def failure(supervisor: Supervisor, name: str, problem: str) -> CannotRun:
    """``problem`` of a child, below what it said last and above where all of it stands."""
    said = "".join(f"{name:>7} | {line}\n" for line in supervisor.last_lines(name))
    return CannotRun(f"{said}{problem}\n日志 Log: {supervisor.log_of(name)}")


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock of this checkout: two `make run` would share one database and one broker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotRun(
                f"本目录中已有 make run 在运行（进程 {lock.read().strip()}）。"
                "make run is already running in this checkout: stop it first."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def address() -> tuple[str, int]:
    """HOST and PORT, checked to be free."""
    host, port = env.text("HOST", "127.0.0.1"), env.whole_number("PORT", 8000, at_least=1)
    try:
        if port > LAST_PORT:
            raise OverflowError(f"the last one is {LAST_PORT}")
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as probe:
            # As the web server will do: a port whose last connections are still closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except (OSError, OverflowError) as problem:
        raise CannotRun(
            f"{host} 的端口 {port} 不能用（{problem}）。Port {port} on {host} cannot be used: "
            f"choose another, for example  make run PORT={port + 1 if port < LAST_PORT else 8001}"
        ) from None
    return host, port


def start_broker(supervisor: Supervisor) -> None:
    """Start a broker of our own; the children learn its address, and later commands by a file."""
    folder = settings.VAR_DIR / "valkey"
    server = valkey.plan(folder)
    process = supervisor.start("valkey", server.command)
    try:
        server.wait(process)
    except RuntimeError as problem:
        raise failure(supervisor, "valkey", str(problem)) from None
    (folder / "url").write_text(server.url, encoding="utf-8")
    supervisor.environ["REDIS_URL"] = server.url


def start_all(supervisor: Supervisor) -> None:
    python = sys.executable
    celery = [python, "-m", "celery", "--quiet", "--app", "config"]
    supervisor.start(
        "web", [python, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
    )
    worker = [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"]
    # Minutes of recognition or of a long file must not hold up the reminders.
    supervisor.start("worker", [*worker, "--queues", "celery"])
    if can_recognise():
        supervisor.start("files", [*worker, "--queues", "files", "--hostname", "files@%h"])
        supervisor.start("ocr", [*worker, "--queues", "ocr", "--hostname", "ocr@%h"])
    else:
        supervisor.start("files", [*worker, "--queues", "files,ocr", "--hostname", "files@%h"])
    # Its pid file would outlive a kill and keep the next one from starting; the lock of this
    # checkout does the same job.
    supervisor.start("beat", [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""])


def wait_for_web(supervisor: Supervisor, url: str, seconds: float = 60) -> None:
    """Return when the login page is served."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        check(supervisor)
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  (our own http:// address)
                return
        except urllib.error.HTTPError as answer:
            problem = f"登录页出错（HTTP {answer.code}）。The login page fails."
            raise failure(supervisor, "web", problem) from None
        except OSError:
            time.sleep(0.1)
    raise failure(supervisor, "web", "网页服务未能启动。The web process does not answer.")


def check(supervisor: Supervisor) -> None:
    child = supervisor.ended()
    if child:
        child.reader.join(timeout=2)
        raise failure(
            supervisor,
            child.name,
            f"{child.name} 已退出（返回码 {child.process.returncode}），全部停止。"
            f"{child.name} ended with status {child.process.returncode}: stopping everything.",
        )


def watch(supervisor: Supervisor) -> None:
    """Stay until a child ends, or until the `make` that started us was killed or told to stop."""
    parent = os.getppid() if "MAKELEVEL" in os.environ else None
    while parent is None or (parent == os.getppid() and not waits_in_vain(parent)):
        check(supervisor)
        time.sleep(0.3)
    raise Stopped


def manage(*words: str, supervisor: Supervisor) -> str:
    """Run a command of manage.py to its end and return what it printed."""
    done = subprocess.run(
        [*MANAGE, *words], cwd=ROOT, env=supervisor.environ, text=True, capture_output=True
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise CannotRun(
            f"manage.py {' '.join(words)} 失败，原因见上。manage.py {words[0]} failed, see above."
        )
    return done.stdout


def serve(supervisor: Supervisor, host: str, port: int) -> None:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    url = f"http://{shown}:{port}/"
    supervisor.environ.update(HOST=host, PORT=str(port))
    supervisor.environ.setdefault("SITE_URL", url)
    supervisor.environ.setdefault("WEB_PROCESSES", "1")
    if not env.text("REDIS_URL"):
        start_broker(supervisor)
    done, _, accounts = manage("prepare", supervisor=supervisor).partition("\n\n")
    for line in done.splitlines():
        supervisor.say("prepare", line)
    if not can_recognise():
        supervisor.say(
            "ocr", "扫描件识别未安装。To read scans: make setup-ocr, then make run again"
        )
    start_all(supervisor)
    wait_for_web(supervisor, f"{url}login/")
    place = f"    {url}    Ctrl-C 停止    日志 {supervisor.logs}"
    print(f"\n{place}\n\n{accounts.rstrip()}", flush=True)
    watch(supervisor)


def run(*, verbose: bool) -> None:
    """Everything from the lock of this checkout to the end of the last child."""
    environ = dict(os.environ, PYTHONUNBUFFERED="1")
    supervisor = Supervisor(ROOT, environ, settings.VAR_DIR / "log", verbose=verbose)
    with only_one(settings.VAR_DIR / "run.lock"):
        try:
            serve(supervisor, *address())
        finally:
            supervisor.stop()
            (settings.VAR_DIR / "valkey" / "url").unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run", description="the whole system, until Ctrl-C")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what the services say")
    arguments = parser.parse_args()
    env.load_file(ROOT / ".env")
    os.environ.setdefault("APP_ENV", "development")
    load_settings("make run")
    if settings.PRODUCTION:
        print(
            "make run 只用于开发和演示。make run is not for production: "
            "start the services one by one.",
            file=sys.stderr,
        )
        return 1
    try:
        with stopping_on_signals():
            run(verbose=arguments.verbose or env.switch("VERBOSE", default=False))
    except Stopped:
        after_the_sign = "\n" if sys.stdout.isatty() else ""  # the terminal has shown ^C
        print(f"{after_the_sign}已停止。Stopped.", flush=True)
    except (CannotRun, RuntimeError, ImproperlyConfigured) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
