"""What a person writes into a clause in place of what was read; each with its old value."""

import json
from datetime import date, datetime

from django.conf import settings

from notices.calendar import work_calendar
from notices.checking import possible_days
from notices.checking.decisions import BY_HAND, ONCE, Decision, moment, rule_of
from notices.errors import NoticeError
from notices.models import Clause
from notices.text.deadlines.computing import occurrence
from notices.text.deadlines.office_time import SHANGHAI, day_in_words
from notices.text.deadlines.rules import FixedDeadline, RecurringDeadline

Changes = dict[str, list[object]]
SAID = "人工改定"
READ = "原识别："
UNDATED = '{"kind": "undated", "phrase": null}'
_FIELDS = {
    "deliverable": "报送内容",
    "attachment_numbers": "附件",
    "who": "责任单位",
    "report_to": "报送对象",
    "evidence": "随报材料",
    "document": "其他材料的名称",
}


def correct(clause: Clause, decision: Decision) -> Changes:
    """Set what the decision says, unsaved; returns what that changes, old and new.

    Raises NoticeError for a day that the notice cannot mean.
    """
    changed: Changes = {}
    for field, label in _FIELDS.items():
        old, new = getattr(clause, field), getattr(decision, field)
        if new is not None and old != new:
            changed[f"事项{clause.position}{label}"] = [old, new]
            setattr(clause, field, new)
    due_at, was = moment(decision.due_on, decision.due_clock), clause.due_at
    rule = rule_of(clause)
    if decision.is_obligation:
        _check_day(clause, decision, is_new=due_at != was or decision.rule is not None)
    if decision.rule is not None and decision.rule != (rule or ONCE):
        new_rule = None if decision.rule == ONCE else decision.rule
        changed[f"事项{clause.position}频次"] = [_often(rule), _often(new_rule)]
        _set_rule(clause, new_rule, due_at)
    elif due_at != was:
        set_deadline(clause, due_at)
    if clause.due_at != was:
        changed[f"事项{clause.position}截止时间"] = [was, clause.due_at]
    return changed


def _check_day(clause: Clause, decision: Decision, *, is_new: bool) -> None:
    if decision.due_on is None:
        if said := possible_days.unsaid(clause):
            raise NoticeError(f"事项{clause.position}：{said}")
    elif is_new:
        check_possible(clause, decision.due_on)


def check_possible(clause: Clause, day: date) -> None:
    """Raise NoticeError for a day that the notice cannot mean."""
    if said := possible_days.problem(day, clause.notice):
        raise NoticeError(f"事项{clause.position}：{said}")


def set_deadline(clause: Clause, due_at: datetime | None) -> None:
    """A date set by a person: no stricter reading; the target is the last working day by then.

    Without a date nothing recurs either; what the words said stays in the reading of the notice.
    """
    was = clause.explanation
    clause.due_at = due_at
    if due_at is None:
        clause.deadline_json = UNDATED
        clause.strict_on = clause.target_on = None
        clause.explanation = f"{BY_HAND}不设截止时间。{_read(was)}"
        return
    day = due_at.astimezone(SHANGHAI).date()
    clause.strict_on = day
    clause.target_on = work_calendar().last_workday_on_or_before(day)
    clause.review_on = None
    clause.explanation = f"{BY_HAND}{day_in_words(day)}。{_read(was)}"


def _set_rule(clause: Clause, rule: RecurringDeadline | None, due_at: datetime | None) -> None:
    """``due_at`` is of the first report, or of the only one where there is no rule."""
    if rule is None:
        set_deadline(clause, due_at)
        if due_at is not None:
            fixed = FixedDeadline(due_at.astimezone(SHANGHAI).date(), SAID, edge="by")
            clause.deadline_json = json.dumps(fixed.as_json(), ensure_ascii=False)
        return
    if due_at is None:
        raise NoticeError(f"事项{clause.position}：周期报送要填首期的截止时间")
    first = due_at.astimezone(SHANGHAI).date()
    found = occurrence(rule, first, work_calendar(), settings.OFFICE_CLOSES)
    was = clause.explanation
    clause.deadline_json = json.dumps(rule.as_json(), ensure_ascii=False)
    clause.due_at, clause.strict_on = found.due_at, found.strict_on
    clause.target_on, clause.review_on = found.target_on, None
    clause.explanation = found.explanation + _read(was)


def _often(rule: RecurringDeadline | None) -> str:
    if rule is None:
        return "一次"
    return f"{rule.rule}，至{rule.end}" if rule.end else rule.rule


def _read(was: str) -> str:
    """What was read first, however often a person has changed it since."""
    return f"{READ}{was.rpartition(READ)[2] or '无'}"
