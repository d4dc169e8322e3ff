"""沿用以前填报的内容: what a bureau reported before goes into its draft, as far as it is chosen."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from bureaus.models import Staff
from reports.actions import submissions
from reports.errors import ReportError, SavedByAnother
from reports.filling import earlier_reports
from reports.models import Submission
from reports.schemas.comparing.earlier_values import Standing, Then, taken
from tasks.models import Assignment


@transaction.atomic
def take(
    assignment: Assignment,
    number: int,
    version: int,
    keys: Collection[str] | None,
    *,
    revision: int,
    now: datetime,
    by: Staff,
) -> Submission:
    """Put what was reported in ``version`` into the draft: the things with these keys, or, with
    None, everything for which the form is still blank.

    A chosen text replaces the one that stands; rows are added. ``revision`` is the draft's as the
    person saw it: SavedByAnother where it is another now. Raises ReportError where nothing is
    chosen or nothing would change, ContentRefused where the result does not fit.
    """
    form = submissions.open_form(assignment, number, by=by)
    if revision != form.revision:  # the choice was made on what stood there then
        raise SavedByAnother
    report = earlier_reports.report(assignment, form, version)
    if report is None:
        raise ReportError("所选的以前填报内容已不能沿用，请刷新页面后重新选择")
    wanted, chosen = _chosen(report.offered(form, form.content), keys)
    content = taken(form.definition, form.content, report.definition, report.content, wanted)
    return submissions.store(
        assignment,
        form,
        form.content_of(content),
        deed=earlier_reports.DEED,
        detail={
            "from": {
                "assignment": report.assignment.pk,
                "attachment": report.number,
                "version": report.version.number,
                "key": report.version.pk,
                "report": report.name,
            },
            "taken": [one.key for one in chosen],
            "overwritten": [one.key for one in chosen if one.standing is Standing.DIFFERS],
        },
        revision=revision,
        now=now,
        by=by,
    )


def _chosen(found: Sequence[Then], keys: Collection[str] | None) -> tuple[set[str], list[Then]]:
    """The keys that are wanted, and what would change by them."""
    blank = {one.key for one in found if one.standing is Standing.BLANK}
    wanted = blank if keys is None else set(keys)
    chosen = [one for one in found if one.key in wanted and one.standing is not Standing.SAME]
    if not wanted:
        raise ReportError(
            "请至少选择一项要沿用的内容" if keys is not None else "没有空白项可以沿用"
        )
    if not chosen:
        raise ReportError("所选内容与现在填写的相同，没有变化")
    return wanted, chosen
