from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bureaus.actions import hints as switching
from bureaus.manual import pages
from bureaus.roles import Role
from bureaus.shell import hints

# The pictures show invented people, so a browser may keep them for a day.
OF_PICTURES = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}


@require_safe
def page(request, name=pages.FRONT):
    """帮助: a page of the manual; the first one with the hints of one's posts."""
    text = pages.page(name)
    if text is None:
        raise Http404
    context = {
        "text": text,
        "is_front": name == pages.FRONT,
        "of_posts": [(role.label, pages.address(pages.OF_POSTS[role])) for role in Role],
        "topics": [(title, pages.address(topic)) for topic, title in pages.TOPICS.items()],
        "hints": [(role, hints.HINTS[role]) for role in hints.own_roles(request.user)],
        "hints_off": bool(request.user.hints_off),
    }
    return render(request, "bureaus/help.html", context)


@require_safe
def picture(request, name):
    """A picture of the manual."""
    file = pages.picture(name)
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png", headers=OF_PICTURES)


@require_POST
def hints_hide(request):
    """不再显示, for one post."""
    if (role := request.POST.get("role", "")) not in Role.values:
        raise Http404
    switching.hide(Role(role), now=timezone.now(), by=request.user)
    messages.success(request, "不再显示这个岗位的提示；需要时在“帮助”里恢复")
    return redirect("tasks:desk")


@require_POST
def hints_show(request):
    switching.restore(now=timezone.now(), by=request.user)
    messages.success(request, "工作台重新显示提示")
    return redirect("tasks:desk")
