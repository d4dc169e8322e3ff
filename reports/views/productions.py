from datetime import timedelta
from pathlib import PurePosixPath

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reports import jobs
from reports.actions import productions
from reports.errors import ReportError
from reports.exports.files import XLSX
from reports.models import Production
from reports.states import ProductionKind, ProductionState

PER_PAGE = 50
LONG_WAIT = timedelta(minutes=10)
CONTENT_TYPES = {".zip": "application/zip", ".xlsx": XLSX, ".pdf": "application/pdf"}


@require_GET
def listed(request):
    """我的文件: what I had made, newest first; nobody sees what others had made."""
    mine = Production.objects.visible_to(request.user)
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "productions": [_shown(one) for one in page], "query": ""}
    return render(request, "reports/productions.html", context)


@require_GET
def one(request, pk):
    """How far a file is; its panel asks again by itself until it is made."""
    production = _shown(_mine(request.user, pk))
    template = "_production.html" if "HX-Request" in request.headers else "production.html"
    return render(request, f"reports/{template}", {"production": production})


def _mine(user, pk) -> Production:
    return get_object_or_404(Production.objects.visible_to(user).select_related("bureau"), pk=pk)


def _shown(production: Production) -> Production:
    """With whether the file can be fetched today, and whether no worker seems to be there."""
    production.is_kept = production.is_kept_on(timezone.localdate())
    waits = production.state == ProductionState.WAITING
    production.is_stuck = waits and timezone.now() > production.not_before + LONG_WAIT
    return production


@require_GET
def download(request, pk):
    production = _mine(request.user, pk)
    try:
        file = productions.take(production, now=timezone.now(), by=request.user)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:production", pk)
    ending = PurePosixPath(production.file_name).suffix
    return FileResponse(
        file,
        as_attachment=True,
        filename=production.file_name,
        content_type=CONTENT_TYPES[ending],
        headers={"X-Content-Type-Options": "nosniff"},
    )


@require_POST
def cancel(request, pk):
    production = _mine(request.user, pk)
    try:
        productions.cancel(production, now=timezone.now(), by=request.user)
        messages.info(request, "已取消生成")
    except ReportError as refused:
        messages.error(request, str(refused))
    return redirect("reports:production", pk)


def asked(request, kind: ProductionKind, params, *, title: str, bureau):
    """Have a file made and go to its page. Raises ReportError where it is refused."""
    production = productions.ask(
        kind, params, title=title, bureau=bureau, now=timezone.now(), by=request.user
    )
    jobs.produce.delay_on_commit(production.pk)
    return redirect("reports:production", production.pk)
