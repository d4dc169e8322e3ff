from collections import Counter
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet, prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from bureaus.roles import Permission
from bureaus.shell import hints
from bureaus.shell.paging import Counted, counted
from notices.calendar import work_calendar
from notices.models import Notice
from notices.pages import imported
from notices.text.deadlines.workdays import WorkCalendar
from tasks.actions import desk as looking
from tasks.models import Assignment, Delivery, Extension
from tasks.pages import desk as desk_page
from tasks.pages import later_periods, working_days
from tasks.pages import lit_rows as rows
from tasks.pages.administering import first_steps, minding
from tasks.states import WITH_BUREAU, ExtensionState, Status

SHOWN = 10
FEW = 99  # mails that could not be delivered: each is looked up in three tables


def desk(request):
    """工作台: what waits for me, what came back first, then nearest target first; what is new since
    one last looked is marked. For coordinators also where things stand.
    """
    now, calendar, user = timezone.now(), work_calendar(), request.user
    seen = Assignment.objects.visible_to(user)
    mine = Assignment.objects.waiting_for(user)
    waiting = mine.without_later(now)
    coordinates = bool(user.bureaus_where(Permission.ISSUE))
    first = desk_page.first(waiting, user, SHOWN)
    late = list(seen.overdue(now).in_order()[:SHOWN]) if coordinates else []
    asking = list(_asking(user)[:SHOWN]) if coordinates else []
    prefetch_related_objects([*first, *late, *(one.assignment for one in asking)], *seen.lines())
    later_periods.attach(first, now=now)
    desk_page.mark(first, user, since=looking.look(user, now=now))
    context = {
        "waiting": rows.lit(first, now=now, calendar=calendar, user=user),
        "overdue": rows.lit(late, now=now, calendar=calendar, user=user),
        "asking": asking,
        "waiting_count": _how_many(first, waiting),
        "later_count": counted(mine.later(now)),
        "overdue_count": counted(waiting.overdue(now)),
        "week": _week(seen if coordinates else _own(user, seen), now, calendar),
        "today": timezone.localdate(now),
        "coordinates": coordinates,
        "upload": imported.offered(user),
        "reads": bool(user.bureaus_where(Permission.READ)),
    }
    if coordinates:
        context |= _overview(user, seen, late, now)
    context |= _administration(user, now, calendar)
    return render(request, "tasks/desk.html", context)


def _administration(user, now: datetime, calendar: WorkCalendar) -> dict:
    """What the posts of administration look after, the first run, the hints of one's post."""
    found = minding.matters(user, now=now, calendar=calendar)
    role = hints.role_to_show(user)
    notes = working_days.notes(user, now=now, calendar=calendar)
    said = {note.url for note in notes}  # above, with what hangs on it
    return {
        "notes": notes,
        "minds": minding.minds(user),
        "matters": [one for one in found if one and one.url not in said],
        "in_order": [one for one in found if not one],
        "steps": first_steps.steps(user, now=now, calendar=calendar),
        "hint_role": role,
        "hints": hints.HINTS[role] if role else (),
    }


def _own(user, seen):
    """What one's own bureau owes, without those below it."""
    paths = [bureau.path for bureau in user.bureaus_where(Permission.READ)]
    return seen.filter(bureau_path__in=paths)


def _how_many(shown: list, rows: QuerySet) -> Counted:
    """How many ``rows`` there are; of a list that is not full one sees it."""
    return Counted(len(shown)) if len(shown) < SHOWN else counted(rows)


def _week(seen, now: datetime, calendar) -> list[dict]:
    """Seven days from Monday: how many are still owed by the end of each."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    start = timezone.make_aware(datetime.combine(monday, datetime.min.time()))
    due = seen.due_between(start, start + timedelta(days=7)).order_by()
    counts: Counter[date] = Counter()
    for moment, count in due.values_list("due_at").annotate(count=Count("*")):
        counts[timezone.localdate(moment)] += count
    return [
        {
            "day": day,
            "count": counts[day],
            "is_today": day == today,
            "is_rest": not calendar.is_workday(day),
        }
        for day in (monday + timedelta(days=offset) for offset in range(7))
    ]


def _overview(user, seen, late: list[Assignment], now: datetime) -> dict:
    """What a coordinator watches: five figures, the notices to check."""
    to_check = Notice.objects.to_check_by(user)
    checking = list(to_check.for_list().select_related(None)[:SHOWN])
    pending = seen.filter(status=Status.PENDING).without_later(now)
    overdue = _how_many(late, seen.overdue(now))
    failed = Delivery.objects.visible_to(user).filter(state=Delivery.State.FAILED)
    week = seen.due_between(now, now + timedelta(days=7))
    return {
        "to_check": checking,
        "tally": [
            _figure(
                "待核对文件",
                _how_many(checking, to_check),
                "notices:library",
                "state=to_check",
                unit="份",
            ),
            _figure("未签收", counted(pending), "tasks:ledger", "status=pending"),
            _figure("7日内到期", counted(week), "tasks:ledger", "light=week", light="soon"),
            _figure("逾期未报", overdue, "tasks:ledger", "light=overdue", light="overdue"),
            # there with what to do about each, and those that are still tried
            _figure("提醒未送达", counted(failed, FEW), "tasks:undelivered", unit="条"),
        ],
    }


def _asking(user):
    """The requests for 延期 that wait for this person's answer, the first to run out first."""
    asked = Extension.objects.filter(
        state=ExtensionState.ASKED,
        assignment__receiver__in=user.bureaus_where(Permission.RECEIVE),
        assignment__status__in=WITH_BUREAU,
    )
    return asked.select_related("assignment").order_by("assignment__due_at", "pk")


def _figure(
    word: str, figure: Counted, name: str, query: str = "", *, unit: str = "件", light: str = ""
) -> dict:
    """One figure above the lists, with the list it counts."""
    url = f"{reverse(name)}?{query}" if query else reverse(name)
    return {"word": word, "figure": figure, "unit": unit, "url": url, "light": light}
