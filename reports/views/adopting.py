from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from reports import permissions
from reports.actions import adopting
from reports.errors import ReportError
from reports.filling.asked_forms import newer_of
from reports.filling.posted_form import revision_from
from reports.pages import grid
from reports.schemas.definition.definition import FormDefinition
from reports.views import opened
from tasks.models import Assignment


def adopt(request, pk, number):
    """换用新表: the newer version with what goes into it, and what has no place there."""
    assignment = opened.seen(request.user, pk)
    if request.method == "POST":
        return _posted(request, assignment, number)
    form = opened.form_of(assignment, number)
    newer = newer_of(assignment, form)
    if newer is None or not permissions.can_write(request.user, assignment):
        return redirect("reports:form", pk, number)
    definition, content = newer.schema.definition, newer.carried.content
    is_table = isinstance(definition, FormDefinition)
    context = {
        "assignment": assignment,
        "form": form,
        "newer": newer,
        "left": newer.carried.left,
        "sheet": grid.sheet(definition, content, []) if is_table else None,
        "outline": None if is_table else grid.outline(definition, content, []),
    }
    return render(request, "reports/adopt.html", context)


def _posted(request, assignment: Assignment, number: int):
    now, by = timezone.now(), request.user
    try:
        if "put_away" in request.POST:
            adopting.put_away(assignment, number, now=now, by=by)
            return redirect("reports:form", assignment.pk, number)
        mine = revision_from(request.POST)
        stored = adopting.adopt(assignment, number, revision=mine, now=now, by=by)
    except ReportError as refused:
        messages.error(request, str(refused))
    else:
        left = len(stored.left_over)
        more = f"，有{left}处内容在新表中没有位置，列在表前" if left else ""
        messages.success(request, f"已换用第{stored.schema.version}版，原内容按栏目保留{more}")
    return redirect("reports:form", assignment.pk, number)
