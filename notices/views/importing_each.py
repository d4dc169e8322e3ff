"""Several files at once, each a notice of its own; from the desk."""

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlencode

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_GET, require_POST

from notices.actions import ingest, intake
from notices.actions.originals import HandedIn
from notices.errors import NoticeError
from notices.forms.importing import ImportForm
from notices.jobs import recognise
from notices.models import Notice
from notices.pages import imported as imported_page
from notices.text.page.secrecy import ClassifiedDocument, doubt_of
from notices.views.importing import importing_bureau, recent_intakes


@dataclass(frozen=True)
class Taken:
    """What became of one file: a notice, a scan that waits for its worker, or neither."""

    name: str
    notice: Notice | None = None
    is_scan: bool = False
    problem: str = ""
    doubt: str = ""

    @property
    def said(self) -> str:
        if self.problem:
            return f"没有导入：{self.problem}"
        if self.is_scan:
            return "扫描件已收下，正在后台识别"
        return f"已导入{self.doubt}"


@require_POST
def import_each(request):
    """A file that cannot be taken in keeps none of the others out. A script posts them one by one
    and is answered with data; a plain form posts all and is led to the list."""
    bureau = importing_bureau(request.user)
    files = request.FILES.getlist("file")
    if not files or len(files) > imported_page.MOST:
        said = f"一次最多{imported_page.MOST}个文件，请分几次上传" if files else "请先选择文件"
        messages.error(request, said)
        return redirect("tasks:desk")
    taken = [_take(request, file, bureau, place) for place, file in enumerate(files, start=1)]
    if request.headers.get("X-Requested-With") == "fetch":
        return _told(taken[0])
    for one in taken:
        if one.problem:
            messages.error(request, f"{one.name}：{one.said}")
        elif one.is_scan or one.doubt:
            messages.warning(request, f"{one.name}：{one.said}")
    keys = [("id", one.notice.pk) for one in taken if one.notice]
    return redirect(f"{reverse('notices:imported')}?{urlencode(keys)}")


def _take(request, file, bureau, place: int) -> Taken:
    """One file through the form of the import page, and what came of it."""
    form = ImportForm({}, MultiValueDict({"file": [file]}))
    given = {"bureau": bureau, "now": timezone.now(), "by": request.user}
    try:
        if not form.is_valid():
            return Taken(file.name, problem=next(iter(form.errors.values()))[0])
        if "scans" in form.cleaned_data:
            intake.hand_in(form.cleaned_data["scans"], **given)
            recognise.delay_on_commit()
            return Taken(file.name, is_scan=True)
        text = form.cleaned_data["text"]
        with HandedIn(form.cleaned_data["originals"]) as handed_in:
            notice = ingest.take_in(
                text,
                source_name=form.source_name,
                stand_in=PurePath(file.name).stem[:300],
                handed_in=handed_in,
                once=True,
                **given,
            )
    except ClassifiedDocument as refused:
        ingest.refuse_classified(**given)
        # what the file was called may itself be secret
        return Taken(f"第{place}个文件", problem=refused.message_zh)
    except NoticeError as refused:
        return Taken(file.name, problem=str(refused))
    word = doubt_of(text)
    doubt = f"，但文中有“{word}”字样：请先核实可以在本系统办理再入库，不可以的请作废"
    return Taken(file.name, notice, doubt=doubt if word else "")


def _told(one: Taken) -> JsonResponse:
    answer = {"said": one.said, "is_taken": not one.problem}
    if one.notice:
        answer |= {"id": one.notice.pk, "title": one.notice.title}
        answer["url"] = reverse("notices:check", args=[one.notice.pk])
        answer["is_doubtful"] = bool(one.doubt)
    return JsonResponse(answer, status=422 if one.problem else 200)


@require_GET
def imported(request):
    """导入结果: the notices of ``?id=…``, each with what it needs; scans still on their way."""
    importing_bureau(request.user)
    keys = [int(key) for key in request.GET.getlist("id") if key.isdecimal() and len(key) < 19]
    lines = imported_page.lines(request.user, keys[: imported_page.SHOWN])
    context = {"lines": lines} | recent_intakes(request.user)
    return render(request, "notices/imported.html", context)
