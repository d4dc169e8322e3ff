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
from tasks.models import Assignment, Delivery
from tasks.pages import working_days
from tasks.pages.administering import first_steps, minding
from tasks.pages.desk import figures, groups, waiting

SHOWN = 10
FEW = 99  # mails that could not be delivered: each is looked up in three tables


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
    context |= _waiting(user, now, calendar)
    if coordinates:
        context |= _overview(user, context["to_receive"], now, calendar)
    elif context["reads"]:
        context["tally"] = figures.of_member(
            user,
            waiting=context["waiting_count"],
            overdue=context["overdue_count"],
            now=now,
            calendar=calendar,
        )
    context |= _days(user, coordinates, now, calendar)
    context |= _administration(user, now, calendar)
    return render(request, "tasks/desk.html", context)


def _waiting(user: Staff, now: datetime, calendar: WorkCalendar) -> dict:
    """现在办, and how much more of it there is."""
    mine = Assignment.objects.waiting_for(user)
    told = waiting.told_since(user, looking.look(user, now=now))
    rows = waiting.tasks(user, now=now, told=told)
    receives = bool(user.bureaus_where(Permission.RECEIVE))
    among, received = [], Counted(0)
    if receives:
        among, received = groups.of_tasks(groups.RECEIVE, Assignment.objects.to_receive_by(user))
        among = [*among, *groups.of_extensions(waiting.asking(user))]
    dressed = waiting.dress(rows, among, user=user, told=told, now=now, calendar=calendar)
    current = mine.without_later(now)
    return {
        "waiting": dressed[:SHOWN],
        "is_cut": len(dressed) >= SHOWN or received.is_more,
        "waiting_count": _sum(len(rows), received) or counted(current),
        "later_count": counted(mine.later(now)),
        "overdue_count": counted(current.overdue(now)),
        "to_receive": received,
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


def _administration(user: Staff, now: datetime, calendar: WorkCalendar) -> dict:
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


def _overview(user: Staff, received: Counted, now: datetime, calendar: WorkCalendar) -> dict:
    """What a coordinator watches: who is overdue, the notices to check, mails that did not go."""
    overdue = Assignment.objects.visible_to(user).overdue(now)
    late, late_count = groups.of_tasks(groups.OVERDUE, overdue)
    to_check = Notice.objects.to_check_by(user)
    failed = Delivery.objects.visible_to(user).filter(state=Delivery.State.FAILED)
    return {
        "late": waiting.late(late, now=now, calendar=calendar, user=user),
        "to_check": list(to_check.for_list().select_related(None)[:SHOWN]),
        # there with what to do about each, and those that are still tried
        "undelivered": counted(failed, FEW),
        "tally": figures.of_coordinator(user, to_receive=received, overdue=late_count, now=now),
    }
