"""Words that name the end of a period or a day near it: 一季度末, 年底前, 春节前, 本周五."""

import re
from datetime import date, timedelta

from notices.text.deadlines.dates import month_end
from notices.text.deadlines.fixed_words import (
    CLOCK,
    EDGE,
    LEAD,
    WEEKDAYS,
    YEAR,
    Builder,
    clock_of,
    year_of,
)
from notices.text.deadlines.rules import Deadline, FixedDeadline, HolidayDeadline

_QUARTER = re.compile(
    rf"{LEAD}{YEAR}第?(?P<quarter>[一二三四1-4])季度(?P<part>末|底|内)(?P<edge>之前|以前|前)?"
)
_HALF = re.compile(rf"{LEAD}{YEAR}(?P<which>上半年|下半年)(?P<part>底|末|内)?(?P<edge>前)?")
_YEAR_END = re.compile(
    r"(?P<lead>于|在|截至)?(?P<year>(?:20|19)\d\d年?|今年|本年|当年|明年|次年)?"
    r"(?P<part>年底|年末|年内|年终|底|末)(?P<edge>之前|以前|前)?(?P<after>后|起)?"
)
_HOLIDAY = re.compile(
    r"(?P<year>(?:20|19)\d\d年)?(?P<name>春节|元旦|清明节?|五一|劳动节|端午节?|中秋节?|国庆节?|双节|节)"
    r"(?:节|假期|放假)?(?:前|之前)(?!夕|后|往|瞻)"
)
_WEEK_DAY = re.compile(
    rf"(?P<which>本|这|下)(?:周|星期)(?P<weekday>[一二三四五六日天]){CLOCK}{EDGE}"
)


def _quarter(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    if text[: match.start()].endswith(("每", "各")):
        return None
    number = "一二三四".find(match["quarter"]) + 1 or int(match["quarter"])
    return _period_end(match, base, number * 3)


def _half(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    if text[: match.start()].endswith(("每", "于上一", "到")):
        return None
    if not (match["part"] or match["lead"]) and text[match.end() : match.end() + 1] not in "报上":
        return None
    return _period_end(match, base, 6 if match["which"] == "上半年" else 12)


def _period_end(match: re.Match[str], base: date | None, month: int) -> Deadline | None:
    year = year_of(match["year"], base)
    marks: tuple[str, ...] = ()
    if year is None:
        if base is None:
            return None
        year = base.year + (month_end(base.year, month) < base)
        marks = ("year_inferred",)
    return FixedDeadline(month_end(year, month), match.group(), None, "by", None, marks)


def _year_end(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    part = match["part"]
    before = text[: match.start()]
    if match["after"] or before.endswith(("每", "至", "到", "力争", "月", "季度")):
        return None
    if part == "年内" and not match["year"] and re.search(r"[\d一二三四五两]$", before):
        return None
    if part in ("底", "末") and not (match["year"] and match["year"].endswith("年")):
        return None
    year = year_of(match["year"], base) if match["year"] else (base.year if base else None)
    if year is None:
        return None
    marks = () if match["year"] else ("year_inferred",)
    return FixedDeadline(date(year, 12, 31), match.group(), None, "by", None, marks)


_HOLIDAY_KEYS = {
    "清明节": "清明",
    "劳动节": "五一",
    "端午节": "端午",
    "中秋节": "中秋",
    "国庆节": "国庆",
}


def _holiday(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    if match["name"] == "节" and re.search(r"[\u4e00-\u9fff]$", text[: match.start()]):
        return None
    year = year_of(match["year"], base)
    return HolidayDeadline(_HOLIDAY_KEYS.get(match["name"], match["name"]), year, match.group())


def _week_day(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    if base is None:
        return None
    named = WEEKDAYS.index(match["weekday"].replace("天", "日"))
    monday = base - timedelta(days=base.weekday())
    on = monday + timedelta(days=named + (7 if match["which"] == "下" else 0))
    return FixedDeadline(on, match.group(), clock_of(match), "by", None, ("relative_week",))


PERIOD_ENDS: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_YEAR_END, _year_end),
    (_HOLIDAY, _holiday),
    (_WEEK_DAY, _week_day),
)
