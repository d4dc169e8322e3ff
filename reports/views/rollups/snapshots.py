from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from bureaus.roles import Permission
from reports.actions import snapshots
from reports.errors import ReportError
from reports.exports import files as exports
from reports.filling.asked_forms import numbers
from reports.makers import roll_up as roll_up_maker
from reports.models import Snapshot
from reports.pages import roll_up as roll_up_page
from reports.rollups.snapshot_difference import difference, difference_workbook
from reports.rollups.snapshots import frozen
from reports.states import ProductionKind
from reports.views.forms import xlsx
from reports.views.productions import asked
from reports.views.rollups.rollups import form_name, seen_obligation


@require_POST
def take(request, pk, number):
    """制作快照: keep what stands now."""
    obligation = seen_obligation(request.user, pk)
    if number not in numbers(obligation):
        raise Http404
    label = request.POST.get("label", "")
    try:
        made = snapshots.take(obligation, number, label=label, now=timezone.now(), by=request.user)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:roll_up_number", pk, number)
    messages.success(request, "已制作汇总快照，以后的报送和更正不会改变它")
    return redirect("reports:snapshot", made.pk)


@require_GET
def snapshot(request, pk):
    """快照: the roll-up as it was, and what it can be compared with."""
    found = _seen(request.user, pk)
    kept = frozen(found)
    by = found.bureau.short_name
    others = Snapshot.objects.of(found.obligation, found.attachment_number).exclude(pk=pk)
    day = localtime(found.as_of)
    context = {
        "snapshot": found,
        "obligation": found.obligation,
        "form_name": form_name(found.attachment_number),
        "kept": kept,
        "others": others,
        "is_long": found.expected > exports.MOST_AT_ONCE,
        "unit_name": by,
        **roll_up_page.shown(
            kept.definition,
            kept.entries(),
            kept.names,
            by=by,
            day=f"{day.year}年{day.month}月{day.day}日",
            part=request.GET.get("part", ""),
        ),
    }
    return render(request, "reports/snapshot.html", context)


def _seen(user, pk) -> Snapshot:
    """One of a bureau for which this person rolls up."""
    seen = Snapshot.objects.visible_to(user).select_related(
        "obligation__notice", "bureau", "made_by"
    )
    found = get_object_or_404(seen, pk=pk)
    if not user.may(Permission.ROLL_UP, at=found.bureau):
        raise PermissionDenied
    return found


@require_GET
def download(request, pk):
    """The workbook of a snapshot: at once, of many units by a worker."""
    found = _seen(request.user, pk)
    asked_for = found.obligation
    name = exports.file_name(asked_for.notice.title, asked_for.period, f"快照{pk}汇总表")
    if found.expected <= exports.MOST_AT_ONCE:
        return xlsx(exports.snapshot_workbook(found), name)
    messages.info(request, "单位较多，汇总表在后台生成：请点“生成汇总表”")
    return redirect("reports:snapshot", pk)


@require_POST
def make(request, pk):
    """Have a worker make it."""
    found = _seen(request.user, pk)
    params = roll_up_maker.params_of_snapshot(found)
    title = f"{found.obligation} {found} 汇总表"
    try:
        return asked(request, ProductionKind.ROLL_UP, params, title=title, bureau=found.bureau)
    except ReportError as refused:
        messages.error(request, str(refused))
        return redirect("reports:snapshot", pk)


@require_GET
def compare(request, pk, other):
    """两次汇总的差别: which units and figures changed from the earlier to the later."""
    old, new = _pair(request.user, pk, other)
    context = {"found": difference(old, new), "obligation": new.obligation}
    return render(request, "reports/snapshot_difference.html", context)


@require_GET
def compare_download(request, pk, other):
    old, new = _pair(request.user, pk, other)
    name = exports.file_name(new.obligation.notice.title, f"快照{old.pk}与{new.pk}的差别")
    return xlsx(difference_workbook(difference(old, new)), name)


def _pair(user, pk, other) -> list[Snapshot]:
    """Both, the earlier first; only of one form of one obligation."""
    pair = [_seen(user, key) for key in (pk, other)]
    if len({(one.obligation_id, one.attachment_number) for one in pair}) > 1 or pk == other:
        raise Http404
    return sorted(pair, key=lambda one: (one.as_of, one.pk))
