"""When a person looked at the desk: what came after that is marked as new."""

from datetime import datetime, timedelta

from bureaus.models import Staff
from tasks.models import DeskLook

VISIT = timedelta(minutes=30)  # looking again within it is the same visit: the marks stay
STEP = timedelta(minutes=1)  # within which looking again need not be written down


def look(person: Staff, *, now: datetime) -> datetime | None:
    """Write down that this person looks now. Returns when he did so the time before, if ever.

    Nothing is counted: only these two moments are kept (为基层减负).
    """
    last = DeskLook.objects.filter(person=person).first()
    if last is None:
        DeskLook.objects.bulk_create(
            [DeskLook(person=person, looked_at=now)], ignore_conflicts=True
        )
        return None
    before: datetime | None = last.before_at
    if now - last.looked_at > VISIT:
        before = last.looked_at
    if now - last.looked_at >= STEP:
        mine = DeskLook.objects.filter(person=person, looked_at=last.looked_at)
        mine.update(looked_at=now, before_at=before)
    return before
