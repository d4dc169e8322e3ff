"""Writing into forms and handing them in."""

import json
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from reports.errors import ContentRefused, FormClosed, FormIncomplete, ReportError, SavedByAnother
from reports.forms_of import Form, definition_of, forms_of, latest_schema, numbers
from reports.models import FormSchema, Submission
from reports.schemas.content import Content, normalise
from reports.schemas.definition import Definition
from reports.schemas.validation import Problem, check
from tasks.actions import transitions
from tasks.models import Assignment
from tasks.states import EDITABLE, Status


def can_write(user: Staff, assignment: Assignment) -> bool:
    return assignment.status in EDITABLE and user.may(Permission.FILL, at=assignment.bureau)


def check_write(user: Staff, assignment: Assignment) -> None:
    if not user.may(Permission.FILL, at=assignment.bureau):
        raise FormClosed(f"您在{assignment.bureau}没有“填报”权限")
    if assignment.status == Status.PENDING:
        raise FormClosed("请先签收任务，再填报")
    if assignment.status not in EDITABLE:
        raise FormClosed(f"任务当前为“{assignment.get_status_display()}”，不能修改填报内容")


@transaction.atomic
def save(
    assignment: Assignment, number: int, data: object, *, revision: int, now: datetime, by: Staff
) -> Submission:
    """Store what was written so far; unfinished is allowed, wrong is not.

    ``revision`` is the one the writer had before him (0 for an empty form): SavedByAnother
    where it is no longer the latest. ContentRefused names every field that does not fit.
    """
    _lock(assignment)
    check_write(by, assignment)
    if number not in numbers(assignment.obligation):
        raise ReportError(f"该任务没有附件{number}的报表")
    definition = _pinned_definition(assignment, number)
    content = normalise(definition, data)
    wrong = [
        problem
        for problem in check(definition, content)
        if problem.level == "error" and text_at(content, problem.path)
    ]
    if wrong:
        raise ContentRefused(wrong)
    submission = _write(assignment, number, definition, content, revision=revision, now=now, by=by)
    if assignment.status == Status.ACCEPTED:
        transitions.move(assignment, "start", now=now, by=by)
    trail.record(
        "保存填报",
        assignment,
        chain=assignment.bureau.code,
        detail={"attachment": number, "revision": submission.revision},
        at=now,
        by=by,
    )
    return submission


@transaction.atomic
def hand_in(assignment: Assignment, *, now: datetime, by: Staff) -> Assignment:
    """提交审核: every form of the assignment must be whole. Raises FormIncomplete otherwise."""
    _lock(assignment)
    check_write(by, assignment)
    problems = {form.number: errors for form in forms_of(assignment) if (errors := errors_of(form))}
    if problems:
        raise FormIncomplete(problems)
    return transitions.move(assignment, "hand_in", now=now, by=by)


def _lock(assignment: Assignment) -> None:
    """Nobody moves the assignment while a form of it is written; its status is the latest."""
    assignment.status = Assignment.objects.select_for_update().get(pk=assignment.pk).status


def errors_of(form: Form) -> list[Problem]:
    return [problem for problem in check(form.definition, form.content) if problem.level == "error"]


def text_at(content: Content, path: str) -> bool:
    """Is anything written at this path? A fault of emptiness may wait until handing in.

    The empty path is the form as a whole, whose one fault is that nothing stands in it.
    """
    if not path:
        return False
    node: object = content
    for step in path.split("."):
        if isinstance(node, list):
            node = node[int(step)] if int(step) < len(node) else ""
        elif isinstance(node, dict):
            node = node.get(step, "")
    return _written(node)


def _written(node: object) -> bool:
    if isinstance(node, dict):
        return any(_written(value) for value in node.values())
    if isinstance(node, list):
        return any(_written(value) for value in node)
    return bool(node)


def _pinned_definition(assignment: Assignment, number: int) -> Definition:
    written = assignment.submissions.filter(attachment_number=number).select_related("schema")
    submission: Submission | None = written.first()
    if submission:
        return submission.schema.definition
    return definition_of(assignment.obligation.notice, number)


def _write(
    assignment: Assignment,
    number: int,
    definition: Definition,
    content: Content,
    *,
    revision: int,
    now: datetime,
    by: Staff,
) -> Submission:
    text = json.dumps(content, ensure_ascii=False)
    mine = Submission.objects.filter(assignment=assignment, attachment_number=number)
    if revision == 0:
        submission, made = mine.get_or_create(
            assignment=assignment,
            attachment_number=number,
            defaults={
                "schema": ensure_schema(assignment, number, definition, now=now),
                "content_json": text,
                "saved_at": now,
                "saved_by": by,
            },
        )
        if not made:
            raise SavedByAnother
        first: Submission = submission
        return first
    claimed = mine.filter(revision=revision).update(
        content_json=text, revision=revision + 1, saved_at=now, saved_by=by
    )
    if not claimed:
        raise SavedByAnother
    saved: Submission = mine.get()
    return saved


def ensure_schema(
    assignment: Assignment, number: int, definition: Definition, *, now: datetime
) -> FormSchema:
    """The stored version of a form; the first writer stores it."""
    notice = assignment.obligation.notice
    found = latest_schema(notice, number)
    if found:
        return found
    schema, _ = FormSchema.objects.get_or_create(
        notice=notice,
        attachment_number=number,
        version=1,
        defaults={
            "title": definition.title,
            "definition_json": json.dumps(definition.to_json(), ensure_ascii=False),
            "made_at": now,
        },
    )
    return schema
