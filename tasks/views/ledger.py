from django.shortcuts import render
from django.utils import timezone

from bureaus.shell.paging import CappedPaginator
from notices.calendar import work_calendar
from tasks.pages import came_back, later_periods, ledger, ledger_columns, lit_rows
from tasks.pages.bulk_verbs import bulk_verbs

CHECK = {"kind": "check"}


def page(request):
    """任务台账: every assignment one may see, filtered by the URL; without any, those not done."""
    asked = ledger.read(request)
    page_obj = CappedPaginator(asked.rows).get_page(asked.given.get("page"))
    now = timezone.now()
    found = lit_rows.lit(
        came_back.mark(page_obj.object_list, request.user),
        now=now,
        calendar=work_calendar(),
        user=request.user,
    )
    if asked.filter.folds:
        later_periods.attach(found, now=now)
    for row in ledger.numbered(found, page_obj.start_index()):
        row.cells = ledger_columns.cells(row, asked.columns)
    offered = bulk_verbs(request.user) if found else []
    context = {
        "ledger": asked,
        "page_obj": page_obj,
        "assignments": found,
        "all_columns": ledger_columns.COLUMNS,
        "bulk_verbs": offered,
        "heads": [CHECK, *asked.heads()] if offered else asked.heads(),
    }
    return render(request, "tasks/ledger.html", context)
