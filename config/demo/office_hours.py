"""When the people of the demo work: in the mornings and afternoons of working days."""

from datetime import datetime, time, timedelta

from notices.text.deadlines.office_time import SHANGHAI
from notices.text.deadlines.workdays import WorkCalendar

SITTINGS = ((time(9), time(12)), (time(14), time(18)))


def after_work(moment: datetime, span: timedelta, calendar: WorkCalendar) -> datetime:
    """When so much work ends that begins at ``moment``, or when the office opens after it."""
    day = moment.astimezone(SHANGHAI).date()
    while True:
        day = calendar.next_workday_on_or_after(day)
        for opens, closes in SITTINGS:
            begun = max(moment, datetime.combine(day, opens, tzinfo=SHANGHAI))
            room = datetime.combine(day, closes, tzinfo=SHANGHAI) - begun
            if span <= room:
                return begun + span
            span -= max(room, timedelta())
        day += timedelta(days=1)
