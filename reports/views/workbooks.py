from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from reports import permissions
from reports.actions import importing
from reports.errors import ContentRefused, ReportError
from reports.exports import files as exports
from reports.filling import offline_templates
from reports.filling.asked_forms import Form
from reports.forms import WorkbookForm
from reports.views import opened
from reports.views.forms import xlsx
from tasks.models import Assignment

MOST_ROOM = 500  # blank rows in a template of repeated rows
MOST_SAID = 10


def template(request, pk, number):
    """下载空表: the form as .xlsx, to be filled in offline; ?rows= asks for more blank rows."""
    assignment = opened.own(request.user, pk)
    form = opened.form_of(assignment, number)
    try:
        permissions.check_write(request.user, assignment)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:form", pk, number)
    data = offline_templates.template_workbook(assignment, form, room=_room(request.GET))
    period = assignment.obligation.period
    parts = ("空表", assignment.bureau.short_name, form.definition.title, period)
    return xlsx(data, exports.file_name(*parts))


def upload(request, pk, number):
    """导入: a filled-in template goes into the draft; faults are listed by cell."""
    assignment = opened.own(request.user, pk)
    form = opened.form_of(assignment, number)
    if request.method != "POST":
        return _page(request, assignment, form, WorkbookForm())
    posted = WorkbookForm(request.POST, request.FILES)
    if not posted.is_valid():
        return _page(request, assignment, form, posted)
    file = posted.cleaned_data["file"]
    try:
        imported = importing.take_in(
            assignment, number, file.read(), file.name, now=timezone.now(), by=request.user
        )
    except importing.ImportRefused as refused:
        return _page(request, assignment, form, posted, str(refused), refused.faults)
    except importing.ImportedBefore as known:
        messages.info(request, str(known))
        return redirect("reports:form", pk, number)
    except ContentRefused as refused:
        said = [problem.message_zh for problem in refused.problems]
        return _page(request, assignment, form, posted, str(refused), said)
    except ReportError as refused:
        return _page(request, assignment, form, posted, str(refused))
    _tell(request, imported, file.name)
    return redirect("reports:form", pk, number)


def _room(asked) -> int:
    rows = asked.get("rows", "")
    is_number = rows.isascii() and rows.isdecimal() and len(rows) < 6
    return min(int(rows), MOST_ROOM) if is_number and int(rows) else offline_templates.ROOM


def _tell(request, imported: importing.Imported, name: str) -> None:
    messages.success(request, f"已导入“{name}”，请核对后提交审核")
    for notice in imported.notices[:MOST_SAID]:
        messages.warning(request, str(notice))
    left = len(imported.notices) - MOST_SAID
    if left > 0:
        messages.warning(request, f"另有{left}处按同样方式处理，请逐格核对")


def _page(request, assignment: Assignment, form: Form, posted, refusal="", faults=()):
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "form": form,
        "definition": form.definition,
        "file_form": posted,
        "refusal": refusal,
        "faults": faults,
        "may_write": permissions.can_write(request.user, assignment),
    }
    is_refused = bool(refusal) or bool(posted.errors)
    return render(request, "reports/upload.html", context, status=422 if is_refused else 200)
