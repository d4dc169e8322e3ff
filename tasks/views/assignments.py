from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tasks.actions import accepting, passing, transitions
from tasks.errors import TaskError
from tasks.forms.verbs import MoveForm
from tasks.models import Assignment
from tasks.pages import assignment as assignment_page
from tasks.pages import beside as beside_page
from tasks.pages import history
from tasks.pages.assignment import Drafts
from tasks.pages.verbs import NOT_BY_MOVE, THEN_FILL, Refused, done
from tasks.reminders import proof
from tasks.states import MOVES

PER_PAGE = 100
MOMENTS = 50


def seen(user, pk) -> Assignment:
    """The assignment, or 404 where this person may not know of it."""
    rows = Assignment.objects.visible_to(user).for_detail().with_signs()
    return get_object_or_404(rows.prefetch_related("suggested", "passed_to__bureau"), pk=pk)


def detail(request, pk):
    """任务: where it stands, on what ground, its dates explained, what happened, what was sent."""
    context = assignment_page.context(seen(request.user, pk), request.user, now=timezone.now())
    return render(request, "tasks/assignment_detail.html", context)


def beside(request, pk):
    """The same in short, beside the ledger on a wide screen."""
    found = beside_page.context(seen(request.user, pk), request.user, now=timezone.now())
    return render(request, "tasks/_beside.html", {"beside": found})


def trail(request, pk):
    """办理记录: the decisions on an assignment, newest first; with 全部 also saves and exports."""
    assignment, is_all = seen(request.user, pk), request.GET.get("show") == "all"
    found = history.events(assignment) if is_all else history.decisions(assignment)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "page_obj": page,
        "events": history.lines(page.object_list, assignment, user=request.user),
        "query": "show=all" if is_all else "",
        "tabs": [
            {"label": "办理", "url": "?", "active": not is_all},
            {"label": "全部（含保存、导出）", "url": "?show=all", "active": is_all},
        ],
    }
    return render(request, "tasks/assignment_trail.html", context)


def reminders(request, pk):
    """提醒送达证明: who was told what, when, on which deadline, by which way, with what result."""
    assignment = seen(request.user, pk)
    page = Paginator(proof.moments(assignment), MOMENTS).get_page(request.GET.get("page"))
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "page_obj": page,
        "tellings": proof.tellings(page.object_list, assignment),
        "tally": proof.tally(assignment),
    }
    return render(request, "tasks/assignment_reminders.html", context)


@require_POST
def move(request, pk, verb):
    """One verb on one assignment; the server checks post and status whatever the page showed."""
    if verb not in MOVES or verb in NOT_BY_MOVE:
        raise Http404
    assignment = seen(request.user, pk)
    form = MoveForm(request.POST)
    form.fields["suggested"].bureaus = passing.candidates(assignment)
    if not form.is_valid():
        return refuse_verb(request, pk, verb, first_error(form))
    try:
        said = _move(assignment, verb, form.cleaned_data, by=request.user)
    except TaskError as denied:
        return refuse_verb(request, pk, verb, str(denied))
    messages.success(request, said)
    if verb == "accept" and request.GET.get("then") == THEN_FILL:
        number = assignment_page.forms_asked(assignment.obligation)[0]["number"]
        return redirect("reports:form", pk, number)
    return redirect("tasks:assignment_detail", pk)


def _move(assignment: Assignment, verb: str, data: dict, *, by) -> str:
    """Do it; what the person is told."""
    now, reason = timezone.now(), data["reason"]
    if verb == "accept":
        count = len(accepting.accept_all(assignment, now=now, by=by))
        return f"已签收，本文件的{count}项任务一并签收" if count > 1 else done(verb)
    if verb == "decline":
        suggested = data["suggested"]
        passing.decline(assignment, suggested=suggested, reason=reason, now=now, by=by)
    else:
        transitions.move(assignment, verb, now=now, reason=reason, until=data["until"], by=by)
    return done(verb)


def refuse_verb(request, pk, verb: str, message: str):
    """The page with the verb's dialog open as it was written; where it is offered no more, told."""
    drafts = Drafts(refused=Refused(verb, message, request.POST.dict()))
    return refuse(request, pk, drafts, message, lambda page: any(v.is_open for v in page["verbs"]))


def refuse(request, pk, drafts: Drafts, message: str, is_offered):
    """The assignment read anew, with what was refused, 422; or told above the page as it is now."""
    page = assignment_page.context(
        seen(request.user, pk), request.user, now=timezone.now(), drafts=drafts
    )
    if is_offered(page):
        return render(request, "tasks/assignment_detail.html", page, status=422)
    messages.error(request, message)
    return redirect("tasks:assignment_detail", pk)


def first_error(form) -> str:
    return next(error for errors in form.errors.values() for error in errors)
