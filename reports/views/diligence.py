from django.utils import timezone
from django.views.decorators.http import require_GET

from reports import diligence, exports
from reports.actions import exporting
from reports.views import opened
from reports.views.forms import xlsx


@require_GET
def export(request, pk):
    """提醒送达证明 as .xlsx; that it was taken, with its digest, is in the audit first."""
    assignment = opened.seen(request.user, pk)
    now, found = timezone.now(), diligence.rows(assignment)
    exporting.diligence_taken(
        assignment, rows=len(found), digest=diligence.digest(found), now=now, by=request.user
    )
    data = diligence.workbook(assignment, found, now=now, by=request.user)
    unit = assignment.bureau.short_name
    return xlsx(data, exports.file_name(diligence.TITLE, unit, str(assignment.obligation)))
