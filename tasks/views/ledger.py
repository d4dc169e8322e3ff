from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone

from notices.calendar import work_calendar
from notices.chips import chips, without
from tasks import rows
from tasks.filters import AssignmentFilter
from tasks.models import Assignment

COLUMNS = [
    {"label": "序号", "kind": "seq"},
    {"label": "进度", "width": "w-1"},
    {"label": "事项"},
    {"label": "责任单位"},
    {"label": "截止时间", "kind": "date"},
    {"label": "状态"},
    {"label": "报送时间", "kind": "date"},
]
AT_FIRST = "light=open"
EVERYTHING = "light="


def ledger(request):
    """任务台账: every assignment one may see, filtered by the URL; without any, those not done."""
    given = request.GET or QueryDict(AT_FIRST)
    seen = Assignment.objects.visible_to(request.user)
    chosen = AssignmentFilter(given, queryset=seen.in_order().for_list(), request=request)
    page = Paginator(chosen.qs, 50).get_page(given.get("page"))
    context = {
        "filter": chosen,
        "page_obj": page,
        "assignments": rows.lit(
            page.object_list, now=timezone.now(), calendar=work_calendar(), user=request.user
        ),
        "query": without(given, "page"),
        "chips": chips(request.path, given, chosen.form, everything=EVERYTHING),
        "clear_url": f"{request.path}?{EVERYTHING}",
        "columns": COLUMNS,
    }
    return render(request, "tasks/ledger.html", context)
