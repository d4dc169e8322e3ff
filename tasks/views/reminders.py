from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render

from bureaus import permissions, visibility
from bureaus.roles import Permission
from tasks import mailbox
from tasks.ladder import label
from tasks.models import Delivery, Milestone

MAILBOX_BACKEND = "tasks.mailbox.MailboxBackend"
State = Delivery.State


def reminders(request):
    """提醒: what was sent to whom, what failed and why, what comes next."""
    permissions.check_any(request.user, Permission.URGE, Permission.SYSTEM)
    sent = seen(request.user)
    state = request.GET.get("state", "")
    chosen = sent.filter(state=state) if state in State.values else sent
    page = Paginator(chosen, 50).get_page(request.GET.get("page"))
    for delivery in page.object_list:
        delivery.rung = label(delivery.milestone.kind)
    context = {
        "page_obj": page,
        "query": f"state={state}" if state in State.values else "",
        "tabs": [
            {"label": label, "url": f"?state={value}", "active": value == state}
            for value, label in (("", "全部"), *State.choices)
        ],
        "undelivered": sent.filter(state=State.FAILED).count(),
        "armed": _armed(request.user),
        "reads": bool(request.user.bureaus_where(Permission.READ)),
    }
    return render(request, "tasks/reminders.html", context)


def seen(user):
    """Deliveries that go out, of assignments one may see; who runs the system sees all."""
    rows = Delivery.objects.going_out().select_related(
        "recipient", "milestone__assignment__bureau", "milestone__assignment__obligation"
    )
    return rows if user.bureaus_where(Permission.SYSTEM) else rows.visible_to(user)


def _armed(user) -> int:
    """How many moments are still to come, among the same assignments."""
    armed = Milestone.objects.armed()
    if not user.bureaus_where(Permission.SYSTEM):
        armed = armed.filter(visibility.visible(user, path="assignment__bureau_path"))
    return armed.count()


def mailbox_page(request):
    """邮箱: the mails themselves, where this site keeps them on disk instead of sending them."""
    permissions.check_any(request.user, Permission.URGE, Permission.SYSTEM)
    sent = seen(request.user).by_mail().filter(state=State.SENT).order_by("-sent_at", "-pk")
    page = Paginator(sent, 50).get_page(request.GET.get("page"))
    letters = [(delivery, mailbox.find(delivery.message_key)) for delivery in page.object_list]
    context = {
        "page_obj": page,
        "letters": letters,
        "query": "",
        "on_disk": settings.EMAIL_BACKEND == MAILBOX_BACKEND,
        "undelivered": seen(request.user).filter(state=State.FAILED).count(),
    }
    return render(request, "tasks/mailbox.html", context)
