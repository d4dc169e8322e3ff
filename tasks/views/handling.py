from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus.forms.unit_field import written
from tasks import permissions
from tasks.actions import handlers, passing
from tasks.errors import TaskError
from tasks.forms.verbs import HandlerForm, PassOnForm, UrgeForm
from tasks.models import UrgeSheet
from tasks.pages import assignment as assignment_page
from tasks.pages.assignment import Drafts
from tasks.reminders.actions import urge_sheets, urging
from tasks.views import assignments


@require_POST
def assign(request, pk):
    """分派承办人: one of the bureau's fillers, or nobody."""
    assignment = assignments.seen(request.user, pk)
    people = assignment_page.fillers(assignment, on=timezone.localdate())
    form = HandlerForm(request.POST, people=people)
    if form.is_valid():
        to = form.cleaned_data["handler"]
        try:
            handlers.assign(assignment, to, now=timezone.now(), by=request.user)
        except TaskError as denied:
            form.add_error(None, str(denied))
        else:
            messages.success(request, f"已分派给{to}承办" if to else "已取消承办人")
            return redirect("tasks:assignment_detail", pk)
    return assignments.refuse(
        request,
        pk,
        Drafts(handler=form),
        assignments.first_error(form),
        lambda page: page["handler_form"] is not None,
    )


@require_POST
def urge(request, pk):
    """催办: a mail to whoever has the next step, at once."""
    assignment = assignments.seen(request.user, pk)
    form = UrgeForm(request.POST)
    if not form.is_valid():
        return assignments.refuse_verb(request, pk, "urge", assignments.first_error(form))
    note, now = form.cleaned_data["note"], timezone.now()
    try:
        made = urging.urge(assignment, note=note, now=now, by=request.user)
    except TaskError as denied:
        return assignments.refuse_verb(request, pk, "urge", str(denied))
    messages.success(request, f"已催办（{made.sheet}），提醒随即发出；催办单可在“提醒和催办”栏下载")
    return redirect("tasks:assignment_detail", pk)


@require_POST
def confirm(request, pk):
    """回执: the bureau says that it has read the 催办单."""
    sheets = UrgeSheet.objects.visible_to(request.user).select_related("bureau")
    sheet = get_object_or_404(sheets, pk=pk)
    task = sheet.urges.order_by("pk").values_list("milestone__assignment", flat=True)[0]
    try:
        urge_sheets.confirm(sheet, now=timezone.now(), by=request.user)
    except TaskError as denied:
        messages.error(request, str(denied))
    else:
        messages.success(request, f"已确认收到{sheet}")
    return redirect("tasks:assignment_detail", _asked_from(request, sheet) or task)


def _asked_from(request, sheet: UrgeSheet) -> int | None:
    """The task on whose page it was pressed, where that stands on the sheet."""
    said = request.POST.get("assignment", "")
    on_it = sheet.urges.values_list("milestone__assignment", flat=True)
    return next((key for key in on_it if str(key) == said), None)


def pass_on(request, pk):
    """转办: to another bureau, which gets the task in place of this one."""
    assignment = assignments.seen(request.user, pk)
    if not permissions.can_move(request.user, assignment, "pass_on"):
        return _tell_why_not(request, assignment)
    suggested = assignment.suggested
    initial = {"to": written(suggested) if suggested else ""}
    data = request.POST if request.method == "POST" else None
    form = PassOnForm(data, initial=initial)
    form.fields["to"].bureaus = passing.candidates(assignment)
    if form.is_valid():
        try:
            made = passing.pass_on(
                assignment, **form.cleaned_data, now=timezone.now(), by=request.user
            )
        except TaskError as denied:
            form.add_error(None, str(denied))
        else:
            messages.success(request, f"已转给{made.bureau}，原任务不再要求报送")
            return redirect("tasks:assignment_detail", made.pk)
    context = {"assignment": assignment, "obligation": assignment.obligation, "form": form}
    return render(request, "tasks/pass_on.html", context, status=422 if form.is_bound else 200)


def _tell_why_not(request, assignment):
    try:
        permissions.check_move(request.user, assignment, "pass_on")
    except TaskError as denied:
        messages.error(request, str(denied))
    return redirect("tasks:assignment_detail", assignment.pk)
