"""The rows of a schedule as fields of the issue page, and back.

Fields of clause 7: ``c7-start``, ``c7-stop``; ``c7-span``, the two days that the rows were worked
out from; a ``c7-label`` and a ``c7-due`` for each row; ``c7-on``, the numbers of the ticked ones.
"""

from collections.abc import Set
from dataclasses import replace
from datetime import date, datetime

from django.http import QueryDict

from bureaus.calendar import YEARS
from notices.checking import possible_days
from notices.models import Clause
from notices.text.deadlines.workdays import WorkCalendar
from tasks.scheduling.periods import CAP
from tasks.scheduling.schedule import Row, Schedule, knowing, listed, proposed

LABEL_LENGTH = 30
MOST = 2 * CAP  # rows that are looked at, ticked or not


def posted(
    clause: Clause,
    data: QueryDict,
    *,
    calendar: WorkCalendar,
    now: datetime,
    out: Set[str] = frozenset(),
    is_of_list: bool = False,
) -> Schedule:
    """As it stands in the form, with its problems; the rest as for ``schedule.proposed``.

    Where the two days were changed the rows are worked out anew, and have to be gone over once
    more before they are issued.
    """
    known = {"calendar": calendar, "now": now, "out": out, "is_of_list": is_of_list}
    schedule, name = proposed(clause, **known), prefix(clause)
    rows = _rows(schedule, data)
    if schedule.rule is not None:
        schedule = _with_days(schedule, data)
        if schedule.problems:
            return schedule
        if not rows or data.get(f"{name}-span") != span(schedule):
            fresh = listed(schedule, now=now, out=out)
            if fresh.problems:
                return fresh
            note = f"已按起止日期推算出{len(fresh.rows)}期，请核对日期后下发"
            return replace(fresh, problems=(note,), is_fresh=True)
    if not rows:
        return schedule
    return _checked(knowing(replace(schedule, rows=rows)))


def prefix(clause: Clause) -> str:
    return f"c{clause.pk}"


def span(schedule: Schedule) -> str:
    return f"{schedule.start or ''}/{schedule.stop or ''}"


def _rows(schedule: Schedule, data: QueryDict) -> tuple[Row, ...]:
    name = prefix(schedule.clause)
    labels, dues = data.getlist(f"{name}-label"), data.getlist(f"{name}-due")
    ticked = set(data.getlist(f"{name}-on"))
    return tuple(
        Row(
            label=label.strip(),
            due_on=_day(due.strip()),
            is_on=str(number) in ticked,
            is_own=number == 0 and schedule.rule is None,
            due_text=due.strip(),
        )
        for number, (label, due) in enumerate(zip(labels[:MOST], dues, strict=False))
    )


def _with_days(schedule: Schedule, data: QueryDict) -> Schedule:
    name = prefix(schedule.clause)
    start, stop = (data.get(f"{name}-{which}", "").strip() for which in ("start", "stop"))
    problems = tuple(
        f"{word}日期“{said}”不是日期"
        for word, said in (("起始", start), ("结束", stop))
        if said and _day(said) is None
    )
    return replace(schedule, rows=(), start=_day(start), stop=_day(stop), problems=problems)


def _checked(schedule: Schedule) -> Schedule:
    problems = [
        f"第{number}行{problem}"
        for number, row in enumerate(schedule.rows, start=1)
        if row.is_on and not row.is_blank and (problem := _row_problem(row, schedule))
    ]
    names = [schedule.period(row) for row in schedule.chosen]
    problems += [f"期次“{name}”重复" for name in dict.fromkeys(names) if names.count(name) > 1]
    if not names:
        problems.append("没有勾选任何一期")
    if len(names) > CAP:
        problems.append(f"一次最多下发{CAP}期，其余的以后可以续发")
    return replace(schedule, problems=tuple(problems))


def _row_problem(row: Row, schedule: Schedule) -> str:
    if row.due_text and row.due_on is None:
        return f"的“{row.due_text}”不是日期"
    if row.due_on is None and not (row.is_own and schedule.clause.due_at is None):
        return "没有填截止时间"
    is_read = row.due_on in schedule.known
    judge = possible_days.too_early if is_read else possible_days.problem
    if row.due_on and (said := judge(row.due_on, schedule.clause.notice)):
        return f"：{said}"
    if len(row.label) > LABEL_LENGTH:
        return f"的期次超过{LABEL_LENGTH}个字"
    return ""


def _day(said: str) -> date | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if day.year in YEARS else None
