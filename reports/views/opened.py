"""What an address names: an assignment and one form of it, for whoever may know of them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from bureaus.roles import Permission
from reports.filling.asked_forms import Form, forms_of
from tasks.models import Assignment


def seen(user, pk) -> Assignment:
    """404 for what this person may not know of."""
    return get_object_or_404(Assignment.objects.visible_to(user).for_detail(), pk=pk)


def own(user, pk) -> Assignment:
    """The same; 403 for those who write nothing in the name of its bureau."""
    assignment = seen(user, pk)
    if not user.may(Permission.FILL, at=assignment.bureau):
        raise PermissionDenied
    return assignment


def pick(forms: list[Form], number: int) -> Form:
    for form in forms:
        if form.number == number:
            return form
    raise Http404


def form_of(assignment: Assignment, number: int) -> Form:
    return pick(forms_of(assignment), number)
