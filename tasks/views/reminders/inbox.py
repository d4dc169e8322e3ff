from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tasks.errors import ChannelError
from tasks.forms.channels import PreferenceForm, RobotForm
from tasks.models import Delivery, Preference, RobotAddress
from tasks.reminders import inbox as own
from tasks.reminders.actions import inboxes
from tasks.reminders.opening import page_of

UNREAD = "unread"
EVENT_LISTS = ("events_by_mail", "events_by_robot")


@require_safe
def inbox(request):
    """消息: what one was told, the latest first."""
    unread = request.GET.get("show") == UNREAD
    page = Paginator(own.found(request.user, unread=unread), 50).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": own.messages(page.object_list),
        "query": f"show={UNREAD}" if unread else "",
        "unread": Delivery.objects.messages_for(request.user).unread().count(),
        "tabs": [
            {"label": "全部", "url": "?", "active": not unread},
            {"label": "未读", "url": f"?show={UNREAD}", "active": unread},
        ],
    }
    return render(request, "tasks/inbox.html", context)


@require_POST
def open_message(request, pk):
    """To the page where one can act on it; it is read then."""
    about = ("milestone__event", "milestone__assignment")
    found = Delivery.objects.messages_for(request.user).select_related(*about)
    message = get_object_or_404(found, pk=pk)
    inboxes.read([message.pk], now=timezone.now(), by=request.user)
    return redirect(page_of(message.milestone))


@require_POST
def read(request):
    """全部标为已读."""
    count = inboxes.read(None, now=timezone.now(), by=request.user)
    messages.success(request, f"已将{count}条消息标为已读" if count else "没有未读消息")
    return redirect("tasks:inbox")


def preferences(request):
    """提醒方式: digest or single, early ones and events by mail or not; and robots."""
    given = request.POST if request.method == "POST" else None
    form = PreferenceForm(given, initial=_chosen(request.user))
    if form.is_valid():
        inboxes.choose(**form.cleaned_data, now=timezone.now(), by=request.user)
        messages.success(request, "已保存，从下一次提醒起按此发送")
        return redirect("tasks:preferences")
    return _page(request, form=form, status=422 if form.errors else 200)


def _chosen(user) -> dict[str, str | list[str]]:
    chosen = Preference.objects.filter(person=user).first() or Preference()
    switches = {name: str(int(getattr(chosen, name))) for name in ("in_digest", "early_by_mail")}
    lists = {
        name: [each for each in getattr(chosen, name).split(",") if each] for name in EVENT_LISTS
    }
    return {**switches, **lists}


def _page(request, *, status: int = 200, **forms):
    user = request.user
    robots = RobotAddress.objects.administered_by(user).select_related("bureau", "made_by")
    context = {
        "form": PreferenceForm(initial=_chosen(user)),
        "robot_form": RobotForm(user=user),
        "robots": robots,
        **forms,
    }
    return render(request, "tasks/preferences.html", context, status=status)


@require_POST
def robot_add(request):
    form = RobotForm(request.POST, user=request.user)
    if form.is_valid():
        given = {"bureau": None, **form.cleaned_data}
        try:
            made = inboxes.add_robot(
                given.pop("channel"), **given, now=timezone.now(), by=request.user
            )
        except ChannelError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已设立{made.label}，从下一次提醒起发送")
            return redirect("tasks:preferences")
    return _page(request, robot_form=form, status=422)


@require_POST
def robot_remove(request, pk):
    robot = get_object_or_404(RobotAddress.objects.administered_by(request.user), pk=pk)
    inboxes.remove_robot(robot, now=timezone.now(), by=request.user)
    messages.success(request, f"已停用{robot.label}")
    return redirect("tasks:preferences")
