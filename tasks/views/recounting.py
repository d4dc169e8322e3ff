from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus import permissions
from bureaus.roles import Permission
from notices.calendar import work_calendar
from tasks.actions import recounting
from tasks.models import DateMove, DeadlineDoubt, Recount

PER_PAGE = 50
MOST_DOUBTS = 200


def moves(request):
    """目标日变动: which targets followed the working days, and which deadlines are in doubt now."""
    permissions.check_any(request.user, Permission.READ, Permission.SYSTEM)
    moved = _with_obligations(DateMove.objects.visible_to(request.user))
    doubted = _with_obligations(DeadlineDoubt.objects.open().visible_to(request.user))
    calendar = work_calendar()
    context = {
        "page_obj": Paginator(moved, PER_PAGE).get_page(request.GET.get("page")),
        "doubts": doubted[:MOST_DOUBTS],
        "issuing": request.user.bureaus_where(Permission.ISSUE),
        "last": Recount.objects.order_by("-pk").first(),
        "last_year": calendar.last.year if calendar.first <= calendar.last else None,
        "may_recount": bool(request.user.bureaus_where(Permission.SYSTEM)),
        "reads": bool(request.user.bureaus_where(Permission.READ)),
    }
    return render(request, "tasks/date_moves.html", context)


def _with_obligations(rows):
    seen = rows.select_related("recount", "obligation__notice", "obligation__issuer")
    return seen.defer("obligation__notice__body", "obligation__notice__reading_json")


@require_POST
def recount(request):
    """Now, and not with the next run of the timetable."""
    permissions.check_any(request.user, Permission.SYSTEM)
    made = recounting.recount(timezone.now())
    if made is None:
        messages.success(request, "工作日历没有变动，各项日期都是最新的")
    else:
        moved = made.moves.count()
        words = (
            f"已重新推算，{moved}个事项的目标日有变动" if moved else "已重新推算，目标日都没有变动"
        )
        if doubted := made.doubts.count():
            words += f"，{doubted}个事项的截止时间待核定"
        messages.success(request, words)
    return redirect("tasks:date_moves")
