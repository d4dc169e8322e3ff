from django.utils import timezone
from django.views.decorators.http import require_GET

from reports.actions import exporting
from reports.exports import files as exports
from reports.exports import proof_sheet
from reports.views import opened
from reports.views.forms import xlsx


@require_GET
def export(request, pk):
    """提醒送达证明 as .xlsx; that it was taken, with its digest, is in the audit first."""
    assignment = opened.seen(request.user, pk)
    now, found = timezone.now(), proof_sheet.rows(assignment)
    exporting.diligence_taken(
        assignment, rows=len(found), digest=proof_sheet.digest(found), now=now, by=request.user
    )
    data = proof_sheet.workbook(assignment, found, now=now, by=request.user)
    unit = assignment.bureau.short_name
    return xlsx(data, exports.file_name(proof_sheet.TITLE, unit, str(assignment.obligation)))
