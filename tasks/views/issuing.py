from collections.abc import Container
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone

from bureaus.models import Bureau, Staff
from notices.calendar import work_calendar
from notices.checking import evidence_asked
from notices.forms.clause import ClauseForm
from notices.models import Clause, Notice
from tasks import jobs, permissions
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.errors import IssueRefused
from tasks.forms import evidence as evidence_form
from tasks.forms import schedule as schedule_form
from tasks.forms.evidence import Beside, posted_beside
from tasks.forms.issuing import IssueForm
from tasks.forms.schedule import prefix
from tasks.issuing import burden, change_effects, unconfirmed_forms
from tasks.issuing.asked_before import asked_before
from tasks.issuing.deadline_effects import first_reminder
from tasks.models import Obligation
from tasks.pages.issuing import issue as issue_page
from tasks.pages.issuing.issue import Candidate
from tasks.pages.issuing.recipients import FIND, Recipients
from tasks.pages.issuing.reissue import reissue
from tasks.reminders import policies
from tasks.reminders.routes import AT_ONCE
from tasks.scheduling import schedule
from tasks.scheduling.schedule import Schedule
from tasks.views.notices import filed
from tasks.views.revising import REVISE, clause_form, revise

LIST, ADD = "list", "add_date"  # buttons that change what is shown, with the key of a clause
BUTTONS = {LIST, ADD, FIND}
GOING_OVER = {*BUTTONS, REVISE}  # none of them issues anything


def issue(request, pk):
    """下发: what goes to whom by when, seen whole before it leaves."""
    notice = filed(request.user, pk)
    if not permissions.can_issue(request.user, notice):
        raise PermissionDenied
    candidates = issue_page.candidates(notice)
    revision = revise(request, notice, candidates)
    if revision.changed:
        messages.info(request, revision.said)
        candidates = issue_page.candidates(notice)
        revision.forms |= {each.clause.pk: clause_form(notice, each) for each in candidates}
    schedules = _schedules(request, candidates, fresh=revision.changed)
    chosen = _chosen(request, candidates)
    above = reissue(notice, schedules.values(), chosen=chosen, now=timezone.now())
    is_gone_over = bool(revision.changed or revision.is_refused or REVISE in request.POST)
    data = request.POST if request.method == "POST" else None
    is_issue = data is not None and not is_gone_over and not BUTTONS & data.keys()
    recipients = Recipients(notice, data, is_issue=is_issue)
    bureaus = recipients.offered()
    options = {
        "clauses": notice.clauses.confirmed(),
        "bureaus": bureaus,
        "must_be_needed": burden.is_passed_down(notice),
        "is_later": above.is_later,
    }
    form = _form(request, candidates, recipients, options, is_gone_over=is_gone_over)
    beside = _beside(request, candidates)
    if _are_valid(form, recipients) and _are_in_order(form, schedules):
        try:
            terms = form.cleaned_data | {"settled": recipients.form.settled()}
            said, issued = _issue_all(terms, schedules, beside, request.user)
        except IssueRefused as refused:
            form.add_error(None, str(refused))
        else:
            jobs.tick.delay_on_commit()  # those of many units are told by the workers
            messages.success(request, f"已下发：{said}，{_first_in_words(issued)}")
            return redirect("tasks:notice_detail", notice.pk)
    shown = Shown(candidates, schedules, beside, revision.forms, list(bureaus))
    context = _context(request.user, notice, form, shown)
    context |= {"recipients": recipients, "reissue": above, "is_refused": revision.is_refused}
    context |= {"received": issue_page.received(notice)}
    status = 422 if form.is_bound or revision.is_refused else 200
    return render(request, "tasks/issue.html", context, status=status)


def _chosen(request, candidates: list[Candidate]) -> set[int]:
    """The clauses that are ticked, by their keys."""
    if request.method != "POST":
        return {each.clause.pk for each in candidates if not each.is_out}
    names = ("clauses", LIST, ADD, REVISE)
    posted = [key for name in names for key in request.POST.getlist(name)]
    return {int(key) for key in posted if key.isdecimal()}


def _are_valid(form: IssueForm, recipients: Recipients) -> bool:
    """Both are judged, so that every fault is told at once."""
    are_valid = [form.is_valid(), recipients.form.is_valid()]
    return all(are_valid) and recipients.form.check_added(form.cleaned_data["bureaus"])


def _form(
    request, candidates, recipients: Recipients, options: dict, *, is_gone_over: bool
) -> IssueForm:
    """With what is proposed, bound where it is to be issued, or with what was there when a button
    was pressed that only changes a list, or a clause was changed and is gone over once more."""
    if request.method != "POST":
        clauses = [each.clause for each in candidates if not each.is_out]
        proposed = {"clauses": clauses, "bureaus": recipients.expansion.bureaus}
        return IssueForm(initial=proposed, **options)
    data = request.POST
    if not is_gone_over and not BUTTONS & data.keys():
        return IssueForm(data, **options)
    # whoever works on the dates of a clause means to issue it
    buttons = [*data.getlist(LIST), *data.getlist(ADD), *data.getlist(REVISE)]
    clauses = [*data.getlist("clauses"), *buttons]
    kept = {"clauses": clauses, "bureaus": recipients.ticked()}
    others = ("soon_workdays", "is_needed", "need", "later_seen", "later")
    kept |= {name: data[name] for name in others if name in data}
    return IssueForm(initial=kept, **options)


def _schedules(
    request, candidates: list[Candidate], *, fresh: Container[int]
) -> dict[int, Schedule]:
    """Of each clause: as the words say, or as it stands in the form; ``fresh``: just changed."""
    known = {"calendar": work_calendar(), "now": timezone.now()}
    return {
        each.clause.pk: _schedule(request, each, known, is_new=each.clause.pk in fresh)
        for each in candidates
    }


def _schedule(request, each: Candidate, known: dict, *, is_new: bool) -> Schedule:
    known = known | {"out": each.out, "is_of_list": each.is_of_list}
    if request.method != "POST" or is_new:
        return schedule.proposed(each.clause, **known)
    typed = schedule_form.posted(each.clause, request.POST, **known)
    is_added_to = request.POST.get(ADD) == str(each.clause.pk)
    return schedule.with_blank(typed) if is_added_to else typed


def _beside(request, candidates: list[Candidate]) -> dict[int, Beside]:
    """随报材料 of each clause: as ticked and named, or as the directive asks for it."""
    is_posted = request.method == "POST"
    return {
        each.clause.pk: posted_beside(request.POST, prefix(each.clause)) if is_posted else Beside()
        for each in candidates
    }


def _are_in_order(form: IssueForm, schedules: dict[int, Schedule]) -> bool:
    for clause in form.cleaned_data["clauses"]:
        for problem in schedules[clause.pk].problems if clause.pk in schedules else ():
            form.add_error(None, f"事项{clause.position}：{problem}")
    return not form.errors


@transaction.atomic
def _issue_all(
    data: dict, schedules: dict[int, Schedule], beside: dict, user: Staff
) -> tuple[str, list[Obligation]]:
    """Issue every chosen clause, all or nothing; says what went out."""
    now, made = timezone.now(), []
    for clause in data["clauses"]:
        planned = schedules.get(clause.pk) or _refuse(clause)
        for row in planned.chosen:
            terms = Terms(
                planned.dates(row),
                period=planned.period(row),
                soon_workdays=data["soon_workdays"],
                need=data.get("need", ""),
                settled=data["settled"],
                evidence=beside[clause.pk].kinds,
                document=beside[clause.pk].document,
                later=data.get("later", ""),
            )
            out = {"bureaus": data["bureaus"], "terms": terms, "now": now, "by": user}
            made.append(issuing.issue(clause, **out))
    units, clauses, count = len(data["bureaus"]), len(data["clauses"]), len(made)
    periods = f"（{count}期）" if count > clauses else ""
    return f"{clauses}个事项{periods}、{units}个单位，共{count * units}项任务", made


def _first_in_words(issued: list[Obligation]) -> str:
    """What is told next, besides the news of it."""
    one, dates = issued[0], [change_effects.dates_of(each) for each in issued]
    plan = policies.holding(one.issuer, one.notice).plan
    known = {"now": one.issued_at, "calendar": work_calendar(), "plan": plan}
    first = first_reminder(dates, **known)
    if first is None:
        return "没有临期提醒"
    at = timezone.localtime(first)
    return "首次提醒随即发出" if first == one.issued_at else f"首次提醒{at:%Y年%-m月%-d日 %-H:%M}"


def _refuse(clause: Clause) -> Schedule:
    raise IssueRefused(f"事项“{clause.deliverable}”已经下发过，不能重复下发")


@dataclass(frozen=True)
class Shown:
    """What the page is made of: clauses, what becomes of each by its key, units to choose from."""

    candidates: list[Candidate]
    schedules: dict[int, Schedule]
    beside: dict[int, Beside]
    forms: dict[int, ClauseForm]
    bureaus: list[Bureau]


def _context(user: Staff, notice: Notice, form: IssueForm, shown: Shown) -> dict:
    candidates, bureaus = shown.candidates, shown.bureaus
    chosen, units = issue_page.ticked(form, "clauses"), issue_page.ticked(form, "bureaus")
    now = timezone.now()
    ticked = [bureau for bureau in bureaus if bureau.pk in units]
    numbers = {n for each in candidates for n in each.clause.attachments_referred}
    before = asked_before(notice, numbers, ticked, issuer=notice.bureau, user=user, now=now)
    held = policies.holding(notice.bureau, notice)
    wanted = evidence_asked.by_each(notice, [each.clause for each in candidates])
    previews = [
        issue_page.preview(
            each,
            shown.schedules[each.clause.pk],
            is_chosen=each.clause.pk in chosen,
            before=before,
            plan=held.plan,
            evidence=evidence_form.offer(wanted[each.clause.pk], shown.beside[each.clause.pk]),
            form=shown.forms.get(each.clause.pk),
            now=now,
        )
        for each in candidates
    ]
    count = sum(preview.count for preview in previews if preview.is_chosen)
    firsts = [each.first for each in previews if each.is_chosen and each.first]
    return {
        "notice": notice,
        "held": held,
        "form": form,
        "previews": previews,
        "unconfirmed": unconfirmed_forms.unconfirmed(notice, numbers),
        "tiers": issue_page.tiers(bureaus, units),
        "clause_count": len(chosen),
        "period_count": count,
        "unit_count": len(units),
        "task_count": count * len(units),
        "first": min(firsts, default=None),
        "now": now,
        "urgency": notice.urgency if notice.urgency in AT_ONCE else "",
    }
