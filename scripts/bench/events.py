"""下发 to the whole country: how long page and action take, and how fast it is told by mail.

Beside the letters, in the same run: as many by raw smtplib on one line, which records nothing.
Seconds of the processor stand beside those of the clock: other work on the machine adds to these.
"""

import json
import tempfile
import time
from pathlib import Path

from scripts import postgres
from scripts.bench import reminders
from scripts.bench.pages import OPTIONS, surroundings

BUREAUS, ITEMS = 3_215, 3
WARM = 100  # people; as in scripts.bench.telling


def run(bureaus: int = BUREAUS) -> int:
    with postgres.server(options=OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
        database = postgres.create(url, "events")
        environ = surroundings(database, folder) | {"QUIET_HOURS": "off"}
        print(f"{ITEMS} items to {bureaus:,} bureaus; seconds")
        tell(f"fill({bureaus})", environ)
        with reminders.broker(Path(folder) / "page") as address:  # the page asks for a tick
            found = json.loads(tell("issue()", environ | {"REDIS_URL": address}))
        for words, name in (("the page sent", "post"), ("the action alone", "act")):
            print(f"  {words:<44}{found[name]:9.2f}   processor {found[name + '_cpu']:.2f}")
        print(f"  {'taken back':<44}{found['back']:9.2f}", flush=True)
        print("letters of these events, of three tasks each; a second")
        sent(bureaus, database, environ, Path(folder))
    return 0


def sent(bureaus: int, url: str, environ: dict[str, str], folder: Path) -> None:
    tell("told()", environ)
    rest = bureaus - WARM
    with reminders.sink() as port:
        begin = time.perf_counter()
        reminders.one_line(port, rest)
        raw = rest / (time.perf_counter() - begin)
    print(f"  {'smtplib, one connection':<44}{raw:9.0f}", flush=True)
    with reminders.sink() as port:
        environ |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        few, all_of_them = ITEMS * WARM, ITEMS * bureaus
        steps = (("telling", "warm()", few), ("telling", "come()", all_of_them))
        seconds, rows = reminders.by_workers(steps, url, environ, folder)
    words = f"{reminders.WORKERS} Celery workers, every row recorded"
    print(f"  {words:<44}{rest / seconds:9.0f}   rows sent {rows:,}")
    print(f"  {'ratio':<44}{rest / seconds / raw:9.2f}", flush=True)


def tell(call: str, environ: dict[str, str]) -> str:
    return reminders.filled(call, environ, module="telling")
