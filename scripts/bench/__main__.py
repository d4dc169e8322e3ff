"""`make bench`, or a part of it: ARGS="reading tests", ARGS="pages --assignments 100000"."""

import argparse
import sys
from pathlib import Path

from scripts.bench import events, exports, files, pages, reading, reminders, rollups
from scripts.bench.office import measuring as office

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = [100_000, 1_000_000]
NOTICES = 100_000  # that are searched, in `make bench ARGS=search`


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parts = parser.add_subparsers(dest="part", help="one part; all where none is named")
    one = parts.add_parser("reading", help="how long reading notices takes")
    one.add_argument("folders", nargs="*", type=Path, default=[ROOT / "tests"])
    one = parts.add_parser("pages", help="how long pages take with many assignments")
    one.add_argument("--assignments", nargs="+", type=int, default=SIZES, metavar="N")
    one.add_argument("--only", default="", metavar="WORDS", help="pages whose name has these words")
    one.add_argument("--notices", type=int, default=0, metavar="N", help="that ask for nothing")
    parts.add_parser("office", help="how long the main pages of the demonstration take")
    one = parts.add_parser("search", help="how long 全局查找 takes among many notices and tasks")
    one.add_argument("--assignments", nargs="+", type=int, default=SIZES[-1:], metavar="N")
    one.add_argument("--notices", type=int, default=NOTICES, metavar="N")
    one = parts.add_parser("files", help="how long a zip of every bureau's own form takes")
    one.add_argument("--bureaus", nargs="+", type=int, default=files.SIZES, metavar="N")
    one = parts.add_parser("rollups", help="how long the national roll-up takes")
    one.add_argument("--bureaus", type=int, default=rollups.BUREAUS, metavar="N")
    one.add_argument("--repeated", type=int, default=rollups.REPEATED, metavar="N")
    one = parts.add_parser("exports", help="how long the ledger takes as .xlsx and .csv")
    one.add_argument("--assignments", type=int, default=exports.ASSIGNMENTS, metavar="N")
    one.add_argument("--rows", type=int, default=exports.ROWS, metavar="N")
    one = parts.add_parser("reminders", help="how fast due reminders leave")
    one.add_argument("--due", type=int, default=reminders.DUE, metavar="N")
    one.add_argument("--ledger", type=int, default=reminders.LEDGER, metavar="N")
    one = parts.add_parser("events", help="how long 下发 to the country takes, how fast it is told")
    one.add_argument("--bureaus", type=int, default=events.BUREAUS, metavar="N")
    said = parser.parse_args()
    if said.part == "reading":
        return reading.run(said.folders)
    if said.part == "pages":
        return pages.run(said.assignments, only=said.only, notices=said.notices)
    if said.part == "office":
        return office.run()
    if said.part == "search":
        return pages.run(said.assignments, only="search", notices=said.notices)
    if said.part == "files":
        return files.run(said.bureaus)
    if said.part == "rollups":
        return rollups.run(said.bureaus, said.repeated)
    if said.part == "exports":
        return exports.run(said.assignments, said.rows)
    if said.part == "reminders":
        return reminders.run(said.due, said.ledger)
    if said.part == "events":
        return events.run(said.bureaus)
    made = files.run(list(files.SIZES)) or rollups.run() or exports.run()
    made = made or reminders.run(reminders.DUE, reminders.LEDGER)
    made = made or events.run()
    made = made or office.run()
    return reading.run([ROOT / "tests"]) or made or pages.run(SIZES)


if __name__ == "__main__":
    sys.exit(main())
