"""docs/states.md out of the table of moves: a diagram, every move, whose turn each status is."""

from collections.abc import Iterator

from tasks.states import MOVES, OWNERS, Condition, Move, Side, Status

SIDES = {Side.OWN: "责任单位", Side.RECEIVER: "核收单位", Side.ISSUER: "下发单位"}
CONDITIONS = {
    Condition.TWO_PEOPLE: "where the bureau has 两人制, not by the filler",
    Condition.CHILDREN_IN: "bureaus below have handed in, else a reason",
}
HEAD = """\
# States of an assignment

Written by `manage.py draw_states` from `tasks/states.py`; a test fails while the two differ.
"""


def document() -> str:
    """The whole file."""
    parts = [HEAD, *_diagram(), *_moves(), *_owners()]
    return "\n".join(parts) + "\n"


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for status in Status:
        yield f"    {status}: {status.label}"
    yield f"    [*] --> {Status.PENDING}"
    for source, target, labels in _arrows():
        yield f"    {source} --> {target}: {'、'.join(labels)}"
    for status in Status:
        if not any(status in move.sources for move in MOVES.values()):
            yield f"    {status} --> [*]"
    yield "```"
    yield ""


def _arrows() -> list[tuple[Status, Status, list[str]]]:
    """One arrow for each pair of statuses, in the order of the statuses, with all its verbs."""
    found: dict[tuple[Status, Status], list[str]] = {}
    for source in Status:
        for move in MOVES.values():
            if source in move.sources:
                labels = found.setdefault((source, move.target), [])
                if move.label not in labels:
                    labels.append(move.label)
    return [(source, target, labels) for (source, target), labels in found.items()]


def _moves() -> Iterator[str]:
    yield "## Moves"
    yield ""
    yield "| verb | code | from | to | who may | needs |"
    yield "|---|---|---|---|---|---|"
    for verb, move in MOVES.items():
        sources = "、".join(status.label for status in Status if status in move.sources)
        who = f"{SIDES[move.side]}“{move.permission.label}”"
        yield (
            f"| {move.label} | `{verb}` | {sources} | {move.target.label} | {who} "
            f"| {_needs(move) or '—'} |"
        )
    yield ""


def _needs(move: Move) -> str:
    needs = ["a reason"] if move.needs_reason else []
    if move.condition:
        needs.append(CONDITIONS[move.condition])
    return "; ".join(needs)


def _owners() -> Iterator[str]:
    yield "## Whose turn"
    yield ""
    yield "| status | code | next step with |"
    yield "|---|---|---|"
    for status, owner in OWNERS.items():
        turn = f"{SIDES[owner[0]]}“{owner[1].label}”" if owner else "nobody: it has ended"
        yield f"| {status.label} | `{status}` | {turn} |"
