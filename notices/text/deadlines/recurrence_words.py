"""Deadlines that come back: 每月10日前, 次月5日内, 每季度末月25日前, 每年3月底前, 每周五."""

import re
from collections.abc import Callable
from datetime import date

from notices.text.characters.numerals import NUMBER, to_int
from notices.text.deadlines.fixed_words import CLOCK, clock_of
from notices.text.deadlines.rules import Deadline, Edge, Freq, RecurringDeadline

_START = (
    r"(?:(?:自|从)?(?P<start>(?:20\d\d年)?(?:\d{1,2}月)?)(?:\d{1,2}日)?(?:起|开始),?"
    r"(?P<between>[^,;。]{0,20}?)(?:于|在)?)?(?:(?P<from>20\d\d)(?:年)?[—-](?P<until>20\d\d)年)?"
)
_EDGE = r"(?P<edge>之前|以前|前|之内|以内|内)?"
_YEARLY = (
    rf"每年度?(?:的)?(?:(?P<ymonth>{NUMBER})月份?(?:(?P<yday>{NUMBER})[日号]|(?P<ypart>底|末|上旬|中旬|下旬|初))?"
    r"|(?P<yend>年底|年末|年终)|(?P<yhalf>上半年|下半年))?"
)
_HALF_YEARLY = r"每(?:个)?半年度?(?P<hend>末|底|结束后|终了后)?"
_QUARTERLY = (
    rf"(?:每(?:个|一)?季度?|季度|季)(?:(?P<qlast>末月?|最后一?个?月|首月)|(?P<qafter>结束后|终了后|终了之日起|后))?"
    rf"(?:的)?(?:(?P<qmonth>首月|次月)?(?:的)?(?P<qday>{NUMBER})[日号天]个?|(?P<qend>底|末))?"
)
_MONTHLY = (
    rf"(?:每(?:个)?月度?|(?P<next>次月|下月|下个月|翌月|月度终了后|每月终了后|月度结束后|月后))(?:的|第)?"
    rf"(?:(?P<mday>{NUMBER})(?:[日号]|个工作日)|(?P<mpart>底|末|最后一?个?(?:工作日|日|天)|上旬|中旬|下旬|初))?"
)
_WEEKLY = r"每(?:个)?(?:周(?:的?星期)?|星期)(?P<wday>[一二三四五六日天])?"
_AFTER_EVENT = (
    rf"每(?P<aperiod>月|季度?|年|周)(?P<aevent>[\u4e00-\u9fff]{{2,10}}?(?:结束|完成|终了))后的?"
    rf"(?P<aday>{NUMBER})个?(?:工作)?日"
)
_DAILY = r"每(?:日|天)"
_EVERY = rf"每(?:隔)?(?P<every>{NUMBER})(?:个)?(?P<eunit>日|天|周|个?月|工作日|小时)"
_BY = r"(?:实行|按|逐)(?P<by>日|周|月|季|年)(?:度)?(?=报|上报|向|将|,|零?报告|汇总|反馈|填报|统计)"

RECURRING = re.compile(
    rf"{_START}(?:(?P<every_n>{_EVERY})|(?P<after_event>{_AFTER_EVENT})|(?P<semiannual>{_HALF_YEARLY})|(?P<yearly>{_YEARLY})"
    rf"|(?P<quarterly>{_QUARTERLY})|(?P<monthly>{_MONTHLY})|(?P<weekly>{_WEEKLY})|(?P<daily>{_DAILY})"
    rf"|(?P<regular>{_BY})){CLOCK}{_EDGE}"
)
_START_ELSEWHERE = re.compile(
    r"(?:自|从)(?P<start>(?:20\d\d年)?(?:\d{1,2}月)?)(?:\d{1,2}日)?(?:起|开始)"
)
_END_ELSEWHERE = re.compile(
    r"(?:[年月日底起]|开始|现在|即日)(?:起|开始)?,?(?:至|到|—|-)"
    r"(?:(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?"
    r"|(?P<said>今年|本年|当年|明年|次年|年)?(?:(?P<bare_month>\d{1,2})月|[底末]))"
)
_BY_FREQ: dict[str, Freq] = {
    "日": "daily",
    "周": "weekly",
    "月": "monthly",
    "季": "quarterly",
    "年": "yearly",
}


def recurring(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    """The rule of one RECURRING match; None where the words are not a period of reporting."""
    reader = next((read for name, read in _KINDS.items() if match[name] is not None), None)
    if reader is None:
        return None
    found = reader(match)
    if found is None or (base and _next_month_once(match, text)):
        return None
    freq, day, offset = found
    edge: Edge = (
        "by" if match["edge"] in (None, "内", "以内", "之内") or day in ("末", None) else "before"
    )
    start = match["start"] or match["from"] or None
    if start is None and (elsewhere := _START_ELSEWHERE.search(text)):
        start = elsewhere["start"] or None
    if start:
        start = start.replace("年", "-").replace("月", "").strip("-")
    until = match["until"] or _end_elsewhere(text, start, base)
    return RecurringDeadline(freq, match.group(), day, clock_of(match), edge, offset, start, until)


def _end_elsewhere(text: str, start: str | None, base: date | None) -> str | None:
    """The last month of `自5月起至12月` and `即日起至2026年6月30日` in the same sentence."""
    match = _END_ELSEWHERE.search(text)
    if match is None:
        return None
    if match["year"]:
        return match["year"] + (f"-{int(match['month'])}" if match["month"] else "")
    first = _first_month(start, base)
    if first is None:
        return None
    year = first.year + (match["said"] in ("明年", "次年"))
    if not match["bare_month"]:
        return str(year)
    month = int(match["bare_month"])
    return f"{year + (not match['said'] and month < first.month)}-{month}"


def _first_month(start: str | None, base: date | None) -> date | None:
    """The month from which the reports run, as far as the words and the notice's date say."""
    numbers = [int(number) for number in (start or "").split("-") if number]
    years = [number for number in numbers if number > 12]
    months = [number for number in numbers if number <= 12]
    if not years and base is None:
        return None
    year = years[0] if years else base.year if base else 0
    month = months[0] if months else base.month if base and not years else 1
    return date(year + (not years and base is not None and month < base.month), month, 1)


def _next_month_once(match: re.Match[str], text: str) -> bool:
    """`下月10日前` in a notice is one day, unless the sentence speaks of every month."""
    return (match["next"] or "").startswith("下") and not re.search("每|按月|逐月|上月", text)


_Found = tuple[Freq, int | str | None, bool] | None


def _yearly(m: re.Match[str]) -> _Found:
    if m["yend"]:
        return "yearly", "12-31", False
    if m["yhalf"]:
        return "yearly", "06-末" if m["yhalf"] == "上半年" else "12-末", False
    if not m["ymonth"]:
        return "yearly", None, False
    month = to_int(m["ymonth"])
    if m["yday"]:
        return "yearly", f"{month:02d}-{to_int(m['yday']):02d}", False
    part = {"上旬": "10", "中旬": "20", "初": "10"}.get(m["ypart"] or "", "末")
    return "yearly", f"{month:02d}-{part}", False


def _quarterly(m: re.Match[str]) -> _Found:
    words = m["quarterly"]
    if not words.startswith("每") and not (m["qafter"] and m["qday"]):
        return None
    if m["qafter"]:
        return "quarterly", to_int(m["qday"]) if m["qday"] else None, True
    if m["qday"]:
        return "quarterly", to_int(m["qday"]), bool(m["qmonth"]) or m["qlast"] == "首月"
    return "quarterly", "末" if m["qlast"] or m["qend"] else None, False


def _monthly(m: re.Match[str]) -> _Found:
    later = bool(m["next"])
    if m["mday"]:
        return "monthly", to_int(m["mday"]), later
    part = {"上旬": 10, "中旬": 20, "初": 10}.get(m["mpart"] or "", "末" if m["mpart"] else None)
    return None if later and part is None else ("monthly", part, later)


def _weekly(m: re.Match[str]) -> _Found:
    day = m["wday"]
    return "weekly", "一二三四五六日".index(day.replace("天", "日")) + 1 if day else None, False


_EVERY_MONTHS: dict[int, Freq] = {2: "bimonthly", 3: "quarterly", 6: "semiannual"}


def _every(m: re.Match[str]) -> _Found:
    amount, unit = to_int(m["every"]), m["eunit"]
    if unit.endswith("月"):
        return _EVERY_MONTHS.get(amount, "monthly"), None, False
    if unit in ("周", "小时"):
        return ("weekly" if unit == "周" else "daily"), None, False
    return ("daily" if amount == 1 else "every_n_days"), amount if amount > 1 else None, False


_KINDS: dict[str, Callable[[re.Match[str]], _Found]] = {
    "every_n": _every,
    "after_event": lambda m: (_BY_FREQ[m["aperiod"][0]], None, False),
    "semiannual": lambda m: ("semiannual", None, False),
    "yearly": _yearly,
    "quarterly": _quarterly,
    "monthly": _monthly,
    "weekly": _weekly,
    "daily": lambda m: ("daily", None, False),
    "regular": lambda m: (_BY_FREQ[m["by"]], None, False),
}
