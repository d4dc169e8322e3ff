"""A task whose attachment 1 asks for the table of `filling.VARIED`."""

import json
from datetime import timedelta
from typing import Any

from reports.actions import importing
from reports.filling import offline_templates
from reports.filling.asked_forms import forms_of
from reports.models import FormSchema, Submission
from tasks.models import Assignment
from tests.reports.filled_templates import VARIED
from tests.reports.written import NOW, accepted, filler

GOOD = {
    "B5": "情况良好",
    "C5": "示例企业",
    "D5": 12,
    "E5": 3.5,
    "F5": 0.985,
    "G5": "2026年3月31日",
    "H5": "国有",
    "I5": 7,
    "C10": "示例联系人",
}


def asked(definition: Any = VARIED, *, number: int = 1, task: Assignment | None = None):
    """An accepted task; the latest version of its attachment is this definition."""
    task = task or accepted()
    notice = task.obligation.notice
    version = FormSchema.objects.filter(notice=notice, attachment_number=number).count() + 1
    FormSchema.objects.create(
        notice=notice,
        attachment_number=number,
        version=version,
        title=definition.title,
        definition_json=json.dumps(definition.to_json(), ensure_ascii=False),
        made_at=NOW,
    )
    return task


def downloaded(task: Assignment, number: int = 1, *, room: int = 5) -> bytes:
    form = next(form for form in forms_of(task) if form.number == number)
    return offline_templates.template_workbook(task, form, room=room)


def take_in(
    task: Assignment, data: bytes, *, name: str = "填报.xlsx", number: int = 1, later: int = 0
) -> importing.Imported:
    now = NOW + timedelta(minutes=later)
    return importing.take_in(task, number, data, name, now=now, by=filler(task.bureau))


def stored(task: Assignment, number: int = 1) -> Any:
    return Submission.objects.get(assignment=task, attachment_number=number).content
