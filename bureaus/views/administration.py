from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from audit import verification
from audit.models import AuditEvent, Chain, Verification
from bureaus import permissions
from bureaus.filters import NO_FILLER, AuditFilter, units_with
from bureaus.models import Bureau
from bureaus.roles import Permission
from bureaus.shell.chips import chips, without
from bureaus.shell.paging import CappedPaginator

P = Permission
MANY_FAULTS = 100
LATELY = timedelta(days=31)
PAGES = (
    ("单位", "bureaus:units", frozenset({P.STAFF, P.SYSTEM, P.GRANT})),
    ("人员", "bureaus:staff", frozenset({P.STAFF, P.GRANT, P.SYSTEM})),
    ("待确认岗位", "bureaus:posts_asked", frozenset({P.GRANT})),
    ("工作日历", "bureaus:workdays", frozenset({P.SYSTEM})),
    ("审计日志", "bureaus:audit", frozenset({P.AUDIT})),
    ("系统状况", "health:page", frozenset({P.SYSTEM})),
)


def tabs(user, active: str) -> list[dict]:
    """The pages of 系统管理 that this person may open, by the names of their addresses."""
    return [
        {"label": label, "url": reverse(name), "active": name == active}
        for label, name, needs in PAGES
        if any(user.bureaus_where(permission) for permission in needs)
    ]


def administration(request):
    """The first page of 系统管理 that this post may open."""
    permissions.check_any(request.user, P.STAFF, P.SYSTEM, P.GRANT, P.AUDIT)
    if request.user.bureaus_where(P.AUDIT):
        return audit(request)
    return units(request)


def units(request):
    """单位: the tree of bureaus one administers, found by name or code."""
    permissions.check_any(request.user, P.STAFF, P.SYSTEM, P.GRANT)
    care = request.GET.get("show", "")
    administered = Bureau.objects.administered_by(request.user, P.STAFF, P.SYSTEM, P.GRANT)
    found = units_with(care, administered).select_related("parent")
    words = words_of(request)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__startswith=words))
    return page_of(
        request,
        "bureaus/units.html",
        found,
        active="bureaus:units",
        words=words,
        care=care,
        cares=[(NO_FILLER, "没有填报人")],
        may_add=bool(request.user.bureaus_where(P.SYSTEM)),
        may_open=any(request.user.bureaus_where(each) for each in (P.STAFF, P.SYSTEM)),
    )


def audit(request):
    """审计日志: what was recorded; with ?verify the chains are walked and every break is named."""
    permissions.check_any(request.user, P.AUDIT)
    verified = "verify" in request.GET
    given, here = _since_lately(request.GET), reverse("bureaus:audit")
    asked = AuditFilter(given, queryset=_events(request.user))
    return page_of(
        request,
        "bureaus/audit.html",
        asked.qs,
        active="bureaus:audit",
        paginator=CappedPaginator,
        query=without(given, "page", "verify"),
        filter=asked,
        chips=chips(here, given, asked.form, emptied="since"),
        clear_url=here,
        chain_count=Chain.objects.count(),
        verified=verified,
        faults=verification.verify(timezone.now())[:MANY_FAULTS] if verified else [],
        last=Verification.objects.first(),
        here=here,
    )


def _since_lately(given: QueryDict) -> QueryDict:
    """Words are looked for in the last days, where no span is asked for: years take too long."""
    found = given.copy()
    if given.get("q") and "since" not in given and "until" not in given:
        found["since"] = (timezone.localdate() - LATELY).isoformat()
    return found


def _events(user):
    """The chains of the bureaus one audits; the root's auditor also reads the system's own."""
    if any(bureau.parent_id is None for bureau in user.bureaus_where(P.AUDIT)):
        return AuditEvent.objects.all()
    audited = Bureau.objects.administered_by(user, P.AUDIT)
    return AuditEvent.objects.filter(chain__in=audited.values("code"))


def words_of(request) -> str:
    return request.GET.get("q", "").strip()


def page_of(
    request,
    template: str,
    rows,
    *,
    active: str,
    words: str = "",
    care: str = "",
    row: Callable | None = None,
    status: int = 200,
    paginator: type[Paginator] = Paginator,
    **extra,
):
    """One page of rows; ``row`` gives each the shape in which the template shows it."""
    page = paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [row(one) for one in page.object_list] if row else page.object_list,
        "tabs": tabs(request.user, active),
        "words": words,
        "care": care,
        "query": urlencode({name: said for name, said in (("q", words), ("show", care)) if said}),
        **extra,
    }
    return render(request, template, context, status=status)
