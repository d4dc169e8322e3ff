"""Which task from above asks for the same as a clause of a notice that passes it on."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from notices.models import Attachment, Clause, Notice
from notices.text.comparing import items
from tasks.issuing.steps import Step
from tasks.models import Assignment, Obligation

Titles = dict[tuple[int, int], str]  # of the attachments of notices, by their numbers
Duty = tuple[int, int | None, str]  # what all periods of a task have in common
Asked = tuple[Clause, str, datetime | None]  # of a clause: the period and the day


def steps(asked: Sequence[Asked], tasks: Sequence[Assignment]) -> list[Step]:
    """Of each report that is asked for, the task from above that asks for the same, if any.

    Which is which does not depend on what is asked now: all duties of the notice are matched.
    """
    if not asked or not tasks:
        return []
    groups: dict[Duty, list[Assignment]] = {}
    for task in tasks:
        groups.setdefault(_duty(task), []).append(task)
    theirs = list(groups.values())
    found = items.pairs(_above(theirs), _here(asked[0][0].notice))
    matched = {pair.new.key: theirs[pair.old.key] for pair in found if pair.old and pair.new}
    return [
        Step(clause, period, due_at, _of_period(matched[clause.pk], period, due_at))
        for clause, period, due_at in asked
        if clause.pk in matched
    ]


def unmatched(tasks: Sequence[Assignment], found: Iterable[Step]) -> list[Assignment]:
    """Tasks from above that the notice does not ask anybody for."""
    known = {_duty(step.task) for step in found}
    return [task for task in tasks if _duty(task) not in known]


def _duty(task: Assignment) -> Duty:
    return task.obligation.notice_id, task.obligation.clause_id, task.obligation.title


def _of_period(tasks: list[Assignment], period: str, due_at: datetime | None) -> Assignment:
    """The task of the same period, else the one whose day is nearest."""
    same = [task for task in tasks if task.obligation.period == period]
    dated = [task for task in same or tasks if task.due_at]
    if due_at is None or not dated:
        return (same or tasks)[0]
    return min(dated, key=lambda task: abs(task.due_at - due_at))


def _above(groups: list[list[Assignment]]) -> list[items.Item]:
    asked = [(key, tasks[0].obligation, tasks[0].due_at) for key, tasks in enumerate(groups)]
    titles = _titles({one.notice_id for _, one, _ in asked})
    return [_item(key, one, one.title, due_at, titles) for key, one, due_at in asked]


def _here(notice: Notice) -> list[items.Item]:
    clauses, titles = notice.clauses.reports().confirmed(), _titles({notice.pk})
    return [_item(one.pk, one, one.deliverable, one.due_at, titles) for one in clauses]


def _item(
    key: int, asked: Obligation | Clause, what: str, due_at: datetime | None, titles: Titles
) -> items.Item:
    named = frozenset(titles.get((asked.notice_id, n), "") for n in asked.attachments_referred)
    return items.Item(key, asked.quote, what, due_at, attachments=named)


def _titles(notices: set[int]) -> Titles:
    rows = Attachment.objects.filter(notice__in=notices)
    return {(row[0], row[1]): row[2] for row in rows.values_list("notice", "position", "title")}
