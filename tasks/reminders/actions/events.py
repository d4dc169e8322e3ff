"""动态: something has happened; a moment for each assignment, told at once where these are few."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from bureaus.models import Staff
from tasks.ladder.events import (
    APPROVAL,
    ASSIGNED,
    DECLINED,
    EXTENSION_ASKED,
    INSISTED,
    NEW,
    RETURNED,
    REVIEW,
    SENT_BACK,
    SUBMITTED,
    Kind,
    moment_kind,
)
from tasks.models import Assignment, Delivery, Event, Milestone
from tasks.reminders.actions import firing, milestones
from tasks.states import EDITABLE, WITH_RECEIVER, Status

BATCH = 500
FEW = 20  # assignments whose people are told within the transaction; of more, by the next tick
DONE = "本人已办理，不再发送"
WORDS, ORIGIN = 300, 200  # characters that the columns hold
# While it is in one of these, a task calls for what the event asks for.
STANDS: dict[Kind, tuple[Status, ...]] = {
    NEW: (Status.PENDING, *EDITABLE),
    RETURNED: EDITABLE,
    SENT_BACK: EDITABLE,
    INSISTED: (Status.PENDING, *EDITABLE),
    REVIEW: (Status.REVIEW,),
    APPROVAL: (Status.APPROVAL,),
    SUBMITTED: WITH_RECEIVER,
    DECLINED: (Status.DECLINED,),
    ASSIGNED: (Status.PENDING, *EDITABLE),
}


def tell(
    kind: Kind,
    assignments: Iterable[Assignment],
    *,
    words: str = "",
    reason: str = "",
    person: Staff | None = None,
    now: datetime,
    by: Staff | None,
) -> Event | None:
    """Write down that this happened to these assignments, within the caller's transaction.

    Each has a moment of the ledger for it. Who is told is worked out from how they stand by then,
    so the caller changes them first. ``by`` is told nothing, ``person`` is the only one who is.
    """
    rows = list(assignments)
    if not rows:
        return None
    made = Event.objects.create(
        kind=kind.code,
        words=words[:WORDS],
        origin=origin(by),
        reason=reason.strip(),
        person=person,
        made_at=now,
        made_by=by,
    )
    _mark(made, rows)
    if len(rows) <= FEW:
        keys = [row.pk for row in rows]
        firing.fire(keys, now=now, only=Milestone.objects.armed().filter(event=made))
    return made


def _mark(event: Event, rows: Sequence[Assignment]) -> None:
    kind = moment_kind(event.kind, event.pk)
    Milestone.objects.bulk_create(
        [
            Milestone(
                assignment_id=row.pk,  # by keys: of ten thousand a second's worth
                event_id=event.pk,
                deadline_version=row.deadline_version,
                kind=kind,
                at=event.made_at,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def origin(by: Staff | None) -> str:
    """Whose act it was, as messages say it."""
    return f"{by.bureau or ''} {by}".strip()[:ORIGIN] if by else ""


def overtake(assignment: Assignment, *, by: Staff | None) -> None:
    """It has moved on: of what it calls for no more, and of what ``by`` has seen, no mail goes."""
    gone = [kind for kind, stands in STANDS.items() if assignment.status not in stands]
    settle(assignment, *gone)
    own = Q(recipient=by) if by else Q(pk=None)
    asks = Q(milestone__event__kind__in=[kind.code for kind in STANDS])
    theirs = Delivery.objects.unsent().filter(own & asks, milestone__assignment=assignment)
    theirs.update(state=Delivery.State.VOID, problem=DONE)


def settle(assignment: Assignment, *kinds: Kind) -> None:
    """What was to be told of these events has been answered."""
    over = Milestone.objects.of_events(*kinds).filter(assignment=assignment)
    # a new task whose moment has not fired yet still has its ladder to be armed by it
    over.armed().exclude(event__kind=NEW.code).update(state=Milestone.State.VOID)
    milestones.void_unsent(over)


def settle_request(assignment: Assignment) -> None:
    """The request for 延期 has been answered or taken back."""
    settle(assignment, EXTENSION_ASKED)
