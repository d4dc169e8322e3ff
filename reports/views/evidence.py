from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from notices.calendar import work_calendar
from notices.files import store
from reports import permissions
from reports.actions import evidence
from reports.actions.evidence import Given
from reports.errors import EvidenceRefused
from reports.filling import readable_evidence
from reports.forms import EvidenceForm
from reports.models import Evidence
from reports.pages import evidence as evidence_page
from reports.views import opened
from tasks.models import Assignment
from tasks.pages import lit_rows, standing


def page(request, pk):
    """随报材料: the files beside the forms, and how far the sealed copies are."""
    assignment = opened.seen(request.user, pk)
    if request.method != "POST":
        return _page(request, assignment)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, assignment, form)
    kind, files = form.cleaned_data["kind"], form.cleaned_data["file"]
    try:
        made = evidence.attach(
            assignment,
            kind,
            [Given(each.name, each.file, each.size) for each in files],
            note=form.cleaned_data["note"],
            number=form.cleaned_data["number"],
            now=timezone.now(),
            by=request.user,
        )
    except EvidenceRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, assignment, form)
    messages.success(request, f"已上传{kind.label}{len(made)}个")
    return redirect("reports:evidence", pk)


def _page(request, assignment: Assignment, form: EvidenceForm | None = None):
    lit_rows.lit([assignment], now=timezone.now(), calendar=work_calendar(), user=request.user)
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "turn": standing.turn(assignment, request.user, on=timezone.localdate()),
        "form": form,
        "shown": evidence_page.shown(request.user, assignment),
    }
    return render(request, "reports/evidence.html", context, status=422 if form else 200)


def _file(user, pk, key) -> tuple[Assignment, Evidence]:
    """404 for a file of another assignment, or one that this person does not read."""
    assignment = opened.seen(user, pk)
    for one in readable_evidence.files_for(user, assignment):
        if one.pk == key:
            one.assignment = assignment
            return assignment, one
    raise Http404


@require_GET
def download(request, pk, key):
    """The file as it was handed in; whoever takes another bureau's is recorded."""
    assignment, found = _file(request.user, pk, key)
    try:
        file = store.open(found.stored_name)
    except FileNotFoundError:
        messages.error(request, f"“{found.file_name}”已不在服务器上，请联系管理员")
        return redirect("reports:evidence", pk)
    if not permissions.sees_drafts(request.user, assignment):
        evidence.taken(found, now=timezone.now(), by=request.user)
    return FileResponse(
        file,
        as_attachment=True,
        filename=found.file_name,
        content_type=found.content_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )


@require_POST
def remove(request, pk, key):
    _, found = _file(request.user, pk, key)
    try:
        evidence.remove(found, now=timezone.now(), by=request.user)
        messages.success(request, f"已删除“{found.file_name}”，办理记录中保留删除情况")
    except EvidenceRefused as refused:
        messages.error(request, str(refused))
    return redirect("reports:evidence", pk)
