"""Where files that take long are asked for: each page has its button, the file its own page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus.roles import Permission
from reports.errors import ReportError
from reports.exports import ledger_sheet as ledgers
from reports.filling.asked_forms import numbers
from reports.makers import ledger as ledger_maker
from reports.makers import originals as originals_maker
from reports.makers import package as package_maker
from reports.states import ProductionKind
from reports.views import opened
from reports.views.productions import asked
from tasks.models import Obligation
from tasks.pages import ledger as task_ledger


@require_POST
def package(request, pk):
    """打包下载: what one bureau hands in for a task."""
    assignment = opened.seen(request.user, pk)
    title = f"{assignment.bureau.short_name} {assignment.obligation} 报送包"
    try:
        params = package_maker.params(assignment, request.user)
        return asked(request, ProductionKind.PACKAGE, params, title=title, bureau=assignment.bureau)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("tasks:assignment_detail", pk)


@require_POST
def originals(request, pk, number):
    """打包下载: every bureau's own form, for whoever rolls them up."""
    seen = Obligation.objects.visible_to(request.user).select_related("notice", "issuer")
    obligation = get_object_or_404(seen, pk=pk)
    if not request.user.may(Permission.ROLL_UP, at=obligation.issuer):
        raise PermissionDenied
    if number not in numbers(obligation):
        raise Http404
    form = f"附件{number}" if number else "报送材料"
    title = f"{obligation} {form} 各单位原表"
    params = originals_maker.params(obligation, number)
    try:
        return asked(
            request, ProductionKind.ORIGINALS, params, title=title, bureau=obligation.issuer
        )
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:roll_up_number", pk, number)


def ledger(request):
    """导出 Excel of more rows than one waits for: says how many, and has them written when told."""
    question = task_ledger.read(request)
    back = f"{reverse('tasks:ledger')}?{question.query()}"
    if not request.user.bureaus_where(Permission.READ):
        raise PermissionDenied
    try:
        count = ledgers.count_rows(question, most=ledgers.MOST_OF_A_SHEET)
        if request.method == "POST":
            return _ledger_asked(request, question)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect(back)
    context = {"count": count, "ledger": question, "back": back}
    return render(request, "reports/ledger_long.html", context)


def _ledger_asked(request, question: task_ledger.Ledger):
    bureau = request.user.bureau or request.user.bureaus_where(Permission.READ)[0]
    title = f"任务台账 {bureau} {timezone.localdate()}"
    params = ledger_maker.params(question, request.user)
    return asked(request, ProductionKind.LEDGER, params, title=title, bureau=bureau)
