"""The messages of one person: deliveries that lie in the inbox; there is no other truth."""

from dataclasses import dataclass

from tasks.ladder.rungs import label
from tasks.models import Delivery


@dataclass(frozen=True)
class Message:
    """One line of the page."""

    row: Delivery
    rung: str


def found(user, *, unread: bool):
    rows = Delivery.objects.messages_for(user).select_related(
        "milestone__assignment__obligation__notice", "milestone__assignment__bureau"
    )
    return rows.unread() if unread else rows


def messages(rows) -> list[Message]:
    return [Message(row, label(row.milestone.kind)) for row in rows]
