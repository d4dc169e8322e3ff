from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bureaus.models import Staff
from bureaus.roles import Permission
from tasks.actions import bulk as acting
from tasks.actions.bulk import Wish
from tasks.forms.verbs import BulkForm
from tasks.models import Assignment
from tasks.pages.bulk_verbs import BULK_VERBS, LIMIT, BulkVerb


@require_POST
def bulk(request):
    """成批办理: first what would happen to which rows, then, confirmed, what came of each."""
    verb = BULK_VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        raise Http404
    back, keys = _back(request), _keys(request.POST.getlist("assignments"))
    refusal = _refusal(keys)
    if refusal:
        messages.error(request, refusal)
        return redirect(back)
    rows = list(_rows(request.user, keys))
    is_confirmed = "confirmed" in request.POST
    form = BulkForm(
        request.POST if is_confirmed else None, verb=verb, people=_people(request.user, verb)
    )
    if is_confirmed and form.is_valid():
        return _done(request, verb, rows, Wish(verb.name, **form.cleaned_data), back)
    return _asked(request, verb, rows, form, back)


def _asked(request, verb: BulkVerb, rows: list[Assignment], form: BulkForm, back: str):
    found = acting.foresee(rows, verb.name, now=timezone.now(), by=request.user)
    context = {
        "verb": verb,
        "form": form,
        "fitting": [one.assignment for one in found if not one.refusal],
        "unfit": [one for one in found if one.refusal],
        "back": back,
    }
    return render(request, "tasks/bulk.html", context, status=422 if form.is_bound else 200)


def _done(request, verb: BulkVerb, rows: list[Assignment], wish: Wish, back: str):
    outcomes = acting.do(rows, wish, now=timezone.now(), by=request.user)
    context = {
        "verb": verb,
        "done": [one.assignment for one in outcomes if not one.refusal],
        "refused": [one for one in outcomes if one.refusal],
        "sheets": list({one.sheet.pk: one.sheet for one in outcomes if one.sheet}.values()),
        "back": back,
    }
    return render(request, "tasks/bulk_done.html", context)


def _keys(given: list[str]) -> list[int]:
    return [int(key) for key in dict.fromkeys(given) if key.isdecimal() and len(key) < 19]


def _refusal(keys: list[int]) -> str:
    if not keys:
        return "请先勾选要办理的任务"
    if len(keys) > LIMIT:
        return f"一次最多办理{LIMIT}件，现在选了{len(keys)}件，请分批选择"
    return ""


def _rows(user, keys: list[int]):
    seen = Assignment.objects.visible_to(user).filter(pk__in=keys)
    return seen.for_list().prefetch_related("receiver").order_by("bureau_path", "pk")


def _people(user, verb: BulkVerb):
    """The fillers of the bureaus where this person gives out the work."""
    if not verb.needs_handler:
        return Staff.objects.none()
    today, found = timezone.localdate(), Staff.objects.none()
    for bureau in user.bureaus_where(Permission.ACCEPT):
        found |= Staff.objects.who_may(Permission.FILL, at=bureau).valid_on(today)
    return found.order_by("username")


def _back(request) -> str:
    """The page it was asked from, a path of this site; else the ledger."""
    given = request.POST.get("next", "")
    is_ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if is_ours else reverse("tasks:ledger")
