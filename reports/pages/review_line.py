"""What a receiver works through: the units of one obligation that wait for 核收, in their order."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from bureaus.models import Staff
from tasks.models import Assignment
from tasks.querysets import AssignmentQuerySet
from tasks.states import WITH_RECEIVER


@dataclass(frozen=True)
class Line:
    """Where one unit stands among those that wait."""

    position: int
    total: int
    before: Assignment | None
    after: Assignment | None


def line(user: Staff, assignment: Assignment) -> Line:
    """The place of a waiting assignment and its neighbours, in two queries."""
    waiting = _waiting(user, assignment)
    ahead = Q(bureau_path__lt=assignment.bureau_path)
    behind = Q(bureau_path__gt=assignment.bureau_path)
    found = waiting.aggregate(
        total=Count("pk"),
        ahead=Count("pk", filter=ahead),
        before=Max("bureau_path", filter=ahead),
        after=Min("bureau_path", filter=behind),
    )
    beside = waiting.filter(bureau_path__in=[found["before"], found["after"]])
    at = {one.bureau_path: one for one in beside.select_related("bureau")}
    return Line(
        position=found["ahead"] + 1,
        total=found["total"],
        before=at.get(found["before"]),
        after=at.get(found["after"]),
    )


def next_waiting(user: Staff, assignment: Assignment) -> Assignment | None:
    """The unit to look at after this one is done: the next in order, else the first left."""
    waiting = _waiting(user, assignment).select_related("bureau").order_by("bureau_path")
    behind = waiting.filter(bureau_path__gt=assignment.bureau_path)
    return behind.first() or waiting.first()


def _waiting(user: Staff, assignment: Assignment) -> AssignmentQuerySet:
    return Assignment.objects.visible_to(user).filter(
        obligation=assignment.obligation_id,
        receiver=assignment.receiver_id,
        status__in=WITH_RECEIVER,
    )
