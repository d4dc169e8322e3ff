from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone

from bureaus.models import Staff
from notices.calendar import work_calendar
from notices.checking.expansion import Expansion, expand
from notices.models import Clause, Notice
from tasks import jobs, permissions
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.errors import IssueRefused
from tasks.forms import evidence as evidence_form
from tasks.forms import schedule as schedule_form
from tasks.forms.evidence import posted_kinds
from tasks.forms.issuing import IssueForm
from tasks.forms.schedule import prefix
from tasks.issuing import burden, evidence_asked
from tasks.issuing.asked_before import asked_before
from tasks.pages import issue as issue_page
from tasks.pages.issue import Candidate
from tasks.reminders import policies
from tasks.scheduling import schedule
from tasks.scheduling.schedule import Schedule
from tasks.states import EvidenceKind
from tasks.views.notices import filed

LIST, ADD = "list", "add_date"  # buttons that change what is shown, with the key of a clause


def issue(request, pk):
    """下发: what goes to whom by when, seen whole before it leaves."""
    notice = filed(request.user, pk)
    if not permissions.can_issue(request.user, notice):
        raise PermissionDenied
    candidates = issue_page.candidates(notice)
    schedules = _schedules(request, candidates)
    expansion = expand(notice.recipients_text, issuer=notice.bureau)
    bureaus = issue_page.offered(notice, expansion)
    form = _form(request, notice, candidates, expansion, bureaus)
    if form.is_valid() and _are_in_order(form, schedules):
        try:
            said = _issue_all(
                form.cleaned_data, schedules, _kinds(request, candidates), request.user
            )
        except IssueRefused as refused:
            form.add_error(None, str(refused))
        else:
            jobs.tick.delay_on_commit()  # those of many units are told by the workers
            messages.success(request, f"已下发：{said}")
            return redirect("tasks:notice_detail", notice.pk)
    kinds = _kinds(request, candidates)
    context = _context(request.user, notice, form, candidates, schedules, kinds, list(bureaus))
    context |= {"expansion": expansion, "received": issue_page.received(notice)}
    return render(request, "tasks/issue.html", context, status=422 if form.is_bound else 200)


def _form(request, notice: Notice, candidates, expansion: Expansion, bureaus) -> IssueForm:
    """With what is proposed, bound where it is to be issued, or with what was there when a button
    was pressed that only changes a list."""
    options = {
        "clauses": notice.clauses.confirmed(),
        "bureaus": bureaus,
        "must_be_needed": burden.is_passed_down(notice),
    }
    if request.method != "POST":
        clauses = [each.clause for each in candidates if not each.is_out]
        return IssueForm(initial={"clauses": clauses, "bureaus": expansion.bureaus}, **options)
    data = request.POST
    if not {LIST, ADD} & data.keys():
        return IssueForm(data, **options)
    # whoever works on the dates of a clause means to issue it
    clauses = [*data.getlist("clauses"), *data.getlist(LIST), *data.getlist(ADD)]
    kept = {"clauses": clauses, "bureaus": data.getlist("bureaus")}
    kept |= {name: data[name] for name in ("soon_workdays", "is_needed", "need") if name in data}
    return IssueForm(initial=kept, **options)


def _schedules(request, candidates: list[Candidate]) -> dict[int, Schedule]:
    """Of each clause: as the words say, or as it stands in the form."""
    known = {"calendar": work_calendar(), "now": timezone.now()}
    return {each.clause.pk: _schedule(request, each, known) for each in candidates}


def _schedule(request, each: Candidate, known: dict) -> Schedule:
    known = known | {"out": each.out, "is_of_list": each.is_of_list}
    if request.method != "POST":
        return schedule.proposed(each.clause, **known)
    typed = schedule_form.posted(each.clause, request.POST, **known)
    is_added_to = request.POST.get(ADD) == str(each.clause.pk)
    return schedule.with_blank(typed) if is_added_to else typed


def _kinds(request, candidates: list[Candidate]) -> dict[int, tuple[EvidenceKind, ...] | None]:
    """随报材料 of each clause: as ticked, or None for what the directive asks for."""
    return {
        each.clause.pk: posted_kinds(request.POST, f"{prefix(each.clause)}-evidence")
        if request.method == "POST"
        else None
        for each in candidates
    }


def _are_in_order(form: IssueForm, schedules: dict[int, Schedule]) -> bool:
    for clause in form.cleaned_data["clauses"]:
        for problem in schedules[clause.pk].problems if clause.pk in schedules else ():
            form.add_error(None, f"事项{clause.position}：{problem}")
    return not form.errors


@transaction.atomic
def _issue_all(data: dict, schedules: dict[int, Schedule], kinds: dict, user: Staff) -> str:
    """Issue every chosen clause, all or nothing; says what went out."""
    now, count = timezone.now(), 0
    for clause in data["clauses"]:
        planned = schedules.get(clause.pk) or _refuse(clause)
        for row in planned.chosen:
            terms = Terms(
                planned.dates(row),
                period=planned.period(row),
                soon_workdays=data["soon_workdays"],
                need=data.get("need", ""),
                evidence=kinds[clause.pk],
            )
            issuing.issue(clause, bureaus=data["bureaus"], terms=terms, now=now, by=user)
            count += 1
    units, clauses = len(data["bureaus"]), len(data["clauses"])
    periods = f"（{count}期）" if count > clauses else ""
    return f"{clauses}个事项{periods}、{units}个单位，共{count * units}项任务"


def _refuse(clause: Clause) -> Schedule:
    raise IssueRefused(f"事项“{clause.deliverable}”已经下发过，不能重复下发")


def _context(
    user: Staff,
    notice: Notice,
    form: IssueForm,
    candidates: list[Candidate],
    schedules: dict[int, Schedule],
    kinds: dict[int, tuple[EvidenceKind, ...] | None],
    bureaus: list,
) -> dict:
    chosen, units = issue_page.ticked(form, "clauses"), issue_page.ticked(form, "bureaus")
    now = timezone.now()
    ticked = [bureau for bureau in bureaus if bureau.pk in units]
    numbers = {n for each in candidates for n in each.clause.attachments_referred}
    before = asked_before(notice, numbers, ticked, issuer=notice.bureau, user=user, now=now)
    held = policies.holding(notice.bureau, notice)
    asked = evidence_asked.by_each(notice, [each.clause for each in candidates])
    previews = [
        issue_page.preview(
            each,
            schedules[each.clause.pk],
            is_chosen=each.clause.pk in chosen,
            before=before,
            plan=held.plan,
            evidence=evidence_form.choices(asked[each.clause.pk], kinds[each.clause.pk]),
            now=now,
        )
        for each in candidates
    ]
    count = sum(preview.count for preview in previews if preview.is_chosen)
    return {
        "notice": notice,
        "held": held,
        "form": form,
        "previews": previews,
        "tiers": issue_page.tiers(bureaus, units),
        "clause_count": len(chosen),
        "period_count": count,
        "unit_count": len(units),
        "task_count": count * len(units),
    }
