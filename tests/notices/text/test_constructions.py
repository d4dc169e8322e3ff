"""The constructions of administrative writing, one invented sentence each: duty or none, and when.

`lessons/constructions.tsv`: the reading ("-" for no duty, "~" for an undated one, else the rule;
";" between several), the sentence, and where they matter what is handed in and to whom.
"""

import pytest

from notices.text.clauses.obligations import ObligationReading
from notices.text.learning.examples import HEAD, TAIL
from notices.text.reading import read
from tests.folders import LESSONS

TABLE = LESSONS / "constructions.tsv"


def rows() -> list[tuple[str, str, str, str]]:
    kept = [line for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"]
    cells = [[*line.split("\t"), "", ""][:4] for line in kept]
    return [(c[0], c[1], c[2], c[3]) for c in cells]


def duties(sentence: str) -> tuple[ObligationReading, ...]:
    return read(HEAD + sentence + TAIL).obligations


def rule(found: ObligationReading) -> str:
    """The deadline in the table's spelling."""
    said = found.deadline.as_json()
    match said["kind"]:
        case "fixed":
            return str(said["date"]) + (f"T{said['time']}" if said.get("time") else "")
        case "recurring":
            parts = (said["freq"], said["day"], said["time"])
            return " ".join(str(part) for part in parts if part is not None)
        case "relative":
            return f"{said['amount']} {said['unit']}"
    return "~"


@pytest.mark.parametrize(
    ("wanted", "sentence"), [(wanted, sentence) for wanted, sentence, _, _ in rows()]
)
def test_construction_is_read(wanted: str, sentence: str) -> None:
    found = duties(sentence)

    assert (";".join(map(rule, found)) or "-") == wanted


@pytest.mark.parametrize(
    ("sentence", "deliverable", "report_to"),
    [(s, what, to) for _, s, what, to in rows() if what or to],
)
def test_what_is_handed_in_and_to_whom(sentence: str, deliverable: str, report_to: str) -> None:
    for found in duties(sentence):
        assert (found.deliverable or "") == (deliverable or found.deliverable or "")
        assert (found.report_to or "") == (report_to or found.report_to or "")


def test_table_is_large_enough_to_mean_something() -> None:
    wanted = [row[0] for row in rows()]

    assert len(wanted) >= 250
    assert wanted.count("-") >= 80
