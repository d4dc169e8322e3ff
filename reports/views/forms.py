from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from reports.actions import handing_in, submissions
from reports.errors import (
    ContentRefused,
    FormDoubtful,
    FormIncomplete,
    FormNotEmpty,
    FormOutdated,
    ReportError,
    SavedByAnother,
)
from reports.exports import files as exports
from reports.filling import offered_sentences, readable_forms
from reports.filling.asked_forms import Form, forms_of
from reports.filling.posted_form import data_from, moved_to, revision_from
from reports.pages import doubts as doubts_page
from reports.pages import evidence as evidence_page
from reports.pages import form as form_page
from reports.pages.conflict import Conflict, conflict_of
from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import check, is_written
from reports.schemas.content.content import ContentError
from reports.views import opened
from reports.workbooks.forms.comma import write_csv
from tasks.errors import TransitionDenied
from tasks.models import Assignment

CSV = "text/csv; charset=utf-8"
NIL_DONE = "已按零报告（无此情况）提交审核"


def form(request, pk, number):
    """填报: one form of an assignment, to write in or to read; 提交审核 hands in all of them."""
    assignment = opened.seen(request.user, pk)
    forms = readable_forms.forms_for(request.user, assignment)
    current = opened.pick(forms, number)
    if request.method == "POST":
        return _posted(request, assignment, forms, current, _written(request, assignment, current))
    return _page(request, assignment, forms, current, current.content, _told(current))


def _told(current: Form) -> list[Problem]:
    """What the page of a draft names: what is wrong where it stands, and what may be wrong."""
    problems = check(current.definition, current.content) if current.submission else []
    return [
        one for one in problems if one.level == "warning" or is_written(current.content, one.path)
    ]


def _written(request, assignment: Assignment, current: Form):
    """What was posted of the form; with 采用, where no script runs, also the sentence pressed."""
    data = data_from(request.POST, current)
    if "take" not in request.POST:
        return data
    offers = offered_sentences.offers(request.user, assignment, current, data)
    data, is_whole = offered_sentences.put_in(data, request.POST["take"], offers)
    if not is_whole:
        messages.warning(request, "来源数据刚刚有变化，有的句子没有采用，请按最新内容重新选择")
    return data


def _posted(request, assignment: Assignment, forms: list[Form], current: Form, data):
    """Save what was written; with 提交审核 also hand in. What is refused stays on the page."""
    mine, number = revision_from(request.POST), current.number
    now, by = timezone.now(), request.user
    try:
        given, revision = _settled(request, current, data) or (data, mine)
        submissions.save(assignment, number, given, revision=revision, now=now, by=by)
        if "hand_in" in request.POST:
            handing_in.hand_in(assignment, confirmed=_answered(request), now=now, by=by)
        elif "report_nil" in request.POST:
            handing_in.hand_in_nil(assignment, confirmed=_answered(request), now=now, by=by)
    except ContentRefused as refused:
        # as it was checked: without blank rows, so that every problem stands at its own row
        data = current.content_of(data)
        return _page(
            request, assignment, forms, current, data, refused.problems, str(refused), mine
        )
    except SavedByAnother as refused:
        return _conflict(request, assignment, number, data, str(refused), mine)
    except FormIncomplete as incomplete:
        return _incomplete(request, assignment, current, incomplete)
    except FormDoubtful as doubtful:
        return _doubtful(request, assignment, number, doubtful.questions)
    except (FormNotEmpty, FormOutdated) as refused:  # the draft is stored: it has a newer revision
        forms = forms_of(assignment)
        current = opened.pick(forms, number)
        return _page(request, assignment, forms, current, data, [], str(refused))
    except (ReportError, ContentError, TransitionDenied) as refused:
        return _page(request, assignment, forms, current, data, [], str(refused), mine)
    return _saved(request, assignment, current)


def _settled(request, current: Form, data):
    """What was picked of both contents, and the revision of the other one's; None where nothing is
    to be picked. SavedByAnother while something still is, or where the other has written again."""
    if "resolve" not in request.POST:
        return None
    conflict = conflict_of(current, data, request.POST)
    seen = revision_from({"revision": request.POST.get("theirs", "")})
    if conflict is None or not conflict.is_settled or seen != current.revision:
        raise SavedByAnother
    return conflict.both, seen


def _conflict(request, assignment: Assignment, number: int, data, refusal: str, mine: int):
    """The page of a writer who was not the first: his own text, beside it what the other saved."""
    forms = forms_of(assignment)
    current = opened.pick(forms, number)
    conflict = conflict_of(current, data, request.POST)
    content = conflict.mine if conflict else data
    return _page(request, assignment, forms, current, content, [], refusal, mine, conflict)


def _saved(request, assignment: Assignment, current: Form):
    if "hand_in" in request.POST:
        messages.success(request, "已提交审核")
        if evidence_page.lacks_seal(assignment):
            messages.warning(request, evidence_page.SEAL_NOW)
        return redirect("tasks:assignment_detail", assignment.pk)
    if "report_nil" in request.POST:
        messages.success(request, NIL_DONE)
        return redirect("tasks:assignment_detail", assignment.pk)
    messages.success(request, f"已保存 {timezone.localtime():%H:%M}")
    url = reverse("reports:form", args=[assignment.pk, current.number])
    if (row := moved_to(request.POST)) is not None:
        return redirect(f"{url}#rows-{row}-{current.definition.row_columns()[0].id}")
    return redirect(f"{url}?spare=1" if "add_row" in request.POST else url)


def _incomplete(request, assignment, current: Form, incomplete: FormIncomplete):
    """The draft is kept; show the first form that is not whole, with what it lacks."""
    number = current.number if current.number in incomplete.problems else min(incomplete.problems)
    forms = forms_of(assignment)
    lacking = opened.pick(forms, number)
    problems = incomplete.problems[number]
    return _page(request, assignment, forms, lacking, lacking.content, problems, str(incomplete))


def _answered(request) -> list[str]:
    """The keys of the questions that the button 确认无误 stood below; other buttons answer none."""
    return request.POST.get("hand_in", request.POST.get("report_nil", "")).split()


def _doubtful(request, assignment: Assignment, number: int, questions):
    """The draft is kept; what is doubtful is asked above the form, and nothing is handed in."""
    forms = forms_of(assignment)
    current = opened.pick(forms, number)
    verb = "hand_in" if "hand_in" in request.POST else "report_nil"
    asking = doubts_page.asking(
        assignment, forms, current, questions, verb=verb, answered=_answered(request)
    )
    return _page(request, assignment, forms, current, current.content, [], asking=asking)


def _page(
    request,
    assignment: Assignment,
    forms: list[Form],
    current: Form,
    content,
    problems,
    refusal: str = "",
    revision: int | None = None,
    conflict: Conflict | None = None,
    asking: doubts_page.Asking | None = None,
):
    """``revision`` of a refused writer stays his own, as what he began with does: nothing of
    another is overwritten."""
    context = form_page.context(
        request.user,
        assignment,
        forms,
        current,
        content,
        problems,
        now=timezone.now(),
        spare=_spare(request, current, content),
    )
    context |= {"refusal": refusal, "conflict": conflict, "asking": asking}
    context["is_unsaved"] = revision is not None
    if revision is not None:
        context |= {"revision": revision, "base": request.POST.get("base", "")}
    return render(request, "reports/form.html", context, status=422 if refusal or asking else 200)


def _spare(request, current: Form, content) -> int:
    """加一行 without script: one more than was there, and a blank table has one already."""
    if request.method != "GET" or "spare" not in request.GET or not current.is_table:
        return 0
    return 1 if content.get("rows") else 2


@require_POST
def nil(request, pk):
    """零报告: there is nothing to report, and that is said on purpose."""
    assignment = opened.seen(request.user, pk)
    try:
        handing_in.hand_in_nil(assignment, now=timezone.now(), by=request.user)
    except FormDoubtful as doubtful:
        return _doubtful(request, assignment, forms_of(assignment)[0].number, doubtful.questions)
    except (ReportError, TransitionDenied) as refused:
        messages.error(request, str(refused))
        number = forms_of(assignment)[0].number
        return redirect("reports:form", assignment.pk, number)
    messages.success(request, NIL_DONE)
    return redirect("tasks:assignment_detail", assignment.pk)


def download(request, pk, number):
    """One bureau's form as .xlsx in the official layout; ?format=csv for other programs."""
    assignment = opened.seen(request.user, pk)
    current = opened.pick(readable_forms.forms_for(request.user, assignment), number)
    parts = (assignment.bureau.short_name, current.definition.title, assignment.obligation.period)
    name = exports.file_name(*parts)
    if request.GET.get("format") == "csv":
        data = write_csv(current.definition, current.content)
        return xlsx(data, f"{name.removesuffix('.xlsx')}.csv", content_type=CSV)
    return xlsx(exports.form_workbook(current, unit_name=assignment.bureau.name), name)


def xlsx(data: bytes, name: str, *, content_type: str = exports.XLSX) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=content_type, headers=headers)
