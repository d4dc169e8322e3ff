from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bureaus.actions import hints as switching
from bureaus.roles import Role
from bureaus.shell import hints


@require_safe
def page(request):
    """帮助: who does what, what words and marks mean, and the hints of one's posts."""
    context = {
        "hints": [(role, hints.HINTS[role]) for role in hints.own_roles(request.user)],
        "hints_off": bool(request.user.hints_off),
    }
    return render(request, "bureaus/help.html", context)


@require_POST
def hints_hide(request):
    """不再显示, for one post."""
    if (role := request.POST.get("role", "")) not in Role.values:
        raise Http404
    switching.hide(Role(role), now=timezone.now(), by=request.user)
    messages.success(request, "不再显示这个岗位的提示；需要时在“帮助”里恢复")
    return redirect("tasks:desk")


@require_POST
def hints_show(request):
    switching.restore(now=timezone.now(), by=request.user)
    messages.success(request, "工作台重新显示提示")
    return redirect("tasks:desk")
