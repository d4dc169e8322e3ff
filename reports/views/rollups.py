from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from bureaus.roles import Permission
from reports import exports, grid, preview
from reports.errors import ReportError
from reports.forms_of import numbers
from reports.rollup import RollUp, collect
from reports.views.forms import xlsx
from tasks.models import Assignment, Obligation
from tasks.paging import CappedPaginator


def statistics(request):
    """汇总统计: each obligation's completeness and timeliness, newest first. No ranking.

    Only assignments that this person may see are counted.
    """
    rows = (
        Obligation.objects.concerning(request.user)
        .select_related("notice", "issuer")
        .defer("notice__body", "notice__reading_json")
        .annotate(**_figures(request.user, timezone.now()))
        .order_by("-issued_at", "-pk")
    )
    context = {
        "page_obj": CappedPaginator(rows).get_page(request.GET.get("page")),
        "rolls_up": {bureau.pk for bureau in request.user.bureaus_where(Permission.ROLL_UP)},
        "query": "",
    }
    return render(request, "reports/statistics.html", context)


def _figures(user, now) -> dict[str, Coalesce]:
    """Counted for the obligations of the page alone: a join would count all of them first."""
    seen = Assignment.objects.visible_to(user).filter(obligation=OuterRef("pk"))
    found = {
        "expected": seen.expected(),
        "handed_in": seen.reported(),
        "late": seen.expected().filter(is_late=True),
        "overdue": seen.overdue(now).filter(is_correction=False),
    }
    return {name: Coalesce(Subquery(_count(rows)), 0) for name, rows in found.items()}


def _count(rows):
    return rows.order_by().values("obligation").annotate(count=Count("pk")).values("count")


def roll_up(request, pk, number=None):
    """汇总: what has come in, in administrative order, and who is missing."""
    obligation = _obligation(request.user, pk)
    available = numbers(obligation)
    number = available[0] if number is None else number
    if number not in available:
        raise Http404
    rolled = collect(obligation, number)
    context = {
        "obligation": obligation,
        "notice": obligation.notice,
        "rolled": rolled,
        "number": number,
        "tabs": _tabs(obligation, available, number),
        "today": timezone.localdate(),
        **(_table(rolled) if rolled.definition.kind == "table" else _texts(rolled)),
    }
    return render(request, "reports/roll_up.html", context)


def _obligation(user, pk) -> Obligation:
    seen = Obligation.objects.visible_to(user).select_related("notice", "issuer", "clause")
    obligation = get_object_or_404(seen, pk=pk)
    if not user.may(Permission.ROLL_UP, at=obligation.issuer):
        raise PermissionDenied
    return obligation


def _tabs(obligation: Obligation, available: list[int], number: int) -> list[dict]:
    return [
        {
            "label": f"附件{one}" if one else "报送材料",
            "url": reverse("reports:roll_up_number", args=[obligation.pk, one]),
            "active": one == number,
        }
        for one in available
    ]


def _table(rolled: RollUp) -> dict:
    return {
        "header": preview.header(rolled.definition),
        "lead": preview.LEAD,
        "blocks": preview.blocks(rolled.definition, rolled.entries),
    }


def _texts(rolled: RollUp) -> dict:
    """Outlines are read one after the other; there is no table of them."""
    at = dict(rolled.obligation.assignments.reported().values_list("bureau__code", "pk"))
    made = []
    for entry in rolled.entries:
        parts = grid.outline(rolled.definition, entry.content, [])
        made.append(
            {
                "name": entry.name,
                "assignment": at[entry.code],
                "parts": parts,
                "words": sum(part.words for part in parts),
            }
        )
    return {"texts": made}


def roll_up_download(request, pk, number):
    obligation = _obligation(request.user, pk)
    try:
        data = exports.roll_up_workbook(obligation, number, as_of=timezone.localdate())
    except ReportError as problem:
        raise Http404(str(problem)) from None
    return xlsx(data, exports.file_name(obligation.notice.title, f"附件{number}汇总表"))
