"""随报材料: what an obligation takes beside its forms, and how far sealed copies are."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.checking import evidence_asked
from tasks import permissions
from tasks.errors import IssueRefused
from tasks.models import Assignment, Obligation
from tasks.permissions import for_absentee
from tasks.states import EvidenceKind, ObligationState, SealedCopy


@transaction.atomic
def ask(
    obligation: Obligation, kinds: Iterable[EvidenceKind], *, now: datetime, by: Staff
) -> Obligation:
    """Take these kinds from now on, whatever the directive says; files that are in stay.

    Raises IssueRefused where the obligation is withdrawn or takes just these already.
    """
    locked: Obligation = (
        Obligation.objects.select_for_update(of=("self",))
        .select_related("issuer")
        .get(pk=obligation.pk)
    )
    permissions.check_amend(by, locked)
    if locked.state == ObligationState.WITHDRAWN:
        raise IssueRefused("该事项已撤销，不能再更改")
    old, new = locked.evidence, evidence_asked.joined(kinds)
    if old == new:
        raise IssueRefused("随报材料与现在的相同，没有更改")
    locked.evidence = new
    locked.save(update_fields=["evidence"])
    detail: dict[str, object] = {
        "evidence_was": old.split(",") if old else [],
        "evidence": new.split(",") if new else [],
        **for_absentee(by, Permission.ISSUE, at=locked.issuer),
    }
    trail.record("调整随报材料", locked, chain=locked.issuer.code, detail=detail, at=now, by=by)
    return locked


def note_sealed(assignment: Assignment, state: SealedCopy) -> None:
    """Keep how far the sealed copies are, for lists; part of an action of the forms."""
    if assignment.sealed_copy != state:
        Assignment.objects.filter(pk=assignment.pk).update(sealed_copy=state)
        assignment.sealed_copy = state
