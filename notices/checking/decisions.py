"""What a person makes of one clause that was read."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from notices.models import Clause
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI
from notices.text.deadlines.rules import RecurringDeadline

ONCE: Literal["once"] = "once"

BY_HAND = "人工改定为"  # begins the explanation of a deadline that a person has set


@dataclass(frozen=True)
class Decision:
    """What a person made of one clause. ``due_on`` None means undated.

    ``rule`` is how often from now on, ONCE for no longer in periods; then ``due_on`` is the day of
    the first. Of all with a default None leaves what stands.
    """

    is_obligation: bool
    deliverable: str
    due_on: date | None
    due_clock: time | None
    attachment_numbers: str
    who: str | None = None
    report_to: str | None = None
    rule: RecurringDeadline | Literal["once"] | None = None
    evidence: str | None = None
    document: str | None = None


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


def rule_of(clause: Clause) -> RecurringDeadline | None:
    """How the clause recurs; None where it does not."""
    kept = clause.deadline
    return RecurringDeadline.from_json(kept) if kept.get("kind") == "recurring" else None
