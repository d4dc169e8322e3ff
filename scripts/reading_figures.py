"""How well notices are read: `python -m scripts.reading_figures --folder FOLDER`.

FOLDER holds pairs NNN.txt / NNN.json, the text as found and the answer made by reading it. Each
text is also read as a scan gives it (no line break at all) and with full and half width swapped.
`--sentences` takes a folder with obligations.jsonl, not_obligations.jsonl and deadlines.jsonl.
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from notices.text.clauses import lone_clause
from notices.text.reading import read
from scripts.reading_scores import Figures, overlap, same_deadline


def as_found(text: str) -> str:
    return text


def without_breaks(text: str) -> str:
    """The text as a scan gives it: every line break gone, the blanks kept."""
    return text.replace("\r", "").replace("\n", "")


def without_blanks(text: str) -> str:
    """Nor any blank: what is left of a page when a scan is read sign by sign."""
    return "".join(text.split())


def swapped(text: str) -> str:
    """Half width made full and full made half, sign by sign."""
    return "".join(_other_width(char) for char in text)


def _other_width(char: str) -> str:
    code = ord(char)
    if 0x21 <= code <= 0x7E:
        return chr(code + 0xFEE0)
    return chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else char


VARIANTS: dict[str, Callable[[str], str]] = {
    "as found": as_found,
    "no line breaks": without_breaks,
    "no blanks either": without_blanks,
    "widths swapped": swapped,
}


def figures(paths: list[Path], change: Callable[[str], str]) -> Figures:
    """Figures over notices, each text changed by `change` before it is read."""
    out = Figures()
    for path in paths:
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        out.add(path.stem, gold, read(change(path.read_text("utf-8"))).as_json())
    return out


def show(title: str, result: Figures) -> None:
    print(
        f"{title:16} obligations {result.gold} read {result.got}"
        f"  found {result.f1(result.found):.3f}  + deadline {result.f1(result.dated):.3f}"
        f"  metadata {result.meta_share():.3f}"
    )


def show_fields(result: Figures) -> None:
    """Mean agreement of the fields shown to people, over the obligations that were found."""
    words = (f"{key} {sum(v) / len(v):.3f}" for key, v in result.shown.items())
    print("agreement        " + "  ".join(words))
    print("metadata         " + "  ".join(f"{k} {a}/{b}" for k, (a, b) in result.meta.items()))


def sentence_figures(folder: Path, skip: set[str]) -> list[str]:
    """Lines that tell what is read in single clauses, and the clauses read wrongly."""
    out = []
    firm = [row for row in _rows(folder / "obligations.jsonl") if row["notice"] not in skip]
    missed = [row for row in firm if not lone_clause.obligations(row["text"], _day(row))]
    out.append(f"obligations.jsonl      found {len(firm) - len(missed)} of {len(firm)}")
    out += [f"    missed {row['text']}" for row in missed]
    none = _rows(folder / "not_obligations.jsonl")
    false = [row for row in none if lone_clause.obligations(row["text"], None)]
    out.append(f"not_obligations.jsonl  false {len(false)} of {len(none)}")
    out += [f"    false {row['text']}" for row in false]
    dated = _rows(folder / "deadlines.jsonl")
    wrong = [(n, row) for n, row in enumerate(dated, 1) if not _dated_right(row)]
    out.append(f"deadlines.jsonl        right {len(dated) - len(wrong)} of {len(dated)}")
    for number, row in wrong:
        out.append(f"    {number} {row['text']}\n       want {row['deadline']}")
        out.append(
            f"       got  {[d.as_json() for d in lone_clause.deadlines(row['text'], _day(row))]}"
        )
    return out


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _day(row: dict[str, Any]) -> date | None:
    return date.fromisoformat(row["notice_date"]) if row.get("notice_date") else None


def _dated_right(row: dict[str, Any]) -> bool:
    """Whether the first deadline is right; an anchor that the clause does not name is not asked."""
    got = lone_clause.deadlines(row["text"], _day(row))[0].as_json()
    gold = dict(row["deadline"])
    if gold["kind"] == "relative" and overlap(gold["anchor"], row["text"]) < 0.5:
        gold["anchor"] = got["anchor"] = "-"
    return same_deadline(gold, got)


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    cli.add_argument("--folder", type=Path, help="pairs of NNN.txt and NNN.json")
    cli.add_argument("--sentences", type=Path, help="folder with the three .jsonl files")
    cli.add_argument("--only", type=Path, help="file with the names to read, one a line")
    cli.add_argument("--without", type=Path, help="file with the names to leave out")
    cli.add_argument("--misses", action="store_true", help="tell every difference")
    cli.add_argument("--variant", choices=VARIANTS, help="one form of the text instead of three")
    args = cli.parse_args()
    skip = set(args.without.read_text().split()) if args.without else set()
    if args.folder:
        only = set(args.only.read_text().split()) if args.only else None
        paths = [p for p in sorted(args.folder.glob("*.txt")) if p.with_suffix(".json").exists()]
        paths = [p for p in paths if p.stem not in skip and (only is None or p.stem in only)]
        for name in [args.variant] if args.variant else VARIANTS:
            result = figures(paths, VARIANTS[name])
            show(name, result)
            if args.misses:
                print("\n".join(result.misses))
            if name == "as found":
                show_fields(result)
    if args.sentences:
        lines = sentence_figures(args.sentences, skip)
        print("\n".join(line for line in lines if args.misses or not line.startswith("    ")))
    return 0 if args.folder or args.sentences else cli.error("give --folder or --sentences")


if __name__ == "__main__":
    sys.exit(main())
