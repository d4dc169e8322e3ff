"""The menu 视图 of the ledger."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from bureaus.models import Staff
from tasks import permissions
from tasks.filters import AssignmentFilter
from tasks.forms.saved_views import SavedViewForm
from tasks.models import Assignment, SavedView
from tasks.pages.ledger import LAYOUT, UNASKED


@dataclass(frozen=True)
class Line:
    """One view; ``is_open``: the ledger shows just this question."""

    view: SavedView
    url: str
    is_open: bool
    may_remove: bool


def lines(user: Staff, query: str) -> list[Line]:
    """Those this person has, the own ones first; one query. ``query`` is the ledger's own."""
    found = SavedView.objects.visible_to(user).select_related("bureau")
    return [
        Line(
            view,
            f"{reverse('tasks:ledger')}?{view.query}",
            view.query == query,
            permissions.can_remove_view(user, view),
        )
        for view in sorted(found, key=lambda one: (one.bureau_id is not None, one.name))
    ]


def form(user: Staff, data: QueryDict | None = None) -> SavedViewForm:
    return SavedViewForm(data, bureaus=permissions.bureaus_to_share_in(user))


def question(request: HttpRequest, written: str) -> str:
    """What the ledger knows of a query string, in a form that is the same for the same question;
    empty where one of its filters is wrong."""
    given = QueryDict(written, mutable=True)
    known = {*AssignmentFilter.base_filters, *LAYOUT}
    for name in [name for name in given if name not in known]:
        del given[name]
    given = given if given else QueryDict(UNASKED)
    asked = AssignmentFilter(given, queryset=Assignment.objects.none(), request=request)
    return given.urlencode() if asked.is_valid() else ""
