"""换用新表: what was written into an earlier version of a form goes on in the newest."""

import json
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from reports.actions import submissions
from reports.errors import ReportError, SavedByAnother
from reports.filling.asked_forms import newer_of
from reports.models import Submission
from tasks.models import Assignment
from tasks.permissions import for_absentee


@transaction.atomic
def adopt(
    assignment: Assignment, number: int, *, revision: int, now: datetime, by: Staff
) -> Submission:
    """Put a draft on the newest confirmed version of its form, column by column by their ids.

    What has no place there is kept beside the draft until somebody puts it away. Raises
    SavedByAnother where ``revision`` is no longer the latest, ReportError where there is nothing
    to change to.
    """
    form = submissions.open_form(assignment, number, by=by)
    newer = newer_of(assignment, form)
    if newer is None or form.submission is None:
        raise ReportError("本表已是最新的一版，不用更换")
    old = form.submission
    left = [{"label": one.label, "text": one.text} for one in newer.carried.left]
    claimed = Submission.objects.filter(pk=old.pk, revision=revision).update(
        schema=newer.schema,
        content_json=json.dumps(newer.carried.content, ensure_ascii=False),
        left_over_json=json.dumps([*old.left_over, *left], ensure_ascii=False),
        revision=revision + 1,
        saved_at=now,
        saved_by=by,
    )
    if not claimed:
        raise SavedByAnother
    detail = {"from": old.schema.version, "to": newer.schema.version, "left": len(left)}
    _record("换用新表", assignment, number, detail, now=now, by=by)
    return Submission.objects.get(pk=old.pk)


@transaction.atomic
def put_away(assignment: Assignment, number: int, *, now: datetime, by: Staff) -> None:
    """What found no place in the newer form is dealt with and is not shown any more."""
    form = submissions.open_form(assignment, number, by=by)
    if form.submission is None or not form.submission.left_over:
        return
    count = len(form.submission.left_over)
    Submission.objects.filter(pk=form.submission.pk).update(left_over_json="[]")
    _record("清理换表余留", assignment, number, {"left": count}, now=now, by=by)


def _record(
    deed: str,
    assignment: Assignment,
    number: int,
    detail: dict[str, int],
    *,
    now: datetime,
    by: Staff,
) -> None:
    trail.record(
        deed,
        assignment,
        chain=assignment.bureau.code,
        detail={
            "attachment": number,
            **detail,
            **for_absentee(by, Permission.FILL, at=assignment.bureau),
        },
        at=now,
        by=by,
    )
