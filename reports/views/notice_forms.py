from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from notices.models import Notice
from notices.states import NoticeState
from reports.actions import schemas
from reports.errors import ReportError
from reports.filling.notice_forms import NoticeForm, forms_of_notice
from reports.pages import notice_forms as page
from tasks.views import issuing

CHANGED = "没有确认：报表刚刚被改动过，下面是现在的样子，请看过再确认"


@require_GET
def forms(request, pk):
    """报表: all forms of a notice as the bureaus will see them; for htmx just these."""
    context = page.context(request.user, _seen(request, pk))
    is_part = request.headers.get("HX-Request")
    template = "reports/_notice_forms.html" if is_part else "reports/notice_forms.html"
    return render(request, template, context)


def confirm(request, pk, number):
    """One form, and 确认此表: it may go out as it was looked at."""
    notice = _seen(request, pk)
    form = _form(notice, number)
    is_confirming = request.method == "POST"
    said = _confirm(request, notice, form, request.POST.get("seen", "")) if is_confirming else ""
    if not request.headers.get("HX-Request"):
        if said:
            messages.error(request, said)
        url = reverse("reports:notice_forms", args=[pk])
        return redirect(f"{url}#form-{number}")
    shown = page.shown(_form(notice, number), said)
    context = {"notice": notice, "one": shown, "at_issue": request.GET.get("at") == "issue"}
    context["may_confirm"] = schemas.can_confirm(request.user, notice)
    return render(request, "reports/_notice_form.html", context)


def issue(request, pk):
    """下发 of the page that showed forms 待确认: those that were seen there are confirmed first."""
    notice = _seen(request, pk)
    if request.method != "POST":
        return redirect("tasks:issue", pk)
    if not issuing.GOING_OVER & request.POST.keys():
        for form in forms_of_notice(notice):
            seen = request.POST.get(f"seen-{form.attachment.position}", "")
            said = _confirm(request, notice, form, seen) if seen and not form.is_confirmed else ""
            if said:
                messages.error(request, said)
    return issuing.issue(request, pk)


def _confirm(request, notice: Notice, form: NoticeForm, seen: str) -> str:
    """Why it was not confirmed, if it was not."""
    schemas.check_confirm(request.user, notice)
    if seen != form.seen:
        return CHANGED
    try:
        schemas.confirm(
            notice,
            form.attachment.position,
            form.definition,
            base=schemas.base_of(form.schema),
            now=timezone.now(),
            by=request.user,
        )
    except ReportError as refused:
        return str(refused)
    return ""


def _form(notice: Notice, number: int) -> NoticeForm:
    for form in forms_of_notice(notice, number):
        return form
    raise Http404


def _seen(request, pk) -> Notice:
    seen = Notice.objects.visible_to(request.user).exclude(state=NoticeState.DISCARDED)
    return get_object_or_404(seen.select_related("bureau"), pk=pk)
