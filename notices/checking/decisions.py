"""What a person makes of one clause that was read."""

from dataclasses import dataclass
from datetime import date, datetime, time

from notices.models import Clause
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI

BY_HAND = "人工改定为"  # begins the explanation of a deadline that a person has set


@dataclass(frozen=True)
class Decision:
    """What a person made of one clause. ``due_on`` None means undated."""

    is_obligation: bool
    deliverable: str
    due_on: date | None
    due_clock: time | None
    attachment_numbers: str


def as_read(clause: Clause) -> Decision:
    """The decision of somebody who finds everything right."""
    due = clause.due_at.astimezone(SHANGHAI) if clause.due_at else None
    return Decision(
        is_obligation=True,
        deliverable=clause.deliverable,
        due_on=due.date() if due else None,
        due_clock=due.time() if due and due.time() != END_OF_DAY else None,
        attachment_numbers=clause.attachment_numbers,
    )


def moment(day: date | None, clock: time | None) -> datetime | None:
    """The last moment of a day, or the clock time on it; None where there is no day."""
    return datetime.combine(day, clock or END_OF_DAY, tzinfo=SHANGHAI) if day else None
