from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus import permissions
from bureaus.actions import people
from bureaus.errors import BureauError
from bureaus.filters import Care, people_with
from bureaus.forms.delegations import DelegationForm
from bureaus.forms.people import NewPersonForm, PersonForm, PostForm
from bureaus.forms.unit_field import written
from bureaus.login import lockouts
from bureaus.models import Bureau, Delegation, Staff
from bureaus.querysets import OF_PEOPLE
from bureaus.roles import Permission
from bureaus.shell.masking import masked
from bureaus.views.administration import page_of, words_of

EDITED = ("name", "phone", "email", "expires_on")


def staff(request):
    """人员: accounts and posts; telephone numbers are not shown whole."""
    permissions.check_any(request.user, *OF_PEOPLE)
    care = request.GET.get("show", "")
    seen_here = Staff.objects.visible_to(request.user)
    found = people_with(care, seen_here, now=timezone.now()).for_list()
    words = words_of(request)
    if words:
        found = found.filter(
            Q(name__icontains=words)
            | Q(username__icontains=words)
            | Q(bureau__name__icontains=words)
        )
    return page_of(
        request,
        "bureaus/staff.html",
        found,
        active="bureaus:staff",
        words=words,
        care=care,
        cares=Care.choices,
        row=lambda person: {
            "person": person,
            "phone": masked(person.phone),
            "posts": person.posts.all(),
            "state": _state(person),
        },
        may_add=_may_add(request.user),
    )


def _may_add(user) -> bool:
    return any(user.bureaus_where(each) for each in (Permission.STAFF, Permission.SYSTEM))


def _state(person: Staff) -> str:
    if not person.is_active:
        return "停用"
    return "启用" if person.is_valid_on(timezone.localdate()) else "已过期"


def seen(user, pk) -> Staff:
    """The person, or 404 where this user administers neither them nor anybody above them."""
    permissions.check_any(user, *OF_PEOPLE)
    return get_object_or_404(Staff.objects.visible_to(user).select_related("bureau"), pk=pk)


def add(request):
    """新增人员: an account, with a password that is shown once."""
    permissions.check_any(request.user, Permission.STAFF, Permission.SYSTEM)
    form = NewPersonForm(
        request.POST or None, user=request.user, initial={"bureau": _first_unit(request)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            person, password = people.add(**form.cleaned_data, now=timezone.now(), by=request.user)
        except BureauError as refused:
            form.add_error(None, str(refused))
        else:
            return _show_once(request, person, password)
    return render(
        request, "bureaus/person_add.html", {"form": form}, status=422 if form.errors else 200
    )


def _first_unit(request) -> str:
    code = request.GET.get("unit") or (request.user.bureau.code if request.user.bureau else "")
    found = Bureau.objects.administered_by(request.user, Permission.STAFF, Permission.SYSTEM)
    unit = found.filter(code=code).first()
    return written(unit) if unit else ""


def _show_once(request, person: Staff, password: str):
    # drawn at once and never redirected to: no session, message or address holds the password
    context = {"person": person, "password": password}
    return render(request, "bureaus/person_password.html", context)


def person(request, pk):
    """One account: what is known, posts, delegations, and what may be done with it."""
    return person_page(request, seen(request.user, pk))


def person_page(request, person: Staff, *, post_form=None, delegation_form=None, status=200):
    """The same with the form that was filled in wrongly."""
    user, now = request.user, timezone.now()
    roles = permissions.roles_to_give(user, person.bureau, separate=settings.SEPARATE_ADMINS)
    posts = list(person.posts.select_related("bureau").order_by("bureau__path", "pk"))
    initial = {"bureau": written(person.bureau)}
    today = timezone.localdate(now)
    works = any(post.is_effective and post.is_business for post in posts)
    context = {
        "person": person,
        "phone": masked(person.phone),
        "state_word": _state(person),
        "is_locked": person.is_active and lockouts.is_locked(person.username, now=now),
        "posts": [(post, permissions.can_remove(user, post)) for post in posts],
        "post_form": post_form or PostForm(user=user, roles=roles, initial=initial),
        "may_give": person.is_active and bool(roles),
        "gives_at_once": not settings.SEPARATE_ADMINS,
        "may_edit": permissions.can_edit(user, person),
        "may_reset": permissions.can_reset(user, person),
        "is_self": user.pk == person.pk,
        "delegations": Delegation.objects.about(person, since=today).for_list(),
        "delegation_form": delegation_form or DelegationForm(absentee=person, today=today),
        "may_delegate": works and permissions.can_stand_in(user, person),
    }
    return render(request, "bureaus/person.html", context, status=status)


def edit(request, pk):
    """编辑资料. The whole telephone number is shown here, and that is recorded."""
    person = seen(request.user, pk)
    if not permissions.can_edit(request.user, person):
        messages.error(request, f"{person}的单位或岗位不全在您的管理范围内，不能编辑")
        return redirect("bureaus:person", pk)
    known = {field: getattr(person, field) for field in EDITED}
    form = PersonForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            people.edit(person, **form.cleaned_data, now=timezone.now(), by=request.user)
        except BureauError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存")
            return redirect("bureaus:person", pk)
    elif request.method == "GET" and person.phone:
        people.contacts_opened(person, now=timezone.now(), by=request.user)
    context = {"form": form, "person": person}
    return render(request, "bureaus/person_edit.html", context, status=422 if form.errors else 200)


@require_POST
def reset_password(request, pk):
    return _with_password(request, pk, people.reset_password)


@require_POST
def reactivate(request, pk):
    return _with_password(request, pk, people.reactivate)


def _with_password(request, pk, deed):
    person = seen(request.user, pk)
    try:
        password = deed(person, now=timezone.now(), by=request.user)
    except BureauError as refused:
        messages.error(request, str(refused))
        return redirect("bureaus:person", pk)
    return _show_once(request, person, password)


@require_POST
def unlock(request, pk):
    person = seen(request.user, pk)
    try:
        people.unlock(person, now=timezone.now(), by=request.user)
    except BureauError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已解除{person.username}的锁定")
    return redirect("bureaus:person", pk)
