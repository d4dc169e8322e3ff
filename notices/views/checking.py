from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bureaus.roles import Permission
from notices.actions import checking, confirming, merging
from notices.checking.citations import linked
from notices.checking.expansion import expand
from notices.errors import NoticeError, NumberTaken
from notices.forms.clause import ClauseForm, prefix_of
from notices.models import Notice
from notices.pages import check as check_page
from notices.states import NoticeState

ISSUE_NEXT = "issue_next"  # the button 确认入库并下发


def check(request, pk):
    """核对: text on the left, what was read on the right; filing makes it the office's word."""
    notice = _checkable(request.user, pk)
    if notice.state == NoticeState.MERGED:
        messages.info(request, "该文件已并入下面这份文件")
        return redirect("notices:check", notice.twin_of_id)
    if notice.state == NoticeState.FILED:
        return redirect("tasks:notice_detail", notice.pk)
    data = check_page.filing(notice, request.POST) if request.method == "POST" else None
    page = check_page.CheckPage(notice, data=data)
    if page.is_valid():
        try:
            # the bound form has written into its instance; the action compares with the stored row
            checking.file(
                Notice.objects.get(pk=pk),
                metadata=page.metadata.cleaned_data,
                decisions={form.clause.pk: form.value() for form in page.decisions},
                now=timezone.now(),
                by=request.user,
            )
        except NumberTaken as taken:
            merging.link(notice.pk, taken, now=timezone.now(), by=request.user)
            messages.error(request, str(taken))
            page = check_page.CheckPage(_checkable(request.user, pk), typed=request.POST)
        except NoticeError as problem:
            page.metadata.add_error(None, str(problem))
        else:
            return _filed(request, notice)
    status = 422 if request.method == "POST" else 200
    return _shown(request, page, status)


def _filed(request, notice: Notice):
    """确认入库并下发 leads to the issue page, where this person may issue what was confirmed."""
    if ISSUE_NEXT not in request.POST:
        messages.success(request, "已核对入库，可以下发")
    elif not notice.clauses.reports().confirmed().exists():
        messages.success(request, "已核对入库；没有确认的报送事项，不用下发")
    elif not request.user.may(Permission.ISSUE, at=notice.bureau):
        messages.success(request, "已核对入库；您没有“下发”权限，请由有权限的人员下发")
    else:
        messages.success(request, "已核对入库，请核对接收单位后下发")
        return redirect("tasks:issue", notice.pk)
    return redirect("tasks:notice_detail", notice.pk)


def _shown(request, page: check_page.CheckPage, status: int):
    context = page.context() | linked(page.notice, request.user)
    context["may_issue"] = request.user.may(Permission.ISSUE, at=page.notice.bureau)
    return render(request, "notices/check.html", context, status=status)


def _checkable(user, pk) -> Notice:
    seen = Notice.objects.visible_to(user).exclude(state=NoticeState.DISCARDED)
    whole = seen.select_related("bureau", "twin_of").prefetch_related("attachments")
    notice = get_object_or_404(whole, pk=pk)
    if not user.may(Permission.CHECK, at=notice.bureau):
        raise PermissionDenied
    return notice


@require_GET
def expansion(request, pk):
    """The units that the recipients as just typed would address; a fragment of the check page."""
    notice = _checkable(request.user, pk)
    found = expand(request.GET.get("recipients_text", ""), issuer=notice.bureau)
    return render(request, "notices/_expansion.html", {"expansion": found})


@require_GET
def dates(request, pk, number):
    """The days that a frequency as just typed comes to; a fragment of the check and issue pages."""
    notice = _checkable(request.user, pk)
    clause = get_object_or_404(notice.clauses.reports(), pk=number)
    form = ClauseForm(request.GET, clause=clause, attachments=())
    context = {"form": form, "clause": clause, "told": True}
    return render(request, "notices/_clause_dates.html", context)


@require_POST
def add_clause(request, pk):
    """补充遗漏的事项; what is typed elsewhere on the page stays as it is."""
    notice = _checkable(request.user, pk)
    missed = check_page.MissedClauseForm(request.POST, notice=notice)
    status = 422
    if missed.is_valid():
        try:
            clause = checking.add_clause(
                notice, **missed.cleaned_data, now=timezone.now(), by=request.user
            )
        except NoticeError as problem:
            missed.add_error(None, str(problem))
        else:
            messages.success(request, f"已补充为事项{clause.position}，请一并核对")
            missed, status = check_page.MissedClauseForm(notice=notice), 200
    page = check_page.CheckPage(notice, typed=request.POST, missed=missed)
    return _shown(request, page, status)


@require_POST
def confirm_sure(request, pk):
    """确认全部把握高的: one press; what is typed on the page stays as it is."""
    notice = _checkable(request.user, pk)
    typed = request.POST
    refused = [
        clause.pk
        for clause in notice.clauses.reports()
        if typed.get(f"{prefix_of(clause)}-decision") == "no"
    ]
    status = 200
    try:
        confirmed = confirming.confirm_sure(
            notice, refused=refused, now=timezone.now(), by=request.user
        )
    except NoticeError as problem:
        messages.error(request, str(problem))
        status = 422
    else:
        said = f"已确认把握高的{len(confirmed)}项，可以逐项撤销；其余请逐项核对后入库"
        messages.success(request, said)
    return _shown(request, check_page.CheckPage(notice, typed=typed), status)


@require_POST
def take_back(request, pk, number):
    """撤销确认 of one clause; what is typed elsewhere on the page stays as it is."""
    notice = _checkable(request.user, pk)
    typed = request.POST.copy()
    status = 200
    try:
        clause = confirming.take_back(notice, number, now=timezone.now(), by=request.user)
    except NoticeError as problem:
        messages.error(request, str(problem))
        status = 422
    else:
        typed.pop(f"{prefix_of(clause)}-decision", None)
        messages.success(request, f"已撤销确认，事项{clause.position}待核对")
    return _shown(request, check_page.CheckPage(notice, typed=typed), status)


@require_POST
def discard(request, pk):
    notice = _checkable(request.user, pk)
    try:
        checking.discard(
            notice, reason=request.POST.get("reason", ""), now=timezone.now(), by=request.user
        )
    except NoticeError as problem:
        messages.error(request, str(problem))
        return redirect("notices:check", notice.pk)
    messages.success(request, "已作废，文件不再出现在文件库中")
    return redirect("notices:library")
