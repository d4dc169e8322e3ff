from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bureaus.roles import Permission
from notices.actions import merging
from notices.errors import NoticeError
from notices.models import Notice, Source
from notices.states import GONE
from notices.text.comparing import passages


@require_GET
def source(request, pk):
    """来源: one copy as it came in, beside the text that the notice has now."""
    found = _seen(request.user, pk)
    notice = found.notice
    context = {
        "source": found,
        "notice": notice,
        "lines": [line for line in found.body.splitlines() if line.strip()],
        "passages": None if found.is_text else passages.compare(found.body, notice.body),
        "may_release": found.how == Source.How.KEPT
        and request.user.may(Permission.CHECK, at=notice.bureau),
    }
    return render(request, "notices/source.html", context)


@require_POST
def release(request, pk):
    """撤回并入 of a copy that was only kept."""
    found = _seen(request.user, pk)
    try:
        upload = merging.release(found, now=timezone.now(), by=request.user)
    except NoticeError as problem:
        messages.error(request, str(problem))
        return redirect("notices:source", found.pk)
    messages.success(request, "已撤回并入，这份文件恢复为待核对")
    return redirect("notices:check", upload.pk)


def _seen(user, pk) -> Source:
    """A source of a notice that this person may see, or 404."""
    notices = Notice.objects.visible_to(user).exclude(state__in=GONE)
    rows = Source.objects.select_related("notice__bureau", "came_by")
    return get_object_or_404(rows.filter(notice__in=notices), pk=pk)
