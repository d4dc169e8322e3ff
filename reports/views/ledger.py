from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from notices.calendar import work_calendar
from reports.actions import exporting
from reports.errors import ReportError
from reports.exports import files as exports
from reports.exports import ledger_sheet as ledgers
from reports.views.forms import xlsx
from tasks.pages import ledger


@require_GET
def export(request, ending=".xlsx"):
    """导出 Excel, or 导出 CSV: what the ledger shows at the same address, all pages; too many go to
    a worker."""
    asked, now = ledger.read(request), timezone.now()
    try:
        made = ledgers.export(
            asked, now=now, calendar=work_calendar(), user=request.user, ending=ending
        )
    except ledgers.TooMany:
        return redirect(f"{reverse('reports:ledger_long')}?{asked.query()}")
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('tasks:ledger')}?{asked.query()}")
    exporting.ledger_taken(
        made.count, filters=asked.in_words(), query=asked.query(), now=now, by=request.user
    )
    unit = str(request.user.bureau or "")
    name = exports.file_name("任务台账", unit, f"{timezone.localdate(now)}", ending=ending)
    return xlsx(made.data, name, content_type=exports.CONTENT_TYPES[ending])
