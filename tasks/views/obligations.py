from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bureaus.shell.chips import without
from bureaus.shell.paging import PAGE
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from tasks import permissions
from tasks.forms import evidence as evidence_form
from tasks.models import Obligation
from tasks.pages import history, later_periods, lit_rows, urging
from tasks.pages import obligation as obligation_page
from tasks.pictures import submissions, tiles
from tasks.scheduling.counted import event_of
from tasks.states import CountsFrom


def detail(request, pk):
    """任务事项: how far each unit is, in administrative order, as tiles and page by page."""
    obligation = seen(request.user, pk)
    now, calendar, user = timezone.now(), work_calendar(), request.user
    owed = obligation.assignments.visible_to(user)
    figures = obligation_page.figures(obligation, owed, now)
    which = request.GET.get("show", "")
    shown = obligation_page.shown(owed, which, now).for_list().order_by("bureau_path")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    later = later_periods.of_obligation(
        Obligation.objects.visible_to(user).later_periods(obligation)
    )
    provinces = obligation_page.tiles(owed, now=now, calendar=calendar)
    about = {"asked": figures.expected, "now": now}
    context = {
        "later": later,
        "later_said": later_periods.in_words(later) if later else "",
        "obligation": obligation,
        "notice": obligation.notice,
        "figures": figures,
        "tiles": provinces,
        "units": [] if provinces else tiles.units(obligation, owed, calendar=calendar, **about),
        "curve": submissions.of_obligation(obligation, owed, **about),
        "assignments": lit_rows.lit(page.object_list, now=now, calendar=calendar, user=user),
        "page_obj": page,
        "query": without(request.GET, "page"),
        "which": which,
        "tabs": obligation_page.tabs(figures, which, by_bureau=obligation.event_by_bureau),
        "due_on": local_day(obligation.due_at) if obligation.due_at else None,
        "target_on": local_day(obligation.target_at) if obligation.target_at else None,
        "events": history.of_obligation(obligation),
        "happening": happening(obligation),
        "may_amend": permissions.can_amend(user, obligation),
        "evidence": evidence_form.of_obligation(obligation),
        "may_roll_up": permissions.can_read_roll_up(user, obligation),
        "parent": obligation_page.parent(obligation, user),
        "below": urging.urging(obligation, owed, figures, user),
    }
    return render(request, "tasks/obligation_detail.html", context)


def happening(obligation: Obligation) -> str:
    """What its deadline waits for: 活动结束; nothing where it does not count from an event."""
    counts = obligation.counts_from == CountsFrom.EVENT
    return event_of(obligation.clause) if counts else ""


def seen(user, pk) -> Obligation:
    """The obligation, or 404 where this person may not know of it."""
    visible = Obligation.objects.visible_to(user)
    whole = visible.select_related("notice__bureau", "issuer", "clause", "parent__bureau", "doubt")
    return get_object_or_404(whole.defer("notice__body", "notice__reading_json"), pk=pk)
