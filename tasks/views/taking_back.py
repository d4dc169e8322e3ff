from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tasks import jobs
from tasks.actions import issuing
from tasks.errors import IssueRefused
from tasks.views.amending import issued


@require_POST
def take_back(request, pk):
    """撤回下发: all that went out with this obligation, soon after and where nobody has signed."""
    obligation = issued(request.user, pk)
    try:
        count = issuing.take_back(obligation, now=timezone.now(), by=request.user)
    except IssueRefused as refused:
        messages.error(request, str(refused))
    else:
        jobs.tick.delay_on_commit()  # whoever was mailed already is told at once
        units = f"{count}项任务" if count else ""
        messages.success(request, f"已撤回下发{units}，可以修改后重新下发")
    if obligation.parent_id:
        return redirect("tasks:assignment_detail", obligation.parent_id)
    return redirect("tasks:notice_detail", obligation.notice_id)
