"""When the timetable may speak: on working days, outside the quiet hours. Pure."""

from datetime import datetime, time

from notices.text.deadlines.office_time import SHANGHAI
from tasks.ladder.rungs import Calendar

Hours = tuple[time, time]


def is_quiet(now: datetime, *, hours: Hours, calendar: Calendar) -> bool:
    """Is this a day of rest, or within ``hours`` (from, to), which may span midnight?

    From and to the same: no hour is quiet. A year without calendar data rests on weekends.
    """
    local = now.astimezone(SHANGHAI)
    return not calendar.is_workday(local.date()) or within(local.time(), *hours)


def ends(now: datetime, *, hours: Hours, calendar: Calendar) -> datetime:
    """The first moment from ``now`` on that is not quiet."""
    local = now.astimezone(SHANGHAI)
    if calendar.is_workday(local.date()):
        if not within(local.time(), *hours):
            return now
        if local.time() < hours[1]:
            return datetime.combine(local.date(), hours[1], tzinfo=SHANGHAI)
    day = calendar.add_workdays(local.date(), 1)
    opens = hours[1] if within(time.min, *hours) else time.min
    return datetime.combine(day, opens, tzinfo=SHANGHAI)


def within(moment: time, begin: time, end: time) -> bool:
    """Is the hour one of those from ``begin`` to before ``end``, over midnight if need be?"""
    if begin <= end:
        return begin <= moment < end
    return moment >= begin or moment < end
