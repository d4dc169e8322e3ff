"""How long the page takes for the ledger as .xlsx and .csv, beside the floor of the same run: bare
SQL and a raw writer of as many cells. Processes of their own, in turn, as in rollups.py."""

import tempfile
from statistics import median

from scripts import postgres
from scripts.bench.files import asked
from scripts.bench.pages import OPTIONS, fill, surroundings

ASSIGNMENTS, ROWS, REPEATED = 100_000, 10_000, 5
WRITERS = ("xlsx", "csv", "floor")


def run(assignments: int = ASSIGNMENTS, rows: int = ROWS) -> int:
    with postgres.server(options=OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
        environ = surroundings(postgres.create(url, f"exports_{assignments}"), folder)
        fill(assignments, environ)
        print(f"ledger, {rows:,} rows of {assignments:,}; {REPEATED} runs; seconds, MB")
        print(f"{'':>12}{'time':>8}{'cpu':>8}{'times floor':>13}{'at start':>10}{'peak':>8}")
        turns = [
            {
                writer: asked(f"ledger({writer!r}, {rows})", environ, module="exporting")
                for writer in WRITERS
            }
            for _ in range(REPEATED)
        ]
        floor = median(turn["floor"]["cpu"] for turn in turns)
        for writer in WRITERS:
            runs = [turn[writer] for turn in turns]
            time, cpu = (median(run[name] for run in runs) for name in ("seconds", "cpu"))
            before, peak = (max(run[name] for run in runs) for name in ("before", "peak"))
            memory = f"{before:10.0f}{peak:8.0f}"
            print(f"{writer:>12}{time:8.2f}{cpu:8.2f}{cpu / floor:13.1f}{memory}", flush=True)
    return 0
