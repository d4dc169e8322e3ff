from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from bureaus.calendar import YEARS
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from tasks import permissions
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.errors import IssueRefused
from tasks.forms.issuing import AddUnitsForm, SplitForm
from tasks.issuing.asked_before import Before, asked_before
from tasks.issuing.deadline_effects import Outlook, outlook
from tasks.models import Assignment, Obligation
from tasks.pages import lit_rows
from tasks.pages.issuing import issue as issue_page
from tasks.pages.issuing import split as split_page
from tasks.pages.issuing.split_progress import below, split_of
from tasks.reminders import policies


def split(request, pk):
    """转发分解: an assignment goes to chosen bureaus below; once it has, to more of them."""
    assignment = _assignment(request.user, pk)
    made = split_of(assignment)
    if made:
        return _add(request, assignment, made)
    try:
        permissions.check_split(request.user, assignment)
        permissions.check_reaches_below(assignment.bureau)
    except IssueRefused as refused:
        messages.error(request, str(refused))
        return redirect("tasks:assignment_detail", assignment.pk)
    return _begin(request, assignment)


def _assignment(user, pk) -> Assignment:
    """The assignment, or 404; 403 for those who issue nothing in the name of its bureau."""
    seen = Assignment.objects.visible_to(user).for_detail()
    assignment = get_object_or_404(seen, pk=pk)
    if not user.may(Permission.ISSUE, at=assignment.bureau):
        raise PermissionDenied
    return assignment


def _begin(request, assignment: Assignment):
    now, calendar = timezone.now(), work_calendar()
    first = _asked_day(request, assignment) or split_page.first_day(
        assignment, now=now, calendar=calendar
    )
    bureaus = split_page.whom(assignment)
    form = SplitForm(
        _data(request), initial={"due_on": first}, assignment=assignment, bureaus=bureaus
    )
    dates = split_page.dates_of(assignment, _day(request, form, first), calendar=calendar)
    plan = policies.holding(assignment.bureau, assignment.obligation.notice).plan
    ahead = outlook(dates, now=now, calendar=calendar, plan=plan)
    if form.is_valid() and not _is_unseen(form, ahead):
        terms = Terms(
            dates, soon_workdays=assignment.obligation.soon_workdays, need=form.cleaned_data["need"]
        )
        chosen = form.cleaned_data["bureaus"]
        try:
            issuing.split(assignment, bureaus=chosen, terms=terms, now=now, by=request.user)
        except IssueRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已转发分解给{len(chosen)}个单位")
            return redirect("tasks:assignment_detail", assignment.pk)
    if "HX-Request" in request.headers:
        return render(request, "tasks/_split_dates.html", {"outlook": ahead})
    context = _choice(form, bureaus) | {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "outlook": ahead,
        "before": _asked_before(assignment, list(bureaus), request.user),
        "earlier": split_page.EARLIER,
        "form": form,
    }
    lit_rows.lit([assignment], now=now, calendar=calendar, user=request.user)
    return render(request, "tasks/split.html", context, status=422 if form.is_bound else 200)


def _asked_before(assignment: Assignment, bureaus: list[Bureau], user: Staff) -> list[Before]:
    """The same forms, asked of these bureaus by other notices or by this bureau itself."""
    asked = assignment.obligation
    return asked_before(
        asked.notice,
        asked.attachments_referred,
        bureaus,
        issuer=assignment.bureau,
        user=user,
        now=timezone.now(),
    )


def _data(request):
    return request.POST if request.method == "POST" else None


def _day(request, form: SplitForm, first: date | None) -> date | None:
    """The day to look ahead from: what is posted or asked for, as far as it is one."""
    if form.is_bound:
        form.full_clean()
        return form.cleaned_data.get("due_on", first)
    return first


def _asked_day(request, assignment: Assignment) -> date | None:
    """The day in the address, of a notice that passes the task on or as just typed; never after
    the assignment's own."""
    try:
        day = parse_date(request.GET.get("due_on", ""))
    except ValueError:  # 2026-02-30
        return None
    if day is None or day.year not in YEARS:
        return None
    return min(day, local_day(assignment.due_at)) if assignment.due_at else day


def _is_unseen(form: SplitForm, ahead: Outlook) -> bool:
    """Warnings are read before it goes out: those of a day chosen without scripts come first."""
    shown = ahead.due_on.isoformat() if ahead.due_on else ""
    if not ahead.warnings or form.cleaned_data["seen_day"] == shown:
        return False
    form.add_error("due_on", "日期已更改，请看过新的“请注意”提示后再次提交")
    return True


def _choice(form, bureaus) -> dict:
    """The units by level, with those that are ticked."""
    chosen = issue_page.ticked(form, "bureaus")
    return {"tiers": issue_page.tiers(bureaus, chosen), "unit_count": len(chosen)}


def _add(request, assignment: Assignment, made: Obligation):
    """补发: whom it was split among, page by page, and who may be asked besides."""
    bureaus, now, calendar = split_page.whom(assignment), timezone.now(), work_calendar()
    form = AddUnitsForm(_data(request), bureaus=bureaus)
    if form.is_valid():
        chosen = form.cleaned_data["bureaus"]
        try:
            issuing.add(made, bureaus=chosen, now=now, by=request.user)
        except IssueRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已补发给{len(chosen)}个单位")
            return redirect("tasks:split", assignment.pk)
    lit_rows.lit([assignment], now=now, calendar=calendar, user=request.user)
    asked = below(
        assignment,
        request.user,
        made=made,
        number=request.GET.get("page", 1),
        now=now,
        calendar=calendar,
    )
    context = _choice(form, bureaus) | {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "below": asked,
        "form": form,
    }
    return render(request, "tasks/split_made.html", context, status=422 if form.is_bound else 200)
