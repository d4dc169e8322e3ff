"""A PostgreSQL for the length of a test: the same launcher as `make test` and `make bench`."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import postgres
from scripts.postgres import USER, server, wheel_programs
from scripts.supervisor import tied

__all__ = ["USER", "Cluster", "cluster", "server", "wheel_programs"]

SAFE = ["synchronous_commit=on"]  # as an office has it: what is committed outlives a crash


class Cluster:
    """A server of its own that a test may end and start again."""

    def __init__(self, folder: Path):
        programs = postgres.system_programs() or postgres.wheel_programs()
        self.user, self.data, self.log = postgres.account(), folder / "data", folder / "log"
        folder.chmod(0o755)
        self.data.mkdir()
        if self.user:
            shutil.chown(self.data, self.user)
        self.programs = postgres.reachable(programs, folder, self.user)
        initdb = [self.programs / "initdb", "-D", self.data, *postgres.INITDB_OPTIONS]
        subprocess.run(initdb, user=self.user, check=True, capture_output=True, cwd=self.data)
        self.url = f"postgresql://{USER}@/postgres?host={self.data}"

    def start(self) -> None:
        options = [*postgres.SERVER_OPTIONS, *SAFE, f"unix_socket_directories={self.data}"]
        words = [word for each in options for word in ("-c", each)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                tied([str(self.programs / "postgres"), "-D", str(self.data), *words]),
                user=self.user,
                cwd=self.data,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        postgres.wait(self.process, self.data, self.log)

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends connections in order; SIGQUIT as in a crash, to be recovered from."""
        self.process.send_signal(how)
        self.process.wait(timeout=30)


@contextmanager
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    try:
        made = Cluster(folder)
        made.start()
        try:
            yield made
        finally:
            made.end()
    finally:
        shutil.rmtree(folder)
