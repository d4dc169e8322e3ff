from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.checking.attachment_shape import shape
from notices.checking.citations import linked
from notices.models import Clause, Notice
from notices.pages import contacts, highlight, originals
from notices.states import GONE, NoticeState
from tasks import permissions
from tasks.actions import amending
from tasks.forms.issuing import SoonForm
from tasks.pages import changes as changes_page
from tasks.pages import notice as notice_page
from tasks.pages.issuing import issue as issue_page
from tasks.pages.issuing.just_issued import just_issued
from tasks.pictures import matrix, submissions
from tasks.scheduling.dates import SOON_WORKDAYS


def detail(request, pk):
    """文件: the text with its readings, the obligations with their progress, attachments, twins."""
    return _detail(request, filed(request.user, pk))


def _detail(request, notice: Notice, soon_form: SoonForm | None = None):
    may_issue = permissions.can_issue(request.user, notice)
    known = {"now": timezone.now(), "calendar": work_calendar()}
    obligations = notice_page.progress(notice, request.user, **known)
    asked = [row.obligation for row in obligations if row.obligation.parent_id is None]
    issued = [row.obligation for row in obligations]
    soon_now = _soon(obligations)
    may_check = request.user.may(Permission.CHECK, at=notice.bureau)
    clauses = list(notice.clauses.confirmed())
    found = issue_page.candidates(notice, clauses) if may_issue else []
    unissued = [each.clause for each in found if not each.is_out]
    notice_page.mark_unlisted(clauses, obligations, unissued)
    context = {
        "notice": notice,
        "obligations": obligations,
        "fresh": just_issued(asked, request.user, **known) if may_issue else [],
        "groups": notice_page.groups(obligations),
        "curve": submissions.of_notice(issued, request.user, now=known["now"]),
        "matrix": matrix.matrix(issued, request.user, **known),
        "unissued": unissued,
        "may_go_on": any(each.is_out for each in found),
        "requirements": notice.clauses.requirements(),
        "attachments": [(one, shape(one)) for one in notice.attachments.all()],
        "has_plain": _asks_plainly(notice, clauses),
        "contacts": contacts.masked(notice.reading["contacts"]),
        "twins": _twins(request.user, notice),
        "originals": originals.of(notice),
        "sources": notice.sources.select_related("came_by"),
        "changes": changes_page.waiting(notice) if may_check else 0,
        **linked(notice, request.user),
        "blocks": highlight.blocks(notice, clauses),
        "may_issue": may_issue,
        "soon": soon_now,
        "soon_form": soon_form or SoonForm(initial={"soon_workdays": soon_now}),
    }
    status = 422 if soon_form else 200
    return render(request, "tasks/notice_detail.html", context, status=status)


def _asks_plainly(notice: Notice, clauses: list[Clause]) -> bool:
    """Is there an item without an attachment to be filled in?"""
    fillable = {one.position for one in notice.attachments.all() if one.is_fillable}
    asked = [one for one in clauses if one.kind == Clause.Kind.REPORT]
    return any(fillable.isdisjoint(one.attachments_referred) for one in asked)


def filed(user, pk) -> Notice:
    """The notice, or 404 where this person may not know of it or nobody has checked it yet."""
    seen = Notice.objects.visible_to(user).filter(state=NoticeState.FILED)
    whole = seen.select_related("bureau", "filed_by").prefetch_related("attachments")
    return get_object_or_404(whole, pk=pk)


def _soon(obligations) -> int:
    """The 临期线 of what the notice itself asks."""
    asked = [row.obligation for row in obligations if row.obligation.parent_id is None]
    return asked[0].soon_workdays if asked else SOON_WORKDAYS


def _twins(user, notice: Notice):
    """Other copies under the same number, whichever came first; those that wait for who checks."""
    same = Q(twin_of=notice) | Q(pk=notice.twin_of_id)
    seen = Notice.objects.visible_to(user).exclude(state__in=GONE)
    return seen.filter(same).defer("body", "reading_json")


@require_POST
def soon(request, pk):
    """调整临期线 for all that the notice asks."""
    notice = filed(request.user, pk)
    if not permissions.can_issue(request.user, notice):
        raise PermissionDenied
    form = SoonForm(request.POST)
    if not form.is_valid():
        return _detail(request, notice, form)
    workdays = form.cleaned_data["soon_workdays"]
    amending.set_soon(notice, workdays, now=timezone.now(), by=request.user)
    messages.success(request, f"临期线已改为{workdays}个工作日")
    return redirect("tasks:notice_detail", notice.pk)
