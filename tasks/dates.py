"""The three dates of an obligation, from the clause that a person has confirmed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from notices.models import Clause
from tasks.ladder import SHANGHAI

YEARS = range(2000, 3000)  # nearer to the ends of the calendar, sums of moments overflow


@dataclass(frozen=True)
class Dates:
    """The three dates of an obligation, as a person has confirmed them; all None where undated."""

    due_at: datetime | None = None
    strict_on: date | None = None
    target_at: datetime | None = None
    review_on: date | None = None
    explanation: str = ""


def dates_of(clause: Clause) -> Dates:
    """The confirmed dates of a clause; the target ends with the office's day."""
    return Dates(
        due_at=clause.due_at,
        strict_on=clause.strict_on,
        target_at=_close_of(clause.target_on, before=clause.due_at),
        review_on=clause.review_on,
        explanation=clause.explanation,
    )


def _close_of(day: date | None, *, before: datetime | None) -> datetime | None:
    if day is None or before is None:
        return None
    return min(datetime.combine(day, settings.OFFICE_CLOSES, tzinfo=SHANGHAI), before)
