"""How long the main pages of the demonstration office take, each for the post that uses it.

Beside them the floor of the same run: a page with nothing in it, through the same middleware.
"""

import statistics
import subprocess
import sys
import tempfile

from scripts import postgres
from scripts.bench.office.pages import PAGES
from scripts.bench.pages import OPTIONS, ROOT, TURNS, answer, asker, surroundings

MOST = 40  # milliseconds of a main page


def run() -> int:
    """Load the demonstration, ask all pages by turns, print one table."""
    with postgres.server(options=OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
        environ = surroundings(postgres.create(url, "office"), folder)
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, check=True)
        print(f"milliseconds of a main page of the demonstration, at most {MOST}; busy: of a")
        print("processor, page and database together; sql: statements; the first line is the floor")
        print(f"{'page':12}{'asked by':18}{'p50':>7}{'p95':>7}{'busy':>7}{'sql':>5}")
        with asker(environ, "office.asking") as process:
            for number, page in enumerate(PAGES):
                turns = [answer(process, number) for _ in range(TURNS)]
                times = sorted(time for turn in turns for time in turn["times"])
                p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
                busy = min(turn["busy"] for turn in turns)
                print(
                    f"{page.name:12}{page.who:18}{p50:7.1f}{p95:7.1f}{busy:7.1f}"
                    f"{turns[0]['queries']:5}{'  slow' if p50 > MOST else ''}",
                    flush=True,
                )
    return 0
