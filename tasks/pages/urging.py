"""催办 of all that still owe one obligation, on its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bureaus.models import Staff
from bureaus.roles import Permission
from tasks.models import Obligation
from tasks.pages.bulk_verbs import LIMIT
from tasks.pages.obligation import Figures, shown
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.states import ObligationState


@dataclass(frozen=True)
class Urging:
    """As templates/tasks/_below_urge.html takes it: ``missing`` have the keys of those that still
    owe it, no more than can be urged at once; with more there are none, and ``is_long``."""

    may_urge: bool
    missing: Sequence[Mapping[str, int]] = ()
    is_long: bool = False


def urging(
    obligation: Obligation, owed: AssignmentQuerySet, counted: Figures, user: Staff
) -> Urging:
    """One query where there is anybody to urge."""
    open_ = counted.expected - counted.handed_in
    is_issued = obligation.state == ObligationState.ISSUED
    if not (open_ and is_issued and user.may(Permission.URGE, at=obligation.issuer)):
        return Urging(may_urge=False)
    if open_ > LIMIT:
        return Urging(may_urge=True, is_long=True)
    rows = shown(owed, "missing", obligation.issued_at).order_by("bureau_path").values("pk")
    return Urging(may_urge=True, missing=list(rows))
