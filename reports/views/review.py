from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from reports import permissions
from reports.actions import returning
from reports.actions.returning import Mark
from reports.errors import ReportError
from reports.exports import files as exports
from reports.exports.sign_papers import sign_paper
from reports.forms import ReviewForm
from reports.pages import doubts as doubts_page
from reports.pages import evidence as evidence_page
from reports.pages import review as review_page
from reports.pages import review_line
from reports.pages.form import HEADINGS
from reports.views.forms import xlsx
from tasks import permissions as task_permissions
from tasks.errors import TransitionDenied
from tasks.models import Assignment
from tasks.pages import lit_rows, standing
from tasks.pages.verbs import CONSEQUENCES
from tasks.scheduling.dates import resubmission
from tasks.states import MOVES, Status

# What cannot be taken back asks first; 核收 does not, for a receiver goes through many units.
ASKING = (*permissions.SENDING_BACK, "submit")


def review(request, pk):
    """审核, 签发, 核收: the forms with what changed; they pass, or go back with what to mend."""
    assignment = get_object_or_404(Assignment.objects.visible_to(request.user).for_detail(), pk=pk)
    permissions.check_reviewer(request.user, assignment)
    choices = permissions.decisions(request.user, assignment)
    if not choices:
        messages.info(request, f"任务当前为“{assignment.get_status_display()}”，不需要您办理")
        return redirect("tasks:assignment_detail", assignment.pk)
    verb = request.POST.get("verb", "")
    form = ReviewForm(request.POST or None, initial={"until": _usual_day(assignment)})
    if verb and form.is_valid():
        try:
            _decide(assignment, verb, form.cleaned_data, request)
        except (ReportError, TransitionDenied) as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, assignment, verb)
    return _page(request, assignment, choices, form, refused=verb)


@require_GET
def sign_sheet(request, pk):
    """审签单 as .docx, for the bureau's own people: opinions are said inside."""
    assignment = get_object_or_404(Assignment.objects.visible_to(request.user).for_detail(), pk=pk)
    if not request.user.may(Permission.READ, at=assignment.bureau):
        raise PermissionDenied
    name = exports.file_name(str(assignment.obligation), "审签单", ending=".docx")
    return xlsx(sign_paper(assignment), name, content_type=exports.DOCX)


def _decide(assignment: Assignment, verb: str, given: dict, request) -> None:
    permissions.check_decision(assignment, verb)
    marks = [Mark(*mark) for mark in given["marks"]]
    seen = {"looked_at": _looked_at(request), "now": timezone.now(), "by": request.user}
    if verb in permissions.SENDING_BACK:
        returning.send_back(
            assignment, verb, marks=marks, reason=given["reason"], until=given["until"], **seen
        )
    elif marks:
        label = MOVES[verb].label
        raise ReportError(f"您标注了{len(marks)}处，不能{label}；请退回，或去掉标注后再{label}")
    else:
        returning.let_pass(
            assignment, verb, reason=given["comment"], opinion=given["opinion"], **seen
        )


def _looked_at(request) -> int:
    given = request.POST.get("looked_at", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else -1


def _usual_day(assignment: Assignment):
    """The last day that a return has where the receiver names none; None for an undated item."""
    dates = resubmission(assignment.due_at, None, now=timezone.now(), calendar=work_calendar())
    due_at = dates.due_at if dates else assignment.due_at
    return local_day(due_at) if due_at else None


def _done(request, assignment: Assignment, verb: str):
    """On to what waits for the same person next; back to the desk where nothing does."""
    done, here = f"已{MOVES[verb].label}", review_line.walk(request.GET).after_verdict()
    about = f"{assignment.bureau}“{assignment.obligation}”"
    following = review_line.next_waiting(request.user, assignment, here)
    if following is None:
        skipped = len(here.skipped)
        rest = f"跳过的{skipped}项仍在等您办理" if skipped else "没有等您审核、签发或核收的了"
        messages.success(request, f"{done}{about}。{rest}")
        return redirect("tasks:desk")
    messages.success(request, f"{done}{about}。以下是下一项")
    return redirect(here.url(following))


def _button(choices: list[str], *, is_back: bool) -> dict | None:
    """The verb that sends back, or the one that lets pass; None where this person has it not."""
    for verb in choices:
        if (verb in permissions.SENDING_BACK) == is_back:
            consequence = CONSEQUENCES[verb] if verb in ASKING else ""
            return {"verb": verb, "label": MOVES[verb].label, "consequence": consequence}
    return None


def _page(request, assignment: Assignment, choices: list[str], form: ReviewForm, *, refused: str):
    here = review_line.walk(request.GET)
    now = timezone.now()
    lit_rows.lit([assignment], now=now, calendar=work_calendar(), user=request.user)
    shown, marks = review_page.to_decide(request.user, assignment)
    groups = review_page.markable([one.form for one in shown], is_nil=assignment.is_nil)
    context = {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "notice": assignment.obligation.notice,
        **standing.way(assignment, request.user, now=now),
        "heading": HEADINGS[Status(assignment.status)],
        "shown": shown,
        "marks": marks,
        "confirmed": doubts_page.confirmed(
            request.user, assignment, [one.form for one in shown], several=True
        ),
        "groups": groups,
        "lines": review_page.written(form.lines(), groups),
        "form": form,
        "refused": refused,
        "passing": _button(choices, is_back=False),
        "sending_back": _button(choices, is_back=True),
        "open_below": task_permissions.open_below(assignment) if "submit" in choices else (),
        "evidence": evidence_page.shown(request.user, assignment, [one.form for one in shown]),
        "lacks_seal": evidence_page.lacks_seal(assignment),
        "looked_at": returning.last_number(assignment),
        "line": review_line.line(request.user, assignment, here),
        "action": here.url(assignment),
    }
    return render(request, "reports/review.html", context, status=422 if refused else 200)
