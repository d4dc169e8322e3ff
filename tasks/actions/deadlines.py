"""Giving assignments another deadline: a new version, the old one kept, reminders armed anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from bureaus.models import Staff
from tasks.actions import counts
from tasks.models import Assignment, DeadlineChange, Extension, Obligation
from tasks.reminders.actions import milestones
from tasks.scheduling.dates import Dates
from tasks.states import DeadlineCause, ExtensionState

BATCH = 500
FIELDS = ("due_at", "strict_on", "target_at", "review_on")


def change(
    assignments: Sequence[Assignment],
    dates: Dates,
    *,
    cause: DeadlineCause,
    reason: str,
    now: datetime,
    by: Staff | None,
) -> None:
    """Write the new dates on every row, within the caller's transaction and its audit event.

    The rows must be locked or claimed by the caller. What is no longer owed gets no reminders.
    """
    changes = [
        DeadlineChange(
            assignment=assignment,
            version=assignment.deadline_version + 1,
            cause=cause,
            old_due_at=assignment.due_at,
            new_due_at=dates.due_at,
            reason=reason.strip(),
            made_at=now,
            made_by=by,
        )
        for assignment in assignments
    ]
    DeadlineChange.objects.bulk_create(changes, batch_size=BATCH)
    with counts.kept(assignments):
        _write(assignments, dates)
    milestones.disarm_ladder(assignments)
    milestones.arm([row for row in assignments if row.is_owed], now=now)


def write(obligation: Obligation, dates: Dates) -> None:
    """The same for what is asked of all of them: its next version, within the caller's action."""
    for field in (*FIELDS, "explanation", "counts_from"):
        setattr(obligation, field, getattr(dates, field))
    obligation.deadline_version += 1
    Obligation.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=obligation.pk)
    with counts.kept_among(Assignment.objects.filter(obligation=obligation)):
        obligation.save()


def _write(assignments: Sequence[Assignment], dates: Dates) -> None:
    """One statement for many: all rows get the same dates, each its own next version; and their
    requests for 延期 the day on which they run out."""
    moved = {field: getattr(dates, field) for field in FIELDS}
    for start in range(0, len(assignments), BATCH):
        some = [row.pk for row in assignments[start : start + BATCH]]
        Assignment.objects.filter(pk__in=some).update(
            **moved, deadline_version=F("deadline_version") + 1
        )
        asked = Extension.objects.filter(assignment__in=some, state=ExtensionState.ASKED)
        asked.update(due_at=dates.due_at)
    for assignment in assignments:
        for field in FIELDS:
            setattr(assignment, field, moved[field])
        assignment.deadline_version += 1
