from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from reports import permissions
from reports.actions import prefilling
from reports.errors import ContentRefused, ReportError
from reports.filling import earlier_reports
from reports.filling.asked_forms import Form
from reports.filling.posted_form import key_from, revision_from
from reports.views import opened
from tasks.models import Assignment


def prefill(request, pk, number):
    """沿用以前填报的内容: what was reported before beside what stands now, to choose from."""
    assignment = opened.own(request.user, pk)
    form = opened.form_of(assignment, number)
    try:
        permissions.check_write(request.user, assignment)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:form", pk, number)
    found = earlier_reports.reports(assignment, form)
    if not found:
        messages.error(request, "本单位没有报送过相同或相近的报表，没有可以沿用的内容")
        return redirect("reports:form", pk, number)
    if request.method == "POST":
        return _take(request, assignment, form, found)
    return _page(request, assignment, form, found)


def _take(request, assignment: Assignment, form: Form, found: list[earlier_reports.Report]):
    try:
        prefilling.take(
            assignment,
            form.number,
            key_from(request.POST.get("from", "")),
            None if "all" in request.POST else request.POST.getlist("take"),
            revision=revision_from(request.POST),
            now=timezone.now(),
            by=request.user,
        )
    except ContentRefused as refused:
        said = [problem.message_zh for problem in refused.problems]
        return _page(request, assignment, form, found, "所选内容不符合本表的要求，没有沿用", said)
    except ReportError as refused:
        return _page(request, assignment, form, found, str(refused))
    messages.success(request, "已沿用所选内容，请逐项核对后提交审核")
    return redirect("reports:form", assignment.pk, form.number)


def _page(request, assignment: Assignment, form: Form, found, refusal="", problems=()):
    asked = request.POST if request.method == "POST" else request.GET
    wanted = key_from(asked.get("from", ""))
    report = next((one for one in found if one.version.pk == wanted), found[0])
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "form": form,
        "definition": form.definition,
        "tabs": [
            {"label": one.name, "url": f"?from={one.version.pk}", "active": one is report}
            for one in found
        ],
        "report": report,
        "found": report.offered(form, form.content),
        "picked": request.POST.getlist("take") if request.method == "POST" else None,
        "refusal": refusal,
        "problems": problems,
        "revision": revision_from(request.POST) if refusal else form.revision,
    }
    return render(request, "reports/prefill.html", context, status=422 if refusal else 200)
