"""Writing into the forms of an assignment: what stands there is a draft until it is handed in."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.text.page.secrecy import refuse_marked_values
from reports import permissions
from reports.errors import ContentRefused, ReportError, SavedByAnother
from reports.filling import saved_changes as saved
from reports.filling.asked_forms import Form, forms_of, latest_schema
from reports.models import FormSchema, Submission
from reports.schemas.checking.validation import draft_faults, unkept
from reports.schemas.content import contributions, sources
from reports.schemas.content.content import Content, ContentError
from reports.schemas.definition.definition import Definition
from tasks.actions import transitions
from tasks.models import Assignment
from tasks.permissions import for_absentee
from tasks.states import Status


@transaction.atomic
def save(
    assignment: Assignment, number: int, data: object, *, revision: int, now: datetime, by: Staff
) -> Submission:
    """Store what was written so far, unfinished or wrong: what is wrong is named on the page.

    ``revision`` is the one the writer had before him (0 for an empty form): SavedByAnother
    where it is no longer the latest. ContentRefused names every field that cannot be kept at all,
    ContentError a row said to be from a bureau from which it was not merged.
    """
    form = open_form(assignment, number, by=by)
    return _save(assignment, form, form.content_of(data), revision=revision, now=now, by=by)


@transaction.atomic
def save_changes(
    assignment: Assignment, number: int, data: object, *, revision: int, now: datetime, by: Staff
) -> None:
    """The same, but nothing is written where nothing changed: for saving without being asked to."""
    form = open_form(assignment, number, by=by)
    content = form.content_of(data)
    if revision != form.revision or content != form.content:
        _save(assignment, form, content, revision=revision, now=now, by=by)


def _save(
    assignment: Assignment,
    form: Form,
    content: Content,
    *,
    revision: int,
    now: datetime,
    by: Staff,
) -> Submission:
    if revision == form.revision:  # whoever has another one is told so
        _check_sources(form, content)
    return store(
        assignment,
        form,
        content,
        deed="保存填报",
        is_typed=True,
        revision=revision,
        now=now,
        by=by,
    )


def open_form(assignment: Assignment, number: int, *, by: Staff) -> Form:
    """The form to be written now; part of the action that writes."""
    for form in open_forms(assignment, by=by):
        if form.number == number:
            return form
    raise ReportError(f"该任务没有附件{number}的报表")


def open_forms(assignment: Assignment, *, by: Staff) -> list[Form]:
    """All of them. Nobody moves the assignment while its forms are written: it is locked, its
    status is the latest."""
    assignment.status = Assignment.objects.select_for_update().get(pk=assignment.pk).status
    permissions.check_write(by, assignment)
    return forms_of(assignment)


def store(
    assignment: Assignment,
    form: Form,
    content: Content,
    *,
    deed: str,
    detail: Mapping[str, object] | None = None,
    is_typed: bool = False,
    revision: int,
    now: datetime,
    by: Staff,
) -> Submission:
    """Write a draft and record it as ``deed``; the first one begins the filling.

    What ``is_typed`` is kept as it is, for it stands before the writer with its faults. What a
    file or another report brings in must be right where it stands: ContentRefused otherwise.
    """
    _check(form, content, is_typed=is_typed)
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


def _check(form: Form, content: Content, *, is_typed: bool) -> None:
    if is_typed:
        wrong = unkept(form.definition, content)
    else:  # what is wrong in the draft already was typed there
        known = draft_faults(form.definition, form.content)
        wrong = [one for one in draft_faults(form.definition, content) if one not in known]
    if wrong:
        raise ContentRefused(wrong)


def _check_sources(form: Form, content: Content) -> None:
    """Only merging says that a row is another bureau's; a writer keeps or removes such rows."""
    if not sources.marks(content) <= sources.marks(form.content):
        raise ContentError("有来源标记的行不是从下级合并来的，请重新打开填报页面再提交。")
    if contributions.of(cast(Any, content)) != contributions.of(cast(Any, form.content)):
        raise ContentError("下级单位的数字来源只由合并写入，请重新打开填报页面再提交。")


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
    refuse_marked_values(content, "填写的内容中")
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
