from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from audit.models import AuditEvent
from notices.calendar import work_calendar
from notices.states import FILLABLE
from tasks import rows, standing, verbs
from tasks.actions import transitions
from tasks.errors import TransitionDenied
from tasks.ladder import LABELS
from tasks.models import Assignment, Delivery, Obligation
from tasks.states import EDITABLE, MOVES, Status

PEOPLE = ("accepted_by", "filled_by", "submitted_by", "closed_by")


def _seen(user, pk) -> Assignment:
    """The assignment, or 404 where this person may not know of it."""
    seen = Assignment.objects.visible_to(user).for_detail().select_related(*PEOPLE)
    return get_object_or_404(seen, pk=pk)


def detail(request, pk):
    """任务: where it stands, on what ground, its dates explained, what happened, what was sent."""
    assignment = _seen(request.user, pk)
    rows.lit([assignment], now=timezone.now(), calendar=work_calendar(), user=request.user)
    events = events_of(assignment)
    forms = forms_asked(assignment.obligation)
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "notice": assignment.obligation.notice,
        "steps": standing.steps(assignment, reviewed=_reviewed(events)),
        "turn": standing.turn(assignment),
        "dates": standing.dates(assignment),
        "verbs": verbs.verbs(request.user, assignment),
        "may_fill": verbs.may_fill(request.user, assignment),
        "fill_label": verbs.fill_label(assignment),
        "is_returned": assignment.return_reason and assignment.status in EDITABLE,
        "forms": forms,
        "events": [line_of(event) for event in events],
        "reminders": _reminders(assignment),
        "surroundings": _surroundings(assignment),
    }
    return render(request, "tasks/assignment_detail.html", context)


def forms_asked(obligation: Obligation) -> list[dict]:
    """The attachments to be filled in, by number; number 0 is plain text where there is none."""
    found = obligation.notice.attachments.filter(
        position__in=obligation.attachments_referred, kind__in=FILLABLE
    )
    forms = [
        {"number": one.position, "label": f"附件{one.position}", "title": one.title}
        for one in found
    ]
    return forms or [{"number": 0, "label": "报送材料", "title": "按原文要求撰写的文字材料"}]


def events_of(assignment: Assignment) -> list[AuditEvent]:
    """The audit of this assignment and of its issuing, newest first."""
    own = list(AuditEvent.objects.about(assignment)[:200])
    issued = list(AuditEvent.objects.about(assignment.obligation)[:20])
    return sorted(own + issued, key=lambda event: (event.at, event.pk), reverse=True)


def line_of(event: AuditEvent) -> dict:
    """An event as templates/_components/trail.html takes it."""
    names, detail = dict(Status.choices), event.detail
    old, new = detail.get("status", ["", ""])
    return {
        "at": event.at,
        "who": event.actor_name,
        "what": event.verb,
        "old": names.get(old, ""),
        "new": names.get(new, ""),
        "note": detail.get("reason", ""),
    }


def _reviewed(events: list[AuditEvent]):
    """Who passed the review last, and when."""
    passed = (event for event in events if event.verb == MOVES["pass_review"].label)
    last = next(passed, None)
    return (last.actor_name, last.at) if last else None


def _reminders(assignment: Assignment) -> list[Delivery]:
    sent = Delivery.objects.filter(milestone__assignment=assignment)
    found = list(sent.select_related("milestone", "recipient"))
    for delivery in found:
        delivery.rung = LABELS[delivery.milestone.kind]
    return found


def _surroundings(assignment: Assignment, width: int = 60) -> dict:
    """The text before and after the sentence that the obligation was read from, cut at the line."""
    clause, body = assignment.obligation.clause, assignment.obligation.notice.body
    if clause is None or clause.start_at is None:
        return {"before": "", "after": ""}
    before = body[max(0, clause.start_at - width) : clause.start_at].rpartition("\n")[2]
    after = body[clause.end_at : clause.end_at + width].partition("\n")[0]
    return {
        "before": f"……{before}" if len(before) == width else before,
        "after": f"{after}……" if len(after) == width else after,
    }


@require_POST
def move(request, pk, verb):
    """One verb on one assignment; the server checks post and status whatever the page showed."""
    if verb not in MOVES or verb == "hand_in":  # 提交审核 goes through the form's own checks
        raise Http404
    assignment = _seen(request.user, pk)
    try:
        transitions.move(
            assignment,
            verb,
            now=timezone.now(),
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
    except TransitionDenied as denied:
        messages.error(request, str(denied))
    else:
        messages.success(request, f"已{MOVES[verb].label}")
    return redirect("tasks:assignment_detail", assignment.pk)
