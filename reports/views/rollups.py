from django.core.exceptions import PermissionDenied
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
from tasks.models import Obligation


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
