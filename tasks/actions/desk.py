"""When a person looked at the desk: what came after that is marked as new."""

from datetime import datetime, timedelta

from bureaus.models import Staff
from tasks.models import DeskLook

VISIT = timedelta(minutes=30)  # looking again within it is the same visit: the marks stay
STEP = timedelta(minutes=1)  # within which looking again need not be written down


def look(
    person: Staff, looked_at: datetime | None, before_at: datetime | None, *, now: datetime
) -> datetime | None:
    """Write down that this person looks now. Returns when he did so the time before, if ever.

    ``looked_at`` and ``before_at`` are what is written down so far. Nothing is counted: only these
    two moments are kept (为基层减负).
    """
    if looked_at is None:
        DeskLook.objects.bulk_create(
            [DeskLook(person=person, looked_at=now)], ignore_conflicts=True
        )
        return None
    before = looked_at if now - looked_at > VISIT else before_at
    if now - looked_at >= STEP:
        mine = DeskLook.objects.filter(person=person, looked_at=looked_at)
        mine.update(looked_at=now, before_at=before)
    return before
