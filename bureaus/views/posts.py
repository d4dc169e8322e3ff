from collections import defaultdict

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus import permissions, separation
from bureaus.actions import posts
from bureaus.errors import BureauError
from bureaus.forms.people import PostForm
from bureaus.models import Post
from bureaus.querysets import OF_PEOPLE
from bureaus.roles import SEPARATED, Permission, Role
from bureaus.views.administration import page_of
from bureaus.views.people import person_page, seen


@require_POST
def give(request, pk):
    """Put a person into a post, or ask the security administrator for it."""
    person = seen(request.user, pk)
    roles = permissions.roles_to_give(
        request.user, person.bureau, separate=settings.SEPARATE_ADMINS
    )
    form = PostForm(request.POST, user=request.user, roles=roles)
    if form.is_valid():
        try:
            post = posts.grant(person, **form.cleaned_data, now=timezone.now(), by=request.user)
        except BureauError as refused:
            form.add_error(None, str(refused))
        else:
            said = "已授予" if post.is_effective else "已提出，经安全管理员确认后生效："
            messages.success(request, f"{said}{post}")
            return redirect("bureaus:person", pk)
    return person_page(request, person, post_form=form, status=422)


@require_POST
def remove(request, pk):
    permissions.check_any(request.user, *OF_PEOPLE)
    post = _post(Post.objects.visible_to(request.user), pk)
    try:
        posts.remove(post, now=timezone.now(), by=request.user)
    except BureauError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已撤销{post.staff}的岗位：{post}")
    return redirect("bureaus:person", post.staff_id)


def asked(request):
    """待确认岗位: what unit and system administrators propose; 三员 that are not apart yet."""
    permissions.check_any(request.user, Permission.GRANT)
    return page_of(
        request,
        "bureaus/posts_asked.html",
        _asked(request.user).order_by("asked_at", "pk"),
        active="bureaus:posts_asked",
        separate=settings.SEPARATE_ADMINS,
        clashes=_clashes() if settings.SEPARATE_ADMINS else [],
    )


def _asked(user):
    visible = Post.objects.asked_for().administered_by(user, Permission.GRANT)
    return visible.select_related("staff__bureau", "bureau", "asked_by")


def _clashes() -> list[dict]:
    """People who got their posts before the administrators were separated."""
    separated = Post.objects.filter(role__in=SEPARATED).order_by().values("staff")
    held = defaultdict(list)
    for post in Post.objects.filter(staff__in=separated).select_related("staff__bureau"):
        held[post.staff].append(Role(post.role))
    found = [{"person": person, "clash": separation.clash(held[person])} for person in held]
    return [each for each in found if each["clash"]]


@require_POST
def confirm(request, pk):
    return _decide(request, pk, "已确认", posts.confirm)


@require_POST
def refuse(request, pk):
    return _decide(request, pk, "已答复不同意", posts.refuse, reason=request.POST.get("reason", ""))


def _decide(request, pk, said: str, deed, **given):
    permissions.check_any(request.user, Permission.GRANT)
    post = _post(_asked(request.user), pk)
    try:
        deed(post, **given, now=timezone.now(), by=request.user)
    except BureauError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{said}：{post.staff}，{post}")
    return redirect("bureaus:posts_asked")


def _post(rows, pk) -> Post:
    return get_object_or_404(rows.select_related("staff__bureau", "bureau"), pk=pk)
