"""Keeping what was handed in as it was."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bureaus.models import Staff
from reports.filling.asked_forms import Form
from reports.models import SubmissionVersion
from reports.schemas.comparing.changes import changes
from tasks.models import Assignment

NAMED = 20  # changed places that the audit names; more are counted


def keep(
    assignment: Assignment, forms: Sequence[Form], *, now: datetime, by: Staff
) -> dict[str, Any]:
    """Store each form as its next version; what the audit notes of it.

    The caller has locked the assignment. Forms that nobody wrote have no version.
    """
    before = {
        version.submission_id: version
        for version in SubmissionVersion.objects.of(assignment).last_of_each()
    }
    written = [form.submission for form in forms if form.submission]
    made = [
        SubmissionVersion(
            submission=submission,
            number=before[submission.pk].number + 1 if submission.pk in before else 1,
            round_number=assignment.round_number,
            schema_id=submission.schema_id,
            content_json=submission.content_json,
            handed_in_at=now,
            handed_in_by=by,
        )
        for submission in written
    ]
    SubmissionVersion.objects.bulk_create(made)
    noted: dict[str, Any] = {"version": max((version.number for version in made), default=0)}
    changed = _changed(forms, before)
    return noted | {"changed": changed} if changed else noted


def replace_by_nil(
    assignment: Assignment, forms: Sequence[Form], *, now: datetime, by: Staff
) -> None:
    """Keep the empty forms where others were handed in before in this round.

    The last version of a round is what was reported in it: those others were not.
    """
    now_round = SubmissionVersion.objects.of(assignment).filter(
        round_number=assignment.round_number
    )
    if now_round.exists():
        keep(assignment, forms, now=now, by=by)


def _changed(forms: Sequence[Form], before: Mapping[int, SubmissionVersion]) -> list[str]:
    """The places that differ from the versions before, in words; never what is written there."""
    found = [
        f"{form.tab} {change.label}"
        for form in forms
        if form.submission and form.submission.pk in before
        for change in changes(form.definition, before[form.submission.pk].content, form.content)
    ]
    return found[:NAMED] + ([f"等{len(found)}处"] if len(found) > NAMED else [])
