from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tasks import permissions
from tasks.actions import extensions
from tasks.errors import TaskError
from tasks.forms.verbs import DecisionForm, ExtensionForm
from tasks.models import Assignment, Extension
from tasks.pages.assignment import Drafts
from tasks.views import assignments


@require_POST
def ask(request, pk):
    """申请延期: until when, and why."""
    assignment = assignments.seen(request.user, pk)
    permissions.check_fills(request.user, assignment, "申请延期")
    form = ExtensionForm(request.POST)
    if form.is_valid():
        try:
            extensions.request(assignment, **form.cleaned_data, now=timezone.now(), by=request.user)
        except TaskError as denied:
            form.add_error(None, str(denied))
        else:
            messages.success(request, "已申请延期；答复之前，仍以现在的截止时间为准")
            return redirect("tasks:assignment_detail", pk)
    return assignments.refuse(
        request,
        pk,
        Drafts(extension=form),
        assignments.first_error(form),
        lambda page: page["extending"].form is not None,
    )


@require_POST
def decide(request, pk):
    """答复延期申请: 同意, 同意但改期 or 不同意."""
    extension = _seen(request.user, pk)
    permissions.check_receives(request.user, extension.assignment, "答复延期申请")
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            extensions.decide(
                extension,
                is_granted=form.is_granted,
                until_day=form.day,
                opinion=form.cleaned_data["opinion"],
                now=timezone.now(),
                by=request.user,
            )
        except TaskError as denied:
            form.add_error(None, str(denied))
        else:
            messages.success(request, "已同意延期" if form.is_granted else "已答复不同意延期")
            return redirect("tasks:assignment_detail", extension.assignment_id)
    return assignments.refuse(
        request,
        extension.assignment_id,
        Drafts(decision=form),
        assignments.first_error(form),
        lambda page: page["extending"].decision is not None,
    )


@require_POST
def take_back(request, pk):
    """收回延期申请."""
    extension = _seen(request.user, pk)
    try:
        extensions.take_back(extension, now=timezone.now(), by=request.user)
    except TaskError as denied:
        messages.error(request, str(denied))
    else:
        messages.success(request, "已收回延期申请")
    return redirect("tasks:assignment_detail", extension.assignment_id)


def _seen(user, pk) -> Extension:
    visible = Assignment.objects.visible_to(user)
    asked = Extension.objects.select_related("assignment__receiver")
    return get_object_or_404(asked.filter(assignment__in=visible), pk=pk)
