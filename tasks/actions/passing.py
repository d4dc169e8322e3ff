"""退办 and 转办: a task that is not this bureau's goes back, or on to the one whose it is."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from bureaus.models import Bureau, Staff
from tasks.actions import issuing, transitions
from tasks.errors import TransitionDenied
from tasks.models import Assignment


def candidates(assignment: Assignment) -> QuerySet[Bureau]:
    """The bureaus whose task it could be instead: that the issuer could have sent it to.

    They lie directly below the issuer or, where no task was split, are of the same level as the
    bureau that has it now; none that has this task already.
    """
    obligation = assignment.obligation
    near = Q(parent=obligation.issuer)
    if obligation.parent_id is None:
        near |= Q(rank=assignment.bureau.rank)
    has_it = obligation.assignments.values("bureau")
    below: QuerySet[Bureau] = Bureau.objects.active().under(obligation.issuer)
    return below.filter(near).exclude(pk=obligation.issuer_id).exclude(pk__in=has_it)


@transaction.atomic
def decline(
    assignment: Assignment,
    *,
    suggested: Bureau | None = None,
    reason: str,
    now: datetime,
    by: Staff,
) -> Assignment:
    """退办 with a reason and, where it is known, whose task it is instead."""
    if suggested is not None:
        _check(assignment, suggested)
    also = {"suggested": suggested.short_name} if suggested else {}
    transitions.move(assignment, "decline", now=now, reason=reason, also=also, by=by)
    assignment.suggested = suggested
    assignment.save(update_fields=["suggested"])
    return assignment


@transaction.atomic
def pass_on(
    assignment: Assignment, *, to: Bureau, reason: str, now: datetime, by: Staff
) -> Assignment:
    """转办: this bureau is released and ``to`` gets an assignment of the same obligation.

    Returns the new one. Raises TransitionDenied where ``to`` is no candidate.
    """
    _check(assignment, to)
    also = {"passed_to": to.short_name}
    transitions.move(assignment, "pass_on", now=now, reason=reason, also=also, by=by)
    why = f"由{assignment.bureau}转办：{reason.strip()}"
    made = issuing.add(assignment.obligation, bureaus=[to], reason=why, now=now, by=by)[0]
    assignment.passed_to = made
    assignment.save(update_fields=["passed_to"])
    return made


def _check(assignment: Assignment, to: Bureau) -> None:
    if not candidates(assignment).filter(pk=to.pk).exists():
        raise TransitionDenied(f"{to}已有这项任务、已停用或不在下发范围内，请选择其他单位")
