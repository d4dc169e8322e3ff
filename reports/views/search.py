from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from bureaus.search import asked as words
from reports.search import of_notices
from reports.search import page as pages
from reports.search.kinds import BY_CODE


@require_GET
def page(request):
    """全局查找. A 文号 that one notice bears opens it at once."""
    text = request.GET.get("q", "").strip()[: words.LONGEST]
    asked = words.read(text)
    if code := request.GET.get("kind", ""):
        return _kind(request, code, text, asked)
    same = of_notices.numbered(request.user, asked)
    if len(same) == 1:
        return redirect(of_notices.address(same[0]))
    context = {
        "text": text,
        "asked": asked,
        "groups": pages.groups(request.user, asked, text),
        "problem": pages.SHORT if asked and asked.is_too_short else "",
    }
    return render(request, "reports/search.html", context)


def _kind(request, code, text, asked):
    if code not in BY_CODE:
        raise Http404
    kind = BY_CODE[code]
    page_obj, hits = pages.listed(request.user, kind, asked, request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "text": text,
        "kind": kind,
        "page_obj": page_obj,
        "hits": hits,
        "query": query.urlencode(),
    }
    return render(request, "reports/search_kind.html", context)


@require_GET
def typed(request):
    """The first ten while one types; options for the list of the search box."""
    text = request.GET.get("q", "").strip()[: words.LONGEST]
    context = {"found": pages.typed(request.user, text), "text": text}
    return render(request, "reports/_search_typed.html", context)
