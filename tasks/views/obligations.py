from datetime import date, datetime

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from bureaus.models import Bureau
from bureaus.roles import Permission
from notices.calendar import work_calendar
from tasks import rows
from tasks.ladder import local_day
from tasks.models import Assignment, Obligation
from tasks.states import HANDED_IN, Status


def detail(request, pk):
    """任务事项: how far each unit is, in administrative order, as tiles and as a table."""
    seen = Obligation.objects.visible_to(request.user).select_related("notice", "issuer", "clause")
    obligation = get_object_or_404(seen, pk=pk)
    owed = obligation.assignments.visible_to(request.user).for_list().order_by("bureau_path")
    assignments = rows.lit(owed, now=timezone.now(), calendar=work_calendar(), user=request.user)
    context = {
        "obligation": obligation,
        "notice": obligation.notice,
        "assignments": assignments,
        "tiles": [tile(a) for a in assignments if a.bureau.rank == Bureau.Rank.PROVINCE],
        "expected": sum(assignment.status != Status.WITHDRAWN for assignment in assignments),
        "handed_in": sum(assignment.status in HANDED_IN for assignment in assignments),
        "overdue": sum(assignment.light.code == "overdue" for assignment in assignments),
        "due_on": _day(obligation.due_at),
        "target_on": _day(obligation.target_at),
        "may_roll_up": request.user.may(Permission.ROLL_UP, at=obligation.issuer),
    }
    return render(request, "tasks/obligation_detail.html", context)


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None


def tile(assignment: Assignment) -> dict:
    """A province on the grid, as templates/_components/tiles.html takes it."""
    return {
        "code": assignment.bureau.code,
        "label": short_region(assignment.bureau.region),
        "light": assignment.light.code,
        "word": assignment.get_status_display(),
        "url": reverse("tasks:assignment_detail", args=[assignment.pk]),
    }


def short_region(region: str) -> str:
    """内蒙古 and 黑龙江 have three characters, all others two; 兵团 is called so."""
    if region.endswith("兵团"):
        return "兵团"
    return region[: 3 if region.startswith(("内蒙古", "黑龙江")) else 2]
