from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus.actions import delegations
from bureaus.errors import BureauError
from bureaus.forms.delegations import DelegationForm
from bureaus.models import Delegation
from bureaus.views.people import person_page, seen


def own(request):
    """委托代办: what one has handed over and what one does for others; a form for another."""
    user, today = request.user, timezone.localdate()
    form = DelegationForm(request.POST or None, absentee=user, today=today)
    if request.method == "POST" and form.is_valid() and _made(request, form, user):
        return redirect("bureaus:delegations")
    mine = Delegation.objects.for_list()
    context = {
        "form": form,
        "given": _rows(mine.filter(absentee=user)[:50], today),
        "held": _rows(mine.filter(deputy=user)[:50], today),
        "works": any(post.is_business and not post.acting_for for post in user.held_posts),
    }
    return render(request, "bureaus/delegations.html", context, status=422 if form.errors else 200)


@require_POST
def make(request, pk):
    """The unit administrator hands over an absent person's posts."""
    person, today = seen(request.user, pk), timezone.localdate()
    form = DelegationForm(request.POST, absentee=person, today=today)
    if form.is_valid() and _made(request, form, person):
        return redirect("bureaus:person", pk)
    return person_page(request, person, delegation_form=form, status=422)


def _made(request, form, absentee) -> bool:
    try:
        made = delegations.make(absentee, **form.cleaned_data, now=timezone.now(), by=request.user)
    except BureauError as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(
        request, f"已委托{made.deputy}代办，{made.starts_on}至{made.ends_on}，到期自动收回"
    )
    return True


@require_POST
def end(request, pk):
    """收回."""
    rows = Delegation.objects.visible_to(request.user).for_list()
    delegation = get_object_or_404(rows, pk=pk)
    try:
        delegations.end(delegation, now=timezone.now(), by=request.user)
    except BureauError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已收回对{delegation.deputy}的委托")
    if delegation.absentee_id == request.user.pk or delegation.deputy_id == request.user.pk:
        return redirect("bureaus:delegations")
    return redirect("bureaus:person", delegation.absentee_id)


def _rows(found, today) -> list[dict]:
    return [{"delegation": one, "state": one.state_on(today)} for one in found]
