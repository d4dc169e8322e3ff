from datetime import datetime

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus import permissions
from bureaus.roles import Permission
from bureaus.shell.chips import without
from bureaus.shell.paging import CappedPaginator
from notices.calendar import work_calendar
from tasks.actions import saved_views
from tasks.errors import ViewRefused
from tasks.models import Assignment, SavedView
from tasks.pages import (
    beside,
    came_back,
    later_periods,
    ledger,
    ledger_columns,
    ledger_groups,
    lit_rows,
)
from tasks.pages import saved_views as saved_pages
from tasks.pages.bulk_verbs import bulk_verbs
from tasks.views.assignments import first_error

CHECK = {"kind": "check"}


def page(request):
    """任务台账: every assignment one may see, filtered by the URL; without any, those not done."""
    asked, now = _asked(request), timezone.now()
    grouping = ledger_groups.of(asked)
    page_obj = CappedPaginator(grouping.rows(), parts=asked.filter.parts()).get_page(
        asked.given.get("page")
    )
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
        "grouping": grouping,
        "groups": grouping.cut(page_obj, found),
        "beside": _beside(request, now=now),
        "all_columns": ledger_columns.COLUMNS,
        "views": saved_pages.lines(request.user, asked.query()),
        "view_form": saved_pages.form(request.user),
        "bulk_verbs": offered,
        "heads": [CHECK, *asked.heads()] if offered else asked.heads(),
    }
    return render(request, "tasks/ledger.html", context)


def _asked(request) -> ledger.Ledger:
    """With the columns of the address, else those that this person has chosen."""
    shown = [] if request.GET.getlist("columns") else ledger_columns.shown_to(request.user)
    return ledger.read(request, shown=shown)


def _beside(request, *, now: datetime) -> dict | None:
    """The task that is open beside the list, where this person may see it."""
    key = request.GET.get("open", "")
    if not key.isdecimal():
        return None
    rows = Assignment.objects.visible_to(request.user).for_detail()
    found = rows.filter(pk=key).first()
    return found and beside.context(found, request.user, now=now)


@require_POST
def show_columns(request):
    """显示的列: kept with the person; 复位 shows all of them."""
    names = [] if "reset" in request.POST else request.POST.getlist("columns")
    chosen = [column.name for column in ledger_columns.chosen(names)] if names else []
    saved_views.show_columns(chosen, now=timezone.now(), by=request.user)
    query = without(QueryDict(request.POST.get("query", "")), "columns")
    return redirect(f"{reverse('tasks:ledger')}?{query}")


@require_POST
def save_view(request):
    """The question that the ledger shows, under a name; then the ledger asks it again."""
    user = request.user
    permissions.check_any(user, Permission.READ)
    written = request.POST.get("query", "")
    asked = saved_pages.question(request, written)
    form = saved_pages.form(user, request.POST)
    if not form.is_valid():
        messages.error(request, f"视图没有保存：{first_error(form)}")
    elif not asked:
        messages.error(request, "视图没有保存：筛选条件有误，请改正后再存")
    else:
        _keep(request, asked, **form.cleaned_data)
    return redirect(f"{reverse('tasks:ledger')}?{asked}")


def _keep(request, asked: str, *, name: str, bureau) -> None:
    try:
        saved_views.keep(name, asked, bureau=bureau, now=timezone.now(), by=request.user)
    except ViewRefused as refused:
        messages.error(request, f"视图没有保存：{refused}")
    else:
        shared = f"，{bureau}的人员都能用" if bureau else ""
        messages.success(request, f"已保存视图“{name}”{shared}")


@require_POST
def remove_view(request, pk):
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    try:
        saved_views.remove(view, now=timezone.now(), by=request.user)
    except ViewRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已删除视图“{view}”")
    return redirect("tasks:ledger")
