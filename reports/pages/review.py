"""The forms of an assignment as they lie before who reviews, approves or receives them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bureaus.models import Staff
from reports import permissions
from reports.filling import lower_reports, readable_forms
from reports.filling.asked_forms import Form
from reports.filling.return_marks import Followed, follow_marks
from reports.models import SubmissionVersion
from reports.pages import markup
from reports.pages.grid import Part, Sheet
from reports.schemas.comparing.changes import Change, Kind, changes
from reports.schemas.comparing.text_changes import Run, runs, shortened
from reports.schemas.content.places import WHOLE, anchor, cell_path, places
from tasks.models import Assignment


@dataclass(frozen=True)
class ListedChange:
    """A change as a list names it. ``is_unasked``: nothing had been marked there, but elsewhere."""

    change: Change
    href: str
    runs: Sequence[Run]
    is_unasked: bool


@dataclass(frozen=True)
class Shown:
    """One form with what changed since ``before``, the version that the reader knows."""

    form: Form
    before: SubmissionVersion | None
    changes: Sequence[ListedChange]
    sheet: Sheet | None = None
    outline: Sequence[Part] = ()

    @property
    def id(self) -> str:
        return anchor(WHOLE, form=self.form.number)

    @property
    def words(self) -> int:
        return sum(part.words for part in self.outline)


@dataclass(frozen=True)
class Choice:
    """A place that can be marked, as a form field gives it: 1:rows.0.c4."""

    value: str
    label: str
    href: str


@dataclass(frozen=True)
class Group:
    """The places of one form."""

    tab: str
    choices: Sequence[Choice]


@dataclass(frozen=True)
class MarkLine:
    """One mark as it was written and is shown again."""

    place: str
    note: str
    label: str
    href: str


def to_decide(user: Staff, assignment: Assignment) -> tuple[list[Shown], list[Followed]]:
    """Each form beside the version before, and what was asked last with what became of it."""
    forms = readable_forms.forms_for(user, assignment)
    versions = readable_forms.recent_versions(user, assignment)
    marks = follow_marks(permissions.last_marks(user, assignment), forms, versions)
    before = _before(versions)
    return [shown(form, before.get(form.number), marks) for form in forms], marks


def shown(form: Form, before: SubmissionVersion | None, marks: Sequence[Followed]) -> Shown:
    """One form with its changes and marks at their places."""
    if not form.is_written:
        return Shown(form, None, ())
    old = before.content if before else None
    found = changes(form.definition, old, form.content) if old is not None else []
    mine = [one for one in marks if one.number == form.number]
    listed = [_listed(change, form, mine) for change in found]
    at = markup.by_path(mine, form.number)
    if form.is_table:
        units = lower_reports.units_of(form.content)
        sheet = markup.compared_sheet(form, old, units=units)
        return Shown(form, before, listed, sheet=markup.marked_sheet(sheet, at))
    outline = markup.compared_outline(form, old)
    return Shown(form, before, listed, outline=markup.marked_outline(outline, at))


def markable(forms: Sequence[Form], *, is_nil: bool) -> list[Group]:
    """Every place that can be marked; of a nil report 零报告 the forms as a whole."""
    return [
        Group(
            form.tab,
            [
                Choice(f"{form.number}:{place.path}", place.label, _href(place.path, form))
                for place in places(form.definition, form.content)
                if place.path == WHOLE or not is_nil
            ],
        )
        for form in forms
    ]


def written(lines: Iterable[tuple[str, str]], groups: Sequence[Group]) -> list[MarkLine]:
    """Marks, each a place as of ``Choice`` and a note, in words; an unknown place has none."""
    known = {one.value: (group.tab, one) for group in groups for one in group.choices}
    found = []
    for place, note in lines:
        tab, choice = known.get(place, ("", None))
        label = f"{tab} {choice.label}" if choice else ""
        found.append(MarkLine(place, note, label, choice.href if choice else ""))
    return found


def _before(versions: Sequence[SubmissionVersion]) -> Mapping[int, SubmissionVersion]:
    """The version before the last of each form."""
    by_number: dict[int, list[SubmissionVersion]] = {}
    for version in versions:
        by_number.setdefault(version.submission.attachment_number, []).append(version)
    return {number: found[-2] for number, found in by_number.items() if len(found) > 1}


def _listed(change: Change, form: Form, marks: Sequence[Followed]) -> ListedChange:
    is_gone = change.kind == Kind.REMOVED
    target = _href(WHOLE if is_gone else change.path, form)
    is_unasked = bool(marks) and not any(_covers(one, change) for one in marks)
    return ListedChange(change, target, shortened(runs(change.old, change.new)), is_unasked)


def _href(path: str, form: Form) -> str:
    return anchor(cell_path(form.definition, path), form=form.number)


def _covers(one: Followed, change: Change) -> bool:
    """Was this place asked to be mended, itself or with its row or the whole form?"""
    if change.kind == Kind.REMOVED:
        return one.mark.path == WHOLE or f"{one.mark.path}.".startswith(f"{change.path}.")
    return one.path is not None and (
        one.path == WHOLE or f"{change.path}.".startswith(f"{one.path}.")
    )
