"""What the page of a form shows: the form to write in or to read, what has to be mended, what was
handed in, what is offered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from bureaus.models import Staff
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from reports import permissions
from reports.filling import earlier_reports, lower_reports, offered_sentences, readable_forms
from reports.filling.asked_forms import Form, newer_of
from reports.filling.document_asked import document_for
from reports.filling.offered_sentences import Offer
from reports.filling.return_marks import Followed, asked, follow_marks
from reports.models import SubmissionVersion
from reports.pages import doubts, grid, markup, while_writing
from reports.pages.evidence import endangered
from reports.pages.grid import Part, Sheet
from reports.schemas.checking.problems import Problem
from reports.schemas.content.content import Content
from tasks.models import Assignment
from tasks.pages import lit_rows, standing, verbs
from tasks.states import EDITABLE, Status

HEADINGS = {
    Status.REVIEW: "审核",
    Status.APPROVAL: "签发",
    Status.SUBMITTED: "核收",
    Status.RECEIVING: "核收",
}


def context(
    user: Staff,
    assignment: Assignment,
    forms: list[Form],
    current: Form,
    content: Any,
    problems: Sequence[Problem],
    *,
    now: datetime,
    spare: int = 0,
) -> dict[str, Any]:
    """The page of one of the forms with this content, whether it stands there or was refused."""
    may_write = permissions.can_write(user, assignment)
    asked = asked_of(user, assignment, forms, current, content)
    earlier = earlier_reports.reports(assignment, current) if may_write else []
    found = {
        **_around(user, assignment, forms, current, now=now),
        "asked": asked,
        "errors": grid.faults(problems, "error"),
        "warnings": grid.faults(problems, "warning"),
        "may_write": may_write,
        "revision": current.revision,
        "base": while_writing.base_of(current.content),  # what somebody begins with
        "earlier": earlier,
    }
    if may_write:
        found["newer"] = newer_of(assignment, current)
        found["changed_below"] = lower_reports.changed_since(assignment, current)
    else:
        found["confirmed"] = doubts.confirmed(user, assignment, [current])
    origins = earlier_reports.origins(assignment, current, content, earlier)
    if current.is_table:
        units = lower_reports.units_of(content)
        sheet = grid.sheet(current.definition, content, problems, spare=spare, units=units)
        sheet = marked(sheet, asked, current.number)
        last = earlier_reports.last_values(assignment, current, content, earlier)
        sheet = markup.with_origins(markup.with_last(sheet, last), origins)
        return found | {"sheet": sheet, "progress": while_writing.progress_of_sheet(sheet)}
    parts = grid.outline(current.definition, content, problems)
    if may_write:
        offers = offered_sentences.offers(user, assignment, current, content)
        parts = offered(parts, offers)
        found["homeless"] = homeless(offers)
    outline = markup.with_origins(marked(parts, asked, current.number), origins)
    return found | {
        "outline": outline,
        "progress": while_writing.progress_of_outline(outline),
        "words": sum(part.words for part in outline),
        "plain_words": sum(part.plain_words for part in outline),
    }


def _around(
    user: Staff, assignment: Assignment, forms: list[Form], current: Form, *, now: datetime
) -> dict[str, Any]:
    """What the page says around the content, whatever was written or refused."""
    lit_rows.lit([assignment], now=now, calendar=work_calendar(), user=user)
    return {
        "assignment": assignment,
        "obligation": assignment.obligation,
        "notice": assignment.obligation.notice,
        **_way(user, assignment, now=now),
        "verbs": verbs.verbs(user, assignment, now=now),
        "versions": versions_of(user, assignment, current.number),
        "is_own": permissions.sees_drafts(user, assignment),
        "review_label": review_label(user, assignment),
        "tabs": _tabs(assignment, forms, current),
        "form": current,
        "definition": current.definition,
        "below": lower_reports.brief(assignment),
        "sealed": endangered(user, assignment, current),
        "document": document_for(user, assignment, current),
        # a refused form goes to its own address, whichever of the forms was posted
        "action": reverse("reports:form", args=[assignment.pk, current.number]),
    }


def _way(user: Staff, assignment: Assignment, *, now: datetime) -> dict[str, Any]:
    """Whose turn it is; to who only reads, also the way it has come and who has it now."""
    if permissions.can_write(user, assignment):
        return {"turn": standing.turn(assignment, user, on=local_day(now))}
    return standing.way(assignment, user, now=now)


def _tabs(assignment: Assignment, forms: list[Form], current: Form) -> list[dict]:
    """A tab for each form, where there are several."""
    if len(forms) < 2:
        return []
    return [
        {
            "label": one.tab,
            "url": reverse("reports:form", args=[assignment.pk, one.number]),
            "active": one.number == current.number,
        }
        for one in forms
    ]


def review_label(user: Staff, assignment: Assignment) -> str:
    """What the way to the review page is called; empty where this person has nothing to decide."""
    if not permissions.decisions(user, assignment):
        return ""
    return HEADINGS[Status(assignment.status)]


@dataclass(frozen=True)
class Asked:
    """Why the forms came back: in words, and place by place.

    ``by_receiver`` is what has to be mended for the receiver, ``inside`` what one's own reviewer or
    approver wants changed.
    """

    reason: str
    by_receiver: list[Followed]
    inside: list[Followed]

    @property
    def marks(self) -> list[Followed]:
        return [*self.by_receiver, *self.inside]


def asked_of(
    user: Staff, assignment: Assignment, forms: list[Form], current: Form, content: Content
) -> Asked | None:
    """What was asked in the last return, while the bureau mends it; None where nothing was."""
    if assignment.status not in EDITABLE or not _may_know(user, assignment):
        return None
    marks = list(permissions.last_marks(user, assignment))
    if not (marks or assignment.return_reason):
        return None
    versions = readable_forms.recent_versions(user, assignment) if marks else []
    found = follow_marks(marks, forms, versions, contents={current.number: content})
    inside = [one for one in found if one.mark.is_internal]
    by_receiver = [one for one in found if not one.mark.is_internal]
    said = _sentences(by_receiver), _sentences(inside)
    reason = assignment.return_reason
    return Asked("" if reason in said else reason, by_receiver, inside)


def _may_know(user: Staff, assignment: Assignment) -> bool:
    """Why something came back inside the bureau is for its own people."""
    return permissions.sees_drafts(user, assignment) or assignment.status in (
        Status.RETURNED,
        Status.CORRECTING,
    )


def _sentences(marks: list[Followed]) -> str:
    """The reason that marks make where the person who sent it back gave none."""
    return "\n".join(asked(one.tab, one.quoted, one.mark.note) for one in marks)


def marked(form: Sheet | list[Part], wanted: Asked | None, number: int) -> Any:
    """The sheet or the sections, with every mark at its place."""
    marks = markup.by_path(wanted.marks, number) if wanted else {}
    if isinstance(form, Sheet):
        return markup.marked_sheet(form, marks)
    return markup.marked_outline(form, marks)


def offered(parts: Sequence[Part], found: Sequence[Offer]) -> list[Part]:
    """The sections, each with the sentences that are offered for it."""
    return [
        replace(part, offers=[one for one in found if one.sentence.section == part.section.id])
        for part in parts
    ]


def homeless(found: Sequence[Offer]) -> list[Offer]:
    """Sentences for which the outline has no section of its own; a person says where they go."""
    return [one for one in found if not one.sentence.section]


@dataclass(frozen=True)
class ListedVersion:
    """One version of a form as a list shows it, and whether it left the bureau."""

    version: SubmissionVersion
    is_reported: bool


def versions_of(user: Staff, assignment: Assignment, number: int) -> list[ListedVersion]:
    """The versions of one form that this person may read, newest first."""
    found = readable_forms.versions_for(user, assignment)
    reported = {version.pk for version in permissions.reported_versions(assignment, found)}
    return [
        ListedVersion(version, version.pk in reported)
        for version in reversed(found)
        if version.submission.attachment_number == number
    ]
