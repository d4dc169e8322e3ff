from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bureaus import permissions as bureau_permissions
from bureaus.models import Bureau
from bureaus.roles import Permission
from notices.calendar import work_calendar
from tasks import permissions
from tasks.errors import PolicyRefused
from tasks.forms.policy import PolicyForm, initial
from tasks.ladder.plan import Plan
from tasks.pages import policies as policy_page
from tasks.reminders import policies
from tasks.reminders.actions import policies as deciding
from tasks.views.notices import filed


def listed(request):
    """提醒方案: the system's, those of one's bureaus, and those of single notices."""
    bureau_permissions.check_any(request.user, Permission.URGE, Permission.SYSTEM)
    context = {
        "lines": policy_page.lines(request.user),
        "of_notices": policy_page.of_notices(request.user),
    }
    return render(request, "tasks/policies.html", context)


def of_system(request):
    """The plan that holds wherever nobody has another."""
    if not permissions.can_plan(request.user, None):
        raise PermissionDenied
    return _edit(request, None, None, name="系统", back="tasks:policies")


def of_bureau(request, pk):
    """The plan of all that a bureau issues."""
    bureau = get_object_or_404(Bureau.objects.visible_to(request.user), pk=pk)
    if not permissions.can_plan(request.user, bureau):
        raise PermissionDenied
    return _edit(request, bureau, None, name=str(bureau), back="tasks:policies")


def of_notice(request, pk):
    """The plan of what a bureau asks by one notice."""
    notice = filed(request.user, pk)
    bureau = policy_page.issuer_of(request.user, notice)
    if bureau is None:
        raise PermissionDenied
    return _edit(request, bureau, notice, name=notice.citation, back="tasks:notice_detail")


def _edit(request, bureau, notice, *, name: str, back: str):
    """The plan as it stands or was typed, and what it comes to in dates."""
    now = timezone.now()
    held, versions = policies.holding(bureau, notice), policy_page.versions(bureau, notice)
    form = _form(request, held.plan, seen=versions[0].version if versions else 0)
    if form.is_valid() and "preview" not in request.POST:
        try:
            count = _decide(request, bureau, notice, form, now)
        except PolicyRefused as refused:
            form.add_error(None, str(refused))
        else:
            moved = f"，{count}项未办结任务的提醒已重新安排" if count else ""
            messages.success(request, f"提醒方案已保存{moved}")
            return redirect(back, notice.pk) if notice else redirect(back)
    plan = form.plan if form.is_valid() else held.plan
    context = {
        "name": name,
        "bureau": bureau,
        "notice": notice,
        "held": held,
        "form": form,
        "versions": versions,
        "ahead": policy_page.ahead(bureau, notice, plan, now=now, calendar=work_calendar()),
        "is_typed": form.is_valid(),
        "open_count": policy_page.open_count(bureau, notice) if notice else 0,
        "may_follow": bool(versions) and not versions[0].follows,
    }
    is_wrong = form.is_bound and not form.is_valid()
    return render(request, "tasks/policy.html", context, status=422 if is_wrong else 200)


def _form(request, plan: Plan, *, seen: int) -> PolicyForm:
    """As it stands, or as typed; going back to the wider plan needs no more than the version."""
    stands = initial(plan, seen=seen)
    if request.method != "POST":
        return PolicyForm(initial=stands)
    if "follow" in request.POST:
        return PolicyForm(stands | {"seen": request.POST.get("seen", "")})
    return PolicyForm(request.POST, initial=stands)


def _decide(request, bureau, notice, form: PolicyForm, now) -> int:
    known = {"seen": form.cleaned_data["seen"], "now": now, "by": request.user}
    if "follow" in request.POST:
        return deciding.follow(bureau, notice, **known)
    return deciding.put(bureau, notice, form.plan, **known)
