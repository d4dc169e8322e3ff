"""What is asked about before a hand-in, and what was confirmed, each with a link to its cell."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from bureaus.models import Staff
from reports import permissions
from reports.filling.asked_forms import Form
from reports.models import Confirmation
from reports.schemas.checking.doubts import Question
from reports.schemas.content.places import anchor, cell_path
from tasks.models import Assignment
from tasks.states import EDITABLE, HANDED_IN

SHOWN = 20  # the others open on demand


@dataclass(frozen=True)
class Line:
    """One place with what is doubtful there; ``href`` leads to its cell."""

    href: str
    place: str
    message: str


@dataclass(frozen=True)
class Asking:
    """What a person is asked before ``verb`` (hand_in, report_nil) is done; ``answer`` is what the
    button posts that says all of it is right."""

    lines: Sequence[Line]
    verb: str
    answer: str

    @property
    def first(self) -> Sequence[Line]:
        return self.lines[:SHOWN]

    @property
    def others(self) -> Sequence[Line]:
        return self.lines[SHOWN:]


def asking(
    assignment: Assignment,
    forms: Sequence[Form],
    current: Form,
    questions: Iterable[Question],
    *,
    verb: str,
    answered: Collection[str],
) -> Asking:
    """On the page of one form; the places of the others lead to theirs. ``answered`` are the keys
    that were posted already."""
    by_number = {form.number: form for form in forms}
    lines = []
    for one in questions:
        form = by_number[one.number]
        id_ = anchor(cell_path(form.definition, one.doubt.path)) or "form"
        url = reverse("reports:form", args=[assignment.pk, one.number])
        page = "" if one.number == current.number else url
        lines.append(Line(f"{page}#{id_}", one.place, one.doubt.message_zh))
    keys = dict.fromkeys([*(one.key for one in questions), *answered])
    return Asking(lines, verb, " ".join(keys))


@dataclass(frozen=True)
class Confirmed:
    """What was confirmed at one hand-in, and by whom; ``href`` of a place on the same page."""

    row: Confirmation
    href: str


def confirmed(
    user: Staff, assignment: Assignment, forms: Sequence[Form], *, several: bool = False
) -> list[Confirmed]:
    """Beside these forms as this person reads them: what went with their version, else with the
    last hand-in; nothing beside a draft. ``several`` forms on one page have anchors with their
    number."""
    is_own = permissions.sees_drafts(user, assignment)
    by_number = {form.number: form for form in forms}
    rows = Confirmation.objects.filter(assignment=assignment, attachment_number__in=by_number)
    moments = {form.version.handed_in_at for form in forms if form.version}
    if moments:
        rows = rows.filter(handed_in_at__in=moments)
    elif assignment.status in EDITABLE or not (is_own or assignment.status in HANDED_IN):
        return []
    else:
        rows = rows.filter(is_last=True)
    if not is_own:
        rows = rows.filter(is_internal=False)
    found = []
    for row in rows.select_related("confirmed_by"):
        form = by_number[row.attachment_number]
        path = cell_path(form.definition, row.path)
        href = anchor(path, form=form.number) if several else anchor(path)
        found.append(Confirmed(row, f"#{href}"))
    return found
