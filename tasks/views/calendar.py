from datetime import date, datetime, time

from django.shortcuts import render
from django.utils import timezone

from bureaus import permissions
from bureaus.roles import Permission
from bureaus.shell.paging import counted
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import SHANGHAI, local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.calendar import due_items
from tasks.calendar import month as calendar_page
from tasks.calendar.asked import Asked
from tasks.calendar.feed_rows import feed_rows
from tasks.forms.calendar import CalendarForm
from tasks.models import Assignment, Feed
from tasks.querysets.assignments import AssignmentQuerySet


def calendar(request):
    """日历: the next weeks or a month of due days, of what waits for me or of all I may see."""
    permissions.check_any(request.user, Permission.READ)
    now, days = timezone.now(), work_calendar()
    form = _form(request)
    asked = Asked(
        month=form.cleaned_data.get("month") or local_day(now).replace(day=1),
        scope=form.cleaned_data.get("scope") or "mine",
        bureau=form.cleaned_data.get("bureau"),
        is_ahead=not form.cleaned_data.get("month"),
    )
    rows = _rows(request.user, asked) if form.is_valid() else Assignment.objects.none()
    weeks = _weeks(rows, asked, now, days)
    context = {
        "form": form,
        "asked": asked,
        "weeks": weeks,
        "tabs": [
            {"label": label, "url": asked.url(scope=scope), "active": scope == asked.scope}
            for scope, label in CalendarForm.SCOPES
        ],
        "this_month_url": Asked(local_day(now).replace(day=1), asked.scope, asked.bureau).url(),
        "undated": counted(_undated(rows, asked)),
        "is_known": calendar_page.known(weeks[-1][-1].day if asked.is_ahead else asked.month, days),
        "feeds": feed_rows(
            request.user.bureaus_where(Permission.READ),
            Feed.objects.live().visible_to(request.user).select_related("bureau"),
        ),
    }
    if asked.is_ahead:
        context["load"] = calendar_page.load_of(weeks)
        context["overdue"] = counted(_overdue_before(rows, weeks[0][0].day, now))
    else:
        context["previous_url"] = asked.url(months=-1)
        context["next_url"] = asked.url(months=1)
    return render(request, "tasks/calendar.html", context, status=200 if form.is_valid() else 422)


def _form(request) -> CalendarForm:
    """The form as asked; without a scope what waits for me, or all of a bureau that is named."""
    given = request.GET.copy()
    given.setdefault("scope", "all" if given.get("bureau") else "mine")
    form = CalendarForm(given, user=request.user)
    form.is_valid()
    return form


def _rows(user, asked: Asked) -> AssignmentQuerySet:
    every = Assignment.objects
    rows = every.waiting_for(user) if asked.is_mine else every.visible_to(user)
    return rows.under(asked.bureau) if asked.bureau else rows


def _overdue_before(rows: AssignmentQuerySet, first: date, now) -> AssignmentQuerySet:
    """What is still owed since before the first day shown."""
    start = datetime.combine(first, time.min, tzinfo=SHANGHAI)
    return rows.overdue(now).filter(due_at__lt=start)


def _undated(rows: AssignmentQuerySet, asked: Asked) -> AssignmentQuerySet:
    """Those that are on no day: of mine all, else those still owed, as the ledger lists them."""
    return (rows if asked.is_mine else rows.with_bureau()).filter(due_at=None)


def _weeks(rows: AssignmentQuerySet, asked: Asked, now, days: WorkCalendar) -> list:
    shown = calendar_page.shown(asked, local_day(now))
    due = due_items.due_items(rows, shown[0], shown[-1], now=now, calendar=days)
    weeks = calendar_page.weeks(asked, due, today=local_day(now), calendar=days)
    due_items.name([item for week in weeks for day in week for item in day.items])
    return weeks
