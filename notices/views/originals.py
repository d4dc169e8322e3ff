from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from notices.files import store
from notices.models import Notice, Original
from notices.pages import originals
from notices.readers.base import UnreadableDocument
from notices.readers.paper.document import page_picture
from notices.states import NoticeState

# Whatever the bytes are, a browser runs nothing of them.
GUARDED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@require_GET
def download(request, pk, position):
    """原件 as it was handed in, byte for byte; always to be saved, never shown by the browser."""
    found = _original(request.user, pk, position)
    try:
        file = store.open(found.stored_name)
    except FileNotFoundError:
        messages.error(request, f"“{found.file_name}”已不在服务器上，请联系系统管理员")
        return redirect(*_home(found))
    return FileResponse(
        file,
        as_attachment=True,
        filename=found.file_name,
        content_type=found.content_type,
        headers=GUARDED,
    )


@require_GET
def page(request, pk, position, number):
    """One page of the original, with the way to the others."""
    found = _with_page(request.user, pk, position, number)
    context = {
        "original": found,
        "notice": found.notice,
        "leaf": originals.leaf(found, number),
        "home": reverse(_home(found)[0], args=[_home(found)[1]]),
    }
    return render(request, "notices/original.html", context)


@require_GET
def picture(request, pk, position, number):
    """The page itself, drawn from the file."""
    found = _with_page(request.user, pk, position, number)
    try:
        with store.open(found.stored_name) as file:
            drawn = page_picture(file.read(), number)
    except (FileNotFoundError, UnreadableDocument) as fault:
        raise Http404 from fault
    kind = "image/png" if drawn.startswith(b"\x89PNG") else "image/jpeg"
    return HttpResponse(drawn, content_type=kind, headers=GUARDED)


def _with_page(user, pk, position, number) -> Original:
    found = _original(user, pk, position)
    if not 1 <= number <= found.pages:
        raise Http404
    return found


def _original(user, pk, position) -> Original:
    """404 where this person may not know of the notice."""
    seen = Notice.objects.visible_to(user).exclude(state=NoticeState.DISCARDED)
    rows = Original.objects.of_any(seen).select_related("notice", "notice__merged_as__notice")
    rows = rows.defer(*originals.UNREAD_COLUMNS, "notice__merged_as__notice__body")
    return get_object_or_404(rows, notice=pk, position=position)


def _home(original: Original) -> tuple[str, int]:
    """The page on which the file is listed: that of the notice into which its copy was merged."""
    source = getattr(original.notice, "merged_as", None)
    notice = source.notice if source else original.notice
    name = "tasks:notice_detail" if notice.state == NoticeState.FILED else "notices:check"
    return name, notice.pk
