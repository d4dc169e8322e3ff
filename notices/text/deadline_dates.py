"""Computes the days of a deadline rule: when it is overdue, its strictest reading, its target.

Periods follow 民法典第二百零一至二百零三条 by analogy: the starting day is not counted, a month
runs to its corresponding day, and a period of days that ends on a rest day runs on to the next
working day. A day that the notice names itself does not move; only the target moves to an earlier
workday.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notices.text.dates import add_months
from notices.text.deadlines import (
    Deadline,
    FixedDeadline,
    HolidayDeadline,
    RecurringDeadline,
    RelativeDeadline,
    UndatedDeadline,
)
from notices.text.holidays import holiday_eve
from notices.text.occurrences import first_due
from notices.text.workdays import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(23, 59, 59)
REVIEW_AFTER = 10
"""Working days after which an item without a date is looked at again (our own default)."""
SHORT_DAYS = 10
"""Up to so many 日 may be meant as working days (行政处罚法第八十五条等), so a person decides."""


@dataclass(frozen=True, slots=True)
class Bases:
    """The days a rule may count from; those the text or the office does not know are None.

    `event` is the anchor's own day or instant (活动结束, 会议召开, 事发). `period` is any day in
    the period that a recurring report covers; without it the first one due on or after the notice.
    """

    written_on: date | None = None
    printed_on: date | None = None
    published_on: date | None = None
    received_on: date | None = None
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
            return _relative(rule, bases, calendar, office_closes)
        case HolidayDeadline():
            return _holiday(rule, bases, calendar)
    return _undated(rule, bases, calendar)


def _clock(words: str | None, closes: time) -> time:
    if not words or words == "24:00":
        return END_OF_DAY
    return closes if words == "下班" else time.fromisoformat(words)


def _settle(
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
        because += f"{due.year}年节假日安排尚未载入，只按周末推算，请核对。"
    if target != strict or strict != due:
        because += f"目标日取{_say(strict)}当天或之前的最后一个工作日{_say(target)}。"
    return Dates(
        datetime.combine(due, at, SHANGHAI), strict, target, tuple(dict.fromkeys(flags)), because
    )


_WEEKDAYS = "一二三四五六日"


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


_MARKS = {
    "year_inferred": "原文没有写年份，按通知日期之后最近的日期推算。",
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
    because = f"原文写明“{rule.phrase}”，到期日为{_say(rule.day)}。"
    because += "".join(_MARKS.get(mark, "") for mark in rule.marks)
    if not calendar.is_workday(rule.day):
        because += "到期日是休息日，指定的日期不顺延。"
    return _settle(
        rule.day, strict, calendar, at=_clock(rule.time, closes), flags=flags, because=because
    )


def _recurring(
    rule: RecurringDeadline, bases: Bases, calendar: WorkCalendar, closes: time
) -> Dates:
    base = bases.notice_day() or bases.received_on or bases.period
    if base is None:
        return Dates(flags=("base_unknown",), explanation="缺少通知日期，无法推算第一期。")
    found = first_due(rule, base, bases.period)
    if found is None:
        return Dates(flags=("recurring", "ended"), explanation="所列期次已全部过去。")
    due, exact = found
    flags: tuple[str, ...] = ("recurring",) + (() if exact else ("ambiguous",))
    because = f"原文写明“{rule.rule}”，这一期到期日为{_say(due)}。"
    because += "" if exact else "原文没有写具体日子，按期末推算，须人工确认。"
    strict = due - timedelta(days=rule.edge == "before" and rule.day != "末" and exact)
    if isinstance(rule.day, str) and rule.day.endswith("末"):
        strict = due
    if rule.offset and rule.freq in ("quarterly", "semiannual"):
        rolled = calendar.next_workday_on_or_after(due)
        because += "按期间计算，末日遇休息日顺延。" if rolled != due else ""
        return _settle(
            rolled, due, calendar, at=_clock(rule.time, closes), flags=flags, because=because
        )
    if rule.offset and not calendar.is_workday(due):
        flags += ("ambiguous",)
        because += "是否遇节假日顺延，原文未写，须人工确认。"
    return _settle(
        due, strict, calendar, at=_clock(rule.time, closes), flags=flags, because=because
    )


_RECEIPT, _PRINTED, _PUBLISHED = ("收到", "接到", "签收"), ("印发", "下发"), ("发布", "公布")


def _base(anchor: str, bases: Bases) -> date | datetime | None:
    """The day an anchor stands for; an event that only a person knows must come in `event`."""
    if bases.event is not None:
        return bases.event
    if any(word in anchor for word in _RECEIPT):
        return bases.received_on
    if "发文" in anchor:
        return bases.written_on
    if any(word in anchor for word in _PUBLISHED):
        return bases.published_on
    if any(word in anchor for word in _PRINTED):
        return bases.printed_on or bases.written_on
    return None


def _relative(rule: RelativeDeadline, bases: Bases, calendar: WorkCalendar, closes: time) -> Dates:
    base = _base(rule.anchor, bases)
    if base is None:
        return Dates(
            flags=("base_unknown",),
            explanation=f"从“{rule.anchor or '起算点'}”起算，请填写这一天，系统再计算到期日。",
        )
    if rule.unit == "小时":
        return _hours(rule, base, calendar)
    start = base.date() if isinstance(base, datetime) else base
    because = f"从{_say(start)}（{rule.anchor}）起算，当日不计入，"
    flags: tuple[str, ...] = ()
    if rule.amount < 0:
        flags = ("backward",)
    if rule.unit == "工作日":
        due = calendar.add_workdays(start, rule.amount)
        because += f"数{abs(rule.amount)}个工作日（含调休上班日）为{_say(due)}。"
        return _settle(due, due, calendar, flags=(*flags, "workdays"), because=because)
    if rule.unit in ("月", "年"):
        due = add_months(start, rule.amount * (12 if rule.unit == "年" else 1))
        because += f"{abs(rule.amount)}个{rule.unit}的对应日为{_say(due)}。"
        return _settle(due, due, calendar, flags=flags, because=because)
    return _days(rule, start, calendar, closes, flags, because)


def _days(
    rule: RelativeDeadline,
    start: date,
    calendar: WorkCalendar,
    closes: time,
    flags: tuple[str, ...],
    because: str,
) -> Dates:
    last = start + timedelta(days=rule.amount)
    because += f"第{abs(rule.amount)}日为{_say(last)}。"
    at = _clock(rule.time, closes)
    if rule.amount in (0, 1):
        if calendar.is_workday(last):
            return _settle(last, last, calendar, at=at, flags=flags, because=because)
        because += "这一天是休息日，按工作日理解会晚几天，须人工确认。"
        return _settle(last, last, calendar, at=at, flags=(*flags, "ambiguous"), because=because)
    due = calendar.next_workday_on_or_after(last) if rule.amount > 0 else last
    if due != last:
        flags += ("rollover",)
        because += f"末日是休息日，顺延到{_say(due)}。"
    if 0 < rule.amount <= SHORT_DAYS:
        flags += ("short_days",)
        if due != last and rule.amount <= 7:
            flags += ("ambiguous",)
            other = calendar.add_workdays(start, rule.amount)
            because += f"如“日”指工作日则为{_say(other)}，须人工确认。"
    return _settle(due, last, calendar, at=at, flags=flags, because=because)


def _hours(rule: RelativeDeadline, base: date | datetime, calendar: WorkCalendar) -> Dates:
    if not isinstance(base, datetime):
        return Dates(flags=("base_unknown",), explanation="按小时计算，请填写起算的时刻。")
    start = base if base.tzinfo else base.replace(tzinfo=SHANGHAI)
    due = start + timedelta(hours=rule.amount)
    because = (
        f"从{start:%m月%d日%H:%M}起连续计{rule.amount}小时，不扣节假日，到{due:%m月%d日%H:%M}。"
    )
    flags = ("hours",) if calendar.known(due.date()) else ("hours", "beyond_calendar")
    return Dates(due, due.date(), due.date(), flags, because)


def _holiday(rule: HolidayDeadline, bases: Bases, calendar: WorkCalendar) -> Dates:
    base = bases.notice_day() or bases.received_on
    found = holiday_eve(rule.holiday, rule.year, base, calendar) if base else None
    if found is None:
        return Dates(
            flags=("beyond_calendar",),
            explanation=f"“{rule.phrase}”要按放假安排推算，当年安排尚未载入，请人工填写。",
        )
    due, strict = found
    because = f"“{rule.phrase}”按放假首日的前一日{_say(due)}计算。"
    if strict != due:
        because += "除夕是否算节前有不同理解，目标日从严。"
    return _settle(due, strict, calendar, flags=("holiday_name",), because=because)


def _undated(rule: UndatedDeadline, bases: Bases, calendar: WorkCalendar) -> Dates:
    words = f"“{rule.phrase}”" if rule.phrase else "原文"
    because = f"{words}没有确定日期，不判逾期"
    start = bases.event or bases.received_on or bases.notice_day()
    if start is None:
        return Dates(flags=("undated",), explanation=because + "。")
    day = start.date() if isinstance(start, datetime) else start
    review = calendar.add_workdays(day, REVIEW_AFTER)
    flags = ("undated",) if calendar.known(review) else ("undated", "beyond_calendar")
    because += f"；建议{REVIEW_AFTER}个工作日后（{_say(review)}）复核一次。"
    return Dates(flags=flags, explanation=because, review_on=review)
