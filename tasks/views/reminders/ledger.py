from django.shortcuts import render

from bureaus import permissions, visibility
from bureaus.models import Staff
from bureaus.roles import Permission
from bureaus.shell.paging import CappedPaginator, Counted, counted
from tasks.ladder.rungs import label
from tasks.models import Delivery, Milestone
from tasks.querysets.reminders import DeliveryQuerySet
from tasks.reminders.mail import mailbox

State = Delivery.State
# A letter that a worker has taken and not begun still waits, as far as anybody here is concerned.
SHOWN = {State.WAITING: (State.WAITING, State.HELD)}
TABS = [("", "全部"), *(choice for choice in State.choices if choice[0] != State.HELD)]


def reminders(request):
    """提醒: what was sent to whom, what failed and why, what comes next."""
    permissions.check_any(request.user, Permission.URGE, Permission.SYSTEM)
    sent = seen(request.user)
    state = request.GET.get("state", "")
    chosen = sent.filter(state__in=SHOWN.get(state, [state])) if state in State.values else sent
    page = CappedPaginator(chosen).get_page(request.GET.get("page"))
    for delivery in page.object_list:
        delivery.rung = label(delivery.milestone.kind)
    context = {
        "page_obj": page,
        "query": f"state={state}" if state in State.values else "",
        "tabs": [
            {"label": label, "url": f"?state={value}", "active": value == state}
            for value, label in TABS
        ],
        "undelivered": counted(sent.filter(state=State.FAILED)),
        "armed": _armed(request.user),
        "reads": bool(request.user.bureaus_where(Permission.READ)),
    }
    return render(request, "tasks/reminders.html", context)


def seen(user: Staff) -> DeliveryQuerySet:
    """Deliveries that go out, of assignments one may see; who runs the system sees all.

    The latest written first, in the order of their keys: that of a date would sort millions.
    """
    rows = Delivery.objects.going_out().select_related(
        "recipient", "milestone__assignment__bureau", "milestone__assignment__obligation"
    )
    rows = rows.order_by("-pk")
    return rows if user.bureaus_where(Permission.SYSTEM) else rows.visible_to(user)


def _armed(user) -> Counted:
    """How many moments are still to come, among the same assignments."""
    armed = Milestone.objects.armed()
    if not user.bureaus_where(Permission.SYSTEM):
        armed = armed.filter(visibility.visible(user, path="assignment__bureau_path"))
    return counted(armed, along=("at",))


def mailbox_page(request):
    """邮箱: the mails themselves, where this site keeps them on disk instead of sending them."""
    permissions.check_any(request.user, Permission.URGE, Permission.SYSTEM)
    sent = seen(request.user).by_mail().filter(state=State.SENT)
    page = CappedPaginator(sent).get_page(request.GET.get("page"))
    # who runs the system sees that mails go out, not what is asked in them
    reads = bool(request.user.bureaus_where(Permission.READ))
    letters = [
        (delivery, mailbox.find(delivery.message_key) if reads else None)
        for delivery in page.object_list
    ]
    context = {
        "page_obj": page,
        "letters": letters,
        "reads": reads,
        "query": "",
        "on_disk": mailbox.is_used(),
        "undelivered": counted(seen(request.user).filter(state=State.FAILED)),
    }
    return render(request, "tasks/mailbox.html", context)
