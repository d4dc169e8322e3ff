from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from bureaus.models import Staff
from reports import permissions
from reports.filling import readable_forms
from reports.filling.return_marks import follow_marks
from reports.views import opened
from tasks.models import Assignment
from tasks.pages import verbs


@require_safe
def step(request, pk):
    """办理下一步: on to the page where this person does it, whatever it is by now."""
    return redirect(_page_for(request.user, opened.seen(request.user, pk)))


def _page_for(user: Staff, assignment: Assignment) -> str:
    """The path of the content with the verdict, of the form to write in; else of the task.

    A report that came back opens where the first mark is that has not been mended. Asked when the
    link is pressed: a mail may be days old.
    """
    if verbs.may_judge(user, assignment):
        return reverse("reports:review", args=[assignment.pk])
    if permissions.can_write(user, assignment):
        return _form(user, assignment)
    return reverse("tasks:assignment_detail", args=[assignment.pk])


def _form(user: Staff, assignment: Assignment) -> str:
    forms = readable_forms.forms_for(user, assignment)
    marks = list(permissions.last_marks(user, assignment))
    versions = readable_forms.recent_versions(user, assignment) if marks else []
    found = [one for one in follow_marks(marks, forms, versions) if one.path is not None]
    found.sort(key=lambda one: one.is_changed)  # those still to be mended first, as they were made
    if not found:
        return reverse("reports:form", args=[assignment.pk, forms[0].number])
    return f"{reverse('reports:form', args=[assignment.pk, found[0].number])}#{found[0].field}"
