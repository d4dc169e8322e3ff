"""What the bureaus below have reported for one form, as far as it can go into the form above."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from bureaus.models import Bureau
from reports.filling.asked_forms import Form, latest_schema
from reports.models import FormSchema, Submission
from reports.schemas.content import contributions, sources
from reports.schemas.content.content import Content
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.rolling.merging import Contribution
from reports.schemas.rolling.origins import is_stale
from tasks import permissions
from tasks.models import Assignment
from tasks.pages.issuing.split_progress import names, split_of
from tasks.states import Status


@dataclass(frozen=True)
class Brief:
    """How far those below are, in a line beside 提交审核."""

    missing: list[Assignment]

    @property
    def names(self) -> str:
        return names([row.bureau for row in self.missing])


def brief(assignment: Assignment) -> Brief | None:
    """None where the assignment is not split."""
    if split_of(assignment) is None:
        return None
    return Brief(list(permissions.open_below(assignment)))


@dataclass(frozen=True)
class Child:
    """One bureau below. ``obstacle`` says why its report cannot be taken over; empty where it can.

    ``content`` is None where nothing has come in, and for 零报告, which adds no rows.
    """

    assignment: Assignment
    content: Content | None = None
    obstacle: str = ""

    @property
    def bureau(self) -> Bureau:
        return self.assignment.bureau

    @property
    def is_nil(self) -> bool:
        return self.content is None and not self.obstacle

    @property
    def contribution(self) -> Contribution:
        return Contribution(self.bureau.code, unit_name(self.bureau), self.content)


def unit_name(bureau: Bureau) -> str:
    """How a merged form calls a unit: 杭州市; a zone by its short name."""
    return bureau.region or bureau.short_name


def units_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The names of the bureaus from which rows or figures of a form were taken over, by code."""
    codes = sources.codes(content) | contributions.codes(content)
    if not codes:
        return {}
    return {bureau.code: unit_name(bureau) for bureau in Bureau.objects.filter(code__in=codes)}


def children(assignment: Assignment, form: Form) -> list[Child]:
    """Every bureau that was asked, in administrative order, whatever their number: few queries."""
    asked = Assignment.objects.below(assignment).select_related("bureau").order_by("bureau_path")
    written = (
        Submission.objects.reported()
        .filter(assignment__in=asked.order_by(), attachment_number=form.number)
        .select_related("schema")
    )
    by_assignment = {submission.assignment_id: submission for submission in written}
    schema = _schema(assignment, form)
    return [_child(one, by_assignment.get(one.pk), form.definition, schema) for one in asked]


def changed_since(assignment: Assignment, form: Form) -> list[str]:
    """来源已变动: the bureaus whose figures stand in a draft and are others now, or are no more,
    each with what happened. Nothing is asked of the database where nothing was merged."""
    content = cast(Mapping[str, Any], form.content)
    codes = contributions.codes(content)
    if not codes or not isinstance(form.definition, FormDefinition):
        return []
    found = {child.bureau.code: child for child in children(assignment, form)}
    names = units_of(content) if codes - found.keys() else {}
    said = []
    for code in sorted(codes):
        child = found.get(code)
        if child is None:
            said.append(f"{names.get(code, code)}（已不在这次分解中）")
        elif child.obstacle:
            said.append(f"{unit_name(child.bureau)}（{child.obstacle}）")
        elif is_stale(form.definition, content, code, cast(Any, child.content or {})):
            said.append(f"{unit_name(child.bureau)}（报送的数已改）")
    return said


def _schema(assignment: Assignment, form: Form) -> FormSchema | None:
    if form.submission:
        return form.submission.schema
    return latest_schema(assignment.obligation.notice, form.number)


def _child(
    assignment: Assignment,
    submission: Submission | None,
    definition: Definition,
    schema: FormSchema | None,
) -> Child:
    if not assignment.has_report:
        is_back = assignment.status == Status.RETURNED
        said = "已退回补正，尚未重新报送" if is_back else "尚未报送"
        return Child(assignment, obstacle=said)
    if submission is None:
        return Child(assignment)
    if submission.schema != schema and submission.schema.definition != definition:
        mine = f"第{schema.version}版" if schema else "新版"
        theirs = f"第{submission.schema.version}版"
        return Child(assignment, obstacle=f"按报表{theirs}填报，本级为{mine}，栏目不同，不能合并")
    return Child(assignment, json.loads(submission.reported_json))
