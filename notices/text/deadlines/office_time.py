"""The clock of the office: its zone, the end of its days, and the day on which a moment falls."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(23, 59, 59)


def local_day(moment: datetime) -> date:
    """The day of a moment in the office's time zone."""
    return moment.astimezone(SHANGHAI).date()


def day_in_words(day: date) -> str:
    """2026年3月31日, as every sentence of the product writes a day."""
    return f"{day.year}年{day.month}月{day.day}日"


def due_in_words(due_at: datetime) -> str:
    """The day of a last moment, with the clock only where it is not the end of the day."""
    local = due_at.astimezone(SHANGHAI)
    clock = "" if local.time() == END_OF_DAY else f"{local:%H:%M}"
    return f"{day_in_words(local)}{clock}"
