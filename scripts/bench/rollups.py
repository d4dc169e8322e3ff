"""How long the national roll-up takes and how much memory, beside bare writers of the same cells.

Ours has borders, merges, row heights, page breaks and totals; the peers have cells alone. Each run
is a process of its own, all of them in turn, so that a busy machine slows them alike.
"""

import subprocess
import sys
import tempfile
from statistics import median

from scripts import postgres
from scripts.bench.files import asked
from scripts.bench.pages import OPTIONS, ROOT, surroundings

BUREAUS, ROWS, REPEATED = 3200, 10, 5
WRITERS = ("ours", "raw", "xlsxwriter", "openpyxl")
TABLES = {
    "national": f"{BUREAUS} bureaus × {ROWS} rows, read from PostgreSQL",
    "long": "100,000 rows × 10 cells",
}


def run(bureaus: int = BUREAUS, repeated: int = REPEATED) -> int:
    """Fill a database, then write both tables with each writer in turn."""
    with postgres.server(options=OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
        environ = surroundings(postgres.create(url, f"rollup_{bureaus}"), folder)
        prepare = [sys.executable, "manage.py", "prepare", "--no-demo"]
        subprocess.run(prepare, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, check=True)
        asked(f"fill({bureaus}, {ROWS})", environ)
        for table, words in TABLES.items():
            print(f"roll-up, {words}; {repeated} runs; seconds (min, median), MB")
            print(f"{'':>12}{'time':>8}{'':>8}{'cpu':>8}{'':>8}{'at start':>10}{'peak':>8}")
            _compare(table, environ, repeated)
    return 0


def _compare(table: str, environ: dict[str, str], repeated: int) -> None:
    found: dict[str, list[dict[str, float]]] = {writer: [] for writer in WRITERS}
    for _ in range(repeated):
        for writer in WRITERS:
            found[writer].append(asked(f"{table}({writer!r})", environ, module="rolling"))
    for writer, runs in found.items():
        times, cpus = ([run[name] for run in runs] for name in ("seconds", "cpu"))
        print(
            f"{writer:>12}{min(times):8.2f}{median(times):8.2f}{min(cpus):8.2f}{median(cpus):8.2f}"
            f"{max(run['before'] for run in runs):10.0f}{max(run['peak'] for run in runs):8.0f}",
            flush=True,
        )
