"""docs/states.md out of the table of moves: a diagram, every move, whose turn each status is."""

from collections.abc import Iterator

from tasks.states import MOVES, OWNERS, Condition, Move, ObligationState, Side, Status

SIDES = {Side.OWN: "责任单位", Side.RECEIVER: "核收单位", Side.ISSUER: "下发单位"}
CONDITIONS = {
    Condition.TWO_PEOPLE: "where the bureau has 两人制, not by the filler",
    Condition.CHILDREN_IN: "bureaus below have handed in, else a reason",
}
OBLIGATIONS = {
    ObligationState.ISSUED: "下发、转发分解",
    ObligationState.WITHDRAWN: "撤销事项, with a reason; what is open of it becomes 已撤销",
    ObligationState.TAKEN_BACK: "撤回下发, within 15 minutes where nobody has signed or begun to"
    " act; all of it becomes 已撤销, and it can be issued again",
}
HEAD = """\
# States of an assignment

Written by `manage.py draw_states` from `tasks/states.py`; a test fails while the two differ.
"""


def document() -> str:
    """The whole file."""
    parts = [HEAD, *_diagram(), *_moves(), *_owners(), *_obligations()]
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


def _obligations() -> Iterator[str]:
    yield ""
    yield "## Of an obligation"
    yield ""
    yield "| state | code | by |"
    yield "|---|---|---|"
    for state, how in OBLIGATIONS.items():
        yield f"| {state.label} | `{state}` | {how} |"
