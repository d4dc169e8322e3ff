from django.shortcuts import render

from bureaus.roles import Permission
from bureaus.shell.chips import chips
from bureaus.shell.paging import CappedPaginator
from notices.filters import NoticeFilter
from notices.models import Notice
from notices.states import GONE


def library(request):
    """文件库: what one's office has taken in and what was sent to it."""
    rows = Notice.objects.visible_to(request.user).exclude(state__in=GONE)
    chosen = NoticeFilter(request.GET, queryset=rows.for_list())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page_obj": CappedPaginator(chosen.qs).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "chips": chips(request.path, request.GET, chosen.form),
        "clear_url": request.path,
        "may_import": bool(request.user.bureaus_where(Permission.IMPORT)),
        "columns": LIBRARY_COLUMNS,
        "checks_at": {bureau.pk for bureau in request.user.bureaus_where(Permission.CHECK)},
    }
    return render(request, "notices/library.html", context)


LIBRARY_COLUMNS = [
    {"label": "序号", "kind": "seq"},
    {"label": "标题、文号、发文机关"},
    {"label": "成文日期", "kind": "date"},
    {"label": "收文单位"},
    {"label": "报送事项", "kind": "num"},
    {"label": "状态"},
    {"label": "操作", "kind": "act"},
]
