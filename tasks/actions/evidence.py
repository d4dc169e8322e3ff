"""随报材料: what an obligation takes beside its forms, and how far sealed copies are."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.checking import evidence_asked
from notices.states import DOCUMENT_LENGTH
from tasks import permissions
from tasks.errors import IssueRefused
from tasks.models import Assignment, Obligation
from tasks.permissions import for_absentee
from tasks.states import EvidenceKind, ObligationState, SealedCopy


@transaction.atomic
def ask(
    obligation: Obligation,
    kinds: Iterable[EvidenceKind],
    *,
    document: str | None = None,
    now: datetime,
    by: Staff,
) -> Obligation:
    """Take these kinds from now on, whatever the directive says; files that are in stay.

    ``document`` is what a file is called; None leaves its name. Raises IssueRefused where the
    obligation is withdrawn, takes just these already, or the name is too long.
    """
    locked: Obligation = (
        Obligation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("issuer")
        .get(pk=obligation.pk)
    )
    permissions.check_amend(by, locked)
    if locked.state != ObligationState.ISSUED:
        raise IssueRefused(f"该事项{locked.get_state_display()}，不能再更改")
    old, new = locked.evidence, evidence_asked.joined(kinds)
    was, named = locked.document, locked.document if document is None else document.strip()
    named = named if EvidenceKind.FILE in evidence_asked.kinds_of(new) else ""
    if (old, was) == (new, named):
        raise IssueRefused("随报材料与现在的相同，没有更改")
    check_name(named)
    locked.evidence, locked.document = new, named
    locked.save(update_fields=["evidence", "document"])
    detail: dict[str, object] = {
        "evidence_was": old.split(",") if old else [],
        "evidence": new.split(",") if new else [],
        **({"document_was": was, "document": named} if was != named else {}),
        **for_absentee(by, Permission.ISSUE, at=locked.issuer),
    }
    trail.record("调整随报材料", locked, chain=locked.issuer.code, detail=detail, at=now, by=by)
    return locked


def check_name(document: str) -> None:
    """Raise IssueRefused for a name of 其他材料 that is too long to be kept."""
    if len(document) > DOCUMENT_LENGTH:
        said = f"其他材料的名称最多{DOCUMENT_LENGTH}字，现在{len(document)}字，请删减"
        raise IssueRefused(said)


def note_sealed(assignment: Assignment, state: SealedCopy) -> None:
    """Keep how far the sealed copies are, for lists; part of an action of the forms."""
    if assignment.sealed_copy != state:
        Assignment.objects.filter(pk=assignment.pk).update(sealed_copy=state)
        assignment.sealed_copy = state
