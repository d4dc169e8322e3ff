from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.checking.expansion import expand
from tasks.actions import amending, issuing
from tasks.errors import IssueRefused
from tasks.forms.amending import AmendForm, WithdrawForm
from tasks.forms.issuing import LateUnitsForm
from tasks.issuing import change_effects
from tasks.models import Obligation
from tasks.pages.issuing import issue as issue_page
from tasks.states import ObligationState
from tasks.views.obligations import seen


def issued(user: Staff, pk) -> Obligation:
    """The obligation, or 404; 403 for those who issue nothing in the name of its bureau."""
    obligation = seen(user, pk)
    if not user.may(Permission.ISSUE, at=obligation.issuer):
        raise PermissionDenied
    return obligation


def _is_over(request, obligation: Obligation) -> bool:
    """What is withdrawn or taken back stays so; says it."""
    if obligation.state == ObligationState.ISSUED:
        return False
    messages.error(request, f"该事项{obligation.get_state_display()}，不能再更改")
    return True


def _posted(request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _proposed(obligation: Obligation) -> dict[str, object]:
    """The day that the words come to since the working days changed, where nobody has decided."""
    if doubt := obligation.open_doubt:
        return {"until": doubt.words_on, "reason": "工作日历更新，按原文重新推算"}
    return {}


def _back(obligation: Obligation):
    """To where the obligation is looked after: a split one to the task that was split."""
    if obligation.parent_id:
        return redirect("tasks:split", obligation.parent_id)
    return redirect("tasks:obligation_detail", obligation.pk)


def amend(request, pk):
    """更改时限: first what it would do, then, once that has been seen, the change itself."""
    obligation = issued(request.user, pk)
    if _is_over(request, obligation):
        return _back(obligation)
    form, now, effect = (
        AmendForm(_posted(request), initial=_proposed(obligation)),
        timezone.now(),
        None,
    )
    if form.is_valid():
        day = form.cleaned_data["until"]
        try:
            if request.POST.get("seen") == (day.isoformat() if day else "none"):
                reason = form.cleaned_data["reason"]
                amending.amend(obligation, day, reason=reason, now=now, by=request.user)
                messages.success(request, "已更改时限，提醒按新的时限重新安排")
                return _back(obligation)
            amending.check_day(obligation, day)
        except IssueRefused as refused:
            form.add_error("until", str(refused))
        else:
            effect = change_effects.of_amending(obligation, day, now=now, calendar=work_calendar())
    context = {"obligation": obligation, "form": form, "effect": effect}
    status = 422 if form.is_bound and not effect else 200
    return render(request, "tasks/obligation_amend.html", context, status=status)


def withdraw(request, pk):
    """撤销事项: with what it ends, here and below."""
    obligation = issued(request.user, pk)
    if _is_over(request, obligation):
        return _back(obligation)
    later = Obligation.objects.later_periods(obligation)
    form = WithdrawForm(_posted(request))
    if form.is_valid():
        wanted = [obligation, *(later if form.cleaned_data["and_later"] else ())]
        try:
            _withdraw_all(wanted, form.cleaned_data["reason"], request.user)
        except IssueRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已撤销{len(wanted)}个事项，尚未发出的提醒一并取消")
            return _back(obligation)
    context = {
        "obligation": obligation,
        "form": form,
        "effect": change_effects.of_withdrawing(obligation),
        "later": later.count(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "tasks/obligation_withdraw.html", context, status=status)


@transaction.atomic
def _withdraw_all(obligations: list[Obligation], reason: str, user: Staff) -> None:
    for each in obligations:
        amending.withdraw(each, reason=reason, now=timezone.now(), by=user)


def add(request, pk):
    """补发: the same to units that were not asked yet, on the deadline that it has now."""
    obligation = issued(request.user, pk)
    if _is_over(request, obligation):
        return _back(obligation)
    if obligation.parent_id:  # what was split is added to where it was split
        return redirect("tasks:split", obligation.parent_id)
    expansion = expand(obligation.notice.recipients_text, issuer=obligation.issuer)
    has_it = obligation.assignments.values("bureau")
    bureaus = issue_page.offered(obligation.notice, expansion).exclude(pk__in=has_it)
    later = Obligation.objects.later_periods(obligation)
    form = LateUnitsForm(_posted(request), bureaus=bureaus)
    if form.is_valid():
        wanted = [obligation, *(later if form.cleaned_data["and_later"] else ())]
        try:
            count = _add_all(wanted, form.cleaned_data["bureaus"], request.user)
        except IssueRefused as refused:
            form.add_error(None, str(refused))
        else:
            units = len(form.cleaned_data["bureaus"])
            messages.success(request, f"已补发给{units}个单位，共{count}项任务")
            return redirect("tasks:obligation_detail", obligation.pk)
    context = {
        "obligation": obligation,
        "form": form,
        "tiers": issue_page.tiers(bureaus, issue_page.ticked(form, "bureaus")),
        "outlook": change_effects.of_adding(
            obligation, now=timezone.now(), calendar=work_calendar()
        ),
        "later": later.count(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "tasks/obligation_add.html", context, status=status)


@transaction.atomic
def _add_all(obligations: list[Obligation], bureaus: QuerySet[Bureau], user: Staff) -> int:
    """To each those that do not have it; how many assignments that makes."""
    chosen, count = list(bureaus), 0
    for each in obligations:
        have_it = set(each.assignments.filter(bureau__in=chosen).values_list("bureau", flat=True))
        missing = [bureau for bureau in chosen if bureau.pk not in have_it]
        if missing or each == obligations[0]:
            count += len(issuing.add(each, bureaus=missing, now=timezone.now(), by=user))
    return count
