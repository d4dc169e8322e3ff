"""A duty of which a later copy says otherwise: what was issued by it, what a person decides."""

from dataclasses import dataclass

from notices.models import Clause, ClauseChange
from tasks.models import Obligation
from tasks.scheduling.counted import counts_from
from tasks.states import CountsFrom, ObligationState


@dataclass(frozen=True)
class Settlement:
    """What a person decided of one change; the reason is read by the bureaus."""

    is_adopted: bool
    reason: str


def issued_by(clause: Clause) -> list[Obligation]:
    """What the notice itself asks by a clause, and is not withdrawn."""
    rows = clause.obligations.filter(parent=None, state=ObligationState.ISSUED)
    return list(rows.select_related("issuer", "notice").order_by("due_at", "pk"))


def moves(change: ClauseChange, obligation: Obligation) -> bool:
    """Does the new deadline concern this one? Not another period of a series, nor one whose issuer
    has set a day of his own since. One that counts from 签收 or an event follows the words."""
    if obligation.counts_from:
        return True
    if obligation.due_at != change.old_due_at:
        return False
    new = Clause(due_at=change.new_due_at, deadline_json=change.new_deadline_json)
    return change.old_due_at != change.new_due_at or counts_from(new) != CountsFrom.DAY
