"""What a person may read of the forms of an assignment, by the rule of reports/permissions.py."""

from dataclasses import replace

from django.db.models import QuerySet

from bureaus.models import Staff
from reports import permissions
from reports.filling.asked_forms import Form, forms_of
from reports.models import SubmissionVersion
from tasks.models import Assignment
from tasks.states import EDITABLE, HANDED_IN


def forms_for(user: Staff, assignment: Assignment) -> list[Form]:
    """Every form of the assignment, with what this person may read in it.

    The draft to the bureau's own people. To those above, what is handed in, or, while the bureau
    mends it, what it reported before; blank where it never did, and in a nil report 零报告.
    """
    forms = forms_of(assignment)
    if assignment.is_nil and assignment.status not in EDITABLE:
        return [replace(form, submission=None) for form in forms]
    if permissions.sees_drafts(user, assignment) or assignment.status in HANDED_IN:
        return forms
    return before_this_round(assignment, forms)


def before_this_round(assignment: Assignment, forms: list[Form]) -> list[Form]:
    """The same forms as they were reported in the round before; blank where they were not."""
    versions = SubmissionVersion.objects.of(assignment).filter(
        round_number=assignment.round_number - 1
    )
    last = {
        version.submission.attachment_number: version
        for version in versions.select_related("submission", "schema", "handed_in_by")
    }
    return [
        replace(
            form,
            definition=last[form.number].schema.definition,
            submission=last[form.number].submission,
            version=last[form.number],
        )
        if form.number in last
        else replace(form, submission=None)
        for form in forms
    ]


def versions_for(user: Staff, assignment: Assignment) -> list[SubmissionVersion]:
    """The versions that this person may read, oldest first, without their contents."""
    found = _with_people(SubmissionVersion.objects.of(assignment).without_contents())
    return permissions.visible_versions(user, assignment, found)


def version_of(
    user: Staff, assignment: Assignment, number: int, version_number: int
) -> tuple[Form, SubmissionVersion | None] | None:
    """A version of a form to read, and the one before it; None where this person has none such."""
    mine = [
        version
        for version in versions_for(user, assignment)
        if version.submission.attachment_number == number
    ]
    at = next((at for at, one in enumerate(mine) if one.number == version_number), None)
    if at is None:
        return None
    wanted = mine[max(at - 1, 0) : at + 1]
    whole = SubmissionVersion.objects.select_related("submission", "schema", "handed_in_by")
    *before, version = [whole.in_bulk([one.pk for one in wanted])[one.pk] for one in wanted]
    form = Form(number, version.schema.definition, version.submission, version)
    return form, before[0] if before else None


def recent_versions(user: Staff, assignment: Assignment) -> list[SubmissionVersion]:
    """Those of this round and the one before, with their contents."""
    since = assignment.round_number - 1
    found = SubmissionVersion.objects.of(assignment).filter(round_number__gte=since)
    return permissions.visible_versions(user, assignment, _with_people(found))


def _with_people(versions: QuerySet[SubmissionVersion]) -> QuerySet[SubmissionVersion]:
    return versions.select_related("submission", "handed_in_by").defer("submission__content_json")
