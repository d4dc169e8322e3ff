"""The three dates of an obligation, from the clause that a person has confirmed."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings

from notices.models import Clause
from notices.text.deadlines.bases import Dates as Computed
from notices.text.deadlines.bases import settle
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI, local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.states import CountsFrom

ROUND_WORKDAYS = 5  # for mending what was returned, where the receiver names no day
SOON_RANGE = range(1, 11)  # working days to the target from which an office may call it 临期
SOON_WORKDAYS = 3
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Dates:
    """The three dates of an obligation, as a person has confirmed them; all None where undated.

    ``counts_from`` says what they wait for where they may still become others.
    """

    due_at: datetime | None = None
    strict_on: date | None = None
    target_at: datetime | None = None
    review_on: date | None = None
    explanation: str = ""
    counts_from: CountsFrom = CountsFrom.DAY


def dates_of(clause: Clause) -> Dates:
    """The confirmed dates of a clause; the target ends with the office's day.

    Of a recurring clause they are those of its first period.
    """
    return Dates(
        due_at=clause.due_at,
        strict_on=clause.strict_on,
        target_at=close_of(clause.target_on, before=clause.due_at),
        review_on=clause.review_on,
        explanation=clause.explanation,
    )


def last_moment(day: date, at: time = END_OF_DAY) -> datetime:
    """24:00 of a day, or another last moment of it, as ``due_at`` holds it."""
    return datetime.combine(day, at, tzinfo=SHANGHAI)


def moment_in_words(at: datetime) -> str:
    """2026年3月31日（周二）24时, as a sentence or a mail writes a last moment."""
    local = at.astimezone(SHANGHAI)
    clock = "24时" if local.time() == END_OF_DAY else f"{local:%-H:%M}"
    return f"{local:%Y年%-m月%-d日}（周{WEEKDAYS[local.weekday()]}）{clock}"


def until(day: date | None, *, calendar: WorkCalendar, said: str, at: time = END_OF_DAY) -> Dates:
    """The dates of a deadline that a person has set: that day inclusive, or none at all.

    ``said`` tells who set it; it begins the explanation. ``at`` is the day's last moment.
    """
    if day is None:
        return Dates(explanation=f"{said}：不设截止时间。")
    because = f"{said}：截止时间为{day:%Y年%-m月%-d日}。"
    return computed(settle(day, day, calendar, at=at, because=because))


def computed(found: Computed) -> Dates:
    """What the reading of the words came to; the target ends with the office's day."""
    return Dates(
        due_at=found.due_at,
        strict_on=found.strict_on,
        target_at=close_of(found.target_on, before=found.due_at),
        review_on=found.review_on,
        explanation=found.explanation,
    )


def resubmission(
    due_at: datetime | None, day: date | None, *, now: datetime, calendar: WorkCalendar
) -> Dates | None:
    """The dates of a new round: the day named, else five working days, never before the old end.

    None where there is no deadline and none is named: such an item is never overdue.
    """
    if day is None and due_at is None:
        return None
    day = day or calendar.add_workdays(local_day(now), ROUND_WORKDAYS)
    if due_at is not None:
        day = max(day, local_day(due_at))
        if last_moment(day) <= due_at:
            return None
    return until(day, calendar=calendar, said="补正或更正重报")


def close_of(day: date | None, *, before: datetime | None) -> datetime | None:
    """The end of the office's day, as ``target_at`` holds it; never after the deadline."""
    if day is None or before is None:
        return None
    return min(datetime.combine(day, settings.OFFICE_CLOSES, tzinfo=SHANGHAI), before)
