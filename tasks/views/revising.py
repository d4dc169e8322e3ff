"""改定 on the issue page: what was typed into a clause is stored first and gone over once more."""

from dataclasses import dataclass, field

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from bureaus.roles import Permission
from notices.actions import checking
from notices.actions.corrections import Changes
from notices.errors import NoticeError
from notices.forms.clause import ClauseForm, prefix_of
from notices.models import Notice
from tasks.pages.issuing.issue import Candidate

REVISE = "revise"  # the button; 下发 with something changed does the same


@dataclass
class Revision:
    """The form of each clause by its key; what a post changed, or that it could not be taken."""

    forms: dict[int, ClauseForm] = field(default_factory=dict)
    changed: dict[int, Changes] = field(default_factory=dict)
    is_refused: bool = False

    @property
    def said(self) -> str:
        labels = dict.fromkeys(label for changes in self.changed.values() for label in changes)
        return f"已改定{'、'.join(labels)}，请核对下面的日期和期次后再下发"


def revise(request, notice: Notice, candidates: list[Candidate]) -> Revision:
    """All that was changed, or nothing where one of it is wrong; then each says so in its form."""
    if not request.user.may(Permission.CHECK, at=notice.bureau):
        return Revision()
    data = request.POST if request.method == "POST" else None
    forms = {each.clause.pk: clause_form(notice, each, data) for each in candidates}
    touched = [form for form in forms.values() if form.is_bound and form.has_changed()]
    judged = [form.is_valid() for form in touched]  # each says what is wrong with it
    if not all(judged):
        return Revision(forms, is_refused=True)
    try:
        changed = _store(touched, request.user)
    except NoticeError as refused:
        touched[0].add_error(None, str(refused))
        return Revision(forms, is_refused=True)
    return Revision(forms, changed)


def clause_form(notice: Notice, candidate: Candidate, data: QueryDict | None = None) -> ClauseForm:
    """Bound where the page posted its fields."""
    clause = candidate.clause
    is_posted = data is not None and f"{prefix_of(clause)}-deliverable" in data
    known = {"clause": clause, "attachments": notice.attachments.all()}
    return ClauseForm(data if is_posted else None, **known)


@transaction.atomic
def _store(forms: list[ClauseForm], by) -> dict[int, Changes]:
    now = timezone.now()
    stored = {
        form.clause.pk: checking.revise(form.clause, form.value(), now=now, by=by) for form in forms
    }
    return {pk: changes for pk, changes in stored.items() if changes}
