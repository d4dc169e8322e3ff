"""Writing into forms and handing them in."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from reports.actions import returning, sealing, versions
from reports.errors import (
    ContentRefused,
    FormClosed,
    FormIncomplete,
    FormNotEmpty,
    FormOutdated,
    ReportError,
    SavedByAnother,
)
from reports.filling import saved_changes as saved
from reports.filling.asked_forms import Form, forms_of, latest_schema
from reports.filling.newer_version import newer_of
from reports.models import FormSchema, Submission
from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import check, disagreements
from reports.schemas.content import sources
from reports.schemas.content.content import Content, ContentError, has_body, normalise
from reports.schemas.definition.definition import Definition
from tasks.acting import for_absentee
from tasks.actions import transitions
from tasks.errors import NotYourPost
from tasks.models import Assignment
from tasks.states import EDITABLE, Status


def can_write(user: Staff, assignment: Assignment) -> bool:
    return assignment.status in EDITABLE and user.may(Permission.FILL, at=assignment.bureau)


def check_write(user: Staff, assignment: Assignment) -> None:
    if not user.may(Permission.FILL, at=assignment.bureau):
        raise NotYourPost(f"您在{assignment.bureau}没有“填报”权限")
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
    where it is no longer the latest. ContentRefused names every field that does not fit,
    ContentError a row said to be from a bureau from which it was not merged.
    """
    form = open_form(assignment, number, by=by)
    content = content_of(form, data)
    if revision == form.revision:  # whoever has another one is told so
        _check_sources(form, content)
    return store(assignment, form, content, deed="保存填报", revision=revision, now=now, by=by)


@transaction.atomic
def save_changes(
    assignment: Assignment, number: int, data: object, *, revision: int, now: datetime, by: Staff
) -> None:
    """The same, but nothing is written where nothing changed: for saving without being asked to."""
    form = open_form(assignment, number, by=by)
    if revision == form.revision and content_of(form, data) == form.content:
        return
    save(assignment, number, data, revision=revision, now=now, by=by)


def content_of(form: Form, data: object) -> Content:
    """The data made clean; a table by region keeps the rows it was begun with."""
    return normalise(form.definition, with_regions(form, data))


def with_regions(form: Form, data: Any) -> Any:
    """The data with the rows that a table by region was begun with, which no page posts."""
    begun: Mapping[str, Any] = cast(Mapping[str, Any], form.content)
    is_by_region = "regions" in begun and isinstance(data, Mapping)
    return {"regions": begun["regions"], **data} if is_by_region else data


def open_form(assignment: Assignment, number: int, *, by: Staff) -> Form:
    """The form to be written now, the assignment locked; part of the action that writes."""
    _lock(assignment)
    check_write(by, assignment)
    for form in forms_of(assignment):
        if form.number == number:
            return form
    raise ReportError(f"该任务没有附件{number}的报表")


def store(
    assignment: Assignment,
    form: Form,
    content: Content,
    *,
    deed: str,
    detail: Mapping[str, object] | None = None,
    revision: int,
    now: datetime,
    by: Staff,
) -> Submission:
    """Write a draft and record it as ``deed``; the first one begins the filling."""
    if wrong := faults(form.definition, content):
        raise ContentRefused(wrong)
    submission = _write(
        assignment, form.number, form.definition, content, revision=revision, now=now, by=by
    )
    if assignment.status == Status.ACCEPTED:
        transitions.move(assignment, "start", now=now, by=by)
    trail.record(
        deed,
        assignment,
        chain=assignment.bureau.code,
        detail={
            "attachment": form.number,
            "revision": submission.revision,
            **saved.cells(form.definition, form.content, content),
            **(detail or {}),
            **for_absentee(by, Permission.FILL, at=assignment.bureau),
        },
        at=now,
        by=by,
    )
    return submission


def faults(definition: Definition, content: Content) -> list[Problem]:
    """What not even a draft may hold: text that is wrong at its own place.

    What is missing, and figures that do not agree yet, count when it is handed in: who writes a
    table from the top puts it down in the middle.
    """
    unsettled = set(disagreements(definition, content))
    return [
        problem
        for problem in check(definition, content)
        if problem.level == "error" and problem not in unsettled and text_at(content, problem.path)
    ]


def _check_sources(form: Form, content: Content) -> None:
    """Only merging says that a row is another bureau's; a writer keeps or removes such rows."""
    if not sources.marks(content) <= sources.marks(form.content):
        raise ContentError("有来源标记的行不是从下级合并来的，请重新打开填报页面再提交。")


@transaction.atomic
def hand_in(assignment: Assignment, *, now: datetime, by: Staff) -> Assignment:
    """提交审核: every form of the assignment must be whole. Raises FormIncomplete otherwise, and
    FormOutdated where a form was corrected since and nothing was reported on the old one.

    What was handed in is kept as the next version of each form; marks of a return are settled.
    """
    _lock(assignment)
    check_write(by, assignment)
    forms = forms_of(assignment)
    _check_newest(assignment, forms)
    problems = {form.number: errors for form in forms if (errors := errors_of(form))}
    if problems:
        raise FormIncomplete(problems)
    noted = versions.keep(assignment, forms, now=now, by=by)
    noted |= sealing.void_changed(assignment, forms, now=now)
    returning.settle(assignment, now=now)
    return transitions.move(assignment, "hand_in", now=now, also=noted, by=by)


@transaction.atomic
def hand_in_nil(assignment: Assignment, *, now: datetime, by: Staff) -> Assignment:
    """零报告: 无此情况 is reported on purpose. Raises FormNotEmpty where something is written.

    Contacts above and below a table may stand; nothing is kept as a version, for there is nothing,
    but where something was handed in before in this round and came back.
    """
    _lock(assignment)
    check_write(by, assignment)
    forms = forms_of(assignment)
    if any(has_body(form.content) for form in forms):
        raise FormNotEmpty
    versions.replace_by_nil(assignment, forms, now=now, by=by)
    noted = sealing.void_all(assignment, now=now)
    returning.settle(assignment, now=now)
    return transitions.move(assignment, "report_nil", now=now, also=noted, by=by)


def _check_newest(assignment: Assignment, forms: list[Form]) -> None:
    for form in forms:
        newer = newer_of(assignment, form)
        if newer is not None and newer.must:
            raise FormOutdated(form.tab, newer.schema.version)


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
