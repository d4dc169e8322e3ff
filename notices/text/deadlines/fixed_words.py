"""Words that name a day: 3月31日前, 3月底前, 一季度末, 年底前, 春节前, 本周五."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from notices.text.characters.numerals import NUMBER, to_int
from notices.text.deadlines.dates import clamp, month_end, part_end, with_year
from notices.text.deadlines.rules import Deadline, FixedDeadline

WEEKDAYS = "一二三四五六日"
YEAR = (
    r"(?P<year>(?:20|19)\d\d年|[一二][〇零一二三四五六七八九]{3}年"
    r"|今年|本年度?|当年|明年|次年|翌年|第二年)?"
)
_MONTH = rf"(?P<month>{NUMBER})月份?"
_WEEK = r"(?:\((?:星期|周)(?P<weekday>[一二三四五六日天])\))?"
CLOCK = (
    r"(?P<clock>(?P<half>上午|下午|晚上?|中午|早上?|凌晨|午夜|当日|当天)?"
    r"(?:(?P<hour>\d{1,2})(?:[:点时](?P<minute>\d{2})分?|[点时](?P<half_hour>半)?整?)"
    r"|(?P<word>中午|下班)))?"
)
EDGE = r"(?P<edge>之前|以前|前|之内|以内|内|为止|止|截止)?"
LEAD = (
    r"(?P<lead>截至|截止到?|截止(?:时间|日期)[为:是]|最迟(?:于|在)?|不(?:得)?(?:迟|晚)于|于|在"
    r"|至迟)?"
)
_DAY = re.compile(
    rf"{LEAD}{YEAR}{_MONTH}的?(?P<day>{NUMBER})[日号]{_WEEK}{CLOCK}{EDGE}(?P<after>起|开始|以来|以后|后|至|到|—|-)?"
)
_NUMERIC = re.compile(
    rf"{LEAD}(?P<year>20\d\d)(?P<sep>[./-])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)日?{_WEEK}{CLOCK}{EDGE}"
    r"(?P<after>起|开始|以来|以后|后|至|到|—)?"
)
_PART = re.compile(
    rf"{LEAD}(?:{YEAR}(?P<month>{NUMBER})月份?|(?P<this>本月|当月|月))(?P<part>上旬|中旬|下旬|底|末|初|内)"
    r"(?P<edge>之前|以前|前|内)?(?P<after>起|开始|以来|以后|后|至|到)?"
)
_NAMED_MONTH = re.compile(
    rf"{LEAD}(?P<which>本月|这个月|下月|下个月)的?(?P<day>{NUMBER})[日号]{_WEEK}{CLOCK}{EDGE}(?P<after>起|至|到|—|-)?"
)
_TODAY = re.compile(rf"{LEAD}(?P<which>今[日天]|明[日天]|后天)(?:\([^()]{{2,12}}\))?{CLOCK}{EDGE}")
_STAGE = re.compile(
    rf"(?P<year>(?:19|20)\d\d)年(?P<first>{NUMBER})月?(?:—|-|至|~)(?P<month>{NUMBER})月(?:底|份)?,"
)
_STAGE_HEAD = re.compile(r"(?:^|[。;:)、])$")


def year_of(words: str | None, base: date | None) -> int | None:
    if not words:
        return None
    digits = words.rstrip("年度")
    if digits and digits[0] in "12一二" and len(digits) == 4:
        return to_int(digits)
    if base is None:
        return None
    return base.year + (words in ("明年", "次年", "翌年", "第二年"))


def clock_of(match: re.Match[str]) -> str | None:
    """ "HH:MM" of a match with CLOCK groups, "下班" for 下班前, None where it gives no time."""
    if not match["clock"]:
        return None
    if match["word"]:
        return "12:00" if match["word"] == "中午" else "下班"
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half_hour"]:
        minute = 30
    if match["half"] in ("下午", "晚", "晚上", "午夜") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


_RANGE_BEFORE = re.compile(
    r"(?:[日月号年起底初旬]|\d)(?:\([^)]*\))?(?:至|到|-|—|~)$|(?:自|从)[^,;]{0,16}(?:至|到)$"
)


def _day(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    edge, lead = match["edge"], match["lead"]
    before = text[: match.start()]
    if match["after"] and not edge:
        return None
    if _RANGE_BEFORE.search(before) or before.endswith(
        ("至", "自", "从", "力争", "力争于", "每年")
    ):
        return None
    if not edge and not lead and not match["clock"]:
        return None
    if not edge and lead in ("于", "在"):
        rest = text[match.end() :]
        if not re.match(r"(?:将|把|向|报|送|反馈|提交|上报)", rest):
            return None
    year = year_of(match["year"], base)
    try:
        month, day = to_int(match["month"]), to_int(match["day"])
        if year is None:
            on = with_year(base, month, day)
            marks: tuple[str, ...] = ("year_inferred",)
        else:
            on, marks = date(year, month, day), ()
    except ValueError:
        return None
    if on is None:
        return None
    if match["weekday"]:
        named = WEEKDAYS.index(match["weekday"].replace("天", "日"))
        marks += ("weekday_mismatch",) if named != on.weekday() else ()
    clock = clock_of(match)
    by = edge in ("内", "以内", "之内", "止", "为止", "截止", None) or bool(
        lead and lead.startswith(("截", "最迟", "不"))
    )
    return FixedDeadline(on, match.group(), clock, "by" if by or clock else "before", None, marks)


def _part(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    part, edge = match["part"], match["edge"]
    before = text[: match.start()]
    if match["after"] or before.endswith(("自", "从", "每", "至", "到", "力争", "力争到", "到")):
        return None
    if part in ("上旬", "中旬", "下旬", "内") and not edge and part == "内" and not match["month"]:
        return None
    if match["this"]:
        if base is None or (match["this"] == "月" and before[-1:].isdigit()):
            return None
        year, month = base.year, base.month
        marks: tuple[str, ...] = ("year_inferred",)
    else:
        try:
            month = to_int(match["month"])
        except ValueError:
            return None
        if not 1 <= month <= 12:
            return None
        year = year_of(match["year"], base) or 0
        marks = () if match["year"] else ("year_inferred",)
        if not year:
            if base is None:
                return None
            year = base.year + (part_end(base.year, month, part) < base)
    last = part_end(year, month, part)
    strict = None
    if part.endswith("旬") or part == "初":
        marks += ("part",)
        if edge:
            strict = {"上旬": 1, "中旬": 11, "下旬": 21, "初": 1}[part]
            marks += ("ambiguous",)
    strict_on = date(year, month, strict) - timedelta(days=1) if strict else None
    return FixedDeadline(last, match.group(), None, "by", strict_on, marks)


def _named_month(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    """`本月20日前`, `下月10日前`: counted from the month of the notice."""
    if base is None or match["after"] or not (match["edge"] or match["lead"] or match["clock"]):
        return None
    month = base.month + match["which"].startswith("下")
    on = clamp(base.year + (month > 12), (month - 1) % 12 + 1, to_int(match["day"]))
    clock = clock_of(match)
    return FixedDeadline(
        on, match.group(), clock, "by" if clock else "before", None, ("year_inferred",)
    )


def _today(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    """`今日17:00前`, `明日(4月29日)上午10时前`: counted from the day of the notice."""
    if base is None or not (match["edge"] or match["clock"]):
        return None
    on = base + timedelta(days="今明后".index(match["which"][0]))
    return FixedDeadline(on, match.group(), clock_of(match), "by", None, ("relative_week",))


def _stage(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    """`1997年7—9月,由…审查后送交…`: a stage's last day, where it opens the sentence."""
    if not _STAGE_HEAD.search(text[: match.start()]):
        return None
    try:
        last = month_end(int(match["year"]), to_int(match["month"]))
    except ValueError:
        return None
    return FixedDeadline(last, match.group().rstrip(","), None, "by", None, ("part",))


Builder = Callable[[re.Match[str], date | None, str], Deadline | None]
"""Makes a rule of a match, given the notice's date and the whole text; None where it is none."""

FIXED: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (_DAY, _day),
    (_NUMERIC, _day),
    (_NAMED_MONTH, _named_month),
    (_TODAY, _today),
    (_PART, _part),
    (_STAGE, _stage),
)
