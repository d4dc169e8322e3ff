from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.actions import merging as notice_merging
from notices.calendar import work_calendar
from notices.errors import NoticeError
from notices.models import Notice
from notices.pages import highlight
from notices.pages.twin_words import PART
from notices.states import NoticeState
from notices.text.clauses.model import model
from tasks.actions import merging, settling
from tasks.actions.merging import How
from tasks.errors import IssueRefused
from tasks.pages import changes as changes_page
from tasks.pages.changes import ChangesPage
from tasks.views.notices import filed


@require_POST
def merge(request, pk):
    """What to do with another copy of a notice, from the check page of the copy."""
    seen = Notice.objects.visible_to(request.user).exclude(state=NoticeState.DISCARDED)
    upload = get_object_or_404(seen.select_related("bureau", "twin_of"), pk=pk)
    _check_may(request.user, upload)
    how = request.POST.get("how", "")
    try:
        if how == PART:
            notice_merging.part(upload, now=timezone.now(), by=request.user)
            messages.success(request, "已分开：两份文件各自保存，本件可以照常核对入库")
            return redirect("notices:check", upload.pk)
        if how not in list(How):
            raise NoticeError("请先选择怎样处理")
        told = merging.merge(
            upload,
            How(how),
            seen=request.POST.get("seen", ""),
            now=timezone.now(),
            by=request.user,
        )
    except NoticeError as problem:
        messages.error(request, str(problem))
        return redirect("notices:check", upload.pk)
    return _after(request, told)


def _after(request, told: merging.Told):
    """To what is to be done next with the notice that is left."""
    notice, units = told.merged.notice, len(told.obligations)
    said = f"，已记入{units}个已下发事项的办理记录" if units else ""
    messages.success(request, f"已并入，两份来源都可以在文件页查看{said}")
    if told.merged.carried.forms and units:
        changed = "；".join(told.merged.carried.forms)
        messages.info(request, f"附件有变：{changed}。已开始填报的仍用原表，请在“查看报表”中更新")
    if notice.state == NoticeState.TO_CHECK:
        return redirect("notices:check", notice.pk)
    if changes_page.waiting(notice):
        return redirect("tasks:notice_changes", notice.pk)
    return redirect("tasks:notice_detail", notice.pk)


def changes(request, pk):
    """核对变动: new duties and changed deadlines of a filed notice, decided together."""
    notice = filed(request.user, pk)
    _check_may(request.user, notice)
    data, now = (request.POST if request.method == "POST" else None), timezone.now()
    page = ChangesPage(notice, now=now, calendar=work_calendar(), data=data)
    problem = ""
    if data is not None and page.is_valid():
        try:
            touched = settling.settle(
                notice,
                decisions=page.decided(),
                changes=page.settled(),
                now=now,
                by=request.user,
            )
        except (NoticeError, IssueRefused) as refused:
            problem = str(refused)
        else:
            said = f"，已更改{len(touched)}个已下发的事项，有关单位可以看到" if touched else ""
            messages.success(request, f"已核对变动{said}")
            return redirect("tasks:notice_detail", notice.pk)
    context = {
        "notice": notice,
        "page": page,
        "problem": problem,
        "blocks": highlight.blocks(notice, page.clauses),
        "low": model().doubtful,
    }
    status = 422 if data is not None else 200
    return render(request, "tasks/notice_changes.html", context, status=status)


def _check_may(user: Staff, notice: Notice) -> None:
    if not user.may(Permission.CHECK, at=notice.bureau):
        raise PermissionDenied
