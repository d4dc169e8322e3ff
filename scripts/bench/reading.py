"""How fast notices are read, beside the floor of the same run.

The floor is what no reader can do without: decoding the bytes and one pass of a regular expression
over the text. Figures of two runs are not comparable, the factor between the two lines of one run
is.
"""

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from notices.text import reading

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 20
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日|\d{1,2}月底")


def floor(raw: bytes) -> None:
    DATE.findall(raw.decode("utf-8"))


def read(raw: bytes) -> None:
    reading.read(raw.decode("utf-8"))


def milliseconds(work: Callable[[bytes], None], notices: list[bytes]) -> list[float]:
    """Time of each of ROUNDS passes over all ``notices``."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for raw in notices:
            work(raw)
        times.append((time.perf_counter() - begin) * 1000)
    return times


def whole_command(paths: list[Path]) -> None:
    """Wall time of `read_notice --json` as a process, beside the same command with one file."""
    seconds = {}
    for count in (1, len(paths)):
        command = [sys.executable, "manage.py", "read_notice", "--json", *map(str, paths[:count])]
        times = []
        for _ in range(5):
            begin = time.perf_counter()
            subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
            times.append(time.perf_counter() - begin)
        seconds[count] = statistics.median(times)
    print(f"read_notice --json: start and 1 file {seconds[1]:.2f} s", end="")
    print(f", start and {len(paths)} files {seconds[len(paths)]:.2f} s (median of 5)")


def run(folders: list[Path]) -> int:
    """Print the figures of all the notices (*.txt) in the folders."""
    paths = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    notices = [path.read_bytes() for path in paths]
    if not notices:
        print("no notices (*.txt) found", file=sys.stderr)
        return 1
    size = sum(map(len, notices))
    print(f"{len(notices)} notices, {size / 1000:.0f} kB, {ROUNDS} rounds; ms for all of them")
    print(f"{'':24}{'min':>9}{'median':>9}{'max':>9}")
    medians = []
    for name, work in (("decode and one regex", floor), ("read the notice", read)):
        times = milliseconds(work, notices)
        medians.append(statistics.median(times))
        print(f"{name:24}{min(times):9.2f}{medians[-1]:9.2f}{max(times):9.2f}")
    print(
        f"reading costs {medians[1] / medians[0]:.0f} times the floor, "
        f"{medians[1] / len(notices):.2f} ms a notice"
    )
    whole_command([path.resolve() for path in paths])
    return 0
