"""Computes what counts from an event: N日, N个工作日, N个月, N小时 after it or before it.

Periods follow 民法典第二百零一至二百零三条 by analogy.
"""

import re
from datetime import date, datetime, time, timedelta

from notices.text.deadlines.bases import Bases, Dates, clock, say, settle
from notices.text.deadlines.dates import add_months, read_date
from notices.text.deadlines.office_time import SHANGHAI
from notices.text.deadlines.rules import RelativeDeadline
from notices.text.deadlines.workdays import WorkCalendar

SHORT_DAYS = 10
"""Up to so many 日 may be meant as working days (行政处罚法第八十五条等), so a person decides."""


_PRINTED, _PUBLISHED = ("印发", "下发", "发文"), ("发布", "公布")
_PAPER = r"(?:通知书?|文件?|件|函|通报|提示|电报?|公告|任务)"
_ARRIVED = r"(?:收到|接到|签收|接收|收悉)"
_WHOSE = r"(?:[本此该]|上述|上级|[总省市区县]局)?"
_RECEIPT = re.compile(
    rf"(?:{_ARRIVED}{_WHOSE}(?:《[^》]*》)?{_PAPER}?|收文|接文"
    rf"|(?:{_WHOSE}{_PAPER})(?:收到|送达|到达|到|收悉))(?:之[日时]|[后起时]|的?当[日天]|次日)*$"
)


def is_receipt(anchor: str) -> bool:
    """Does it count from the day the notice itself came in (not a complaint, a report, …)?"""
    return bool(_RECEIPT.search(anchor))


def is_issue(anchor: str) -> bool:
    """Does it count from the day the notice was printed, sent out or published?"""
    return any(word in anchor for word in _PRINTED + _PUBLISHED)


def _base(anchor: str, bases: Bases) -> date | datetime | None:
    """The day an anchor stands for; an event that only a person knows must come in `event`."""
    if bases.event is not None:
        return bases.event
    if named := read_date(anchor):
        return named
    if is_receipt(anchor):
        return bases.received_on
    if "发文" in anchor:
        return bases.written_on
    if any(word in anchor for word in _PUBLISHED):
        return bases.published_on
    if any(word in anchor for word in _PRINTED):
        return bases.printed_on or bases.written_on
    return None


def day_of(base: date | datetime) -> date:
    """The day in Shanghai of an instant, or the day itself."""
    if not isinstance(base, datetime):
        return base
    return (base.astimezone(SHANGHAI) if base.tzinfo else base).date()


def relative(rule: RelativeDeadline, bases: Bases, calendar: WorkCalendar, closes: time) -> Dates:
    base = _base(rule.anchor, bases)
    if base is None:
        return _unknown(rule)
    if rule.unit == "小时":
        return _hours(rule, base, calendar)
    start = day_of(base)
    event = "" if read_date(rule.anchor) == start else f"（{rule.anchor}）"
    because = f"从{say(start)}{event}起算，"
    because += "当日不计入，" if rule.amount else "按当日计算，"
    flags: tuple[str, ...] = ()
    if rule.amount < 0:
        flags = ("backward",)
    if rule.unit == "工作日":
        due = calendar.add_workdays(start, rule.amount)
        because += f"数{abs(rule.amount)}个工作日（含调休上班日）为{say(due)}。"
        return settle(due, due, calendar, flags=(*flags, "workdays"), because=because)
    if rule.unit in ("月", "年"):
        due = add_months(start, rule.amount * (12 if rule.unit == "年" else 1))
        because += f"{abs(rule.amount)}个{rule.unit}的对应日为{say(due)}。"
        return settle(due, due, calendar, flags=flags, because=because)
    return _days(rule, start, calendar, closes, flags, because)


def _unknown(rule: RelativeDeadline) -> Dates:
    """What a person has to do where the day that it counts from is not known."""
    said = f"原文写明“{rule.phrase}”，"
    if is_receipt(rule.anchor):
        said += "从各单位收到之时起算：截止时间不用填写，下发后按签收的时间分别计算。"
        return Dates(flags=("from_receipt",), explanation=said)
    if is_issue(rule.anchor):
        said += "文中没有这个日期：现在填写截止时间，或者留空，下发时按下发之日计算。"
    else:
        said += f"从“{rule.anchor or '起算点'}”起算，不知是哪一天：现在推算后填写截止时间，"
        said += "或者留空，下发后在事项页填写起算之日。"
    return Dates(flags=("base_unknown",), explanation=said)


def _days(
    rule: RelativeDeadline,
    start: date,
    calendar: WorkCalendar,
    closes: time,
    flags: tuple[str, ...],
    because: str,
) -> Dates:
    last = start + timedelta(days=rule.amount)
    because += f"第{abs(rule.amount)}日为{say(last)}。" if rule.amount else f"即{say(last)}。"
    at = clock(rule.time, closes)
    if rule.amount in (0, 1):
        if calendar.is_workday(last):
            return settle(last, last, calendar, at=at, flags=flags, because=because)
        because += "这一天是休息日，按工作日理解会晚几天，须人工确认。"
        return settle(last, last, calendar, at=at, flags=(*flags, "ambiguous"), because=because)
    due = calendar.next_workday_on_or_after(last) if rule.amount > 0 else last
    if due != last:
        flags += ("rollover",)
        because += f"末日是休息日，顺延到{say(due)}。"
    if 0 < rule.amount <= SHORT_DAYS:
        flags += ("short_days",)
        if due != last and rule.amount <= 7:
            flags += ("ambiguous",)
            other = calendar.add_workdays(start, rule.amount)
            because += f"如“日”指工作日则为{say(other)}，须人工确认。"
    return settle(due, last, calendar, at=at, flags=flags, because=because)


def _hours(rule: RelativeDeadline, base: date | datetime, calendar: WorkCalendar) -> Dates:
    if not isinstance(base, datetime):
        return Dates(flags=("base_unknown",), explanation="按小时计算，请填写起算的时刻。")
    start = base.astimezone(SHANGHAI) if base.tzinfo else base.replace(tzinfo=SHANGHAI)
    due = start + timedelta(hours=rule.amount)
    because = (
        f"从{start:%m月%d日%H:%M}起连续计{rule.amount}小时，不扣节假日，到{due:%m月%d日%H:%M}。"
    )
    flags = ("hours",) if calendar.known(due.date()) else ("hours", "beyond_calendar")
    return Dates(due, due.date(), due.date(), flags, because)
