"""签收: one signature for all that a notice asks of a bureau."""

from datetime import datetime

from django.db import transaction

from bureaus.models import Staff
from tasks.actions import transitions
from tasks.models import Assignment
from tasks.states import Status


@transaction.atomic
def accept_all(assignment: Assignment, *, now: datetime, by: Staff) -> list[Assignment]:
    """Sign for this task and what else of its notice its bureau has not signed for; those signed.

    Each by its own move, so that each has its deadline and its line in the audit. Raises what
    ``transitions.move`` raises, and then nothing is signed.
    """
    others = Assignment.objects.for_detail().filter(
        bureau=assignment.bureau_id,
        obligation__notice=assignment.obligation.notice_id,
        status=Status.PENDING,
    )
    # all of them first and in one order, as 撤回下发 holds them: neither waits for the other
    list(others.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    transitions.move(assignment, "accept", now=now, by=by)
    signed = [assignment]
    for other in others.order_by("pk"):
        signed.append(transitions.move(other, "accept", now=now, by=by))
    return signed
