"""Labelled texts in a folder: pairs NNN.txt / NNN.json, and sentences in .jsonl and .tsv files.

A .jsonl file whose name holds ``not_obligations`` has sentences that ask for nothing, one whose
name holds ``obligations`` has duties (a line a deadline); a line with ``answer`` is a whole notice.
A .tsv file has a rule ("-": no duty, "~": undated; ";" between several) and a sentence a line, each
the body of a notice of 示例省市场监管局.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_REAL = 3.0
"""Also of the constructions, which are what is tested."""


class BadExample(ValueError):
    """A file that cannot be learnt from; the message names it."""


@dataclass(frozen=True, slots=True)
class LabelledNotice:
    """A notice and the answer made by reading it, in the form of `read_notice --json`.

    ``weight``: a real notice teaches more than one that was made up.
    """

    name: str
    text: str
    answer: dict[str, Any]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence that stands alone; ``deadlines`` are none where it asks for nothing."""

    name: str
    text: str
    day: date | None
    deadlines: tuple[dict[str, Any], ...]


Labelled = LabelledNotice | LabelledSentence


def of_folder(folder: Path) -> Iterator[Labelled]:
    """All of a folder, in the order of its file names."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".txt" and path.with_suffix(".json").exists():
            try:
                answer = json.loads(path.with_suffix(".json").read_text("utf-8"))
                yield LabelledNotice(path.stem, path.read_text("utf-8"), _whole(answer), _REAL)
            except (ValueError, KeyError, TypeError):
                raise BadExample(f"{path.with_suffix('.json')} 不是识别结果，请重新导出") from None
        elif path.suffix == ".tsv":
            yield from _of_table(path)
        elif path.suffix == ".jsonl":
            try:
                yield from list(_of_lines(path))
            except (ValueError, KeyError, TypeError):
                raise BadExample(f"{path} 中有一行不是带答案的句子") from None


def _whole(answer: dict[str, Any]) -> dict[str, Any]:
    for each in answer["obligations"]:
        _ = each["quote"], each["deadline"]["kind"]
    return answer


def _of_lines(path: Path) -> Iterator[Labelled]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    if rows and "answer" in rows[0]:
        for number, row in enumerate(rows, 1):
            yield LabelledNotice(f"{path.stem}:{number}", row["text"], row["answer"])
    elif "not_obligations" in path.stem:
        for number, row in enumerate(rows, 1):
            yield LabelledSentence(f"{path.stem}:{number}", row["text"], _day(row), ())
    elif "obligations" in path.stem:
        yield from _duties(path.stem, rows)


def _duties(name: str, rows: list[dict[str, Any]]) -> Iterator[LabelledSentence]:
    """Lines with the same sentence are one sentence with several deadlines; those that were cut out
    of a ``notice`` are learnt with it."""
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        _ = row["deadline"]["kind"]
        if "notice" in row:
            continue
        by_text.setdefault(row["text"], []).append(row)
    for number, (text, same) in enumerate(by_text.items(), 1):
        deadlines = tuple(row["deadline"] for row in same)
        yield LabelledSentence(f"{name}:{number}", text, _day(same[0]), deadlines)


def _day(row: dict[str, Any]) -> date | None:
    return date.fromisoformat(row["notice_date"]) if row.get("notice_date") else None


HEAD = "示例省市场监管局关于示例工作的通知\n各市市场监管局：\n现将有关事项通知如下：\n"
TAIL = "\n示例省市场监管局\n2024年3月1日\n"
_FREQS = {"daily", "weekly", "monthly", "bimonthly", "quarterly", "semiannual", "yearly"}


def _of_table(path: Path) -> Iterator[LabelledNotice]:
    kept = [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    for number, line in enumerate(kept, 1):
        rule, sentence, *_ = line.split("\t")
        asked = [] if rule == "-" else [_deadline(each) for each in rule.split(";")]
        duties = [{"quote": sentence, "deadline": each} for each in asked]
        yield LabelledNotice(
            f"{path.stem}:{number}", f"{HEAD}{sentence}{TAIL}", {"obligations": duties}, _REAL
        )


def _deadline(rule: str) -> dict[str, Any]:
    """2024-03-20T12:00, `monthly 5`, `5 工作日`, `~`."""
    first, _, rest = rule.partition(" ")
    if first == "~":
        return {"kind": "undated"}
    if first in _FREQS or first == "every_n_days":
        return {"kind": "recurring", "freq": first, "day": rest or None}
    if rest:
        return {"kind": "relative", "amount": int(first), "unit": rest}
    day, _, clock = first.partition("T")
    return {"kind": "fixed", "date": day, "time": clock or None}
