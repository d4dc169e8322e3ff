from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus import permissions
from bureaus.forms import wording
from bureaus.roles import Permission
from tasks.errors import TaskError
from tasks.models import Delivery
from tasks.reminders import undelivered as listing
from tasks.reminders.actions import resending, ticking
from tasks.reminders.mail import test_mail as mail_check
from tasks.views.reminders.ledger import seen

PER_PAGE = 50


class TestMailForm(wording.Form):
    """To whom the test mail goes."""

    address = forms.EmailField(
        label="收件地址",
        error_messages={"required": "请填写收件地址", "invalid": "邮箱地址不对，请核对"},
    )


def undelivered(request):
    """未送达: what did not arrive, why, when it is tried again, and what to do."""
    permissions.check_any(request.user, Permission.URGE, Permission.SYSTEM)
    return _page(request, TestMailForm(initial={"address": request.user.email}))


def _page(request, form: TestMailForm, *, result=None, status: int = 200):
    page = Paginator(listing.found(seen(request.user)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": listing.lines(list(page.object_list), request.user),
        "reads": bool(request.user.bureaus_where(Permission.READ)),
        "form": form if _may_check(request.user) else None,
        "result": result,
    }
    return render(request, "tasks/undelivered.html", context, status=status)


def _may_check(user) -> bool:
    return bool(user.bureaus_where(Permission.SYSTEM))


@require_POST
def resend(request, pk):
    """重新发送, to the address the person has now, with all else that this person missed."""
    delivery = get_object_or_404(seen(request.user), pk=pk)
    now = timezone.now()
    try:
        count = resending.resend_all(delivery, seen(request.user), now=now, by=request.user)
    except TaskError as denied:
        messages.error(request, str(denied))
    else:
        what = f"{delivery.recipient}的{count}条提醒" if count > 1 else f"给{delivery.recipient}"
        messages.success(request, f"已安排重新发送{what}，{_when(delivery, now)}")
    return redirect("tasks:undelivered")


def _when(delivery: Delivery, now: datetime) -> str:
    goes_at = ticking.goes_at(delivery, now)
    if goes_at == now:
        return "一分钟内发出"
    later = f"{timezone.localtime(goes_at):%-m月%-d日%-H:%M}发出"
    return f"现在是静默时段（夜间和节假日不发提醒），{later}"


@require_POST
def test_mail(request):
    """测试邮件: sent at once; the result stands on the page."""
    if not _may_check(request.user):
        raise PermissionDenied
    form = TestMailForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _page(request, form, result=mail_check.send(form.cleaned_data["address"]))
