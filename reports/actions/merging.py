"""合并下级报表: what bureaus below have reported goes into the draft of the bureau above."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from bureaus.models import Staff
from reports.actions import submissions
from reports.errors import ReportError, SavedByAnother
from reports.filling.asked_forms import Form
from reports.filling.lower_reports import Child, children
from reports.models import Submission
from reports.schemas.content import contributions
from reports.schemas.rolling import merging
from reports.schemas.rolling.choices import Choices
from reports.schemas.rolling.merging import Merged
from tasks.models import Assignment


@dataclass(frozen=True)
class Plan:
    """What merging these children would make of the form. Nothing is stored by it."""

    form: Form
    children: Sequence[Child]
    merged: Merged

    @property
    def changes(self) -> bool:
        return self.merged.content != self.form.content


@transaction.atomic
def merge(
    assignment: Assignment,
    number: int,
    from_assignments: Iterable[Assignment],
    *,
    choices: Choices | None = None,
    revision: int,
    now: datetime,
    by: Staff,
) -> Submission:
    """Take what these bureaus below have reported into the draft, each row marked with its bureau,
    each sum with what every bureau gave to it.

    A bureau's rows and figures replace those it gave before; rows worked on here, the bureau's own
    rows and figures and those of other bureaus stay, and so does a text or a figure written by
    hand, unless ``choices`` say otherwise.
    ``revision`` is the draft's as the person saw it: SavedByAnother where it is another now.
    Raises ReportError where one of them has not reported, fills in another version of the form or
    was never asked, and where nothing would change; ContentRefused where the result does not fit,
    as a summary over its limit: nothing is ever cut.
    """
    form = submissions.open_form(assignment, number, by=by)
    if revision != form.revision:  # the choices were made on what stood there then
        raise SavedByAnother
    check_form(form)
    wanted = {one.pk for one in from_assignments}
    found = plan(form, children(assignment, form), wanted, choices or Choices())
    _check(found, wanted, choices or Choices())
    given = {child.bureau.code: child.bureau.short_name for child in found.children}
    rows = {
        "added": sum(len(rows.added) for rows in found.merged.rows),
        "removed": sum(len(rows.removed) for rows in found.merged.rows),
    }
    return submissions.store(
        assignment,
        form,
        found.merged.content,
        deed="合并下级报表",
        detail={"from": given, "rows": rows, **_dropped(found)},
        revision=revision,
        now=now,
        by=by,
    )


def plan(form: Form, found: Sequence[Child], wanted: Iterable[int], choices: Choices) -> Plan:
    """For those of ``found`` whose assignments have these keys; unknown keys are passed over."""
    keys = set(wanted)
    chosen = [child for child in found if child.assignment.pk in keys]
    given = [child.contribution for child in chosen if not child.obstacle]
    return Plan(form, chosen, merging.merge(form.definition, form.content, given, choices))


def check_form(form: Form) -> None:
    """Raise ReportError for a form that has nothing in common with those below."""
    if not merging.can_merge(form.definition):
        raise ReportError("该表各级的行是不同的地区，不能合并，请按“汇总”页的数字填写")


def _dropped(found: Plan) -> dict[str, list[str]]:
    """For the audit: the codes of bureaus whose figures were taken out."""
    before, after = (
        contributions.codes(cast(Mapping[str, Any], content))
        for content in (found.form.content, found.merged.content)
    )
    return {"dropped": sorted(before - after)} if before - after else {}


def _check(found: Plan, wanted: set[int], choices: Choices) -> None:
    if not wanted and not choices.dropped:
        raise ReportError("请至少选择一个已报送的下级单位")
    if len(found.children) != len(wanted):
        raise ReportError("所选单位中有的已不在这次分解中，请刷新页面后重新选择")
    for child in found.children:
        if child.obstacle:
            raise ReportError(f"{child.bureau}{child.obstacle}")
    if not found.changes:
        raise ReportError("所选单位的报送内容已全部合并，没有新的变化")
