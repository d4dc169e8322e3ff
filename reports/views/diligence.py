from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from reports import diligence, exports
from reports.actions import exporting
from reports.views.forms import xlsx
from tasks.models import Assignment


@require_GET
def export(request, pk):
    """提醒送达证明 as .xlsx; that it was taken, with its digest, is in the audit first."""
    seen = Assignment.objects.visible_to(request.user).for_detail()
    assignment = get_object_or_404(seen, pk=pk)
    now, found = timezone.now(), diligence.rows(assignment)
    exporting.diligence_taken(
        assignment, rows=len(found), digest=diligence.digest(found), now=now, by=request.user
    )
    data = diligence.workbook(assignment, found, now=now, by=request.user)
    unit = assignment.bureau.short_name
    return xlsx(data, exports.file_name(diligence.TITLE, unit, str(assignment.obligation)))
