"""退回补正 and 退回修改: a report goes back, and what is to be mended is marked place by place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from bureaus.models import Staff
from notices.text.deadlines.office_time import local_day
from notices.text.page.secrecy import refuse_marked_values
from reports.errors import ReportError, SeenBefore
from reports.filling.asked_forms import Form, forms_of
from reports.filling.return_marks import asked
from reports.models import ReturnMark, SubmissionVersion
from reports.permissions import SENDING_BACK
from reports.schemas.content.places import WHOLE, Place, places
from tasks import permissions
from tasks.actions import transitions
from tasks.models import Assignment

LONGEST = timedelta(days=366)  # that a bureau may be given to mend its report
MOST_MARKS = 200
NOTE_CHARS = 300


@dataclass(frozen=True)
class Mark:
    """One place of a form, by attachment and path, and what is asked there."""

    number: int
    path: str
    note: str


@transaction.atomic
def send_back(
    assignment: Assignment,
    verb: str,
    *,
    marks: Sequence[Mark] = (),
    reason: str = "",
    until: date | None = None,
    looked_at: int | None = None,
    now: datetime,
    by: Staff,
) -> Assignment:
    """Return the report to who filled it in, with its marks; without a reason these make one.

    ``until`` is the last day to mend it, for 退回补正 alone. ``looked_at`` is the number of the
    version that was looked at: SeenBefore where there is a newer one. ReportError for a mark at a
    place that the form does not have, TransitionDenied as in ``transitions.move``.
    """
    if verb not in SENDING_BACK:
        raise ValueError(verb)
    permissions.check_move(by, assignment, verb, reason=reason.strip() or "见标注")
    check_seen(assignment, looked_at)
    _check_day(until, now)
    words = _in_words(assignment, marks)
    if not (reason.strip() or words):
        raise ReportError("请填写退回原因，或者至少标注一处需要补正的内容")
    round_number = assignment.round_number
    transitions.move(
        assignment,
        verb,
        now=now,
        reason=reason.strip() or "\n".join(words),
        until=until if verb == "return_" else None,
        also={"marks": words} if words and reason.strip() else None,
        by=by,
    )
    internal = verb != "return_"
    _keep(assignment, marks, round_number=round_number, is_internal=internal, now=now, by=by)
    return assignment


def _keep(
    assignment: Assignment,
    marks: Sequence[Mark],
    *,
    round_number: int,
    is_internal: bool,
    now: datetime,
    by: Staff,
) -> None:
    refuse_marked_values([mark.note for mark in marks], "填写的内容中")
    ReturnMark.objects.bulk_create(
        ReturnMark(
            assignment=assignment,
            attachment_number=mark.number,
            path=mark.path,
            note=mark.note.strip(),
            round_number=round_number,
            is_internal=is_internal,
            made_at=now,
            made_by=by,
        )
        for mark in marks
    )


@transaction.atomic
def let_pass(
    assignment: Assignment,
    verb: str,
    *,
    reason: str = "",
    opinion: str = "",
    looked_at: int | None = None,
    now: datetime,
    by: Staff,
) -> Assignment:
    """审核通过, 签发报送 or 核收 of what was looked at; SeenBefore where it is not the last.

    ``opinion`` is kept in the trail and stands on the 审签单; ``reason`` is why it goes on though
    bureaus below are still to report.
    """
    check_seen(assignment, looked_at)
    also = {"opinion": opinion.strip()} if opinion.strip() else None
    return transitions.move(assignment, verb, now=now, reason=reason, also=also, by=by)


def check_seen(assignment: Assignment, looked_at: int | None) -> None:
    """Raise SeenBefore where something newer than version ``looked_at`` has been handed in."""
    Assignment.objects.select_for_update().get(pk=assignment.pk)
    if looked_at is not None and looked_at != last_number(assignment):
        raise SeenBefore


def last_number(assignment: Assignment) -> int:
    """The number of the newest version of any form; 0 before the first."""
    versions = SubmissionVersion.objects.of(assignment).without_contents()
    return max((version.number for version in versions), default=0)


def _check_day(until: date | None, now: datetime) -> None:
    if until is not None and not local_day(now) <= until <= local_day(now) + LONGEST:
        raise ReportError("补正的最后一天应在今天以后、一年以内")


def _in_words(assignment: Assignment, marks: Sequence[Mark]) -> list[str]:
    """Each mark as a sentence; ReportError where it says nothing or points at nothing."""
    if len(marks) > MOST_MARKS:
        raise ReportError(f"一次最多标注{MOST_MARKS}处；需要全面修改的，请标注整张表")
    forms = {form.number: form for form in forms_of(assignment)}
    known = {number: _places(form, assignment) for number, form in forms.items()}
    words = []
    for mark in marks:
        place = known.get(mark.number, {}).get(mark.path)
        if place is None:
            raise ReportError("标注的位置在报送内容中不存在，请刷新页面后重新标注")
        if not mark.note.strip():
            raise ReportError(f"请写明{forms[mark.number].tab} {place.label}需要怎样补正")
        if len(mark.note.strip()) > NOTE_CHARS:
            raise ReportError(f"{forms[mark.number].tab} {place.label}的要求不能超过{NOTE_CHARS}字")
        words.append(asked(forms[mark.number].tab, place.quoted, mark.note.strip()))
    return words


def _places(form: Form, assignment: Assignment) -> Mapping[str, Place]:
    """What can be marked; of a nil report 零报告 only the form as a whole."""
    found = {place.path: place for place in places(form.definition, form.content)}
    return {WHOLE: found[WHOLE]} if assignment.is_nil else found
