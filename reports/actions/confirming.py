"""确认无误: what is doubtful in a hand-in is asked about once; the answer stays with it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bureaus.models import Staff
from notices.text.deadlines.office_time import local_day
from reports.errors import FormDoubtful
from reports.filling import doubtful_forms
from reports.filling.asked_forms import Form
from reports.models import Confirmation
from reports.schemas.checking.doubts import Question
from tasks.models import Assignment

_NAMED = 20  # that the audit names; more are counted


def settle(
    assignment: Assignment,
    forms: Sequence[Form],
    *,
    confirmed: Collection[str],
    is_nil: bool = False,
    now: datetime,
    by: Staff,
) -> dict[str, list[str]]:
    """Keep what was ``confirmed`` now, by its keys, or at an earlier hand-in; what the audit notes.

    Raises FormDoubtful with the questions that nobody has answered for the figures of now. Part of
    the action that hands in.
    """
    asked = doubtful_forms.asked_of(assignment, forms, on=local_day(now), is_nil=is_nil)
    before = doubtful_forms.confirmed_before(assignment)
    if left := [one for one in asked if one.key not in before and one.key not in confirmed]:
        raise FormDoubtful(left)
    Confirmation.objects.filter(assignment=assignment, is_last=True).update(is_last=False)
    Confirmation.objects.bulk_create(
        Confirmation(
            assignment=assignment,
            attachment_number=one.number,
            key=one.key,
            path=one.doubt.path,
            place=one.place,
            message=one.doubt.message_zh,
            is_internal=one.doubt.is_internal,
            handed_in_at=now,
            confirmed_at=before[one.key].confirmed_at if one.key in before else now,
            confirmed_by=before[one.key].confirmed_by if one.key in before else by,
        )
        for one in asked
    )
    new = [one for one in asked if one.key not in before]
    named = {
        "confirmed": _named([one for one in new if not one.doubt.is_internal]),
        "confirmed_inside": _named([one for one in new if one.doubt.is_internal]),
    }
    return {key: said for key, said in named.items() if said}


def _named(questions: Sequence[Question]) -> list[str]:
    """Each place and what is doubtful there, never what is written."""
    said = [f"{one.place}（{one.doubt.kind}）" for one in questions]
    return said[:_NAMED] + ([f"等{len(said)}处"] if len(said) > _NAMED else [])
