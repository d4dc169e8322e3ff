"""The clock of the office: its zone, the end of its days, and the day on which a moment falls."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(23, 59, 59)


def local_day(moment: datetime) -> date:
    """The day of a moment in the office's time zone."""
    return moment.astimezone(SHANGHAI).date()
