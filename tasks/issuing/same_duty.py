"""Which task from above asks for the same as a clause of a notice that passes it on."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from notices.models import Attachment, Clause
from notices.text.comparing import items
from tasks.issuing.steps import Step
from tasks.models import Assignment, Obligation

Titles = dict[tuple[int, int], str]  # of the attachments of notices, by their numbers
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
    asked = [(key, tasks[0].obligation, tasks[0].due_at) for key, tasks in enumerate(groups)]
    titles = _titles({one.notice_id for _, one, _ in asked})
    return [_item(key, one, one.title, due_at, titles) for key, one, due_at in asked]


def _here(clauses: list[Clause]) -> list[items.Item]:
    titles = _titles({one.notice_id for one in clauses})
    return [_item(one.pk, one, one.deliverable, one.due_at, titles) for one in clauses]


def _item(
    key: int, asked: Obligation | Clause, what: str, due_at: datetime | None, titles: Titles
) -> items.Item:
    named = frozenset(titles.get((asked.notice_id, n), "") for n in asked.attachments_referred)
    return items.Item(key, asked.quote, what, due_at, attachments=named)


def _titles(notices: set[int]) -> Titles:
    rows = Attachment.objects.filter(notice__in=notices)
    return {(row[0], row[1]): row[2] for row in rows.values_list("notice", "position", "title")}
