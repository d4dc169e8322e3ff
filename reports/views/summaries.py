"""A summary as a document: Word at once, PDF in the background."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from reports.documents.summary import heading_of
from reports.errors import ReportError
from reports.exports import files as exports
from reports.filling import readable_forms
from reports.filling.asked_forms import Form
from reports.makers import summary as maker
from reports.makers.naming import file_name
from reports.makers.papers import paper, reported_on
from reports.schemas.definition.outlines import OutlineDefinition
from reports.states import ProductionKind
from reports.views import opened
from reports.views.forms import xlsx
from reports.views.productions import asked
from tasks.models import Assignment


def document(request, pk, number):
    """下载 .docx: the summary in the layout of an official document."""
    assignment, form = _found(request.user, pk, number)
    if not form.is_written:
        messages.error(request, "总结还没有填写或报送，没有可以下载的内容")
        return redirect("reports:form", pk, number)
    unit, period = assignment.bureau, assignment.obligation.period
    made = paper(form, unit_name=unit.name, on=reported_on(assignment, form))
    parts = (unit.short_name, heading_of(form.definition), period)
    name = file_name(*parts, ending=made.ending)
    return xlsx(made.data, name, content_type=exports.DOCX)


@require_POST
def pdf(request, pk, number):
    """生成 PDF: made by a worker, for LibreOffice takes some seconds."""
    assignment, form = _found(request.user, pk, number)
    parts = (
        assignment.bureau.short_name,
        heading_of(form.definition),
        assignment.obligation.period,
    )
    title = " ".join(part for part in parts if part)
    try:
        params = maker.params(assignment, number)
        return asked(request, ProductionKind.SUMMARY, params, title=title, bureau=assignment.bureau)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:form", pk, number)


def _found(user, pk, number) -> tuple[Assignment, Form]:
    """404 for what this person may not know of, and for a table."""
    assignment = opened.seen(user, pk)
    form = opened.pick(readable_forms.forms_for(user, assignment), number)
    if not isinstance(form.definition, OutlineDefinition):
        raise Http404
    return assignment, form
