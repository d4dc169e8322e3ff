from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus.roles import Permission
from reports.errors import ReportError
from reports.exports import files as exports
from reports.filling.asked_forms import numbers
from reports.makers import roll_up as roll_up_maker
from reports.models import Snapshot
from reports.pages import grid
from reports.pages import roll_up as roll_up_page
from reports.rollups.roll_up import RollUp, begin, entries
from reports.schemas.rolling.units import UnitEntry
from reports.states import ProductionKind
from reports.views.forms import xlsx
from reports.views.productions import asked
from tasks.models import Obligation
from tasks.permissions import can_read_roll_up


def roll_up(request, pk, number=None):
    """汇总: what has come in, in administrative order, and who is missing."""
    obligation = seen_obligation(request.user, pk)
    available = numbers(obligation)
    number = available[0] if number is None else number
    if number not in available:
        raise Http404
    rolled = begin(obligation, number)
    today, by = timezone.localdate(), obligation.issuer.short_name
    snapshots = Snapshot.objects.filter(obligation=obligation, attachment_number=number)
    shown = roll_up_page.shown(
        rolled.definition,
        entries(rolled),
        rolled.names,
        by=by,
        day=f"{today.year}年{today.month}月{today.day}日",
        part=request.GET.get("part", ""),
    )
    context = {
        "obligation": obligation,
        "notice": obligation.notice,
        "rolled": rolled,
        "number": number,
        "form_name": form_name(number),
        "tabs": _tabs(obligation, available, number),
        "levels_of_work": _levels(request.user, obligation),
        "snapshots": snapshots.select_related("made_by"),
        "today": today,
        "is_long": rolled.expected > exports.MOST_AT_ONCE,
        "may_keep": request.user.may(Permission.ROLL_UP, at=obligation.issuer),
        "unit_name": by,
        "texts": _texts(rolled, shown["entries"]),
        **shown,
    }
    return render(request, "reports/roll_up.html", context)


def seen_obligation(user, pk) -> Obligation:
    """One that this person may roll up."""
    seen = Obligation.objects.visible_to(user).select_related("notice", "issuer", "clause")
    obligation = get_object_or_404(seen, pk=pk)
    if not can_read_roll_up(user, obligation):
        raise PermissionDenied
    return obligation


def form_name(number: int) -> str:
    return f"附件{number}" if number else "报送材料"


def _tabs(obligation: Obligation, available: list[int], number: int) -> list[dict]:
    return [
        {
            "label": form_name(one),
            "url": reverse("reports:roll_up_number", args=[obligation.pk, one]),
            "active": one == number,
        }
        for one in available
    ]


def _levels(user, obligation: Obligation) -> list[Obligation]:
    """The same work at the levels above and below, where this person may roll it up too."""
    above = Obligation.objects.filter(assignments__splits=obligation)
    below = Obligation.objects.below(obligation)
    keys = above.order_by().values("pk").union(below.order_by().values("pk"))
    may = user.bureaus_where(Permission.READ)
    others = Obligation.objects.filter(pk__in=keys, issuer__in=may).select_related("issuer")
    found = others.order_by("issuer__path", "pk")
    return [one for one in found if can_read_roll_up(user, one)]


def _texts(rolled: RollUp, kept: list[UnitEntry]) -> list[dict]:
    """Outlines are read one after the other too; there is no table of them."""
    if rolled.definition.kind == "table":
        return []
    at = dict(rolled.obligation.assignments.reported().values_list("bureau__code", "pk"))
    made = []
    for entry in kept:
        parts = grid.outline(rolled.definition, entry.content, [])
        made.append(
            {
                "name": entry.name,
                "assignment": at[entry.code],
                "parts": parts,
                "words": sum(part.words for part in parts),
            }
        )
    return made


def download(request, pk, number):
    """The workbook at once; of many units a worker makes it."""
    obligation = seen_obligation(request.user, pk)
    if obligation.assignments.expected().count() > exports.MOST_AT_ONCE:
        messages.info(request, "单位较多，汇总表在后台生成：请点“生成汇总表”")
        return redirect("reports:roll_up_number", pk, number)
    try:
        data = exports.roll_up_workbook(obligation, number, as_of=timezone.localdate())
    except ReportError as problem:
        raise Http404(str(problem)) from None
    name = f"{form_name(number)}汇总表"
    return xlsx(data, exports.file_name(obligation.notice.title, obligation.period, name))


@require_POST
def make(request, pk, number):
    """Have a worker make the workbook, and go to where it will be."""
    obligation = seen_obligation(request.user, pk)
    if number not in numbers(obligation):
        raise Http404
    params = roll_up_maker.params(obligation, number)
    title = f"{obligation} {form_name(number)} 汇总表"
    try:
        return asked(request, ProductionKind.ROLL_UP, params, title=title, bureau=obligation.issuer)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:roll_up_number", pk, number)
