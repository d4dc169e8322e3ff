"""Whom a new version of a form concerns: counts only, by how far each bureau is."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from notices.models import Notice
from reports.filling.asked_forms import numbers
from reports.models import Submission
from tasks.models import Assignment
from tasks.querysets.assignments import reported


@dataclass(frozen=True)
class Affected:
    """Tasks that ask for the form: handed in, begun, not begun."""

    reported: int
    begun: int
    untouched: int

    @property
    def total(self) -> int:
        return self.reported + self.begun + self.untouched


def affected(notice: Notice, number: int) -> Affected:
    """Two queries and one for each obligation of the notice, however many bureaus there are."""
    asking = [one for one in notice.obligations.all() if number in numbers(one)]
    written = Submission.objects.filter(assignment=OuterRef("pk"), attachment_number=number)
    counts = (
        Assignment.objects.expected()
        .filter(obligation__in=asking)
        .annotate(is_begun=Exists(written))
        .aggregate(
            reported=Count("pk", filter=reported()),
            begun=Count("pk", filter=~reported() & Q(is_begun=True)),
            untouched=Count("pk", filter=~reported() & Q(is_begun=False)),
        )
    )
    return Affected(**counts)
