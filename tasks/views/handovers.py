from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus import permissions
from bureaus.errors import BureauError
from bureaus.models import Staff
from bureaus.roles import Permission
from tasks.actions import handovers
from tasks.errors import HandoverRefused
from tasks.forms.handovers import LeavingForm, TransferForm

SHOWN = 100
Refused = (BureauError, HandoverRefused)


def _person(user, pk) -> Staff:
    """Oneself, or somebody one administers: 403 for posts of work, 404 for other units' people."""
    if user.pk == pk:
        return user
    permissions.check_any(user, Permission.STAFF, Permission.SYSTEM)
    person = get_object_or_404(Staff.objects.visible_to(user).select_related("bureau"), pk=pk)
    if not permissions.can_edit(user, person):
        raise PermissionDenied(f"{person}的单位或岗位不全在您的管理范围内。")
    return person


def handover(request, pk):
    """交接与停用: what a person has in hand; to whom it goes; the account's end."""
    person = _person(request.user, pk)
    if request.method == "POST":
        return _leave(request, person)
    return _page(request, person)


def _leave(request, person):
    form = LeavingForm(request.POST, person=person, today=timezone.localdate())
    if form.is_valid():
        try:
            work = handovers.leave(
                person,
                successor=form.cleaned_data["successor"],
                now=timezone.now(),
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            successor = form.cleaned_data["successor"]
            taken = f"{work}由{successor}接办。" if str(work) else ""
            messages.success(request, f"{taken}{person}的账号已停用，岗位和委托同时终止")
            return redirect("bureaus:person", person.pk)
    return _page(request, person, leaving=form, status=422)


@require_POST
def transfer(request, pk):
    """转交承办, without leaving."""
    person = _person(request.user, pk)
    form = TransferForm(request.POST, person=person, today=timezone.localdate())
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            count = handovers.transfer(person, to, now=timezone.now(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已将{count}件任务转交{to}承办")
            return redirect("tasks:handover", person.pk)
    return _page(request, person, moving=form, status=422)


def _page(request, person, *, moving=None, leaving=None, status=200):
    user, today = request.user, timezone.localdate()
    work = handovers.open_work(person, on=today)
    own = user.pk == person.pk
    context = {
        "person": person,
        "work": work,
        "shown": work.assignments[:SHOWN],
        # what a task is about is not for the system administrator: the number has to do
        "names_work": own or permissions.covers(user, person.bureau, Permission.STAFF),
        "is_own": own,
        "moving": moving or TransferForm(person=person, today=today),
        "leaving": leaving or LeavingForm(person=person, today=today),
    }
    return render(request, "tasks/handover.html", context, status=status)
