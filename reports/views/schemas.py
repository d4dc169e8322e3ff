from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from notices.models import Notice
from notices.states import FILLABLE, NoticeState
from reports.actions import schemas
from reports.editing.draft import Draft, posted
from reports.editing.from_definition import draft_of
from reports.editing.moves import moved
from reports.editing.new_forms import start
from reports.editing.rematch import rematched
from reports.editing.to_definition import Made, made
from reports.errors import ReportError, SchemaChanged
from reports.exports import files as exports
from reports.filling.asked_forms import PLAIN_TEXT, definition_of, ids_used
from reports.pages.form_editor import context
from reports.pages.renewed_form import is_outdated, renewed
from reports.views.forms import xlsx
from reports.workbooks.reading.proposed_form import form_of
from reports.workbooks.reading.raw import MAX_BYTES, WorkbookRefused

PAGE, EDITOR, SPECIMEN = (
    "reports/schema.html",
    "reports/_schema_editor.html",
    "reports/_specimen.html",
)
RENEWED = "renewed"  # in the address: begin with the attachment as it is now


def schema(request, pk, number):
    """报表: the form that an attachment asks for, in an editor; 确认报表 makes it a version.

    Every button posts the whole form with its name in `do`; the answer is the page with what was
    typed, right or wrong, and nothing is stored but by 确认报表.
    """
    seen = Notice.objects.visible_to(request.user).exclude(state=NoticeState.DISCARDED)
    notice = get_object_or_404(seen.select_related("bureau"), pk=pk)
    if number != PLAIN_TEXT:
        get_object_or_404(notice.attachments, position=number, kind__in=FILLABLE)
    if request.method != "POST" and RENEWED in request.GET and number != PLAIN_TEXT:
        draft = renewed(notice, number)
        return _page(request, notice, number, draft, read=f"更新后的附件{number}")
    if request.method != "POST":
        return _page(request, notice, number, draft_of(definition_of(notice, number)))
    schemas.check_confirm(request.user, notice)
    draft, act = posted(request.POST.dict()), request.POST.get("do", "refresh")
    if act == "confirm":
        return _confirm(request, notice, number, draft)
    if act == "read":
        return _read(request, notice, number, draft)
    if act == "sample":
        return _sample(request, notice, number, draft)
    if act.startswith("start."):
        return _page(request, notice, number, start(draft, act))
    step = moved(draft, act, ids_used(notice, number))
    if step is not None:
        verb = act.rpartition(".")[2]
        return _page(request, notice, number, step.draft, place=step.place, act=verb)
    return _page(request, notice, number, draft, is_preview=act == "preview")


def _confirm(request, notice: Notice, number: int, draft: Draft):
    done = made(draft)
    if done.definition is None:
        return _page(request, notice, number, draft, made=done, said="没有确认，请先改正")
    base = request.POST.get("over") or request.POST.get("base", "")
    try:
        stored = schemas.confirm(
            notice,
            number,
            done.definition,
            base=int(base) if base.isascii() and base.isdecimal() and len(base) < 6 else -1,
            now=timezone.now(),
            by=request.user,
        )
    except SchemaChanged as refused:
        newer = refused.version
        return _page(request, notice, number, draft, said=str(refused), newer=newer)
    except ReportError as refused:
        return _page(request, notice, number, draft, said=str(refused))
    named = f"附件{number}的报表" if number else "报送材料的报表"
    messages.success(request, f"已确认{named}（第{stored.version}版）")
    if notice.state == NoticeState.FILED:
        return redirect("tasks:notice_detail", notice.pk)
    return redirect("reports:notice_forms", notice.pk)


def _read(request, notice: Notice, number: int, draft: Draft):
    """从 .xlsx 读取: the form that a workbook shows takes the place of what is on the page."""
    file = request.FILES.get("file")
    if file is None:
        return _page(request, notice, number, draft, said="没有读取：请先选择表样文件")
    if file.size > MAX_BYTES:
        limit = f"没有读取：文件超过{MAX_BYTES // 1024**2} MB"
        return _page(request, notice, number, draft, said=limit)
    try:
        proposal = form_of(file.read(), file.name)
    except WorkbookRefused as refused:
        return _page(request, notice, number, draft, said=f"没有读取：{refused}".rstrip("。"))
    read = rematched(draft_of(proposal.definition), draft, ids_used(notice, number))
    return _page(request, notice, number, read, doubts=list(proposal.doubts), read=file.name)


def _sample(request, notice: Notice, number: int, draft: Draft):
    """下载表样: the blank form in the official layout, as it is on the page and stored nowhere."""
    done = made(draft)
    if done.definition is None:
        return _page(request, notice, number, draft, made=done, said="没有生成表样，请先改正")
    name = exports.file_name("表样", done.definition.title)
    return xlsx(exports.blank_workbook(done.definition), name)


def _page(
    request,
    notice: Notice,
    number: int,
    draft: Draft,
    *,
    made: Made | None = None,
    said: str = "",
    newer: int = 0,
    place: str = "",
    act: str = "",
    is_preview: bool = False,
    doubts: list[str] | None = None,
    read: str = "",
):
    """The page, or for htmx the part of it that changes; 422 where `said` refuses."""
    shown = context(
        request.user,
        notice,
        number,
        draft,
        made=made,
        base=request.POST.get("base"),
        place=place,
        act=act,
    )
    shown |= {"said": said, "newer": newer, "read": read}
    shown["is_outdated"] = not read and is_outdated(notice, number)
    if doubts is not None:
        shown["doubts"] = doubts
    template = PAGE
    if request.headers.get("HX-Request"):
        template = SPECIMEN if is_preview else EDITOR
    answer = render(request, template, shown, status=422 if said else 200)
    if is_preview and shown["faults"]:  # what was drawn last stays while one is typing
        answer["HX-Retarget"] = answer["HX-Reselect"] = "#specimen-faults"
        answer["HX-Reswap"] = "outerHTML"
    return answer
