from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tasks.actions import happenings
from tasks.errors import IssueRefused
from tasks.forms.amending import HappenedForm
from tasks.views.amending import issued


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
