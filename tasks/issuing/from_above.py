"""A notice that passes on what a bureau above has asked: its dates beside those of the tasks here.

A bureau that 转发, 落实 or 根据 the notice of a bureau above has that notice's tasks itself; what
it asks of those below by a notice of its own should come in before its own day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from notices.models import Attachment, Citation, Clause, Notice
from notices.text.comparing import items
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.issuing import burden
from tasks.lights import workdays_between
from tasks.models import Assignment

BINDING = (Citation.Kind.FORWARDS, Citation.Kind.CARRIES_OUT, Citation.Kind.RESTS_ON)
MOST = 200  # open tasks looked at, those due first


def open_tasks(notice: Notice) -> list[Assignment]:
    """What the office still owes by the notices that this one passes on, or by its own number.

    A notice that passes on another is followed one step: 转发 of a 转发.
    """
    named = notice.citations.filter(kind__in=BINDING)
    numbers = set(named.values_list("number", flat=True))
    if notice.doc_number and burden.is_passed_down(notice):
        numbers.add(notice.doc_number)
    if not numbers:
        return []
    asked = Q(obligation__notice__doc_number__in=numbers)
    passed_on = Citation.objects.filter(kind__in=BINDING, number__in=numbers).values("notice")
    asked |= Q(obligation__notice__in=passed_on)
    owed = Assignment.objects.with_bureau().filter(asked, bureau=notice.bureau)
    rows = owed.exclude(obligation__issuer=notice.bureau).exclude(obligation__notice=notice)
    rows = rows.select_related("obligation__notice", "obligation__issuer", "bureau")
    rows = rows.defer("obligation__notice__body", "obligation__notice__reading_json")
    return list(rows.order_by("due_at", "pk")[:MOST])


@dataclass(frozen=True)
class Step:
    """One report that the notice asks for beside the task from above that it goes into.

    ``due_at`` is the day for the bureaus below; the task's own is ``task.due_at``.
    """

    clause: Clause
    period: str
    due_at: datetime | None
    task: Assignment

    @property
    def is_later(self) -> bool:
        """Would what comes from below come after the office's own deadline?"""
        return self.task.due_at is not None and (
            self.due_at is None or self.due_at > self.task.due_at
        )

    @property
    def is_same(self) -> bool:
        return self.due_at == self.task.due_at

    def said(self, now: datetime, calendar: WorkCalendar) -> str:
        """比上级要求提前 n 天，下级还有 m 天（k 个工作日）."""
        if self.task.due_at is None:
            return "上级没有设截止时间"
        theirs = local_day(self.task.due_at)
        if self.due_at is None:
            return f"上级要求{theirs:%Y年%-m月%-d日}前报送，本件没有设截止时间"
        days = (theirs - local_day(self.due_at)).days
        if self.is_later:
            late = f"{-days}天" if days else "（同一天，钟点更晚）"
            return f"晚于上级要求{late}，本级将无法按时报送"
        early = f"比上级要求提前{days}天" if days else "与上级要求同一天，没有留出汇总、审核的时间"
        return f"{early}，{_left(self.due_at, now, calendar)}"


def _left(due_at: datetime, now: datetime, calendar: WorkCalendar) -> str:
    if due_at < now:
        return "该日期已过"
    day, today = local_day(due_at), local_day(now)
    workdays = workdays_between(today, day, calendar)
    return f"下级还有{(day - today).days}天（{workdays}个工作日）"


Asked = tuple[Clause, str, datetime | None]  # of a clause: the period and the day


def steps(asked: Iterable[Asked], tasks: Sequence[Assignment]) -> list[Step]:
    """Of each report that is asked for, the task from above that asks for the same; of those
    without one, nothing."""
    asked = list(asked)
    groups: dict[tuple[int, int | None, str], list[Assignment]] = {}
    for task in tasks:
        obligation = task.obligation
        key = obligation.notice_id, obligation.clause_id, obligation.title
        groups.setdefault(key, []).append(task)
    theirs = list(groups.values())
    clauses = list({clause.pk: clause for clause, _, _ in asked}.values())
    found = items.pairs(_above(theirs), _here(clauses))
    matched = {pair.new.key: theirs[pair.old.key] for pair in found if pair.old and pair.new}
    return [
        Step(clause, period, due_at, _of_period(matched[clause.pk], period, due_at))
        for clause, period, due_at in asked
        if clause.pk in matched
    ]


def unmatched(tasks: Sequence[Assignment], found: Iterable[Step]) -> list[Assignment]:
    """Tasks from above that the notice does not ask anybody for."""
    known = {_group(step.task) for step in found}
    return [task for task in tasks if _group(task) not in known]


def _group(task: Assignment) -> tuple[int, int | None]:
    return task.obligation.notice_id, task.obligation.clause_id


def _of_period(tasks: list[Assignment], period: str, due_at: datetime | None) -> Assignment:
    """The task of the same period, else the one whose day is nearest."""
    same = [task for task in tasks if task.obligation.period == period]
    dated = [task for task in same or tasks if task.due_at]
    if due_at is None or not dated:
        return (same or tasks)[0]
    return min(dated, key=lambda task: abs(task.due_at - due_at))


def _above(groups: list[list[Assignment]]) -> list[items.Item]:
    titles = _titles({tasks[0].obligation.notice_id for tasks in groups})
    return [
        items.Item(
            key=key,
            quote=tasks[0].obligation.quote,
            deliverable=tasks[0].obligation.title,
            due_at=tasks[0].due_at,
            attachments=frozenset(
                titles.get((tasks[0].obligation.notice_id, number), "")
                for number in tasks[0].obligation.attachments_referred
            ),
        )
        for key, tasks in enumerate(groups)
    ]


def _here(clauses: list[Clause]) -> list[items.Item]:
    titles = _titles({clause.notice_id for clause in clauses})
    return [
        items.Item(
            key=clause.pk,
            quote=clause.quote,
            deliverable=clause.deliverable,
            due_at=clause.due_at,
            attachments=frozenset(
                titles.get((clause.notice_id, number), "") for number in clause.attachments_referred
            ),
        )
        for clause in clauses
    ]


def _titles(notices: set[int]) -> dict[tuple[int, int], str]:
    rows = Attachment.objects.filter(notice__in=notices)
    return {(row[0], row[1]): row[2] for row in rows.values_list("notice", "position", "title")}
