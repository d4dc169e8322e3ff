from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from reports import permissions
from reports.filling import readable_forms
from reports.filling.asked_forms import Form
from reports.filling.return_marks import Followed, follow_marks
from reports.models import SubmissionVersion
from reports.pages import doubts as doubts_page
from reports.pages import form as form_page
from reports.pages import review as review_page
from reports.views import opened
from tasks.models import Assignment
from tasks.pages import standing


def version(request, pk, number, version):
    """A version of a form as it was handed in, beside the one before; ?plain=1 by itself."""
    assignment = opened.seen(request.user, pk)
    found = readable_forms.version_of(request.user, assignment, number, version)
    if found is None:
        raise Http404
    form, before = found
    is_plain = before is None or "plain" in request.GET
    marks = [] if is_plain else _asked_between(request.user, assignment, form, before)
    shown = review_page.shown(form, None if is_plain else before, marks)
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "form": form,
        "version": form.version,
        "shown": [shown],
        "read": shown,
        "marks": marks,
        "confirmed": doubts_page.confirmed(request.user, assignment, [form], several=True),
        "tabs": _tabs(assignment, form, is_plain=is_plain) if before else [],
        **standing.way(assignment, request.user, now=timezone.now()),
        "versions": form_page.versions_of(request.user, assignment, number),
    }
    return render(request, "reports/version.html", context)


def _asked_between(
    user, assignment: Assignment, form: Form, before: SubmissionVersion
) -> list[Followed]:
    """What was marked on the version before, and what this one made of it."""
    marks = permissions.visible_marks(user, assignment).filter(
        attachment_number=form.number,
        made_at__gte=before.handed_in_at,
        made_at__lt=form.version.handed_in_at,
    )
    return follow_marks(marks, [form], [before])


def _tabs(assignment: Assignment, form: Form, *, is_plain: bool) -> list[dict]:
    url = reverse("reports:version", args=[assignment.pk, form.number, form.version.number])
    return [
        {"label": "与上一版的差别", "url": url, "active": not is_plain},
        {"label": "这一版原样", "url": f"{url}?plain=1", "active": is_plain},
    ]
