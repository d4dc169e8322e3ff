"""Computes the days of a deadline rule: when it is overdue, its strictest reading, its target.

Periods follow 民法典第二百零一至二百零三条 by analogy: the starting day is not counted, a month
runs to its corresponding day, and a period of days that ends on a rest day runs on to the next
working day. A day that the notice names itself does not move; only the target moves to an earlier
workday.
"""

from datetime import date, time, timedelta

from notices.text.deadlines.bases import Bases, Dates, clock, say, settle
from notices.text.deadlines.holidays import holiday_eve
from notices.text.deadlines.occurrences import first_due
from notices.text.deadlines.relative_dates import day_of, relative
from notices.text.deadlines.rules import (
    Deadline,
    FixedDeadline,
    HolidayDeadline,
    RecurringDeadline,
    RelativeDeadline,
    UndatedDeadline,
)
from notices.text.deadlines.workdays import WorkCalendar

REVIEW_AFTER = 10
"""Working days after which an item without a date is looked at again (our own default)."""


def compute(
    rule: Deadline, bases: Bases, calendar: WorkCalendar, *, office_closes: time = time(18, 0)
) -> Dates:
    """The dates of one rule. Never raises: what cannot be computed carries a flag instead."""
    match rule:
        case FixedDeadline():
            return _fixed(rule, calendar, office_closes)
        case RecurringDeadline():
            return _recurring(rule, bases, calendar, office_closes)
        case RelativeDeadline():
            return relative(rule, bases, calendar, office_closes)
        case HolidayDeadline():
            return _holiday(rule, bases, calendar)
    return _undated(rule, bases, calendar)


YEAR_UNSURE = "年份待核定"
_MARKS = {
    "month_inferred": "原文没有写月份，按通知日期所在的月份推算，须人工确认。",
    "weekday_mismatch": "原文括注的星期与日期不符，请核对。",
    "ambiguous": "“前”字可有不同理解，逾期按最宽、目标按最严计算，须人工确认。",
    "part": "旬、月初按其最后一日计算。",
    "relative_week": "按通知日期所在的一周推算，须人工确认。",
}


def _fixed(rule: FixedDeadline, calendar: WorkCalendar, closes: time) -> Dates:
    strict = rule.strict_on
    if strict is None:
        strict = rule.day - timedelta(days=rule.edge == "before" and rule.time is None)
    flags = rule.marks + (("time_given",) if rule.time else ())
    because = f"原文写明“{rule.phrase}”，截止时间为{say(rule.day)}。"
    if rule.year_from:
        because += f"{YEAR_UNSURE}：原文没有写年份，按{rule.year_from}推算为{rule.day.year}年。"
    because += "".join(_MARKS.get(mark, "") for mark in rule.marks)
    if "put_off" in rule.marks:
        due = calendar.next_workday_on_or_after(rule.day)
        because += "原文写明遇节假日顺延。"
        return settle(
            due, strict, calendar, at=clock(rule.time, closes), flags=flags, because=because
        )
    if not calendar.is_workday(rule.day):
        because += "这一天是休息日，指定的日期不顺延。"
    return settle(
        rule.day, strict, calendar, at=clock(rule.time, closes), flags=flags, because=because
    )


def _recurring(
    rule: RecurringDeadline, bases: Bases, calendar: WorkCalendar, closes: time
) -> Dates:
    base = bases.notice_day() or bases.period
    if base is None:
        return Dates(flags=("base_unknown",), explanation="缺少通知日期，无法推算第一期。")
    due = first_due(rule, base, bases.period)
    if due is None:
        return Dates(flags=("recurring", "ended"), explanation="所列期次已全部过去。")
    return occurrence(rule, due, calendar, closes)


def occurrence(rule: RecurringDeadline, due: date, calendar: WorkCalendar, closes: time) -> Dates:
    """The dates of the period that falls due on `due`, a day of `occurrences.due_days`."""
    exact = rule.names_day
    flags: tuple[str, ...] = ("recurring",) + (() if exact else ("ambiguous",))
    whose = f"人工改定为{rule.rule}" if rule.by_hand else f"原文写明“{rule.rule}”"
    because = f"{whose}，这一期截止时间为{say(due)}。"
    because += "" if exact else "原文没有写具体日子，按期末推算，须人工确认。"
    ends_period = isinstance(rule.day, str) and rule.day.endswith("末")
    before = rule.edge == "before" and rule.time is None and exact and not ends_period
    strict = due - timedelta(days=before)
    if rule.rolls:
        rolled = calendar.next_workday_on_or_after(due)
        because += "按期间计算，末日遇休息日顺延。" if rolled != due else ""
        return settle(
            rolled, due, calendar, at=clock(rule.time, closes), flags=flags, because=because
        )
    if rule.offset and not rule.by_hand and not calendar.is_workday(due):
        flags += ("ambiguous",)
        because += "是否遇节假日顺延，原文未写，须人工确认。"
    return settle(due, strict, calendar, at=clock(rule.time, closes), flags=flags, because=because)


def _holiday(rule: HolidayDeadline, bases: Bases, calendar: WorkCalendar) -> Dates:
    base = bases.notice_day()
    found = holiday_eve(rule.holiday, rule.year, base, calendar) if base else None
    if found is None:
        return Dates(
            flags=("beyond_calendar",),
            explanation=f"“{rule.phrase}”要按放假安排推算，当年安排尚未载入，请人工填写。",
        )
    due, strict = found
    because = f"“{rule.phrase}”按放假首日的前一日{say(due)}计算。"
    if strict != due:
        because += "除夕是否算节前有不同理解，目标日从严。"
    return settle(due, strict, calendar, flags=("holiday_name",), because=because)


def _undated(rule: UndatedDeadline, bases: Bases, calendar: WorkCalendar) -> Dates:
    if rule.impossible:
        because = f"原文写的“{rule.phrase}”，日历上没有这一天，请核对原文后填写截止时间。"
        return Dates(flags=("no_such_day",), explanation=because)
    words = f"“{rule.phrase}”" if rule.phrase else "原文"
    because = f"{words}没有确定日期，不判逾期"
    start = bases.event or bases.received_on or bases.notice_day()
    if start is None:
        return Dates(flags=("undated",), explanation=because + "。")
    review = calendar.add_workdays(day_of(start), REVIEW_AFTER)
    flags = ("undated",) if calendar.known(review) else ("undated", "beyond_calendar")
    because += f"；建议{REVIEW_AFTER}个工作日后（{say(review)}）复核一次。"
    return Dates(flags=flags, explanation=because, review_on=review)
