"""Deadlines that count from what each bureau, or only a person, knows: 签收, 活动结束.

Source: 民法典第二百零一至二百零四条 by analogy; 收到 is the moment of 签收 in this system. A bureau
that does not sign for a task is taken to have got it a working day after it went out, so that
nobody gains time by not looking: who signs before the end that follows from it counts from his
own signature, who signs after it is late.
"""

import re
from datetime import date, datetime

from django.conf import settings

from notices.models import Clause
from notices.text.deadlines import computing
from notices.text.deadlines.bases import Bases, say
from notices.text.deadlines.office_time import SHANGHAI, local_day
from notices.text.deadlines.relative_dates import is_issue, is_receipt
from notices.text.deadlines.rules import RelativeDeadline, UndatedDeadline
from notices.text.deadlines.workdays import WorkCalendar
from tasks.scheduling.dates import Dates, computed, moment_in_words
from tasks.states import CountsFrom

SIGNED_AFTER = 1  # working days after issue from which an unsigned task counts as received
_EVENT = re.compile(r"(?P<event>[\u4e00-\u9fff]{2,12})(?:结束|完成|完毕)后")

Rule = RelativeDeadline | UndatedDeadline


def counts_from(clause: Clause | None) -> CountsFrom:
    """What the clause's deadline waits for; DAY where it has one or the words ask for none."""
    rule = rule_of(clause)
    if isinstance(rule, UndatedDeadline):
        return CountsFrom.EVENT
    if rule is None or is_issue(rule.anchor):
        return CountsFrom.DAY
    if not is_receipt(rule.anchor):
        return CountsFrom.EVENT
    return CountsFrom.HOURS if rule.unit == "小时" else CountsFrom.RECEIPT


def rule_of(clause: Clause | None) -> Rule | None:
    """The words that count from something; None where a day is known, or a person has set one."""
    if clause is None or clause.due_at is not None:
        return None
    kept = clause.deadline
    if kept.get("kind") == "relative":
        return RelativeDeadline.from_json(kept)
    phrase = kept.get("phrase") or ""
    return UndatedDeadline(phrase) if _EVENT.search(phrase) else None


def event_of(clause: Clause | None) -> str:
    """What has to happen first, as the page asks for its day: 活动结束, 检查完成."""
    rule = rule_of(clause)
    if isinstance(rule, RelativeDeadline):
        return rule.anchor.removesuffix("之日") or "起算事件"
    found = _EVENT.search(rule.phrase or "") if rule else None
    return found[0].removesuffix("后") if found else "起算事件"


def at_issue(clause: Clause | None, *, now: datetime, calendar: WorkCalendar) -> Dates | None:
    """The dates with which a clause that counts goes out; None where its own dates hold.

    From 签收: as if every bureau signed on the next working day. From 印发 where the notice says no
    day: from today. From an event: none until somebody enters its day.
    """
    rule, basis = rule_of(clause), counts_from(clause)
    if rule is None:
        return None
    if isinstance(rule, RelativeDeadline) and is_issue(rule.anchor):
        found = _compute(rule, Bases(local_day(now), local_day(now), local_day(now)), calendar)
        return _said(found, f"原文写明“{rule.phrase}”，文中没有日期，按下发之日计算：", basis)
    if basis in (CountsFrom.RECEIPT, CountsFrom.HOURS):
        taken = received_by(now, calendar)
        found = _compute(rule, Bases(received_on=taken), calendar)
        until = moment_in_words(taken) if basis == CountsFrom.HOURS else say(taken.date())
        because = f"原文写明“{rule.phrase}”，从各单位签收时起算，签收后按签收的时间重新计算。"
        because += f"不签收的，按下发后第{SIGNED_AFTER}个工作日即{until}收到计算："
        return _said(found, because, basis)
    because = f"原文写明“{rule.phrase}”，从{event_of(clause)}起算，填写这一天后推算时限。"
    return Dates(review_on=clause.review_on, explanation=because, counts_from=basis)


def received_by(issued_at: datetime, calendar: WorkCalendar) -> datetime:
    """When a task that nobody signs for counts as received: the same hour, a working day later."""
    local = issued_at.astimezone(SHANGHAI)
    day = calendar.add_workdays(local.date(), SIGNED_AFTER)
    return datetime.combine(day, local.time(), tzinfo=SHANGHAI)


def on_receipt(clause: Clause | None, signed_at: datetime, calendar: WorkCalendar) -> Dates:
    """The dates of a bureau that signed at this moment."""
    rule = _known(clause)
    found = _compute(rule, Bases(received_on=signed_at), calendar)
    because = f"原文写明“{rule.phrase}”，{moment_in_words(signed_at)}签收："
    return _said(found, because, counts_from(clause))


def on_event(clause: Clause | None, day: date, calendar: WorkCalendar) -> Dates:
    """The dates once the day of the event is known; undated words get a 复核日 only."""
    found = _compute(_known(clause), Bases(event=day), calendar)
    because = f"{event_of(clause)}之日为{say(day)}。"
    return _said(found, because, CountsFrom.EVENT)


def _known(clause: Clause | None) -> Rule:
    if (rule := rule_of(clause)) is None:
        raise ValueError(f"{clause}: its deadline counts from nothing")
    return rule


def _compute(rule: Rule, bases: Bases, calendar: WorkCalendar) -> Dates:
    found = computing.compute(rule, bases, calendar, office_closes=settings.OFFICE_CLOSES)
    return computed(found)


def _said(found: Dates, because: str, basis: CountsFrom) -> Dates:
    return Dates(
        due_at=found.due_at,
        strict_on=found.strict_on,
        target_at=found.target_at,
        review_on=found.review_on,
        explanation=because + found.explanation,
        counts_from=basis,
    )
