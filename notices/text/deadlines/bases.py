"""The days a deadline comes to, and the days it may count from."""

from dataclasses import dataclass
from datetime import date, datetime, time

from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI, day_in_words
from notices.text.deadlines.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Bases:
    """The days a rule may count from; those the text or the office does not know are None.

    `event` is the anchor's own day or instant (活动结束, 会议召开, 事发). `received_on` may be an
    instant, for what counts in hours. `period` is any day in the period that a recurring report
    covers; without it the first one due on or after the notice.
    """

    written_on: date | None = None
    printed_on: date | None = None
    published_on: date | None = None
    received_on: date | datetime | None = None
    event: date | datetime | None = None
    period: date | None = None

    def notice_day(self) -> date | None:
        """The day the notice counts as issued: printed, else written, else published."""
        return self.printed_on or self.written_on or self.published_on


@dataclass(frozen=True, slots=True)
class Dates:
    """What a deadline comes to. `due_at` is the last instant in time (Asia/Shanghai)."""

    due_at: datetime | None = None
    strict_on: date | None = None
    target_on: date | None = None
    flags: tuple[str, ...] = ()
    explanation: str = ""
    review_on: date | None = None


def clock(words: str | None, closes: time) -> time:
    """The last instant of a day for the words of a clock time; `closes` is 下班."""
    if not words or words == "24:00":
        return END_OF_DAY
    return closes if words == "下班" else time.fromisoformat(words)


def settle(
    due: date,
    strict: date,
    calendar: WorkCalendar,
    *,
    at: time = END_OF_DAY,
    flags: tuple[str, ...] = (),
    because: str = "",
) -> Dates:
    target = calendar.last_workday_on_or_before(strict)
    if not calendar.is_workday(due):
        flags += ("due_on_rest_day",)
    elif due in calendar.work:
        flags += ("make_up_workday",)
    if not calendar.known(due):
        flags += ("beyond_calendar",)
        because += f"{due.year}年节假日安排尚未载入，只按周末和固定节日推算，请核对。"
    if target != strict or strict != due:
        because += f"目标日取{say(strict)}当天或之前的最后一个工作日{say(target)}。"
    return Dates(
        datetime.combine(due, at, SHANGHAI), strict, target, tuple(dict.fromkeys(flags)), because
    )


_WEEKDAYS = "一二三四五六日"


def say(day: date) -> str:
    """A day in Chinese words."""
    return f"{day_in_words(day)}（星期{_WEEKDAYS[day.weekday()]}）"
