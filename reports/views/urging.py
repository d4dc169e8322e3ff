from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from reports.exports import files as exports
from reports.exports import urge_papers
from reports.views.forms import xlsx
from tasks.models import UrgeSheet
from tasks.pages.bulk_verbs import LIMIT


@require_GET
def sheet(request, pk):
    """催办单 as .docx, for whoever may see the task of the bureau that was urged."""
    found = get_object_or_404(UrgeSheet.objects.visible_to(request.user).for_paper(), pk=pk)
    return _docx([found], str(found), found.bureau.short_name)


@require_GET
def sheets(request):
    """Several in one document: those of the numbers given that this person may see."""
    keys = [key for key in request.GET.getlist("sheet") if key.isdecimal() and len(key) < 19]
    seen = UrgeSheet.objects.visible_to(request.user).for_paper()
    found = list(seen.filter(pk__in=keys[:LIMIT]))
    if not found:
        messages.error(request, "没有可以下载的催办单，请从任务页或成批办理的结果页下载")
        return redirect("tasks:ledger")
    return _docx(found, "催办单", f"{len(found)}份")


def _docx(found: list[UrgeSheet], *parts: str):
    name = exports.file_name(*parts, ending=".docx")
    return xlsx(urge_papers.papers(found), name, content_type=exports.DOCX)
