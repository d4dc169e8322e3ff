from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from notices.models import Notice
from notices.states import FILLABLE, NoticeState
from reports import grid
from reports.actions import schemas
from reports.errors import ReportError
from reports.forms import ColumnForm, OutlineForm
from reports.forms_of import definition_of, doubts_of, latest_schema
from reports.schemas.content import blank
from reports.schemas.definition import FormDefinition
from reports.schemas.json_fields import DefinitionError
from reports.schemas.revision import limited, revised


def schema(request, pk, number):
    """报表: the form that an attachment asks for, as proposed or confirmed; 确认报表 settles it."""
    seen = Notice.objects.visible_to(request.user).filter(state=NoticeState.FILED)
    notice = get_object_or_404(seen.select_related("bureau"), pk=pk)
    attachment = get_object_or_404(notice.attachments, position=number, kind__in=FILLABLE)
    definition = definition_of(notice, number)
    is_table = isinstance(definition, FormDefinition)
    posted = request.POST if request.method == "POST" else None
    parts = _parts(definition, posted)
    if posted is not None and all(part.is_valid() for part in parts):
        try:
            chosen = _chosen(definition, parts)
            schemas.confirm(notice, number, chosen, now=timezone.now(), by=request.user)
        except (ReportError, DefinitionError) as refused:
            parts[0].add_error(None, str(refused))
        else:
            messages.success(request, f"已确认附件{number}的报表")
            return redirect("tasks:notice_detail", notice.pk)
    context = {
        "notice": notice,
        "attachment": attachment,
        "definition": definition,
        "sheet": grid.sheet(definition, blank(definition), []) if is_table else None,
        "parts": parts,
        "errors": [error for part in parts for error in part.non_field_errors()],
        "doubts": doubts_of(attachment),
        "schema": latest_schema(notice, number),
        "may_confirm": schemas.can_confirm(request.user, notice),
    }
    refused = posted is not None
    return render(request, "reports/schema.html", context, status=422 if refused else 200)


def _parts(definition, posted) -> list:
    """A form a column to be filled in, or one for an outline."""
    if not isinstance(definition, FormDefinition):
        return [OutlineForm(posted, initial={"max_chars": definition.max_chars})]
    entered = {*definition.unit_columns(), *definition.row_columns()}
    return [
        ColumnForm(posted, column=column)
        for column in definition.leaf_columns()
        if column in entered
    ]


def _chosen(definition, parts):
    if not isinstance(definition, FormDefinition):
        return limited(definition, parts[0].cleaned_data["max_chars"])
    return revised(definition, {part.column.id: part.choice() for part in parts})
