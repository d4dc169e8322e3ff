from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bureaus.chips import chips
from bureaus.roles import Permission
from notices import check_page
from notices.actions import checking, ingest, intake
from notices.errors import NoticeError
from notices.expansion import expand
from notices.filters import NoticeFilter
from notices.forms import ImportForm
from notices.jobs import recognise
from notices.models import Intake, Notice
from notices.states import NoticeState
from notices.text.secrecy import ClassifiedDocument


def library(request):
    """文件库: what one's office has taken in and what was sent to it."""
    rows = Notice.objects.visible_to(request.user).exclude(state=NoticeState.DISCARDED)
    chosen = NoticeFilter(request.GET, queryset=rows.for_list())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page_obj": Paginator(chosen.qs, 50).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "chips": chips(request.path, request.GET, chosen.form),
        "clear_url": request.path,
        "may_import": bool(request.user.bureaus_where(Permission.IMPORT)),
        "columns": LIBRARY_COLUMNS,
        "checks_at": {bureau.pk for bureau in request.user.bureaus_where(Permission.CHECK)},
    }
    return render(request, "notices/library.html", context)


LIBRARY_COLUMNS = [
    {"label": "序号", "kind": "seq"},
    {"label": "标题、文号、发文机关"},
    {"label": "成文日期", "kind": "date"},
    {"label": "收文单位"},
    {"label": "报送事项", "kind": "num"},
    {"label": "状态"},
    {"label": "操作", "kind": "act"},
]


def import_notice(request):
    """导入: files or pasted text; read at once and shown to be checked. Scans wait for a worker."""
    bureau = _importing_bureau(request.user)
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if form.is_valid():
        try:
            return _taken_in(request, form, bureau)
        except ClassifiedDocument as problem:
            ingest.refuse_classified(bureau=bureau, now=timezone.now(), by=request.user)
            # a fresh form: nothing of the text may go back to the browser either
            return _import_page(request, ImportForm(), bureau, classified=problem.message_zh)
        except NoticeError as problem:
            form.add_error(None, str(problem))
    return _import_page(request, form, bureau)


def _taken_in(request, form, bureau):
    now, by = timezone.now(), request.user
    if "scans" in form.cleaned_data:
        intake.hand_in(form.cleaned_data["scans"], bureau=bureau, now=now, by=by)
        recognise.delay_on_commit()
        messages.success(request, "扫描件已收下，正在后台识别，识别完成后在本页打开核对")
        return redirect("notices:import")
    text = form.cleaned_data["text"]
    notice = ingest.take_in(text, source_name=form.source_name, bureau=bureau, now=now, by=by)
    return redirect("notices:check", notice.pk)


def _import_page(request, form, bureau, classified: str = ""):
    context = {
        "form": form,
        "bureau": bureau,
        "classified": classified,
        **_recent_intakes(request.user),
    }
    refused = form.is_bound or classified
    return render(request, "notices/import.html", context, status=422 if refused else 200)


def _recent_intakes(user) -> dict:
    """The last scans; the list renews itself only while one of them is still on its way."""
    rows = list(Intake.objects.visible_to(user).select_related("notice", "handed_in_by")[:10])
    return {"intakes": rows, "is_waiting": any(row.is_waiting for row in rows)}


def intakes(request):
    """The scans on their way, as the import page shows and renews them."""
    _importing_bureau(request.user)
    return render(request, "notices/_intakes.html", _recent_intakes(request.user))


def _importing_bureau(user):
    found = user.bureaus_where(Permission.IMPORT)
    if not found:
        raise PermissionDenied
    return found[0]


def check(request, pk):
    """核对: text on the left, what was read on the right; filing makes it the office's word."""
    notice = _checkable(request.user, pk)
    if notice.state == NoticeState.FILED:
        return redirect("tasks:notice_detail", notice.pk)
    data = request.POST if request.method == "POST" else None
    page = check_page.CheckPage(notice, data=data)
    if page.is_valid():
        try:
            # the bound form has written into its instance; the action compares with the stored row
            checking.file(
                Notice.objects.get(pk=pk),
                metadata=page.metadata.cleaned_data,
                decisions={form.clause.pk: form.value() for form in page.decisions},
                now=timezone.now(),
                by=request.user,
            )
        except NoticeError as problem:
            page.metadata.add_error(None, str(problem))
        else:
            messages.success(request, "已核对入库，可以下发")
            return redirect("tasks:notice_detail", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "notices/check.html", page.context(), status=status)


def _checkable(user, pk) -> Notice:
    seen = Notice.objects.visible_to(user).exclude(state=NoticeState.DISCARDED)
    whole = seen.select_related("bureau", "twin_of").prefetch_related("attachments")
    notice = get_object_or_404(whole, pk=pk)
    if not user.may(Permission.CHECK, at=notice.bureau):
        raise PermissionDenied
    return notice


@require_GET
def expansion(request, pk):
    """The units that the recipients as just typed would address; a fragment of the check page."""
    notice = _checkable(request.user, pk)
    found = expand(request.GET.get("recipients_text", ""), issuer=notice.bureau)
    return render(request, "notices/_expansion.html", check_page.units(found))


@require_POST
def add_clause(request, pk):
    """补充遗漏的事项; what is typed elsewhere on the page stays as it is."""
    notice = _checkable(request.user, pk)
    missed = check_page.MissedClauseForm(request.POST, notice=notice)
    status = 422
    if missed.is_valid():
        try:
            clause = checking.add_clause(
                notice, **missed.cleaned_data, now=timezone.now(), by=request.user
            )
        except NoticeError as problem:
            missed.add_error(None, str(problem))
        else:
            messages.success(request, f"已补充为事项{clause.position}，请一并核对")
            missed, status = check_page.MissedClauseForm(notice=notice), 200
    page = check_page.CheckPage(notice, typed=request.POST, missed=missed)
    return render(request, "notices/check.html", page.context(), status=status)


@require_POST
def discard(request, pk):
    notice = _checkable(request.user, pk)
    try:
        checking.discard(
            notice, reason=request.POST.get("reason", ""), now=timezone.now(), by=request.user
        )
    except NoticeError as problem:
        messages.error(request, str(problem))
        return redirect("notices:check", notice.pk)
    messages.success(request, "已作废，文件不再出现在文件库中")
    return redirect("notices:library")
