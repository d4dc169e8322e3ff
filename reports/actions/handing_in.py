"""提交审核 and 零报告: the forms of an assignment leave the hands of those who write them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bureaus.models import Staff
from reports.actions import confirming, sealing, searching, submissions
from reports.errors import FormIncomplete, FormNotEmpty, FormOutdated
from reports.filling.asked_forms import Form, newer_of
from reports.filling.document_asked import without_empty_page
from reports.models import ReturnMark, SubmissionVersion
from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import check
from reports.schemas.comparing.changes import changes
from reports.schemas.content.content import has_body
from tasks.actions import transitions
from tasks.models import Assignment

NAMED = 20  # changed places that the audit names; more are counted


@transaction.atomic
def hand_in(
    assignment: Assignment, *, confirmed: Collection[str] = (), now: datetime, by: Staff
) -> Assignment:
    """提交审核: every form of the assignment must be whole, or the document be in that stands for
    plain text. Raises FormIncomplete otherwise, FormOutdated where a form was corrected since and
    nothing was reported on the old one, and FormDoubtful for what is doubtful and not among the
    keys ``confirmed``.

    What was handed in is kept as the next version of each form; marks of a return are settled.
    """
    forms = submissions.open_forms(assignment, by=by)
    _check_newest(assignment, forms)
    problems = {form.number: errors for form in forms if (errors := _errors(assignment, form))}
    if problems:
        raise FormIncomplete(problems)
    noted = dict(confirming.settle(assignment, forms, confirmed=confirmed, now=now, by=by))
    noted |= _keep(assignment, forms, now=now, by=by)
    noted |= sealing.void_changed(assignment, forms, now=now)
    _settle_marks(assignment, now=now)
    return transitions.move(assignment, "hand_in", now=now, also=noted, by=by)


@transaction.atomic
def hand_in_nil(
    assignment: Assignment, *, confirmed: Collection[str] = (), now: datetime, by: Staff
) -> Assignment:
    """零报告: 无此情况 is reported on purpose. Raises FormNotEmpty where something is written, and
    FormDoubtful as above: a mark may want more than nothing, or the period is not over, which is
    asked here though the report falls due before it is.

    Contacts above and below a table may stand; nothing is kept as a version, for there is nothing,
    but where something was handed in before in this round and came back.
    """
    forms = submissions.open_forms(assignment, by=by)
    if any(has_body(form.content) for form in forms):
        raise FormNotEmpty
    noted: dict[str, Any] = {}
    noted |= confirming.settle(assignment, forms, confirmed=confirmed, is_nil=True, now=now, by=by)
    _replace_by_nil(assignment, forms, now=now, by=by)
    noted |= sealing.void_all(assignment, now=now)
    _settle_marks(assignment, now=now)
    return transitions.move(assignment, "report_nil", now=now, also=noted, by=by)


def _check_newest(assignment: Assignment, forms: list[Form]) -> None:
    for form in forms:
        newer = newer_of(assignment, form)
        if newer is not None and newer.must:
            raise FormOutdated(form.tab, newer.schema.version)


def _errors(assignment: Assignment, form: Form) -> list[Problem]:
    found = [one for one in check(form.definition, form.content) if one.level == "error"]
    return without_empty_page(assignment, form, found)


def _keep(
    assignment: Assignment, forms: Sequence[Form], *, now: datetime, by: Staff
) -> dict[str, Any]:
    """Store each form as its next version; what the audit notes of it.

    Forms that nobody wrote have no version.
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
    searching.keep_versions(made)
    noted: dict[str, Any] = {"version": max((version.number for version in made), default=0)}
    changed = _changed(forms, before)
    return noted | {"changed": changed} if changed else noted


def _replace_by_nil(
    assignment: Assignment, forms: Sequence[Form], *, now: datetime, by: Staff
) -> None:
    """Keep the empty forms where others were handed in before in this round.

    The last version of a round is what was reported in it: those others were not.
    """
    now_round = SubmissionVersion.objects.of(assignment).filter(
        round_number=assignment.round_number
    )
    if now_round.exists():
        _keep(assignment, forms, now=now, by=by)


def _changed(forms: Sequence[Form], before: Mapping[int, SubmissionVersion]) -> list[str]:
    """The places that differ from the versions before, in words; never what is written there."""
    found = [
        f"{form.tab} {change.label}"
        for form in forms
        if form.submission and form.submission.pk in before
        for change in changes(form.definition, before[form.submission.pk].content, form.content)
    ]
    return found[:NAMED] + ([f"等{len(found)}处"] if len(found) > NAMED else [])


def _settle_marks(assignment: Assignment, *, now: datetime) -> None:
    """What was marked has been answered by handing in again; the marks stay to be read."""
    open_marks = ReturnMark.objects.filter(assignment=assignment, settled_at=None)
    open_marks.update(settled_at=now)
