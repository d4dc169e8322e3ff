from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tasks import permissions
from tasks.actions import happenings
from tasks.errors import IssueRefused, TaskError
from tasks.forms.amending import HappenedForm, OwnDayForm, WhoEntersForm
from tasks.views.amending import issued
from tasks.views.assignments import first_error
from tasks.views.assignments import seen as seen_task


@require_POST
def happened(request, pk):
    """填写起算之日: all that waits for it gets its deadline."""
    obligation, form = issued(request.user, pk), HappenedForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"没有推算：{form.errors['day'][0]}")
        return redirect("tasks:obligation_detail", pk)
    try:
        day = form.cleaned_data["day"]
        count = happenings.set_day(obligation, day, now=timezone.now(), by=request.user)
        messages.success(request, f"已按{day:%Y年%-m月%-d日}推算{count}个事项的时限，提醒重新安排")
    except IssueRefused as refused:
        messages.error(request, f"没有推算：{refused}")
    return redirect("tasks:obligation_detail", pk)


@require_POST
def who_enters(request, pk):
    """由下发单位或各单位填写起算之日."""
    obligation, form = issued(request.user, pk), WhoEntersForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有改定：请选择由下发单位填写，或由各单位填写")
        return redirect("tasks:obligation_detail", pk)
    by_bureau = form.cleaned_data["who"] == "bureau"
    try:
        count = happenings.choose_who(
            obligation, by_bureau=by_bureau, now=timezone.now(), by=request.user
        )
        who = "各单位" if by_bureau else "下发单位"
        messages.success(
            request, f"起算之日已改由{who}填写，同一文件中从这一天起算的{count}个事项一并改定"
        )
    except IssueRefused as refused:
        messages.error(request, f"没有改定：{refused}")
    return redirect("tasks:obligation_detail", pk)


@require_POST
def own_day(request, pk):
    """本单位填写起算之日: its own tasks get their deadline."""
    assignment, form = seen_task(request.user, pk), OwnDayForm(request.POST)
    permissions.check_fills(request.user, assignment, "填写起算之日")
    if not form.is_valid():
        messages.error(request, f"没有推算：{first_error(form)}")
        return redirect("tasks:assignment_detail", pk)
    day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
    try:
        count = happenings.set_own_day(
            assignment, day, reason=reason, now=timezone.now(), by=request.user
        )
        said = f"已按{day:%Y年%-m月%-d日}推算本单位{count}项任务的时限，提醒重新安排"
        messages.success(request, said)
    except TaskError as refused:
        messages.error(request, f"没有推算：{refused}")
    return redirect("tasks:assignment_detail", pk)
