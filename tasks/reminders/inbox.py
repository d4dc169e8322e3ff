"""The messages of one person: deliveries that lie in the inbox; there is no other truth."""

from dataclasses import dataclass
from itertools import groupby

from tasks.ladder.rungs import label
from tasks.models import Delivery, Event
from tasks.reminders.mail import event_texts


@dataclass(frozen=True)
class Message:
    """One line of the page: a reminder, an event, or what happened alike to tasks of one notice."""

    rows: list[Delivery]
    rung: str
    subject: str

    @property
    def row(self) -> Delivery:
        return self.rows[0]

    @property
    def event(self) -> Event | None:
        return self.row.milestone.event

    @property
    def is_unread(self) -> bool:
        return not self.is_void and any(row.read_at is None for row in self.rows)

    @property
    def opens(self) -> bool:
        """Does it say more than fits into a line?"""
        event = self.event
        return len(self.rows) > 1 or bool(event and (event.words or event.reason or event.origin))

    @property
    def is_void(self) -> bool:
        """What it told of was taken back."""
        return all(row.state == Delivery.State.VOID for row in self.rows)


def found(user, *, unread: bool):
    rows = Delivery.objects.messages_for(user).select_related(
        "milestone__assignment__obligation__notice",
        "milestone__assignment__bureau",
        "milestone__event",
    )
    rows = rows.defer(
        "milestone__assignment__obligation__notice__body",
        "milestone__assignment__obligation__notice__reading_json",
    )
    return rows.unread() if unread else rows


def messages(rows) -> list[Message]:
    """Rows beside one another that tell the same of tasks of one notice are one message."""
    return [_message(list(some)) for _, some in groupby(rows, _alike)]


def _alike(row: Delivery) -> tuple:
    event = row.milestone.event
    if event is None or not row.bundle:
        return (row.pk,)
    is_void = row.state == Delivery.State.VOID
    return row.bundle, event.kind, event.words, event.reason, row.sent_at, is_void


def _message(rows: list[Delivery]) -> Message:
    several = len(rows) > 1
    subject = event_texts.together(rows) if several else rows[0].subject
    return Message(rows[::-1] if several else rows, label(rows[0].milestone.kind), subject)
