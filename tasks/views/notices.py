from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bureaus.models import Bureau
from notices import contacts, highlight
from notices.attachment_shape import shape
from notices.calendar import work_calendar
from notices.expansion import expand
from notices.models import Notice
from notices.states import NoticeState
from tasks import notice_page, permissions
from tasks.actions import issuing
from tasks.dates import dates_of
from tasks.errors import IssueRefused
from tasks.forms import IssueForm
from tasks.models import Obligation


def detail(request, pk):
    """文件: the text with its readings, the obligations with their progress, attachments, twins."""
    notice = _filed(request.user, pk)
    obligations = notice_page.progress(
        notice, request.user, now=timezone.now(), calendar=work_calendar()
    )
    may_issue = permissions.can_issue(request.user, notice)
    context = {
        "notice": notice,
        "obligations": obligations,
        "unissued": _unissued(notice) if may_issue else [],
        "requirements": notice.clauses.requirements(),
        "attachments": [(one, shape(one)) for one in notice.attachments.all()],
        "contacts": contacts.masked(notice.reading["contacts"]),
        "twins": _twins(request.user, notice),
        "blocks": highlight.blocks(notice, notice.clauses.confirmed()),
        "may_issue": may_issue,
    }
    return render(request, "tasks/notice_detail.html", context)


def _filed(user, pk) -> Notice:
    seen = Notice.objects.visible_to(user).filter(state=NoticeState.FILED)
    whole = seen.select_related("bureau", "filed_by").prefetch_related("attachments")
    return get_object_or_404(whole, pk=pk)


def _twins(user, notice: Notice):
    """Other filed copies under the same number, whichever came first."""
    same = Q(twin_of=notice) | Q(pk=notice.twin_of_id)
    seen = Notice.objects.visible_to(user).filter(state=NoticeState.FILED)
    return seen.filter(same).defer("body", "reading_json")


def _unissued(notice: Notice):
    """Confirmed clauses that are not out yet."""
    issued = Obligation.objects.filter(notice=notice, state="issued").values("clause")
    return notice.clauses.confirmed().exclude(pk__in=issued)


def issue(request, pk):
    """下发: what goes to whom by when, seen whole before it leaves."""
    notice = _filed(request.user, pk)
    if not permissions.can_issue(request.user, notice):
        raise PermissionDenied
    clauses = _unissued(notice)
    expansion = expand(notice.recipients_text, issuer=notice.bureau)
    below = Q(parent=notice.bureau) | Q(pk__in=[bureau.pk for bureau in expansion.bureaus])
    bureaus = Bureau.objects.active().filter(below)
    initial = {"clauses": clauses, "bureaus": expansion.bureaus}
    data = request.POST if request.method == "POST" else None
    form = IssueForm(data, initial=initial, clauses=clauses, bureaus=bureaus)
    if form.is_valid():
        try:
            count = _issue_all(form.cleaned_data, request.user)
        except IssueRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已下发：{count}")
            return redirect("tasks:notice_detail", notice.pk)
    context = _issue_context(notice, form, clauses, bureaus) | {"expansion": expansion}
    return render(request, "tasks/issue.html", context, status=422 if form.is_bound else 200)


def _issue_context(notice: Notice, form: IssueForm, clauses, bureaus) -> dict:
    chosen, units = _keys(form, "clauses"), _keys(form, "bureaus")
    return {
        "notice": notice,
        "form": form,
        "previews": notice_page.previews(
            clauses, chosen, now=timezone.now(), calendar=work_calendar()
        ),
        "tiers": notice_page.tiers(bureaus, units),
        "clause_count": len(chosen),
        "unit_count": len(units),
        "task_count": len(chosen) * len(units),
    }


def _keys(form: IssueForm, name: str) -> set[int]:
    """The keys that are ticked, whether preselected or posted; what is no number is not ticked."""
    values = [str(getattr(value, "pk", value)) for value in form[name].value() or ()]
    return {int(value) for value in values if value.isdecimal()}


@transaction.atomic
def _issue_all(data: dict, user) -> str:
    """Issue every chosen clause, all or nothing; says what went out."""
    now, total = timezone.now(), 0
    for clause in data["clauses"].select_related("notice__bureau"):
        issuing.issue(clause, bureaus=data["bureaus"], dates=dates_of(clause), now=now, by=user)
        total += len(data["bureaus"])
    return f"{len(data['clauses'])}个事项、{len(data['bureaus'])}个单位，共{total}项任务"
