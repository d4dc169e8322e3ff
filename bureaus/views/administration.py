from django.core.paginator import Paginator
from django.shortcuts import render

from audit.models import AuditEvent
from bureaus import permissions
from bureaus.models import Bureau, CalendarDay, Staff
from bureaus.roles import Permission
from bureaus.visibility import visible

P = Permission
PAGES = (
    ("单位", "bureaus:units", frozenset({P.STAFF, P.SYSTEM, P.GRANT})),
    ("人员", "bureaus:staff", frozenset({P.STAFF, P.GRANT, P.SYSTEM})),
    ("工作日历", "bureaus:workdays", frozenset({P.SYSTEM})),
    ("审计日志", "bureaus:audit", frozenset({P.AUDIT})),
)


def _tabs(user, active: str) -> list[dict]:
    return [
        {"label": label, "url_name": name, "active": name == active}
        for label, name, needs in PAGES
        if any(user.bureaus_where(permission) for permission in needs)
    ]


def _own(user, *needed: Permission):
    """Bureaus at or below those where one of the permissions is held."""
    rule = visible(user, path="path", permission=needed[0])
    for permission in needed[1:]:
        rule |= visible(user, path="path", permission=permission)
    return Bureau.objects.filter(rule)


def administration(request):
    """The first page of 系统管理 that this post may open."""
    permissions.check_any(request.user, P.STAFF, P.SYSTEM, P.GRANT, P.AUDIT)
    if request.user.bureaus_where(P.AUDIT):
        return audit(request)
    return units(request)


def units(request):
    permissions.check_any(request.user, P.STAFF, P.SYSTEM, P.GRANT)
    found = _own(request.user, P.STAFF, P.SYSTEM, P.GRANT).select_related("parent")
    words = request.GET.get("q", "").strip()
    if words:
        found = found.filter(name__icontains=words)
    return _page(request, "bureaus/units.html", found, active="bureaus:units", words=words)


def staff(request):
    permissions.check_any(request.user, P.STAFF, P.GRANT, P.SYSTEM)
    people = (
        Staff.objects.filter(bureau__in=_own(request.user, P.STAFF, P.GRANT, P.SYSTEM))
        .select_related("bureau")
        .prefetch_related("posts__bureau")
    )
    return _page(request, "bureaus/staff.html", people, active="bureaus:staff")


def workdays(request):
    permissions.check_any(request.user, P.SYSTEM)
    days = CalendarDay.objects.order_by("-day")
    return _page(request, "bureaus/workdays.html", days, active="bureaus:workdays")


def audit(request):
    permissions.check_any(request.user, P.AUDIT)
    return _page(request, "bureaus/audit.html", AuditEvent.objects.all(), active="bureaus:audit")


def _page(request, template: str, rows, *, active: str, **extra):
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"page_obj": page, "tabs": _tabs(request.user, active), "query": "", **extra}
    return render(request, template, context)


def help_page(request):
    return render(request, "bureaus/help.html")
