"""Days that no notice can mean: before it was written, or so far off that the year is a slip."""

from datetime import date

from notices.models import Clause, Notice
from notices.text.deadlines.office_time import day_in_words, local_day

FAR = 10  # years; 规划 of five years and reports on the year after lie well within


def problem(day: date, notice: Notice) -> str:
    """Why a person cannot mean this last day of the notice; nothing where it can be."""
    since = _first(notice) or local_day(notice.imported_at)
    if day.year - since.year > FAR:
        return f"{day.year}年离来文日期{day_in_words(since)}超过{FAR}年，请核对年份"
    return too_early(day, notice)


def too_early(day: date, notice: Notice) -> str:
    """The same of a day that was read: however far off, it stands in the text."""
    first = _first(notice)
    if first is not None and day < first:
        return f"{day_in_words(day)}早于来文日期{day_in_words(first)}，请核对年月日"
    return ""


def unsaid(clause: Clause) -> str:
    """What to do where the words name a day that no calendar has; nothing where they do not."""
    if not clause.deadline.get("impossible"):
        return ""
    return f"原文写的“{clause.deadline['phrase']}”，日历上没有这一天，请核对原文后填写截止时间"


def _first(notice: Notice) -> date | None:
    known = (notice.written_on, notice.printed_on, notice.published_on)
    return min((one for one in known if one), default=None)
