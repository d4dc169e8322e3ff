from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from reports import permissions
from reports.actions import merging
from reports.errors import ContentRefused, ReportError
from reports.filling import lower_reports
from reports.filling.asked_forms import Form
from reports.filling.posted_form import choices_from, keys_from, revision_from
from reports.pages import merge as merge_page
from reports.schemas.rolling.choices import Choices
from reports.views import opened
from tasks.models import Assignment


def merge(request, pk, number):
    """合并下级报表: what bureaus below have reported, and what of it goes into one's own form."""
    assignment = opened.own(request.user, pk)
    form = opened.form_of(assignment, number)
    try:
        permissions.check_write(request.user, assignment)
        merging.check_form(form)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:form", pk, number)
    found = lower_reports.children(assignment, form)
    if not found:
        messages.error(request, "该任务没有转发给下级，没有可以合并的内容")
        return redirect("reports:form", pk, number)
    if request.method == "POST" and "merge" in request.POST:
        return _merge(request, assignment, form, found)
    return _page(request, assignment, form, found)


def _merge(request, assignment: Assignment, form: Form, found: list[lower_reports.Child]):
    wanted = keys_from(request.POST.getlist("children"))
    try:
        merging.merge(
            assignment,
            form.number,
            [child.assignment for child in found if child.assignment.pk in wanted],
            choices=_choices(request),
            revision=revision_from(request.POST),
            now=timezone.now(),
            by=request.user,
        )
    except ContentRefused:  # the page says what does not fit, as it does before
        return _page(request, assignment, form, found, "合并后的内容不符合要求，没有合并")
    except ReportError as refused:
        return _page(request, assignment, form, found, str(refused))
    said = f"已合并{len(wanted)}个单位的报送内容" if wanted else "已去掉不再计入的单位的数"
    messages.success(request, f"{said}，请核对后提交审核")
    return redirect("reports:form", assignment.pk, form.number)


def _choices(request) -> Choices:
    posted = request.POST
    return choices_from(posted.dict(), posted.getlist("replace"), posted.getlist("drop"))


def _page(
    request, assignment: Assignment, form: Form, found: list[lower_reports.Child], refusal=""
):
    is_posted = request.method == "POST"
    choices = _choices(request)
    posted = keys_from(request.POST.getlist("children"))
    wanted = posted if is_posted else merge_page.first_choice(form, found)
    plan = merging.plan(form, found, wanted, choices)
    units = lower_reports.units_of(form.content)
    page = merge_page.page(form, found, plan, choices, units=units)
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "form": form,
        "definition": form.definition,
        "page": page,
        "refusal": refusal,
        # of a refused merging it stays the one that was seen: nothing of another is overwritten
        "revision": revision_from(request.POST) if refusal else form.revision,
    }
    return render(request, "reports/merge.html", context, status=422 if refusal else 200)
