"""Calendar days as written in notices: parts of a month, quarters, missing years."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from notices.text.characters.numerals import to_int

_Y = r"(?P<year>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
_N = r"[0-9〇一二三四五六七八九十]{1,3}"
WRITTEN_DATE = re.compile(
    rf"{_Y}\s*年\s*(?P<month>{_N})\s*月\s*(?P<day>{_N})\s*[日号]"
    r"|(?P<y2>20\d\d)(?P<sep>[-./])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?!\d)"
)


def read_date(words: str) -> date | None:
    """The first full date in `words`; None where there is none or it is no calendar day."""
    match = WRITTEN_DATE.search(words)
    return date_of(match) if match else None


def date_of(match: re.Match[str]) -> date | None:
    """The day a WRITTEN_DATE match names; None for an impossible one such as 2月30日."""
    parts = (
        [match["year"], match["month"], match["day"]]
        if match["year"]
        else [match["y2"], match["m2"], match["d2"]]
    )
    try:
        return date(*(to_int(p) for p in parts))
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month; month 13 is January of the next year, and so on."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def clamp(year: int, month: int, day: int) -> date:
    """That day of the month, or the month's last day where it has fewer (民法典第二百零二条)."""
    last = month_end(year, month)
    return last.replace(day=min(day, last.day))


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, or that month's last day (民法典第二百零二条)."""
    index = day.year * 12 + day.month - 1 + months
    return clamp(index // 12, index % 12 + 1, day.day)


PARTS = {"上旬": 10, "中旬": 20, "下旬": 31, "初": 10, "底": 31, "末": 31, "内": 31, "": 31}


def part_end(year: int, month: int, part: str) -> date:
    """Last day of 上旬 (10), 中旬 (20), 下旬 and 底 (the month's last)."""
    return clamp(year, month, PARTS[part])


@dataclass(frozen=True, slots=True)
class BaseDay:
    """The day that words without a year count from, and what it was read from (成文日期, 文号 …).

    Where only the year is known, `day` is its first and nothing can count from it in weeks.
    """

    day: date
    source: str = "通知日期"
    only_year: bool = False


def with_year(base: date, month: int, day: int) -> date:
    """The first such day on or after `base`. Raises ValueError for no day of a year."""
    date(2024, month, day)  # a leap year has them all
    same = clamp(base.year, month, day)
    return same if same >= base else clamp(base.year + 1, month, day)
