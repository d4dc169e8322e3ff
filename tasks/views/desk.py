from collections.abc import Mapping
from datetime import datetime

from django.shortcuts import render
from django.utils import timezone

from bureaus.models import Staff
from bureaus.roles import Permission
from bureaus.shell import hints
from bureaus.shell.paging import GLANCE, Counted, counted
from notices.calendar import work_calendar
from notices.models import Notice
from notices.pages import imported
from notices.text.deadlines.workdays import WorkCalendar
from tasks.actions import desk as looking
from tasks.calendar.fortnight import fortnight
from tasks.models import Assignment
from tasks.pages import working_days
from tasks.pages.administering import first_steps, minding
from tasks.pages.desk import counting, figures, groups, waiting
from tasks.pages.desk.groups import Group

SHOWN = 10
Counts = Mapping[str, Counted]


def desk(request):
    """工作台: what waits for me, what came back, is overdue or new first; how much is due on the
    next days. For coordinators also where things stand.
    """
    now, calendar, user = timezone.now(), work_calendar(), request.user
    coordinates = bool(user.bureaus_where(Permission.ISSUE))
    context = {
        "today": timezone.localdate(now),
        "coordinates": coordinates,
        "upload": imported.offered(user),
        "reads": bool(user.bureaus_where(Permission.READ)),
        "names_units": coordinates or len(user.bureaus_where(Permission.READ)) > 1,
    }
    counts, looked = counting.count(user, now=now, calendar=calendar)
    many, received, overdue = _of_many(user, now)
    told = waiting.told_since(user, looking.look(user, **looked, now=now))
    among = many.get(groups.RECEIVE, [])
    if counts.get("asking", Counted(0)).is_more:  # counted no further than nought
        among = [*among, *groups.of_extensions(waiting.asking(user))]
    late = many.get(groups.OVERDUE, [])
    waiting.read_along([row for group in (*among, *late) for row in group.rows])
    context |= _waiting(user, counts, among, received, told=told, now=now, calendar=calendar)
    if coordinates:
        context |= _overview(user, counts, late, now, calendar)
        context["tally"] = figures.of_coordinator(counts, to_receive=received, overdue=overdue)
    elif context["reads"]:
        context["tally"] = figures.of_member(
            user, counts, waiting=context["waiting_count"], overdue=counts["overdue"]
        )
    context |= _days(user, coordinates, now, calendar)
    context |= _administration(user, counts, now, calendar)
    return render(request, "tasks/desk.html", context)


def _of_many(user: Staff, now: datetime) -> tuple[dict[str, list[Group]], Counted, Counted]:
    """What is shown by the item: reports to receive, and what is overdue where one watches; and
    how many of each there are."""
    asked = {}
    if user.bureaus_where(Permission.RECEIVE):
        asked[groups.RECEIVE] = Assignment.objects.to_receive_by(user)
    if user.bureaus_where(Permission.ISSUE):
        asked[groups.OVERDUE] = Assignment.objects.visible_to(user).overdue(now)
    found, counts = groups.of_tasks(asked)
    none = Counted(0)
    return found, counts.get(groups.RECEIVE, none), counts.get(groups.OVERDUE, none)


def _waiting(
    user: Staff,
    counts: Counts,
    among: list[Group],
    received: Counted,
    *,
    told: set[int],
    now: datetime,
    calendar: WorkCalendar,
) -> dict:
    """现在办, and how much more of it there is."""
    rows = waiting.tasks(user, now=now, told=told)
    dressed = waiting.dress(rows, among, user=user, told=told, now=now, calendar=calendar)
    current = Assignment.objects.waiting_for(user).without_later(now)
    return {
        "waiting": dressed[:SHOWN],
        "is_cut": len(dressed) >= SHOWN or received.is_more,
        "to_receive": received,
        "waiting_count": _sum(len(rows), received) or counted(current),
        "later_count": counts["later"],
        "overdue_count": counts["overdue"],
    }


def _sum(tasks: int, received: Counted) -> Counted | None:
    """How many there are together, where all of them were read."""
    if tasks >= SHOWN or received.is_more or tasks + received.number > GLANCE:
        return None
    return Counted(tasks + received.number)


def _days(user: Staff, coordinates: bool, now: datetime, calendar: WorkCalendar) -> dict:
    """The next days: of all that a coordinator may see, else of what one's own bureau owes."""
    rows = Assignment.objects.visible_to(user) if coordinates else Assignment.objects.own_of(user)
    whose = "" if coordinates else "whose=own&"
    return {"days": fortnight(rows, whose=whose, now=now, calendar=calendar)}


def _administration(user: Staff, counts: Counts, now: datetime, calendar: WorkCalendar) -> dict:
    """What the posts of administration look after, the first run, the hints of one's post."""
    found = minding.matters(user, now=now, calendar=calendar)
    role = hints.role_to_show(user)
    notes = working_days.notes(user, counts, now=now, calendar=calendar)
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


def _overview(
    user: Staff, counts: Counts, late: list[Group], now: datetime, calendar: WorkCalendar
) -> dict:
    """What a coordinator watches: who is overdue, the notices to check, mails that did not go."""
    to_check = Notice.objects.to_check_by(user)
    return {
        "late": waiting.late(late, now=now, calendar=calendar, user=user),
        "to_check": list(to_check.for_list().select_related(None)[:SHOWN]),
        "undelivered": counts["undelivered"],
    }
